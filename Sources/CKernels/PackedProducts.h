// Products with weights that stay in their file as they are stored. Included once for each kind of processor.

enum { sums_side_by_side = 4 };

// Adds the products of a piece's numbers to four sums side by side.
SHARED void add_products(size_t count, const float *x, const float *w, lanes *sums) {
  enum { step = sums_side_by_side * lane_count };
  size_t n = 0;
  for (; n + step <= count; n += step) {
    UNROLL for (size_t s = 0; s < sums_side_by_side; s++) {
      const size_t here = n + s * lane_count;
      sums[s] = MULTIPLY_ADD(LOAD(x + here), LOAD(w + here), sums[s]);
    }
  }
  UNROLL for (size_t s = 0; s < sums_side_by_side; s++) {
    const size_t here = n + s * lane_count;
    if (here >= count) break;
    lanes left, right;
    load_part(&left, smaller(lane_count, count - here), x + here);
    load_part(&right, smaller(lane_count, count - here), w + here);
    sums[s] = MULTIPLY_ADD(left, right, sums[s]);
  }
}

// c[i, j] = sum over k of a[i, k] b[j, k] for a few rows of a: a piece of a row of b at a time is
// unpacked, and multiplied by all rows while it is in the first-level cache.
static void packed_product(int type, size_t piece_bytes, size_t rows, size_t columns, size_t inner,
                           const float *a, size_t a_stride, const uint8_t *b, size_t b_stride,
                           float *c, size_t c_stride) {
  enum { depth = explain_packed_piece };
  float w[depth] __attribute__((aligned(64)));
  lanes sums[explain_packed_rows][sums_side_by_side];
  for (size_t j = 0; j < columns; j++) {
    memset(sums, 0, rows * sizeof sums[0]);
    const uint8_t *at = b + j * b_stride;
    for (size_t k = 0; k < inner; k += depth, at += piece_bytes) {
      const size_t count = smaller(depth, inner - k);
      unpack(type, count, at, w);
      for (size_t i = 0; i < rows; i++) {
        // Held in registers while the piece lasts.
        lanes own[sums_side_by_side];
        memcpy(own, sums[i], sizeof own);
        if (count == depth) add_products(depth, a + i * a_stride + k, w, own);
        else add_products(count, a + i * a_stride + k, w, own);
        memcpy(sums[i], own, sizeof own);
      }
    }
    for (size_t i = 0; i < rows; i++) {
      const lanes sum = (sums[i][0] + sums[i][1]) + (sums[i][2] + sums[i][3]);
      c[i * c_stride + j] = total_of(&sum);
    }
  }
}
