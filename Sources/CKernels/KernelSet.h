// All kernels and the table of them. Included once for each kind of processor.

#include "CKernels.h"
#include "Caches.h"
#include "Lanes.h"
#include "Room.h"

#include "Panels.h"
#include "Blocks.h"
#include "MatrixProducts.h"
#include "RowFunctions.h"
#include "Elementwise.h"
#include "PackedBlocks.h"
#include "PackedProducts.h"

static const explain_kernels kernels = {
    .name = KERNELS_NAME,
    .product = product,
    .row_product = row_product,
    .product_transposed = product_transposed,
    .transposed_product = transposed_product,
    .dot = dot,
    .add = add,
    .subtract = subtract,
    .multiply = multiply,
    .subtract_number = subtract_number,
    .multiply_number = multiply_number,
    .divide_number = divide_number,
    .exponentials = exponentials,
    .softmax = softmax,
    .gelu = gelu,
    .gelu_slope = gelu_slope,
    .sum = sum,
    .first_non_finite = first_non_finite,
    .unpack = unpack,
    .packed_product = packed_product,
};
