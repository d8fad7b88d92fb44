// Matrix products. Included once for each kind of processor.
//
// Axes: i over the rows of a and c, j over the columns of c, k over the inner length.

enum {
  // Of few rows, b is read in strips of so many columns, in pieces, while the next piece is fetched.
  strip_columns = 256,
  // Of few rows and a large matrix, b is read row by row, so many rows side by side, as wide as this.
  rows_abreast = 16,
  widest = 1536,
  // Less of b than this, or narrower rows, do not pay for keeping sums in memory.
  least_streamed = 1 << 15,
  narrowest = 256,
  // So many rows are few then.
  few_streamed = 36,
  // Of a transposed matrix, so many rows are few.
  few_turned = 24,
  // Of many rows, so many pieces at a time: a group of rows of a, packed, takes half of a first-level
  // cache then.
  most_depth = 3 * piece,
  // A single row is multiplied by so many parts of b at a time, each read on in memory: the processor
  // fetches ahead of a few such readings at once, and reads more in a second than by one or by many.
  side_by_side = 4,
  // How far ahead, in numbers, the rows of a transposed matrix are fetched.
  turned_ahead = 64,
  // How many rows of b ahead are fetched when it is packed.
  rows_ahead = 4,
};

// The factors of a product and their strides. With `a_turned`, a is [inner, rows]; with `b_turned`, b
// is [columns, inner].
typedef struct {
  const float *a;
  size_t a_stride;
  _Bool a_turned;
  const float *b;
  size_t b_stride;
  _Bool b_turned;
} factors;

INLINE size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

INLINE left_factor left_at(const factors *f, size_t i, size_t k) {
  if (f->a_turned) return (left_factor){f->a + k * f->a_stride + i, 1, f->a_stride};
  return (left_factor){f->a + i * f->a_stride + k, f->a_stride, 1};
}

INLINE const float *right_at(const factors *f, size_t j, size_t k) {
  return f->b_turned ? f->b + j * f->b_stride + k : f->b + k * f->b_stride + j;
}

static void clear(size_t rows, size_t columns, float *c, size_t c_stride) {
  for (size_t i = 0; i < rows; i++) memset(c + i * c_stride, 0, columns * sizeof(float));
}

// A block of up to a block's columns: less are done elsewhere, where there is room for all.
static void block_of(size_t rows, size_t columns, _Bool packed, size_t inner, left_factor a,
                     right_factor b, float *c, size_t c_stride, _Bool fresh) {
  if (columns >= block_columns)
    return blocks[rows - 1](packed, inner, a, b, c, c_stride, fresh);
  float wide[block_rows * block_columns] __attribute__((aligned(64)));
  const size_t size = columns * sizeof(float);
  for (size_t i = 0; i < rows && !fresh; i++)
    memcpy(wide + i * block_columns, c + i * c_stride, size);
  blocks[rows - 1](packed, inner, a, b, wide, block_columns, fresh);
  for (size_t i = 0; i < rows; i++) memcpy(c + i * c_stride, wide + i * block_columns, size);
}

// Packs a group of rows of a, and fetches the next.
static void pack_group(const factors *f, size_t i, size_t count, size_t k, size_t depth, float *to) {
  const left_factor a = left_at(f, i, k);
  if (f->a_turned) pack_straight(count, depth, a.start, a.term, to, pitch);
  else pack_turned(count, depth, a.start, a.row, to, pitch, count * a.row);
}

// The product of a few rows, which reads b once and where it lies, if it can.
static void product_of_few(const factors *f, size_t rows, size_t columns, size_t inner, float *c,
                           size_t c_stride) {
  float panel[piece * block_columns] __attribute__((aligned(64)));
  // Of a transposed matrix, a few rows at a time are read to their end.
  const size_t strip = f->b_turned ? block_columns : strip_columns;
  const row_groups groups = groups_of(rows);
  for (size_t j0 = 0; j0 < columns; j0 += strip) {
    const size_t j1 = smaller(columns, j0 + strip);
    for (size_t k = 0; k < inner; k += piece) {
      const size_t depth = smaller(piece, inner - k);
      for (size_t j = j0; j < j1; j += block_columns) {
        const size_t width = smaller(block_columns, j1 - j);
        right_factor b = {right_at(f, j, k), f->b_stride, piece * f->b_stride};
        if (f->b_turned || width < block_columns) {
          // The next piece, or the first of the next rows.
          const size_t ahead = k + piece < inner ? piece : block_columns * b.stride - k;
          if (f->b_turned) pack_turned(width, depth, b.start, b.stride, panel, block_columns, ahead);
          else pack_straight(width, depth, b.start, b.stride, panel, block_columns);
          b = (right_factor){panel, block_columns, 0};
        }
        for (size_t g = 0, i = 0; g < groups.count; i += rows_in(groups, rows, g++)) {
          block_of(rows_in(groups, rows, g), width, 0, depth, left_at(f, i, k), b,
                   c + i * c_stride + j, c_stride, k == 0);
        }
      }
    }
  }
}

#if KERNELS_STREAM
// The product of a few rows with a large matrix, which costs what reading b from memory costs.
//
// The processor fetches far more in a second when it sees memory read in order, so rows of b are read
// to their end, a few of them abreast, and the sums of all columns wait in the cache.
static void product_streamed(const factors *f, size_t rows, size_t columns, size_t inner, float *c,
                             size_t c_stride) {
  const size_t whole = columns / block_columns * block_columns;
  const row_groups groups = groups_of(rows);
  float *packed = explain_room(groups.count * piece * pitch + rows * smaller(widest, whole));
  float *sums = packed + groups.count * piece * pitch;
  for (size_t j0 = 0; j0 < whole; j0 += widest) {
    const size_t j1 = smaller(whole, j0 + widest);
    for (size_t k0 = 0; k0 < inner; k0 += piece) {
      const size_t depth = smaller(piece, inner - k0);
      for (size_t g = 0, i = 0; g < groups.count; i += rows_in(groups, rows, g++))
        pack_group(f, i, rows_in(groups, rows, g), k0, depth, packed + g * piece * pitch);
      for (size_t k = 0; k < depth; k += rows_abreast) {
        const size_t count = smaller(rows_abreast, depth - k);
        const streamed at = {k == 0, k + count == depth, k0 == 0};
        float *sum = sums;
        for (size_t j = j0; j < j1; j += block_columns) {
          const right_factor b = {right_at(f, j, k0 + k), f->b_stride, rows_abreast * f->b_stride};
          for (size_t g = 0, i = 0; g < groups.count; g++) {
            const size_t own = rows_in(groups, rows, g);
            streamed_blocks[own - 1](count, packed + (g * piece + k) * pitch, b, sum, at,
                                     c + i * c_stride + j, c_stride);
            sum += own * block_columns;
            i += own;
          }
        }
      }
    }
  }
  if (whole == columns) return;
  factors rest = *f;
  rest.b += whole;
  product_of_few(&rest, rows, columns - whole, inner, c + whole, c_stride);
}
#endif

// Packs columns j0 to j1 of b, `depth` rows of them, as panels of a block's columns.
static void pack_panels(const factors *f, size_t j0, size_t j1, size_t k0, size_t depth,
                        float *to) {
  if (f->b_turned) {
    for (size_t j = j0; j < j1; j += block_columns) {
      pack_turned(smaller(block_columns, j1 - j), depth, right_at(f, j, k0), f->b_stride, to,
                  block_columns, turned_ahead);
      to += depth * block_columns;
    }
    return;
  }
  const size_t whole = (j1 - j0) / block_columns;
  for (size_t k = 0; k < depth; k++) {
    const float *row = right_at(f, j0, k0 + k);
    const float *later = row + rows_ahead * f->b_stride;
    for (size_t panel = 0; panel < whole; panel++) {
      UNROLL for (size_t v = 0; v < block_columns; v += lane_count) {
        const size_t j = panel * block_columns + v;
        STORE(to + panel * depth * block_columns + k * block_columns + v, LOAD(row + j));
        __builtin_prefetch(later + j, 0, 3);
      }
    }
  }
  const size_t j = j0 + whole * block_columns;
  if (j < j1) {
    pack_straight(j1 - j, depth, right_at(f, j, k0), f->b_stride,
                  to + whole * depth * block_columns, block_columns);
  }
}

// How many columns a strip has: their panels take most of the second-level cache, and all
// strips about the same.
static size_t strip_for(size_t columns) {
  const size_t panel = most_depth * block_columns * sizeof(float);
  const size_t fitting = explain_second_level_cache() / 8 * 5 / panel;
  const size_t panels = (columns + block_columns - 1) / block_columns;
  const size_t strips = fitting == 0 ? panels : (panels + fitting - 1) / fitting;
  return (panels + strips - 1) / strips * block_columns;
}

// The product of several groups of rows: b is packed as panels, in strips that fit into the
// second-level cache, for all rows; each group of rows is packed, in the first-level cache, for all
// panels. So a block reads both without gaps.
static void product_of_many(const factors *f, size_t rows, size_t columns, size_t inner, float *c,
                            size_t c_stride) {
  float group[most_depth * pitch] __attribute__((aligned(64)));
  const size_t strip = strip_for(columns);
  const size_t deepest = smaller(most_depth, inner);
  float *packed = explain_room(strip * deepest);
  const row_groups groups = groups_of(rows);
  for (size_t j0 = 0; j0 < columns; j0 += strip) {
    const size_t j1 = smaller(columns, j0 + strip);
    for (size_t k = 0; k < inner; k += deepest) {
      const size_t depth = smaller(deepest, inner - k);
      pack_panels(f, j0, j1, k, depth, packed);
      for (size_t g = 0, i = 0; g < groups.count; g++) {
        const size_t count = rows_in(groups, rows, g);
        pack_group(f, i, count, k, depth, group);
        const left_factor rows_packed = {group, 1, pitch};
        for (size_t j = j0; j < j1; j += block_columns) {
          const right_factor b = {packed + (j - j0) * depth, block_columns, 0};
          block_of(count, smaller(block_columns, j1 - j), 1, depth, rows_packed, b,
                   c + i * c_stride + j, c_stride, k == 0);
        }
        i += count;
      }
    }
  }
}

static void any_product(const factors *f, size_t rows, size_t columns, size_t inner, float *c,
                        size_t c_stride) {
  if (inner == 0) return clear(rows, columns, c, c_stride);
  if (rows == 0 || columns == 0) return;
#if KERNELS_STREAM
  if (rows <= few_streamed && !f->b_turned && columns >= narrowest
      && columns * inner >= least_streamed)
    return product_streamed(f, rows, columns, inner, c, c_stride);
#endif
  // A copy of b pays when several groups of rows read it; a transposed b is copied in any case.
  if (rows <= block_rows || (f->b_turned && rows <= few_turned))
    return product_of_few(f, rows, columns, inner, c, c_stride);
  product_of_many(f, rows, columns, inner, c, c_stride);
}

static void product(size_t rows, size_t columns, size_t inner, const float *a, size_t a_stride,
                    const float *b, size_t b_stride, float *c, size_t c_stride) {
  const factors f = {a, a_stride, 0, b, b_stride, 0};
  any_product(&f, rows, columns, inner, c, c_stride);
}

static void product_transposed(size_t rows, size_t columns, size_t inner, const float *a,
                               size_t a_stride, const float *b, size_t b_stride, float *c,
                               size_t c_stride) {
  const factors f = {a, a_stride, 0, b, b_stride, 1};
  any_product(&f, rows, columns, inner, c, c_stride);
}

static void transposed_product(size_t rows, size_t columns, size_t inner, const float *a,
                               size_t a_stride, const float *b, size_t b_stride, float *c,
                               size_t c_stride) {
  const factors f = {a, a_stride, 1, b, b_stride, 0};
  any_product(&f, rows, columns, inner, c, c_stride);
}

// Adds to (or, when `fresh`, writes) a row of c: `count` numbers of a, times as many rows of b, each
// `step` numbers and rows from the next.
INLINE void add_rows(const size_t count, size_t step, size_t columns, const float *a,
                     const float *b, size_t b_stride, float *c, _Bool fresh) {
  enum { width = 2 * lane_count };
  size_t j = 0;
  for (; j + width <= columns; j += width) {
    lanes left = fresh ? (lanes){} : LOAD(c + j);
    lanes right = fresh ? (lanes){} : LOAD(c + j + lane_count);
    UNROLL for (size_t k = 0; k < count; k++) {
      const lanes x = SPLAT(a[k * step]);
      left = MULTIPLY_ADD(x, LOAD(b + k * step * b_stride + j), left);
      right = MULTIPLY_ADD(x, LOAD(b + k * step * b_stride + j + lane_count), right);
    }
    STORE(c + j, left);
    STORE(c + j + lane_count, right);
  }
  for (; j < columns; j++) {
    float sum = fresh ? 0 : c[j];
    UNROLL for (size_t k = 0; k < count; k++)
      sum = MULTIPLY_ADD(a[k * step], b[k * step * b_stride + j], sum);
    c[j] = sum;
  }
}

// A single row times a matrix. Reading b is all that it costs; c, which is short, stays in the cache.
static void row_product(size_t columns, size_t inner, const float *a, const float *b, float *c) {
  if (inner == 0) return clear(1, columns, c, columns);
  const size_t part = inner / side_by_side;
  for (size_t k = 0; k < part; k++)
    add_rows(side_by_side, part, columns, a + k, b + k * columns, columns, c, k == 0);
  for (size_t k = side_by_side * part; k < inner; k++)
    add_rows(1, 1, columns, a + k, b + k * columns, columns, c, k == 0);
}

// The sum of a[k] b[k], in sixteen sums side by side.
static float dot(size_t count, const float *a, const float *b) {
  lanes sums[2] = {};
  size_t k = 0;
  for (; k + 2 * lane_count <= count; k += 2 * lane_count) {
    UNROLL for (size_t v = 0; v < 2; v++)
      sums[v] = MULTIPLY_ADD(LOAD(a + k + v * lane_count), LOAD(b + k + v * lane_count), sums[v]);
  }
  for (size_t v = 0; k < count; k += lane_count, v++) {
    lanes x, y;
    load_part(&x, smaller(lane_count, count - k), a + k);
    load_part(&y, smaller(lane_count, count - k), b + k);
    sums[v] = MULTIPLY_ADD(x, y, sums[v]);
  }
  const lanes sum = sums[0] + sums[1];
  return total_of(&sum);
}
