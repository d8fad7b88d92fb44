// Arithmetic, element by element. Included once for each kind of processor.

// Writes OPERATION of x and z, sixteen elements at a time, the last ones one by one.
#define EACH_OF_TWO(z_lanes, z_one, OPERATION)                 \
  size_t i = 0;                                                \
  for (; i + lane_count <= count; i += lane_count)             \
    STORE(y + i, LOAD(x + i) OPERATION (z_lanes));             \
  for (; i < count; i++) y[i] = x[i] OPERATION (z_one);

static void add(size_t count, const float *x, const float *z, float *y) {
  EACH_OF_TWO(LOAD(z + i), z[i], +)
}

static void subtract(size_t count, const float *x, const float *z, float *y) {
  EACH_OF_TWO(LOAD(z + i), z[i], -)
}

static void multiply(size_t count, const float *x, const float *z, float *y) {
  EACH_OF_TWO(LOAD(z + i), z[i], *)
}

static void subtract_number(size_t count, const float *x, float z, float *y) {
  EACH_OF_TWO(SPLAT(z), z, -)
}

static void multiply_number(size_t count, const float *x, float z, float *y) {
  EACH_OF_TWO(SPLAT(z), z, *)
}

static void divide_number(size_t count, const float *x, float z, float *y) {
  EACH_OF_TWO(SPLAT(z), z, /)
}

#undef EACH_OF_TWO
