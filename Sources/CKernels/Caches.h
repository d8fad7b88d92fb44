// How large the processor's caches are.
#ifndef EXPLAIN_CACHES_H
#define EXPLAIN_CACHES_H

#include <stddef.h>

// The size in bytes of a core's second-level cache: what the system says, or a usual one where it
// says nothing.
size_t explain_second_level_cache(void);

#endif
