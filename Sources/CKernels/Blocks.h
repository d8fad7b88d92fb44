// Blocks of a matrix product, whose sums stay in registers. Included once for each kind of processor,
// which says before how large they are: BLOCK_ROWS by BLOCK_VECTORS times sixteen columns.

enum {
  block_rows = BLOCK_ROWS,
  block_columns = BLOCK_VECTORS * lane_count,
  // Packed rows of a stand side by side, so far from one term to the next.
  pitch = (BLOCK_ROWS + 3) / 4 * 4,
  // The terms of an element are summed in pieces of so many, one after the other; the pieces' sums
  // are added then. This is the same for all, since the result's bits depend on it.
  piece = 128,
  // How far ahead, in numbers, packed rows of b are fetched.
  packed_ahead = 16 * block_columns,
};

// Where a block reads a: element i, k stands at a[i * row + k * term].
typedef struct {
  const float *start;
  size_t row, term;
} left_factor;

// Where a block reads b, whose rows are `stride` apart; it fetches what is `ahead` in memory.
typedef struct {
  const float *start;
  size_t stride, ahead;
} right_factor;

// Adds a row of b, times a's numbers, to the sums of a block.
INLINE void add_term(const size_t rows, const float *a, size_t a_row, const float *b,
                     const _Bool packed, size_t ahead, lanes (*sum)[BLOCK_VECTORS]) {
  lanes x[BLOCK_VECTORS];
  UNROLL for (size_t v = 0; v < BLOCK_VECTORS; v++) {
    x[v] = LOAD(b + v * lane_count);
    // Memory for the second-level cache, and what is packed there for the first.
    if (packed) __builtin_prefetch(b + v * lane_count + packed_ahead, 0, 3);
    else __builtin_prefetch(b + v * lane_count + ahead, 0, 2);
  }
  UNROLL for (size_t i = 0; i < rows; i++) {
    const lanes factor = SPLAT(a[i * a_row]);
    UNROLL for (size_t v = 0; v < BLOCK_VECTORS; v++)
      sum[i][v] = MULTIPLY_ADD(factor, x[v], sum[i][v]);
  }
}

// Adds to (or, when `fresh`, writes) a block of c.
INLINE void block(const size_t rows, const _Bool packed, size_t inner, left_factor a,
                  right_factor b, float *c, size_t c_stride, _Bool fresh) {
  const size_t row = packed ? 1 : a.row;
  const size_t term = packed ? pitch : a.term;
  const size_t b_stride = packed ? block_columns : b.stride;
  lanes sum[block_rows][BLOCK_VECTORS];
  lanes total[block_rows][BLOCK_VECTORS];
  UNROLL for (size_t i = 0; i < rows && !fresh; i++) {
    UNROLL for (size_t v = 0; v < BLOCK_VECTORS; v++)
      __builtin_prefetch(c + i * c_stride + v * lane_count, 1, 2);
  }
  for (size_t k = 0; k < inner;) {
    UNROLL for (size_t i = 0; i < rows; i++) {
      UNROLL for (size_t v = 0; v < BLOCK_VECTORS; v++) sum[i][v] = (lanes){};
    }
    const _Bool first = k == 0;
    for (const size_t end = inner - k < piece ? inner : k + piece; k < end; k++) {
      add_term(rows, a.start + k * term, row, b.start + k * b_stride, packed, b.ahead, sum);
    }
    UNROLL for (size_t i = 0; i < rows; i++) {
      UNROLL for (size_t v = 0; v < BLOCK_VECTORS; v++) {
        if (!first) total[i][v] += sum[i][v];
        else total[i][v] = fresh ? sum[i][v] : LOAD(c + i * c_stride + v * lane_count) + sum[i][v];
      }
    }
  }
  UNROLL for (size_t i = 0; i < rows; i++) {
    UNROLL for (size_t v = 0; v < BLOCK_VECTORS; v++)
      STORE(c + i * c_stride + v * lane_count, total[i][v]);
  }
}

#if KERNELS_STREAM
// Whether terms are a piece's first or its last, and whether the piece is the first.
typedef struct {
  _Bool first, last, fresh;
} streamed;

// A few terms of a piece, `count` of them, of packed rows of a: the sums lie in memory meanwhile. The
// first terms begin the sums; the last add them to (or, when `fresh`, write) a block of c.
INLINE void streamed_block(const size_t rows, size_t count, const float *a, right_factor b,
                           float *sums, streamed at, float *c, size_t c_stride) {
  lanes sum[block_rows][BLOCK_VECTORS];
  UNROLL for (size_t i = 0; i < rows; i++) {
    UNROLL for (size_t v = 0; v < BLOCK_VECTORS; v++)
      sum[i][v] = at.first ? (lanes){} : LOAD(sums + i * block_columns + v * lane_count);
  }
  for (size_t k = 0; k < count; k++)
    add_term(rows, a + k * pitch, 1, b.start + k * b.stride, 0, b.ahead, sum);
  UNROLL for (size_t i = 0; i < rows; i++) {
    UNROLL for (size_t v = 0; v < BLOCK_VECTORS; v++) {
      float *own = sums + i * block_columns + v * lane_count;
      float *place = c + i * c_stride + v * lane_count;
      if (!at.last) STORE(own, sum[i][v]);
      else STORE(place, at.fresh ? sum[i][v] : LOAD(place) + sum[i][v]);
    }
  }
}
#endif

// The same for so many rows, each number of them in code of its own: of factors that are packed, or
// that lie where they are.
#define BLOCK_OF(rows)                                                                       \
  static void block_of_##rows(_Bool packed, size_t inner, left_factor a, right_factor b,     \
                              float *c, size_t c_stride, _Bool fresh) {                      \
    if (packed) block(rows, 1, inner, a, b, c, c_stride, fresh);                             \
    else block(rows, 0, inner, a, b, c, c_stride, fresh);                                    \
  }

typedef void any_block(_Bool packed, size_t inner, left_factor a, right_factor b, float *c,
                       size_t c_stride, _Bool fresh);

// What is made for each number of rows.
#if BLOCK_ROWS == 12
#define EACH_COUNT(MAKE)                                                              \
  MAKE(1) MAKE(2) MAKE(3) MAKE(4) MAKE(5) MAKE(6) MAKE(7) MAKE(8) MAKE(9) MAKE(10) MAKE(11) MAKE(12)
#else
#define EACH_COUNT(MAKE) MAKE(1) MAKE(2) MAKE(3) MAKE(4) MAKE(5) MAKE(6)
#endif
#define NAME_OF(rows) block_of_##rows,

EACH_COUNT(BLOCK_OF)
static any_block *const blocks[block_rows] = {EACH_COUNT(NAME_OF)};

#if KERNELS_STREAM
#define STREAMED_BLOCK_OF(rows)                                                              \
  static void streamed_block_of_##rows(size_t count, const float *a, right_factor b,         \
                                       float *sums, streamed at, float *c, size_t c_stride) { \
    streamed_block(rows, count, a, b, sums, at, c, c_stride);                                \
  }
#define STREAMED_NAME_OF(rows) streamed_block_of_##rows,

typedef void any_streamed_block(size_t count, const float *a, right_factor b, float *sums,
                                streamed at, float *c, size_t c_stride);

EACH_COUNT(STREAMED_BLOCK_OF)
static any_streamed_block *const streamed_blocks[block_rows] = {EACH_COUNT(STREAMED_NAME_OF)};

#undef STREAMED_BLOCK_OF
#undef STREAMED_NAME_OF
#endif

#undef BLOCK_OF
#undef NAME_OF
#undef EACH_COUNT

// Rows shared out evenly over as few groups as there can be: 13 are 7 and 6, not 12 and 1.
typedef struct {
  size_t count, rest;
} row_groups;

INLINE row_groups groups_of(size_t rows) {
  const size_t count = (rows + block_rows - 1) / block_rows;
  return (row_groups){count, rows % count};
}

// How many rows a group has.
INLINE size_t rows_in(row_groups groups, size_t rows, size_t group) {
  return rows / groups.count + (group < groups.rest ? 1 : 0);
}
