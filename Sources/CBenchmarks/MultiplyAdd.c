#include "CBenchmarks.h"

enum { lane_count = 16 };

typedef float lanes __attribute__((vector_size(64)));

#pragma clang fp contract(fast)

// As many sums side by side as registers hold, so that none has to wait for the one before.
static inline __attribute__((always_inline)) float multiply_add(size_t times, const size_t sums) {
  lanes sum[16];
  _Pragma("clang loop unroll(full)") for (size_t i = 0; i < sums; i++)
    sum[i] = (float)(i + 2) - (lanes){};
  const lanes factor = 0.999f - (lanes){}, term = 0.001f - (lanes){};
  for (size_t k = 0; k < times; k++) {
    _Pragma("clang loop unroll(full)") for (size_t i = 0; i < sums; i++)
      sum[i] = sum[i] * factor + term;
  }
  lanes all = {};
  for (size_t i = 0; i < sums; i++) all += sum[i];
  float total = 0;
  for (size_t lane = 0; lane < lane_count; lane++) total += all[lane];
  return total;
}

#if defined(__x86_64__)

enum { avx512_sums = 16, avx2_sums = 6, other_sums = 3 };

__attribute__((target("avx512f"))) static float multiply_add_avx512(size_t times) {
  return multiply_add(times, avx512_sums);
}

__attribute__((target("avx2,fma"))) static float multiply_add_avx2(size_t times) {
  return multiply_add(times, avx2_sums);
}

float explain_multiply_add(size_t times) {
  if (__builtin_cpu_supports("avx512f")) return multiply_add_avx512(times);
  if (__builtin_cpu_supports("fma")) return multiply_add_avx2(times);
  return multiply_add(times, other_sums);
}

size_t explain_multiply_adds_at_once(void) {
  if (__builtin_cpu_supports("avx512f")) return avx512_sums * lane_count;
  return (__builtin_cpu_supports("fma") ? avx2_sums : other_sums) * lane_count;
}

#else

enum { sums = 6 };

float explain_multiply_add(size_t times) { return multiply_add(times, sums); }

size_t explain_multiply_adds_at_once(void) { return sums * lane_count; }

#endif
