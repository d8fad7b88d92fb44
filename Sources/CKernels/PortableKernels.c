// The kernels for every processor: the compiler makes of the vectors what there is. Products are
// rounded before they are added, so that the bits are the same on all.

#include "CKernels.h"

#define KERNELS_NAME "portable"
#define KERNELS_FUSE 0
#define BLOCK_ROWS 6
#define BLOCK_VECTORS 1
#include "KernelSet.h"

const explain_kernels *explain_portable_kernels(void) { return &kernels; }
