// Sixteen floats at a time, in the compiler's vector extensions: one source for every processor.
//
// A kind of processor says before, in KERNELS_FUSE, whether it multiplies and adds in one step.
#ifndef EXPLAIN_LANES_H
#define EXPLAIN_LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { lane_count = 16 };

typedef float lanes __attribute__((vector_size(64)));
typedef int32_t int_lanes __attribute__((vector_size(64)));

// Sixteen floats at any float's address, whatever the memory was declared as.
typedef float loose_lanes __attribute__((vector_size(64), aligned(4), may_alias));

#define LOAD(address) (*(const loose_lanes *)(address))
#define STORE(address, value) (*(loose_lanes *)(address) = (value))
// Taking 0 away leaves all bits as they are, also those of -0.
#define SPLAT(value) ((value) - (lanes){})
// mask ? a : b, for masks that comparisons make
#define SELECT(mask, a, b) \
  ((lanes)(((int_lanes)(a) & (mask)) | ((int_lanes)(b) & ~(mask))))

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

// Bits must not depend on what the compiler makes of a * b + c: it joins nothing by itself.
#pragma clang fp contract(off)

// a * b + c, of vectors and of single numbers: rounded once where KERNELS_FUSE says so, else twice.
#if KERNELS_FUSE
#define MULTIPLY_ADD(a, b, c) __builtin_elementwise_fma(a, b, c)
#else
#define MULTIPLY_ADD(a, b, c) ((a) * (b) + (c))
#endif

// The first `count` of sixteen floats, and 0 for the others.
INLINE void load_part(lanes *x, size_t count, const float *address) {
  *x = (lanes){};
  memcpy(x, address, count * sizeof(float));
}

// The sixteen numbers of v, added in a fixed order.
INLINE float total_of(const lanes *v) {
  const lanes s = *v;
  float sums[8];
  UNROLL for (size_t i = 0; i < 8; i++) sums[i] = s[i] + s[i + 8];
  return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

#endif
