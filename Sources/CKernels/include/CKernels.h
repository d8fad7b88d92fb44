// The inner loops, in C: matrix products and row functions for the processor at hand.
//
// All matrices are row-major; a stride is the distance between the starts of two rows, in floats.
// Sums are made in the same order whatever the number of rows and columns, so that a caller may
// split a product over rows and columns as it likes and get the same bits; only the product of a
// single row has an order of its own. Multiplying and adding is one step, rounded once, or two, never
// as the compiler likes: so AVX2 and AVX-512 give the same bits, and the portable kernels give theirs
// on every processor.
#ifndef EXPLAIN_CKERNELS_H
#define EXPLAIN_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// Multiplies two matrices: from a, b and their strides to c, which it overwrites.
typedef void (*explain_product)(size_t rows, size_t columns, size_t inner, const float *a,
                                size_t a_stride, const float *b, size_t b_stride, float *c,
                                size_t c_stride);

enum {
  /// The most rows that `packed_product` takes.
  explain_packed_rows = 3,
  /// How many numbers it unpacks at a time.
  explain_packed_piece = 256,
};

/// The inner loops in the form one kind of processor runs best.
typedef struct __attribute__((swift_name("KernelSet"))) explain_kernels {
  /// What the processor must be able to do.
  const char *name;
  /// c[i, j] = sum over k of a[i, k] b[k, j]
  explain_product product;
  /// c[j] = sum over k of a[k] b[k, j]: the same for a single row and rows of b that adjoin, where the
  /// terms are added in another order
  void (*row_product)(size_t columns, size_t inner, const float *a, const float *b, float *c);
  /// c[i, j] = sum over k of a[i, k] b[j, k]
  explain_product product_transposed;
  /// c[i, j] = sum over k of a[k, i] b[k, j]
  explain_product transposed_product;
  /// The sum over k of a[k] b[k]
  float (*dot)(size_t count, const float *a, const float *b);
  /// y[i] = x[i] + z[i], x[i] - z[i], x[i] z[i]; y may be x or z
  void (*add)(size_t count, const float *x, const float *z, float *y);
  void (*subtract)(size_t count, const float *x, const float *z, float *y);
  void (*multiply)(size_t count, const float *x, const float *z, float *y);
  /// y[i] = x[i] - z, x[i] z, x[i] / z; y may be x
  void (*subtract_number)(size_t count, const float *x, float z, float *y);
  void (*multiply_number)(size_t count, const float *x, float z, float *y);
  void (*divide_number)(size_t count, const float *x, float z, float *y);
  /// y[i] = e^x[i]
  void (*exponentials)(size_t count, const float *x, float *y);
  /// y[i] = e^(x[i] - max x) / sum over j of e^(x[j] - max x)
  void (*softmax)(size_t count, const float *x, float *y);
  /// y[i] = x[i] / (1 + e^-2u), u = sqrt(2/pi) (x[i] + 0.044715 x[i]^3)
  void (*gelu)(size_t count, const float *x, float *y);
  /// dx[i] = dy[i] times the slope of gelu at x[i]
  void (*gelu_slope)(size_t count, const float *x, const float *dy, float *dx);
  /// The sum of x.
  float (*sum)(size_t count, const float *x);
  /// The position of the first infinity or NaN in x; count if there is none.
  size_t (*first_non_finite)(size_t count, const float *x);
  /// Writes the numbers that `count` stored ones, whole blocks of a type of ggml's, stand for; false
  /// for a type that is not known
  _Bool (*unpack)(int type, size_t count, const uint8_t *blocks, float *y);
  /// c[i, j] = sum over k of a[i, k] b[j, k] for at most `explain_packed_rows` rows of a, and rows of b
  /// that lie packed, `b_stride` bytes apart; `piece_bytes` is what `explain_packed_piece` numbers take
  void (*packed_product)(int type, size_t piece_bytes, size_t rows, size_t columns, size_t inner,
                         const float *a, size_t a_stride, const uint8_t *b, size_t b_stride,
                         float *c, size_t c_stride);
} explain_kernels;

/// The kernels that run on every processor.
const explain_kernels *explain_portable_kernels(void)
    __attribute__((swift_name("portableKernels()")));

/// The kernels for x86-64 processors with AVX2 and FMA; null where those are lacking.
const explain_kernels *_Nullable explain_avx2_kernels(void)
    __attribute__((swift_name("avx2Kernels()")));

/// The kernels for x86-64 processors with AVX-512 (F, DQ, BW and VL); null where that is lacking.
const explain_kernels *_Nullable explain_avx512_kernels(void)
    __attribute__((swift_name("avx512Kernels()")));

/// Memory for so many numbers, in which a vector begins where a line of memory does.
float *_Nullable explain_allocate(size_t count) __attribute__((swift_name("allocateNumbers(_:)")));

/// Gives back what `explain_allocate` gave.
void explain_free(float *numbers) __attribute__((swift_name("freeNumbers(_:)")));

/// One part of a call's work; called on any thread.
typedef void explain_part(size_t part, void *_Nullable context);

/// Calls `body` once for each part, 0 up to but not including `parts`, on all cores, and returns when
/// all are done. Whoever calls while the cores are at another call, or from within one, does all
/// parts alone.
void explain_in_parallel(size_t parts, void *_Nullable context, explain_part *body)
    __attribute__((swift_name("callInParallel(parts:context:body:)")));

#pragma clang assume_nonnull end

#endif
