// Parts of matrices, copied to where a block of a product reads them without gaps.
// Included once for each kind of processor.

typedef float eight __attribute__((vector_size(32)));
typedef float loose_eight __attribute__((vector_size(32), aligned(4), may_alias));

// Exchanges the rows and columns of a square of eight, whose rows begin at `rows`; of each row that
// comes of it, `width` numbers are written.
INLINE void turn_square(const float *const *rows, size_t from, const size_t width, float *to,
                        size_t to_stride) {
  eight x[8], y[8];
  UNROLL for (size_t i = 0; i < 8; i++) x[i] = *(const loose_eight *)(rows[i] + from);
  UNROLL for (size_t i = 0; i < 8; i += 2) {
    y[i] = __builtin_shufflevector(x[i], x[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    y[i + 1] = __builtin_shufflevector(x[i], x[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
  UNROLL for (size_t i = 0; i < 8; i += 4) {
    x[i] = __builtin_shufflevector(y[i], y[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    x[i + 1] = __builtin_shufflevector(y[i], y[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    x[i + 2] = __builtin_shufflevector(y[i + 1], y[i + 3], 0, 1, 8, 9, 4, 5, 12, 13);
    x[i + 3] = __builtin_shufflevector(y[i + 1], y[i + 3], 2, 3, 10, 11, 6, 7, 14, 15);
  }
  UNROLL for (size_t i = 0; i < 4; i++) {
    y[i] = __builtin_shufflevector(x[i], x[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    y[i + 4] = __builtin_shufflevector(x[i], x[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
  UNROLL for (size_t i = 0; i < 8; i++) memcpy(to + i * to_stride, &y[i], width * sizeof(float));
}

// Eight columns or less of what `pack_turned` makes.
INLINE void pack_eight(size_t count, const size_t width, size_t depth, const float *from,
                       size_t stride, float *to, size_t pitch, size_t ahead) {
  const float *rows[8];
  UNROLL for (size_t r = 0; r < 8; r++) rows[r] = from + (r < count ? r : count - 1) * stride;
  size_t k = 0;
  for (; k + 8 <= depth; k += 8) {
    // A line of memory holds sixteen numbers, so each row fetches every other time.
    if (ahead != 0) {
      const size_t first = k / 8 % 2 * 4;
      UNROLL for (size_t r = 0; r < 4; r++) __builtin_prefetch(rows[first + r] + k + ahead, 0, 2);
    }
    turn_square(rows, k, width, to + k * pitch, pitch);
  }
  for (; k < depth; k++) {
    UNROLL for (size_t r = 0; r < width; r++) to[k * pitch + r] = rows[r][k];
  }
}

// to[k * pitch + i] = from[i * stride + k], for `count` of i and `depth` of k. The pitch is a multiple
// of 4 and not less than the count; what is left of a row's last eight or four holds any numbers.
// Fetches what is `ahead` in memory.
static void pack_turned(size_t count, size_t depth, const float *from, size_t stride, float *to,
                        size_t pitch, size_t ahead) {
  for (size_t i = 0; i < count; i += 8) {
    const float *rows = from + i * stride;
    if (pitch - i >= 8) pack_eight(count - i, 8, depth, rows, stride, to + i, pitch, ahead);
    else pack_eight(count - i, 4, depth, rows, stride, to + i, pitch, ahead);
  }
}

// to[k * pitch + i] = from[k * stride + i], for `count` of i and `depth` of k, and 0 up to the pitch.
static void pack_straight(size_t count, size_t depth, const float *from, size_t stride, float *to,
                          size_t pitch) {
  for (size_t k = 0; k < depth; k++) {
    const float *row = from + k * stride;
    float *place = to + k * pitch;
    size_t i = 0;
    // The next columns, if they are asked for, come from the next line of memory.
    __builtin_prefetch(row + 16, 0, 2);
    for (; i + 4 <= count; i += 4) memcpy(place + i, row + i, 4 * sizeof(float));
    for (; i < count; i++) place[i] = row[i];
    for (; i < pitch; i++) place[i] = 0;
  }
}
