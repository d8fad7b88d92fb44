// The table of the kernels included before. Included once for each kind of processor.

#include "CKernels.h"

static const explain_kernels kernels = {
    .name = KERNELS_NAME,
    .product = product,
    .row_product = row_product,
    .product_transposed = product_transposed,
    .transposed_product = transposed_product,
    .exponentials = exponentials,
    .softmax = softmax,
    .gelu = gelu,
    .gelu_slope = gelu_slope,
    .sum = sum,
    .first_non_finite = first_non_finite,
};
