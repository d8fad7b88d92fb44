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
      lanes x[BLOCK_VECTORS];
      UNROLL for (size_t v = 0; v < BLOCK_VECTORS; v++) {
        const float *here = b.start + k * b_stride + v * lane_count;
        x[v] = LOAD(here);
        if (!packed) __builtin_prefetch(here + b.ahead, 0, 2);
      }
      UNROLL for (size_t i = 0; i < rows; i++) {
        const lanes factor = SPLAT(a.start[i * row + k * term]);
        UNROLL for (size_t v = 0; v < BLOCK_VECTORS; v++)
          sum[i][v] = MULTIPLY_ADD(factor, x[v], sum[i][v]);
      }
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

BLOCK_OF(1)
BLOCK_OF(2)
BLOCK_OF(3)
BLOCK_OF(4)
BLOCK_OF(5)
BLOCK_OF(6)
#if BLOCK_ROWS == 12
BLOCK_OF(7)
BLOCK_OF(8)
BLOCK_OF(9)
BLOCK_OF(10)
BLOCK_OF(11)
BLOCK_OF(12)
#endif

static any_block *const blocks[block_rows] = {
    block_of_1, block_of_2, block_of_3,  block_of_4,  block_of_5,  block_of_6,
#if BLOCK_ROWS == 12
    block_of_7, block_of_8, block_of_9, block_of_10, block_of_11, block_of_12,
#endif
};

#undef BLOCK_OF

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
