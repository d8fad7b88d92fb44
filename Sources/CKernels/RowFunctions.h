// Functions of the elements of a row. Included once for each kind of processor.

// Replaces each x by e^x, within 1 unit in the last place or so; tiny results may be subnormal.
INLINE void exponentiate(lanes *x) {
  // Outside of these bounds the result is 0 or infinite anyway. NaN is neither and stays.
  lanes bounded = SELECT(*x < -104.0f, SPLAT(-104.0f), *x);
  bounded = SELECT(bounded > 89.0f, SPLAT(89.0f), bounded);
  // x = n ln 2 + r, |r| <= ln 2 / 2. Adding 1.5 * 2^23 rounds to a whole number, and leaves that
  // number in the low bits.
  const lanes magic = SPLAT(0x1.8p23f);
  const lanes shifted = MULTIPLY_ADD(bounded, SPLAT(0x1.715476p0f), magic);
  const lanes n = shifted - magic;
  const int_lanes whole = (int_lanes)shifted - (int_lanes)magic;
  // ln 2 in two parts, of which the first has few enough bits for n times it to be exact.
  lanes r = MULTIPLY_ADD(n, SPLAT(-0x1.63p-1f), bounded);
  r = MULTIPLY_ADD(n, SPLAT(0x1.bd0106p-13f), r);
  // e^r = 1 + r + r^2 q(r), q fitted for the least relative error of e^r (3e-9).
  lanes q = MULTIPLY_ADD(r, SPLAT(0x1.6a23cep-10f), SPLAT(0x1.123a20p-7f));
  q = MULTIPLY_ADD(q, r, SPLAT(0x1.5558f2p-5f));
  q = MULTIPLY_ADD(q, r, SPLAT(0x1.555492p-3f));
  q = MULTIPLY_ADD(q, r, SPLAT(0x1.fffffcp-2f));
  const lanes power = MULTIPLY_ADD(q, r * r, r) + 1.0f;
  // In two steps, as 2^n alone may be out of a float's range.
  const int_lanes half = whole >> 1;
  const lanes once = (lanes)((half + 127) << 23);
  const lanes twice = (lanes)((whole - half + 127) << 23);
  *x = power * once * twice;
}

// -2u of GELU, u = sqrt(2/pi) (x + 0.044715 x^3).
INLINE void gelu_exponent(const lanes *x, lanes *y) {
  const lanes curve = MULTIPLY_ADD(SPLAT(0.044715f), *x * *x, SPLAT(1.0f));
  *y = *x * curve * -1.5957691216057308f;
}

INLINE void logistic_gelu(lanes *x) {
  // tanh written with e^, so that it costs one: (1 + tanh u) / 2 = 1 / (1 + e^-2u)
  lanes power;
  gelu_exponent(x, &power);
  exponentiate(&power);
  *x = *x / (1.0f + power);
}

// Applies FUNCTION to sixteen elements at a time, the last ones in a vector of their own.
#define EACH(FUNCTION)                                \
  size_t i = 0;                                       \
  for (; i + lane_count <= count; i += lane_count) {  \
    lanes v = LOAD(x + i);                            \
    FUNCTION(&v);                                     \
    STORE(y + i, v);                                  \
  }                                                   \
  if (i < count) {                                    \
    lanes v;                                          \
    load_part(&v, count - i, x + i);                  \
    FUNCTION(&v);                                     \
    memcpy(y + i, &v, (count - i) * sizeof(float));   \
  }

static void exponentials(size_t count, const float *x, float *y) { EACH(exponentiate) }

static void gelu(size_t count, const float *x, float *y) { EACH(logistic_gelu) }

// x s(p), p = 2u, has the slope s + x s (1 - s) p', with s(p) = 1 / (1 + e^-p).
INLINE void times_gelu_slope(const lanes *x, lanes *dy) {
  // Beyond these bounds the slope is 0 or 1. NaN is neither and stays.
  lanes at = SELECT(*x < -30.0f, SPLAT(-30.0f), *x);
  at = SELECT(at > 30.0f, SPLAT(30.0f), at);
  lanes power;
  gelu_exponent(&at, &power);
  exponentiate(&power);
  const lanes s = 1.0f / (1.0f + power);
  const lanes curve = MULTIPLY_ADD(SPLAT(3 * 0.044715f), at * at, SPLAT(1.0f));
  *dy *= MULTIPLY_ADD(at * s * (1.0f - s), curve * 1.5957691216057308f, s);
}

static void gelu_slope(size_t count, const float *x, const float *dy, float *dx) {
  for (size_t i = 0; i < count; i += lane_count) {
    const size_t part = count - i < lane_count ? count - i : lane_count;
    lanes at, v;
    load_part(&at, part, x + i);
    load_part(&v, part, dy + i);
    times_gelu_slope(&at, &v);
    memcpy(dx + i, &v, part * sizeof(float));
  }
}

// Sums of 1024 elements are made first and then added up, which keeps rounding errors small. Zeros
// behind the last element change nothing.
static float sum(size_t count, const float *x) {
  lanes total = {};
  for (size_t i = 0; i < count;) {
    const size_t end = count - i < 1024 ? count : i + 1024;
    lanes part = {};
    for (; i + lane_count <= end; i += lane_count) part += LOAD(x + i);
    if (i < end) {
      lanes rest;
      load_part(&rest, end - i, x + i);
      part += rest;
      i = end;
    }
    total += part;
  }
  return total_of(&total);
}

static float largest(size_t count, const float *x) {
  float result = -__builtin_inff();
  size_t i = 0;
  if (count >= lane_count) {
    lanes most = LOAD(x);
    for (i = lane_count; i + lane_count <= count; i += lane_count) {
      const lanes v = LOAD(x + i);
      most = SELECT(v > most, v, most);
    }
    for (int lane = 0; lane < lane_count; lane++)
      result = most[lane] > result ? most[lane] : result;
  }
  for (; i < count; i++) result = x[i] > result ? x[i] : result;
  return result;
}

// How many elements are left without vectors of −∞ at the end; the last one in any case.
INLINE size_t without_nothing(size_t count, const float *x) {
  while (count > lane_count) {
    const int_lanes nothing = LOAD(x + count - lane_count) == -__builtin_inff();
    if (__builtin_reduce_and(nothing) == 0) break;
    count -= lane_count;
  }
  return count;
}

static void softmax(size_t whole_count, const float *x, float *y) {
  // What lies ahead of a position is −∞, half of all: its shares are 0, without computing powers.
  const size_t count = without_nothing(whole_count, x);
  const float most = largest(count, x);
  size_t i = 0;
  for (; i + lane_count <= count; i += lane_count) {
    lanes v = LOAD(x + i) - most;
    exponentiate(&v);
    STORE(y + i, v);
  }
  if (i < count) {
    lanes v;
    load_part(&v, count - i, x + i);
    v -= most;
    exponentiate(&v);
    memcpy(y + i, &v, (count - i) * sizeof(float));
  }
  const float whole = sum(count, y);
  for (i = 0; i + lane_count <= count; i += lane_count) STORE(y + i, LOAD(y + i) / whole);
  for (; i < count; i++) y[i] /= whole;
  // Not a number, if the others are not.
  for (const float none = 0 / whole; i < whole_count; i++) y[i] = none;
}

static size_t first_non_finite(size_t count, const float *x) {
  enum { stretch = 1024 };
  const int32_t exponent = 0x7f800000;
  size_t i = 0;
  for (; i + stretch <= count; i += stretch) {
    int_lanes found = {};
    for (size_t k = 0; k < stretch; k += lane_count)
      found |= ((int_lanes)LOAD(x + i + k) & exponent) == exponent;
    int32_t any = 0;
    for (int lane = 0; lane < lane_count; lane++) any |= found[lane];
    if (any != 0) break;
  }
  for (; i < count; i++) {
    int32_t bits;
    memcpy(&bits, x + i, sizeof bits);
    if ((bits & exponent) == exponent) return i;
  }
  return count;
}
