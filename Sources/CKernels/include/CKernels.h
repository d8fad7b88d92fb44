// The inner loops, in C: matrix products for the processor at hand.
#ifndef EXPLAIN_CKERNELS_H
#define EXPLAIN_CKERNELS_H

#include <stddef.h>
#include <stdbool.h>

#endif
