// Weights that stay in their file as they are stored: halves, or blocks of small integers with scales.
// Included once for each kind of processor. What a block stands for is computed as ggml computes it,
// rounding for rounding.
//
// The formats: ggml-common.h and ggml-quants.c in <https://github.com/ggml-org/ggml>.

typedef int8_t small_ints __attribute__((vector_size(16)));
typedef uint8_t small_bits __attribute__((vector_size(16)));
typedef uint16_t short_bits __attribute__((vector_size(32)));
typedef uint32_t bit_lanes __attribute__((vector_size(64)));

// In pages, where size counts, what is used often is code once.
#if defined(__wasm__)
#define SHARED static __attribute__((noinline))
#else
#define SHARED INLINE
#endif

// The number of an IEEE 754 half.
SHARED float half_at(const uint8_t *at) {
#if KERNELS_FUSE && defined(__x86_64__)
  typedef short shorts __attribute__((vector_size(16)));
  short bits;
  memcpy(&bits, at, sizeof bits);
  return __builtin_ia32_vcvtph2ps((shorts){bits})[0];
#else
  const uint32_t half = (uint32_t)(at[0] | at[1] << 8), magnitude = half & 0x7fff;
  // Shifted into a float's fields, the exponent is 112 too small; one more for infinity and NaN, and
  // below it lie the subnormals, which are multiples of 2^-24.
  uint32_t bits = (magnitude << 13) + (magnitude >= 0x7c00 ? 224 << 23 : 112 << 23);
  if (__builtin_expect(magnitude < 0x400, 0)) {
    const float value = (float)magnitude * 0x1p-24f;
    memcpy(&bits, &value, sizeof bits);
  }
  bits |= (half & 0x8000) << 16;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
#endif
}

// Writes d q + m for sixteen integers; m is -0 where there is nothing to add.
SHARED void put(const small_ints *q, float d, float m, float *to) {
  const lanes x = __builtin_convertvector(__builtin_convertvector(*q, int_lanes), lanes);
  STORE(to, x * d + m);
}

#if KERNELS_PICK
// A block of integers of four bits stands for sixteen numbers at most: they are worked out once, and picked by the bits.
// `high` says which half of each of sixteen bytes picks.
INLINE void put_picked(const uint8_t *at, _Bool high, const lanes *numbers, float *to) {
  small_bits q;
  memcpy(&q, at, sizeof q);
  const int_lanes bytes = __builtin_convertvector(q, int_lanes);
  // Only the lowest four bits of a place count.
  STORE(to, (lanes)__builtin_ia32_permvarsf512(*numbers, high ? bytes >> 4 : bytes));
}

// The first numbers of up to eight blocks, `each` of a block: one after another they would take as long as all the rest.
INLINE void first_halves(size_t blocks, size_t block_bytes, const size_t each, const uint8_t *at,
                         float *to) {
  typedef short shorts __attribute__((vector_size(16)));
  shorts halves[2] = {};
  for (size_t i = 0; i < blocks; i++)
    memcpy((uint8_t *)halves + i * each * 2, at + i * block_bytes, each * 2);
  UNROLL for (size_t i = 0; i < each; i++)
    *(loose_eight *)(to + 8 * i) = (eight)__builtin_ia32_vcvtph2ps256(halves[i]);
}

// Blocks of 32 integers of four bits, eight blocks at a time: the first stands for `base` times the scale.
INLINE void pick_blocks_of_32(size_t count, const uint8_t *at, const lanes *base, const _Bool least,
                              float *to) {
  const size_t each = least ? 2 : 1, block_bytes = 16 + 2 * each;
  while (count >= 32) {
    float firsts[16] __attribute__((aligned(64)));
    const size_t blocks = smaller(8, count / 32);
    first_halves(blocks, block_bytes, each, at, firsts);
    for (size_t i = 0; i < blocks; i++, at += block_bytes, to += 32) {
      const lanes numbers = *base * firsts[i * each] + (least ? firsts[i * each + 1] : -0.0f);
      put_picked(at + 2 * each, 0, &numbers, to);
      put_picked(at + 2 * each, 1, &numbers, to + 16);
    }
    count -= blocks * 32;
  }
}

INLINE void count_from(float first, lanes *x) {
  *x = (lanes){0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15} + first;
}
#endif

INLINE small_bits *load_bits(small_bits *x, const uint8_t *at) {
  memcpy(x, at, sizeof *x);
  return x;
}

// The places of sixteen bits, set where those of a short are, times `worth`.
SHARED void spread_bits(uint32_t bits, uint8_t worth, small_bits *to) {
  const int_lanes place = {1,     2,     4,     8,      16,     32,     64,     128,
                           1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15};
  const int_lanes all = (int32_t)(bits & 0xffff) - (int_lanes){};
  *to = __builtin_convertvector((all & place) != 0, small_bits) & worth;
}

static const int8_t listed[16] = {-127, -104, -83, -65, -49, -35, -22, -10,
                                  1,    13,   25,  38,  53,  69,  89,  113};

// The sixteen numbers of the list that stand at sixteen places.
INLINE void look_up(const small_bits *places, small_ints *to) {
#if KERNELS_FUSE && defined(__x86_64__)
  typedef char chars __attribute__((vector_size(16)));
  chars list;
  memcpy(&list, listed, sizeof list);
  *to = (small_ints)__builtin_ia32_pshufb128(list, (chars)*places);
#elif defined(__wasm_simd128__)
  small_ints list;
  memcpy(&list, listed, sizeof list);
  *to = (small_ints)__builtin_wasm_swizzle_i8x16(list, (small_ints)*places);
#else
  for (size_t i = 0; i < 16; i++) (*to)[i] = listed[(*places)[i]];
#endif
}

#if KERNELS_PICK
INLINE void list_numbers(lanes *x) {
  small_ints list;
  memcpy(&list, listed, sizeof list);
  *x = __builtin_convertvector(__builtin_convertvector(list, int_lanes), lanes);
}
#endif

// Thirty-two numbers out of the list, by sixteen bytes of two places each.
SHARED void put_listed(const uint8_t *at, float d, float *to) {
#if KERNELS_PICK
  lanes numbers;
  list_numbers(&numbers);
  numbers = numbers * d + -0.0f;
  put_picked(at, 0, &numbers, to);
  put_picked(at, 1, &numbers, to + 16);
#else
  small_bits q;
  load_bits(&q, at);
  const small_bits low = q & 15, high = q >> 4;
  small_ints x;
  look_up(&low, &x);
  put(&x, d, -0.0f, to);
  look_up(&high, &x);
  put(&x, d, -0.0f, to + 16);
#endif
}

// Blocks of 32: `offset` is what the integers are less; `least`, whether a least value follows the
// scale; `fifth`, whether four bytes of fifth bits do.
SHARED void unpack_blocks_of_32(size_t count, const uint8_t *at, uint8_t offset, _Bool least,
                                _Bool fifth, float *to) {
  for (; count >= 32; count -= 32, to += 32) {
    const float d = half_at(at), m = least ? half_at(at + 2) : -0.0f;
    at += least ? 4 : 2;
    small_bits q, low = {}, high = {};
    if (fifth) {
      uint32_t bits;
      memcpy(&bits, at, sizeof bits);
      at += sizeof bits;
      spread_bits(bits, 16, &low);
      spread_bits(bits >> 16, 16, &high);
    }
    load_bits(&q, at);
    const small_ints first = (small_ints)(((q & 15) | low) - offset);
    const small_ints second = (small_ints)((q >> 4 | high) - offset);
    put(&first, d, m, to);
    put(&second, d, m, to + 16);
    at += 16;
  }
}

static void unpack_q8_0(size_t count, const uint8_t *at, float *to) {
#if KERNELS_PICK
  while (count >= 32) {
    float scales[8];
    const size_t blocks = smaller(8, count / 32);
    first_halves(blocks, 34, 1, at, scales);
    for (size_t b = 0; b < blocks; b++, at += 34, to += 32) {
      UNROLL for (size_t i = 0; i < 32; i += 16) {
        small_ints q;
        memcpy(&q, at + 2 + i, sizeof q);
        put(&q, scales[b], -0.0f, to + i);
      }
    }
    count -= blocks * 32;
  }
#else
  for (; count >= 32; count -= 32, to += 32, at += 34) {
    small_bits q;
    for (size_t i = 0; i < 32; i += 16)
      put((const small_ints *)load_bits(&q, at + 2 + i), half_at(at), -0.0f, to + i);
  }
#endif
}

// Q2_K, and Q3_K, which has a third bit and other scales: groups of 16.
static void unpack_q2_q3(const uint8_t *at, _Bool third, float *to) {
  const uint8_t *high = at, *low = third ? at + 32 : at + 16, *scales = third ? at + 96 : at;
  const float d = half_at(third ? at + 108 : at + 80), least = third ? 0 : half_at(at + 82);
  for (size_t g = 0; g < 16; g++) {
    const size_t shift = g / 2 % 4 * 2, from = g % 2 * 16;
    small_bits q;
    load_bits(&q, low + g / 8 * 32 + from);
    q = q >> (uint8_t)shift & 3;
    float scale, m = -0.0f;
    if (third) {
      small_bits h;
      load_bits(&h, high + from);
      q -= ((h >> (uint8_t)(g / 2) & 1) ^ 1) << 2;
      const int four = g < 8 ? scales[g] & 15 : scales[g - 8] >> 4;
      scale = d * (float)((four | (scales[8 + g % 4] >> g / 4 * 2 & 3) << 4) - 32);
    } else {
      scale = d * (float)(scales[g] & 15);
      m = -(least * (float)(scales[g] >> 4));
    }
    put((const small_ints *)&q, scale, m, to + g * 16);
  }
}

// Q4_K, and Q5_K, which has a fifth bit: groups of 32.
static void unpack_q4_q5(const uint8_t *at, _Bool fifth, float *to) {
  const uint8_t *scales = at + 4, *high = at + 16, *low = fifth ? at + 48 : at + 16;
  const float d = half_at(at), least = half_at(at + 2);
  for (size_t g = 0; g < 8; g++) {
    int scale = scales[g] & 63, m = scales[g + 4] & 63;
    if (g >= 4) {
      scale = (scales[g + 4] & 15) | (scales[g - 4] >> 2 & 0x30);
      m = scales[g + 4] >> 4 | (scales[g] >> 2 & 0x30);
    }
#if KERNELS_PICK
    if (!fifth) {
      lanes numbers;
      count_from(0, &numbers);
      numbers = numbers * (d * (float)scale) + -(least * (float)m);
      for (size_t i = 0; i < 32; i += 16)
        put_picked(low + g / 2 * 32 + i, g % 2 != 0, &numbers, to + g * 32 + i);
      continue;
    }
#endif
    for (size_t i = 0; i < 32; i += 16) {
      small_bits q, h;
      load_bits(&q, low + g / 2 * 32 + i);
      q = g % 2 == 0 ? q & 15 : q >> 4;
      if (fifth) q |= (*load_bits(&h, high + i) >> (uint8_t)g & 1) << 4;
      put((const small_ints *)&q, d * (float)scale, -(least * (float)m), to + g * 32 + i);
    }
  }
}

static void unpack_q6(const uint8_t *at, float *to) {
  const float d = half_at(at + 208);
  for (size_t g = 0; g < 16; g++) {
    const size_t half = g / 8, part = g / 2 % 4, i = g % 2 * 16;
    small_bits q, h;
    load_bits(&q, at + half * 64 + part % 2 * 32 + i);
    q = part < 2 ? q & 15 : q >> 4;
    load_bits(&h, at + 128 + half * 32 + i);
    q = (q | (h >> (uint8_t)(part * 2) & 3) << 4) - 32;
    put((const small_ints *)&q, d * (float)(int8_t)at[192 + g], -0.0f, to + g * 16);
  }
}

static void unpack_iq4_xs(const uint8_t *at, float *to) {
  const float d = half_at(at);
  for (size_t g = 0; g < 8; g++) {
    const int low = at[4 + g / 2] >> g % 2 * 4 & 15, high = at[2 + g / 4] >> g % 4 * 2 & 3;
    put_listed(at + 8 + g * 16, d * (float)((low | high << 4) - 32), to + g * 32);
  }
}

// Halves, and upper halves of floats.
static void unpack_halves(size_t count, const uint8_t *at, _Bool upper, float *to) {
  size_t i = 0;
  for (; i + lane_count <= count; i += lane_count) {
    short_bits x;
    memcpy(&x, at + 2 * i, sizeof x);
    const bit_lanes wide = __builtin_convertvector(x, bit_lanes);
    if (upper) {
      STORE(to + i, (lanes)(wide << 16));
      continue;
    }
#if KERNELS_FUSE && defined(__x86_64__)
    typedef short shorts __attribute__((vector_size(16)));
    shorts first, second;
    memcpy(&first, at + 2 * i, sizeof first);
    memcpy(&second, at + 2 * i + 16, sizeof second);
    *(loose_eight *)(to + i) = (eight)__builtin_ia32_vcvtph2ps256(first);
    *(loose_eight *)(to + i + 8) = (eight)__builtin_ia32_vcvtph2ps256(second);
#else
    const int_lanes magnitude = (int_lanes)(wide & 0x7fff);
    const int_lanes special = (magnitude >= 0x7c00) & (112 << 23);
    const lanes small = __builtin_convertvector(magnitude, lanes) * 0x1p-24f;
    const lanes usual = (lanes)((magnitude << 13) + (112 << 23) + special);
    const lanes value = SELECT(magnitude < 0x400, small, usual);
    STORE(to + i, (lanes)((bit_lanes)value | (wide & 0x8000) << 16));
#endif
  }
  for (; i < count; i++) {
    const uint32_t bits = (uint32_t)(at[2 * i] | at[2 * i + 1] << 8) << 16;
    if (upper) memcpy(to + i, &bits, sizeof bits);
    else to[i] = half_at(at + 2 * i);
  }
}

// Writes the numbers that whole blocks stand for; false for a type that is not known.
static _Bool unpack(int type, size_t count, const uint8_t *at, float *to) {
  size_t large;
#if KERNELS_PICK
  lanes numbers;
  count_from(type == 2 ? -8 : 0, &numbers);
#endif
  switch (type) {
    case 1: case 30: unpack_halves(count, at, type == 30, to); return 1;
#if KERNELS_PICK
    case 2: pick_blocks_of_32(count, at, &numbers, 0, to); return 1;
    case 3: pick_blocks_of_32(count, at, &numbers, 1, to); return 1;
#else
    case 2: unpack_blocks_of_32(count, at, 8, 0, 0, to); return 1;
    case 3: unpack_blocks_of_32(count, at, 0, 1, 0, to); return 1;
#endif
    case 6: unpack_blocks_of_32(count, at, 16, 0, 1, to); return 1;
    case 7: unpack_blocks_of_32(count, at, 0, 1, 1, to); return 1;
    case 8: unpack_q8_0(count, at, to); return 1;
    case 20:
#if KERNELS_PICK
      list_numbers(&numbers);
      pick_blocks_of_32(count, at, &numbers, 0, to);
#else
      for (; count >= 32; count -= 32, at += 18, to += 32) put_listed(at + 2, half_at(at), to);
#endif
      return 1;
    case 10: large = 84; break;
    case 11: large = 110; break;
    case 12: large = 144; break;
    case 13: large = 176; break;
    case 14: large = 210; break;
    case 23: large = 136; break;
    default: return 0;
  }
  for (; count >= 256; count -= 256, at += large, to += 256) {
    switch (type) {
      case 10: case 11: unpack_q2_q3(at, type == 11, to); break;
      case 12: case 13: unpack_q4_q5(at, type == 13, to); break;
      case 14: unpack_q6(at, to); break;
      default: unpack_iq4_xs(at, to);
    }
  }
  return 1;
}
