#include "CBenchmarks.h"

typedef float lanes __attribute__((vector_size(32)));
typedef float loose_lanes __attribute__((vector_size(32), aligned(4), may_alias));

enum { places = 4, vectors = 4 };

static inline __attribute__((always_inline)) float read_at_places(size_t count, const float *memory) {
  const size_t quarter = count / (places * vectors * 8) * (vectors * 8);
  lanes sums[vectors] = {};
  for (size_t i = 0; i < quarter; i += vectors * 8) {
    _Pragma("clang loop unroll(full)") for (size_t place = 0; place < places; place++) {
      _Pragma("clang loop unroll(full)") for (size_t v = 0; v < vectors; v++) {
        sums[v] += *(const loose_lanes *)(memory + place * quarter + i + v * 8);
      }
    }
  }
  const lanes sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}

#if defined(__x86_64__)

__attribute__((target("avx2"))) static float read_avx2(size_t count, const float *memory) {
  return read_at_places(count, memory);
}

float explain_read(size_t count, const float *memory) {
  return __builtin_cpu_supports("avx2") ? read_avx2(count, memory) : read_at_places(count, memory);
}

#else

float explain_read(size_t count, const float *memory) { return read_at_places(count, memory); }

#endif
