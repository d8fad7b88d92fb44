// The kernels for x86-64 processors with AVX-512, whatever processor the rest is built for.

#include "CKernels.h"

#if defined(__x86_64__)

#pragma clang attribute push(                                                        \
    __attribute__((target("avx2,fma,f16c,avx512f,avx512dq,avx512bw,avx512vl"))), apply_to = function)
#define KERNELS_NAME "AVX-512"
#define KERNELS_FUSE 1
// Reading a large matrix in order is worth code of its own.
#define KERNELS_STREAM 1
// One of sixteen numbers is picked by four bits.
#define KERNELS_PICK 1
// 24 of 32 registers hold sums, with room for what feeds them.
#define BLOCK_ROWS 12
#define BLOCK_VECTORS 2
#include "KernelSet.h"
#pragma clang attribute pop

const explain_kernels *explain_avx512_kernels(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")
                 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")
                 && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c")
             ? &kernels
             : NULL;
}

#else

const explain_kernels *explain_avx512_kernels(void) { return NULL; }

#endif
