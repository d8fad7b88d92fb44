// Room for what the kernels copy.
#ifndef EXPLAIN_ROOM_H
#define EXPLAIN_ROOM_H

#include <stddef.h>

// Room for so many numbers, aligned to a line of memory: the calling thread's own, until it asks
// again or ends.
float *explain_room(size_t count);

#endif
