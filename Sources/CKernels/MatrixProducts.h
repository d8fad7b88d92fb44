// Matrix products. Included once for each kind of processor.
//
// Axes: i over the rows of a and c, j over the columns of c, k over the inner length.

#include "Lanes.h"

enum {
  // A block of c is 6 x 16: twelve vector sums, with room in sixteen registers for what feeds them.
  block_rows = 6,
  block_columns = 16,
  // Up to this many rows of a, b is read in place: packing it would cost more than it gains.
  most_rows_unpacked = 16,
  // In place, b is read in pieces of 32 rows x 1 KB, the next piece being fetched meanwhile.
  strip_inner = 32,
  strip_columns = 256,
  // Packed, a piece of b takes 128 KB: less than a second-level cache, or a small stack.
  panel_inner = 256,
  panel_columns = 128,
  // Rows of a that pass over a packed piece at a time; a multiple of block_rows.
  slab_rows = 96,
  // Inner product: 3 rows of a by 4 of b, and as much of them as a first-level cache holds.
  dot_rows = 3,
  dot_columns = 4,
  dot_inner = 1024,
};

// Adds to (or, when `fresh`, writes) a block of c. `ahead` is where in b to fetch from, relative to
// what is being read; 0 fetches nothing.
INLINE void block(const size_t rows, size_t inner, const float *a, size_t a_stride, const float *b,
                  size_t b_stride, float *c, size_t c_stride, _Bool fresh, size_t ahead) {
  lanes sum[block_rows][2];
  UNROLL for (size_t i = 0; i < rows; i++) {
    sum[i][0] = fresh ? (lanes){} : LOAD(c + i * c_stride);
    sum[i][1] = fresh ? (lanes){} : LOAD(c + i * c_stride + 8);
  }
  for (size_t k = 0; k < inner; k++) {
    lanes left = LOAD(b + k * b_stride);
    lanes right = LOAD(b + k * b_stride + 8);
    if (ahead > 0) __builtin_prefetch(b + k * b_stride + ahead, 0, 2);
    UNROLL for (size_t i = 0; i < rows; i++) {
      sum[i][0] += a[i * a_stride + k] * left;
      sum[i][1] += a[i * a_stride + k] * right;
    }
  }
  UNROLL for (size_t i = 0; i < rows; i++) {
    STORE(c + i * c_stride, sum[i][0]);
    STORE(c + i * c_stride + 8, sum[i][1]);
  }
}

// The same for 1 to 6 rows, each in code of its own.
static void block_of(size_t rows, size_t inner, const float *a, size_t a_stride, const float *b,
                     size_t b_stride, float *c, size_t c_stride, _Bool fresh, size_t ahead) {
  switch (rows) {
    case 1: block(1, inner, a, a_stride, b, b_stride, c, c_stride, fresh, ahead); break;
    case 2: block(2, inner, a, a_stride, b, b_stride, c, c_stride, fresh, ahead); break;
    case 3: block(3, inner, a, a_stride, b, b_stride, c, c_stride, fresh, ahead); break;
    case 4: block(4, inner, a, a_stride, b, b_stride, c, c_stride, fresh, ahead); break;
    case 5: block(5, inner, a, a_stride, b, b_stride, c, c_stride, fresh, ahead); break;
    case 6: block(6, inner, a, a_stride, b, b_stride, c, c_stride, fresh, ahead); break;
  }
}

// All rows by up to 16 columns of c. Rows are shared out evenly: 7 are 4 and 3, not 6 and 1.
static void column(size_t rows, size_t columns, size_t inner, const float *a, size_t a_stride,
                   const float *b, size_t b_stride, float *c, size_t c_stride, _Bool fresh,
                   size_t ahead) {
  float edge[block_rows * block_columns];
  size_t groups = (rows + block_rows - 1) / block_rows;
  for (size_t i = 0; groups > 0; groups--) {
    size_t count = (rows - i + groups - 1) / groups;
    const float *a_rows = a + i * a_stride;
    float *c_rows = c + i * c_stride;
    if (columns == block_columns) {
      block_of(count, inner, a_rows, a_stride, b, b_stride, c_rows, c_stride, fresh, ahead);
    } else {
      // c has no room for a whole block here, so the block is made elsewhere.
      for (size_t r = 0; r < count && !fresh; r++)
        memcpy(edge + r * block_columns, c_rows + r * c_stride, columns * sizeof(float));
      block_of(count, inner, a_rows, a_stride, b, b_stride, edge, block_columns, fresh, 0);
      for (size_t r = 0; r < count; r++)
        memcpy(c_rows + r * c_stride, edge + r * block_columns, columns * sizeof(float));
    }
    i += count;
    ahead = 0;
  }
}

// Copies columns of b side by side, 16 to a row and the last ones filled up with zeros.
static void pack(size_t columns, size_t inner, const float *b, size_t b_stride, float *packed) {
  for (size_t j = 0; j < columns; j += block_columns) {
    size_t count = columns - j < block_columns ? columns - j : block_columns;
    for (size_t k = 0; k < inner; k++, packed += block_columns) {
      if (count == block_columns) {
        memcpy(packed, b + k * b_stride + j, block_columns * sizeof(float));
      } else {
        memset(packed, 0, block_columns * sizeof(float));
        memcpy(packed, b + k * b_stride + j, count * sizeof(float));
      }
    }
  }
}

// Few rows: b is streamed from memory once, in place.
static void product_in_place(size_t rows, size_t columns, size_t inner, const float *a,
                             size_t a_stride, const float *b, size_t b_stride, float *c,
                             size_t c_stride) {
  float edge[strip_inner * block_columns];
  for (size_t j0 = 0; j0 < columns; j0 += strip_columns) {
    size_t j1 = columns - j0 < strip_columns ? columns : j0 + strip_columns;
    for (size_t k = 0; k < inner; k += strip_inner) {
      size_t depth = inner - k < strip_inner ? inner - k : strip_inner;
      for (size_t j = j0; j < j1; j += block_columns) {
        size_t width = j1 - j < block_columns ? j1 - j : block_columns;
        const float *b_block = b + k * b_stride + j;
        size_t stride = b_stride;
        if (width < block_columns) {
          pack(width, depth, b_block, b_stride, edge);
          b_block = edge;
          stride = block_columns;
        }
        column(rows, width, depth, a + k, a_stride, b_block, stride, c + j, c_stride, k == 0,
               strip_inner * b_stride);
      }
    }
  }
}

// Many rows: pieces of b are packed, and read from the cache for every row.
static void product_packed(size_t rows, size_t columns, size_t inner, const float *a,
                           size_t a_stride, const float *b, size_t b_stride, float *c,
                           size_t c_stride) {
  float packed[panel_inner * panel_columns] __attribute__((aligned(64)));
  for (size_t j0 = 0; j0 < columns; j0 += panel_columns) {
    size_t j1 = columns - j0 < panel_columns ? columns : j0 + panel_columns;
    for (size_t k = 0; k < inner; k += panel_inner) {
      size_t depth = inner - k < panel_inner ? inner - k : panel_inner;
      pack(j1 - j0, depth, b + k * b_stride + j0, b_stride, packed);
      for (size_t i = 0; i < rows; i += slab_rows) {
        size_t count = rows - i < slab_rows ? rows - i : slab_rows;
        for (size_t j = j0; j < j1; j += block_columns) {
          size_t width = j1 - j < block_columns ? j1 - j : block_columns;
          column(count, width, depth, a + i * a_stride + k, a_stride, packed + (j - j0) * depth,
                 block_columns, c + i * c_stride + j, c_stride, k == 0, 0);
        }
      }
    }
  }
}

static void clear(size_t rows, size_t columns, float *c, size_t c_stride) {
  for (size_t i = 0; i < rows; i++) memset(c + i * c_stride, 0, columns * sizeof(float));
}

static void product(size_t rows, size_t columns, size_t inner, const float *a, size_t a_stride,
                    const float *b, size_t b_stride, float *c, size_t c_stride) {
  if (inner == 0) return clear(rows, columns, c, c_stride);
  if (rows <= most_rows_unpacked) {
    product_in_place(rows, columns, inner, a, a_stride, b, b_stride, c, c_stride);
  } else {
    product_packed(rows, columns, inner, a, a_stride, b, b_stride, c, c_stride);
  }
}

// The eight sums of v, added in a fixed order.
INLINE float total_of(const lanes *v) {
  const lanes s = *v;
  return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
}

// Inner products of `a_rows` rows of a with `b_rows` rows of b, eight terms at a time.
INLINE void dots(const size_t a_rows, const size_t b_rows, size_t inner, const float *a,
                 size_t a_stride, const float *b, size_t b_stride, float *c, size_t c_stride,
                 _Bool fresh, _Bool fetch) {
  lanes sum[dot_rows][dot_columns];
  lanes x[dot_rows];
  UNROLL for (size_t i = 0; i < a_rows; i++) {
    UNROLL for (size_t j = 0; j < b_rows; j++) sum[i][j] = (lanes){};
  }
  size_t k = 0;
  for (; k + 8 <= inner; k += 8) {
    UNROLL for (size_t i = 0; i < a_rows; i++) x[i] = LOAD(a + i * a_stride + k);
    UNROLL for (size_t j = 0; j < b_rows; j++) {
      lanes y = LOAD(b + j * b_stride + k);
      if (fetch) __builtin_prefetch(b + (j + b_rows) * b_stride + k, 0, 2);
      UNROLL for (size_t i = 0; i < a_rows; i++) sum[i][j] += x[i] * y;
    }
  }
  if (k < inner) {
    size_t rest = (inner - k) * sizeof(float);
    UNROLL for (size_t i = 0; i < a_rows; i++) {
      x[i] = (lanes){};
      memcpy(&x[i], a + i * a_stride + k, rest);
    }
    UNROLL for (size_t j = 0; j < b_rows; j++) {
      lanes y = {};
      memcpy(&y, b + j * b_stride + k, rest);
      UNROLL for (size_t i = 0; i < a_rows; i++) sum[i][j] += x[i] * y;
    }
  }
  UNROLL for (size_t i = 0; i < a_rows; i++) {
    UNROLL for (size_t j = 0; j < b_rows; j++) {
      float total = total_of(&sum[i][j]);
      c[i * c_stride + j] = fresh ? total : c[i * c_stride + j] + total;
    }
  }
}

// The same for 1 to 3 rows of a and 1 or 4 of b, each in code of its own.
static void dots_of(size_t a_rows, size_t b_rows, size_t inner, const float *a, size_t a_stride,
                    const float *b, size_t b_stride, float *c, size_t c_stride, _Bool fresh,
                    _Bool fetch) {
#define DOTS(a_rows, b_rows) \
  dots(a_rows, b_rows, inner, a, a_stride, b, b_stride, c, c_stride, fresh, fetch)
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

static void product_transposed(size_t rows, size_t columns, size_t inner, const float *a,
                               size_t a_stride, const float *b, size_t b_stride, float *c,
                               size_t c_stride) {
  if (inner == 0) return clear(rows, columns, c, c_stride);
  for (size_t j = 0; j < columns;) {
    size_t width = columns - j < dot_columns ? 1 : dot_columns;
    for (size_t k = 0; k < inner; k += dot_inner) {
      size_t depth = inner - k < dot_inner ? inner - k : dot_inner;
      size_t groups = (rows + dot_rows - 1) / dot_rows;
      for (size_t i = 0, first = 1; groups > 0; groups--, first = 0) {
        size_t count = (rows - i + groups - 1) / groups;
        dots_of(count, width, depth, a + i * a_stride + k, a_stride, b + j * b_stride + k,
                b_stride, c + i * c_stride + j, c_stride, k == 0, first);
        i += count;
      }
    }
    j += width;
  }
}
