// Functions of the elements of a row. Included once for each kind of processor.

#include "Lanes.h"

// Replaces each x by e^x, within 1 unit in the last place or so; tiny results may be subnormal.
INLINE void exponentiate(lanes *x) {
  // Outside of these bounds the result is 0 or infinite anyway. NaN is neither and stays.
  lanes bounded = SELECT(*x < -104.0f, SPLAT(-104.0f), *x);
  bounded = SELECT(bounded > 89.0f, SPLAT(89.0f), bounded);
  // x = n ln 2 + r, |r| <= ln 2 / 2. Adding 1.5 * 2^23 rounds to a whole number, and leaves that
  // number in the low bits.
  const float magic = 0x1.8p23f;
  lanes shifted = bounded * 0x1.715476p0f + magic;
  lanes n = shifted - magic;
  int_lanes whole = (int_lanes)shifted - (int_lanes)SPLAT(magic);
  // ln 2 in two parts, of which the first has few enough bits for n times it to be exact.
  lanes r = bounded - n * 0x1.63p-1f;
  r = r - n * -0x1.bd0106p-13f;
  // e^r = 1 + r + r^2 q(r), q fitted for the least relative error of e^r (3e-9).
  lanes q = r * 0x1.6a23cep-10f + 0x1.123a20p-7f;
  q = q * r + 0x1.5558f2p-5f;
  q = q * r + 0x1.555492p-3f;
  q = q * r + 0x1.fffffcp-2f;
  lanes power = q * (r * r) + r + 1.0f;
  // In two steps, as 2^n alone may be out of a float's range.
  int_lanes half = whole >> 1;
  lanes once = (lanes)((half + 127) << 23);
  lanes twice = (lanes)((whole - half + 127) << 23);
  *x = power * once * twice;
}

INLINE void logistic_gelu(lanes *x) {
  // tanh written with e^, so that it costs one: (1 + tanh u) / 2 = 1 / (1 + e^-2u)
  lanes power = *x * (1.0f + 0.044715f * (*x * *x)) * -1.5957691216057308f;
  exponentiate(&power);
  *x = *x / (1.0f + power);
}

// Applies FUNCTION to eight elements at a time, the last ones in a vector of their own.
#define EACH(FUNCTION)                                \
  size_t i = 0;                                       \
  for (; i + 8 <= count; i += 8) {                    \
    lanes v = LOAD(x + i);                            \
    FUNCTION(&v);                                     \
    STORE(y + i, v);                                  \
  }                                                   \
  if (i < count) {                                    \
    lanes v = {};                                     \
    memcpy(&v, x + i, (count - i) * sizeof(float));   \
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
  const lanes square = at * at;
  lanes power = at * (1.0f + 0.044715f * square) * -1.5957691216057308f;
  exponentiate(&power);
  const lanes s = 1.0f / (1.0f + power);
  const lanes inner = (1.0f + 3 * 0.044715f * square) * 1.5957691216057308f;
  *dy *= s + at * s * (1.0f - s) * inner;
}

static void gelu_slope(size_t count, const float *x, const float *dy, float *dx) {
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    const lanes at = LOAD(x + i);
    lanes v = LOAD(dy + i);
    times_gelu_slope(&at, &v);
    STORE(dx + i, v);
  }
  if (i < count) {
    lanes at = {}, v = {};
    memcpy(&at, x + i, (count - i) * sizeof(float));
    memcpy(&v, dy + i, (count - i) * sizeof(float));
    times_gelu_slope(&at, &v);
    memcpy(dx + i, &v, (count - i) * sizeof(float));
  }
}

// Sums of 512 elements are made first and then added up, which keeps rounding errors small.
static float sum(size_t count, const float *x) {
  lanes total = {};
  size_t i = 0;
  while (i + 8 <= count) {
    size_t end = count - i < 512 ? count : i + 512;
    lanes part = {};
    for (; i + 8 <= end; i += 8) part += LOAD(x + i);
    total += part;
  }
  lanes rest = {};
  memcpy(&rest, x + i, (count - i) * sizeof(float));
  total += rest;
  return ((total[0] + total[4]) + (total[2] + total[6])) +
         ((total[1] + total[5]) + (total[3] + total[7]));
}

static float largest(size_t count, const float *x) {
  float result = -__builtin_inff();
  size_t i = 0;
  if (count >= 8) {
    lanes most = LOAD(x);
    for (i = 8; i + 8 <= count; i += 8) {
      lanes v = LOAD(x + i);
      most = SELECT(v > most, v, most);
    }
    for (int lane = 0; lane < 8; lane++) result = most[lane] > result ? most[lane] : result;
  }
  for (; i < count; i++) result = x[i] > result ? x[i] : result;
  return result;
}

static void softmax(size_t count, const float *x, float *y) {
  const float most = largest(count, x);
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    lanes v = LOAD(x + i) - most;
    exponentiate(&v);
    STORE(y + i, v);
  }
  if (i < count) {
    lanes v = {};
    memcpy(&v, x + i, (count - i) * sizeof(float));
    v -= most;
    exponentiate(&v);
    memcpy(y + i, &v, (count - i) * sizeof(float));
  }
  const float whole = sum(count, y);
  for (i = 0; i < count; i++) y[i] /= whole;
}

static size_t first_non_finite(size_t count, const float *x) {
  enum { stretch = 1024 };
  const int32_t exponent = 0x7f800000;
  size_t i = 0;
  for (; i + stretch <= count; i += stretch) {
    int_lanes found = {};
    for (size_t k = 0; k < stretch; k += 8)
      found |= ((int_lanes)LOAD(x + i + k) & exponent) == exponent;
    if (found[0] | found[1] | found[2] | found[3] | found[4] | found[5] | found[6] | found[7])
      break;
  }
  for (; i < count; i++) {
    int32_t bits;
    memcpy(&bits, x + i, sizeof bits);
    if ((bits & exponent) == exponent) return i;
  }
  return count;
}
