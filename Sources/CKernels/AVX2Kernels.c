// The kernels for x86-64 processors with AVX2, FMA and F16C (which come together), whatever processor the rest is built for.

#include "CKernels.h"

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#define KERNELS_NAME "AVX2 and FMA"
#define KERNELS_FUSE 1
// Reading a large matrix in order is worth code of its own.
#define KERNELS_STREAM 1
// Twelve of sixteen registers hold sums, with room for what feeds them.
#define BLOCK_ROWS 6
#define BLOCK_VECTORS 1
#include "KernelSet.h"
#pragma clang attribute pop

const explain_kernels *explain_avx2_kernels(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
                 && __builtin_cpu_supports("f16c")
             ? &kernels
             : NULL;
}

#else

const explain_kernels *explain_avx2_kernels(void) { return NULL; }

#endif
