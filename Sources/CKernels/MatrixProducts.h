// Matrix products. Included once for each kind of processor.
//
// Axes: i over the rows of a and c, j over the columns of c, k over the inner length.

#include "CKernels.h"
#include "Lanes.h"

enum {
  // A block of c is 6 x 16: twelve vector sums, with room in sixteen registers for what feeds them.
  block_rows = 6,
  block_columns = 16,
  // b is read in strips of 256 columns, in pieces that are used for all rows, or for a slab of them,
  // while the next piece is fetched. A piece's terms are summed on their own, then added to c.
  strip_columns = 256,
  piece = 128,
  slab_rows = 192,
  // A single row is multiplied by so many parts of b at a time, each read on in memory: the processor
  // fetches ahead of a few such readings at once, and reads more in a second than by one or by many.
  side_by_side = 4,
  // Inner products are made of 3 rows of a by 4 of b, and of as much of them as a first-level cache
  // holds; b is read in strips of 64 rows and used for a slab of rows of a.
  dot_rows = 3,
  dot_columns = 4,
  dot_piece = 1024,
  dot_strip = 64,
  dot_slab = 96,
};

// Where row i of a begins; with `across`, a is transposed, and what begins there is a column.
INLINE const float *row_of(const float *a, size_t a_stride, _Bool across, size_t i) {
  return across ? a + i : a + i * a_stride;
}

// Adds to (or, when `fresh`, writes) a block of c, and fetches what is `ahead` of b in memory. Leaves
// in `copy`, unless that is null, what it read of b.
INLINE void block(const size_t rows, const _Bool copies, const _Bool across, size_t inner,
                  const float *a, size_t a_stride, const float *b, size_t b_stride, float *c,
                  size_t c_stride, _Bool fresh, size_t ahead, float *copy) {
  lanes sum[block_rows][2];
  UNROLL for (size_t i = 0; i < rows; i++) {
    sum[i][0] = (lanes){};
    sum[i][1] = (lanes){};
  }
  for (size_t k = 0; k < inner; k++) {
    const lanes left = LOAD(b + k * b_stride);
    const lanes right = LOAD(b + k * b_stride + 8);
    __builtin_prefetch(b + k * b_stride + ahead, 0, 2);
    if (copies) {
      STORE(copy + k * block_columns, left);
      STORE(copy + k * block_columns + 8, right);
    }
    UNROLL for (size_t i = 0; i < rows; i++) {
      const float factor = across ? a[k * a_stride + i] : a[i * a_stride + k];
      sum[i][0] += factor * left;
      sum[i][1] += factor * right;
    }
  }
  UNROLL for (size_t i = 0; i < rows; i++) {
    float *row = c + i * c_stride;
    STORE(row, fresh ? sum[i][0] : LOAD(row) + sum[i][0]);
    STORE(row + 8, fresh ? sum[i][1] : LOAD(row + 8) + sum[i][1]);
  }
}

// The same for 1 to 6 rows, with and without a copy, along and across, each in code of its own.
static void block_of(size_t rows, _Bool across, size_t inner, const float *a, size_t a_stride,
                     const float *b, size_t b_stride, float *c, size_t c_stride, _Bool fresh,
                     size_t ahead, float *copy) {
#define BLOCK(rows, copies, across)                                                              \
  block(rows, copies, across, inner, a, a_stride, b, b_stride, c, c_stride, fresh, ahead, copy); \
  break
  enum { copying = 8, crossing = 16 };
  switch (rows + (copy == NULL ? 0 : copying) + (across ? crossing : 0)) {
    case 1: BLOCK(1, 0, 0);
    case 2: BLOCK(2, 0, 0);
    case 3: BLOCK(3, 0, 0);
    case 4: BLOCK(4, 0, 0);
    case 5: BLOCK(5, 0, 0);
    case 6: BLOCK(6, 0, 0);
    // Only the first of several groups of rows copies, and that has four rows or more.
    case copying + 4: BLOCK(4, 1, 0);
    case copying + 5: BLOCK(5, 1, 0);
    case copying + 6: BLOCK(6, 1, 0);
    case crossing + 1: BLOCK(1, 0, 1);
    case crossing + 2: BLOCK(2, 0, 1);
    case crossing + 3: BLOCK(3, 0, 1);
    case crossing + 4: BLOCK(4, 0, 1);
    case crossing + 5: BLOCK(5, 0, 1);
    case crossing + 6: BLOCK(6, 0, 1);
    case crossing + copying + 4: BLOCK(4, 1, 1);
    case crossing + copying + 5: BLOCK(5, 1, 1);
    case crossing + copying + 6: BLOCK(6, 1, 1);
  }
#undef BLOCK
}

// All rows by 16 columns of c. Rows are shared out evenly: 7 are 4 and 3, not 6 and 1.
//
// In b, the rows of 16 columns are far apart, often at addresses that compete for the same places
// in the cache. So the first group of rows leaves the others a copy without gaps.
static void column(size_t rows, _Bool across, size_t inner, const float *a, size_t a_stride,
                   const float *b, size_t b_stride, float *c, size_t c_stride, _Bool fresh,
                   size_t ahead) {
  float copy[piece * block_columns] __attribute__((aligned(64)));
  size_t groups = (rows + block_rows - 1) / block_rows;
  _Bool copies = groups > 1;
  for (size_t i = 0; groups > 0; groups--) {
    size_t count = (rows - i + groups - 1) / groups;
    block_of(count, across, inner, row_of(a, a_stride, across, i), a_stride, b, b_stride,
             c + i * c_stride, c_stride, fresh, ahead, copies ? copy : NULL);
    if (copies) {
      b = copy;
      b_stride = block_columns;
      ahead = 0;
      copies = 0;
    }
    i += count;
  }
}

// The same by less than 16 columns: done elsewhere, where there is room for 16.
static void narrow_column(size_t rows, size_t columns, _Bool across, size_t inner, const float *a,
                          size_t a_stride, const float *b, size_t b_stride, float *c,
                          size_t c_stride, _Bool fresh) {
  float b_wide[piece * block_columns];
  float c_wide[slab_rows * block_columns];
  const size_t width = columns * sizeof(float);
  memset(b_wide, 0, inner * block_columns * sizeof(float));
  for (size_t k = 0; k < inner; k++) memcpy(b_wide + k * block_columns, b + k * b_stride, width);
  for (size_t i = 0; i < rows && !fresh; i++)
    memcpy(c_wide + i * block_columns, c + i * c_stride, width);
  column(rows, across, inner, a, a_stride, b_wide, block_columns, c_wide, block_columns, fresh, 0);
  for (size_t i = 0; i < rows; i++) memcpy(c + i * c_stride, c_wide + i * block_columns, width);
}

static void clear(size_t rows, size_t columns, float *c, size_t c_stride) {
  for (size_t i = 0; i < rows; i++) memset(c + i * c_stride, 0, columns * sizeof(float));
}

// Adds to (or, when `fresh`, writes) a row of c: `count` numbers of a, times as many rows of b, each
// `step` numbers and rows from the next.
INLINE void add_rows(const size_t count, size_t step, size_t columns, const float *a,
                     const float *b, size_t b_stride, float *c, _Bool fresh) {
  lanes x[side_by_side];
  UNROLL for (size_t k = 0; k < count; k++) x[k] = SPLAT(a[k * step]);
  size_t j = 0;
  for (; j + 16 <= columns; j += 16) {
    lanes left = fresh ? (lanes){} : LOAD(c + j);
    lanes right = fresh ? (lanes){} : LOAD(c + j + 8);
    UNROLL for (size_t k = 0; k < count; k++) {
      left += x[k] * LOAD(b + k * step * b_stride + j);
      right += x[k] * LOAD(b + k * step * b_stride + j + 8);
    }
    STORE(c + j, left);
    STORE(c + j + 8, right);
  }
  for (; j < columns; j++) {
    float sum = fresh ? 0 : c[j];
    UNROLL for (size_t k = 0; k < count; k++) sum += a[k * step] * b[k * step * b_stride + j];
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

INLINE void any_product(const _Bool across, size_t rows, size_t columns, size_t inner,
                        const float *a, size_t a_stride, const float *b, size_t b_stride, float *c,
                        size_t c_stride) {
  if (inner == 0) return clear(rows, columns, c, c_stride);
  for (size_t j0 = 0; j0 < columns; j0 += strip_columns) {
    const size_t j1 = columns - j0 < strip_columns ? columns : j0 + strip_columns;
    for (size_t k = 0; k < inner; k += piece) {
      const size_t depth = inner - k < piece ? inner - k : piece;
      for (size_t i = 0; i < rows; i += slab_rows) {
        const size_t count = rows - i < slab_rows ? rows - i : slab_rows;
        const float *a_piece = row_of(a, a_stride, across, i) + (across ? k * a_stride : k);
        for (size_t j = j0; j < j1; j += block_columns) {
          const float *b_piece = b + k * b_stride + j;
          float *c_piece = c + i * c_stride + j;
          if (j1 - j >= block_columns) {
            column(count, across, depth, a_piece, a_stride, b_piece, b_stride, c_piece, c_stride,
                   k == 0, piece * b_stride);
          } else {
            narrow_column(count, j1 - j, across, depth, a_piece, a_stride, b_piece, b_stride,
                          c_piece, c_stride, k == 0);
          }
        }
      }
    }
  }
}

static void product(size_t rows, size_t columns, size_t inner, const float *a, size_t a_stride,
                    const float *b, size_t b_stride, float *c, size_t c_stride) {
  any_product(0, rows, columns, inner, a, a_stride, b, b_stride, c, c_stride);
}

static void transposed_product(size_t rows, size_t columns, size_t inner, const float *a,
                               size_t a_stride, const float *b, size_t b_stride, float *c,
                               size_t c_stride) {
  any_product(1, rows, columns, inner, a, a_stride, b, b_stride, c, c_stride);
}

// The eight sums of v, added in a fixed order.
INLINE float total_of(const lanes *v) {
  const lanes s = *v;
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

// Inner products of `a_rows` rows of a with `b_rows` rows of b, eight terms at a time. In c, those of
// a row of a are `c_step` apart. Fetches the next rows of b, if they are `near`.
INLINE void dots(const size_t a_rows, const size_t b_rows, const _Bool near, size_t inner,
                 const float *a, size_t a_stride, const float *b, size_t b_stride, float *c,
                 size_t c_stride, size_t c_step, _Bool fresh) {
  lanes sum[dot_rows][dot_columns];
  lanes x[dot_rows];
  UNROLL for (size_t i = 0; i < a_rows; i++) {
    UNROLL for (size_t j = 0; j < b_rows; j++) sum[i][j] = (lanes){};
  }
  for (size_t k = 0; k + 8 <= inner; k += 8) {
    UNROLL for (size_t i = 0; i < a_rows; i++) x[i] = LOAD(a + i * a_stride + k);
    UNROLL for (size_t j = 0; j < b_rows; j++) {
      lanes y = LOAD(b + j * b_stride + k);
      if (near) __builtin_prefetch(b + (j + b_rows) * b_stride + k, 0, 2);
      UNROLL for (size_t i = 0; i < a_rows; i++) sum[i][j] += x[i] * y;
    }
  }
  UNROLL for (size_t i = 0; i < a_rows; i++) {
    UNROLL for (size_t j = 0; j < b_rows; j++) {
      float total = total_of(&sum[i][j]);
      float *here = c + i * c_stride + j * c_step;
      *here = fresh ? total : *here + total;
    }
  }
  // The last terms, less than eight of them.
  for (size_t k = inner / 8 * 8; k < inner; k++)
    for (size_t i = 0; i < a_rows; i++)
      for (size_t j = 0; j < b_rows; j++)
        c[i * c_stride + j * c_step] += a[i * a_stride + k] * b[j * b_stride + k];
}

// The same for 1 to 3 rows of a and 1 or 4 of b, each in code of its own.
static void dots_of(size_t a_rows, size_t b_rows, size_t inner, const float *a, size_t a_stride,
                    const float *b, size_t b_stride, float *c, size_t c_stride, _Bool fresh) {
#define DOTS(a_rows, b_rows) \
  dots(a_rows, b_rows, 1, inner, a, a_stride, b, b_stride, c, c_stride, 1, fresh)
  switch (a_rows * 8 + b_rows) {
    case 1 * 8 + 1: DOTS(1, 1); break;
    case 1 * 8 + 4: DOTS(1, 4); break;
    case 2 * 8 + 1: DOTS(2, 1); break;
    case 2 * 8 + 4: DOTS(2, 4); break;
    case 3 * 8 + 1: DOTS(3, 1); break;
    case 3 * 8 + 4: DOTS(3, 4); break;
  }
#undef DOTS
}

// The inner products of a single row with `count` rows of b, each `step` rows from the next.
INLINE void row_dots(const size_t count, size_t step, size_t inner, const float *a, const float *b,
                     size_t b_stride, float *c) {
  for (size_t k = 0; k < inner; k += dot_piece) {
    const size_t depth = inner - k < dot_piece ? inner - k : dot_piece;
    dots(1, count, 0, depth, a + k, inner, b + k, step * b_stride, c, step, step, k == 0);
  }
}

// A single row times a transposed matrix. Again, reading b is all that it costs.
static void row_product_transposed(size_t columns, size_t inner, const float *a, const float *b,
                                   size_t b_stride, float *c) {
  const size_t part = columns / side_by_side;
  for (size_t j = 0; j < part; j++)
    row_dots(side_by_side, part, inner, a, b + j * b_stride, b_stride, c + j);
  for (size_t j = side_by_side * part; j < columns; j++)
    row_dots(1, 1, inner, a, b + j * b_stride, b_stride, c + j);
}

static void product_transposed(size_t rows, size_t columns, size_t inner, const float *a,
                               size_t a_stride, const float *b, size_t b_stride, float *c,
                               size_t c_stride) {
  if (inner == 0) return clear(rows, columns, c, c_stride);
  if (rows == 1) return row_product_transposed(columns, inner, a, b, b_stride, c);
  for (size_t j0 = 0; j0 < columns; j0 += dot_strip) {
    const size_t j1 = columns - j0 < dot_strip ? columns : j0 + dot_strip;
    for (size_t k = 0; k < inner; k += dot_piece) {
      const size_t depth = inner - k < dot_piece ? inner - k : dot_piece;
      for (size_t i0 = 0; i0 < rows; i0 += dot_slab) {
        const size_t i1 = rows - i0 < dot_slab ? rows : i0 + dot_slab;
        for (size_t j = j0; j < j1;) {
          const size_t width = j1 - j < dot_columns ? 1 : dot_columns;
          // As with the other product, 4 rows are 2 and 2, not 3 and 1.
          size_t groups = (i1 - i0 + dot_rows - 1) / dot_rows;
          for (size_t i = i0; groups > 0; groups--) {
            const size_t count = (i1 - i + groups - 1) / groups;
            dots_of(count, width, depth, a + i * a_stride + k, a_stride, b + j * b_stride + k,
                    b_stride, c + i * c_stride + j, c_stride, k == 0);
            i += count;
          }
          j += width;
        }
      }
    }
  }
}
