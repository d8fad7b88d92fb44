// Eight floats at a time, in the compiler's vector extensions: one source for every processor.
#ifndef EXPLAIN_LANES_H
#define EXPLAIN_LANES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef float lanes __attribute__((vector_size(32)));
typedef int32_t int_lanes __attribute__((vector_size(32)));

// Eight floats at any float's address, whatever the memory was declared as.
typedef float loose_lanes __attribute__((vector_size(32), aligned(4), may_alias));

#define LOAD(address) (*(const loose_lanes *)(address))
#define STORE(address, value) (*(loose_lanes *)(address) = (value))
#define SPLAT(value) ((lanes){} + (value))
// mask ? a : b, for masks that comparisons make
#define SELECT(mask, a, b) \
  ((lanes)(((int_lanes)(a) & (mask)) | ((int_lanes)(b) & ~(mask))))

#define INLINE static inline __attribute__((always_inline))
#define UNROLL _Pragma("clang loop unroll(full)")

// a * b + c is one instruction, rounded once, wherever the processor has it.
#pragma clang fp contract(fast)

#endif
