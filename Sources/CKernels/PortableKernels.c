// The kernels for every processor: the compiler makes of the vectors what there is.

#define KERNELS_NAME "portable"
#include "MatrixProducts.h"
#include "RowFunctions.h"
#include "KernelSet.h"

const explain_kernels *explain_portable_kernels(void) { return &kernels; }
