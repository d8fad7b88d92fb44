#include "CPlatform.h"

#if defined(__wasm__)
static bool shares_cores;
#else
static _Thread_local bool shares_cores;
#endif

bool platform_shares_cores(void) { return shares_cores; }

void platform_set_shares_cores(bool shares) { shares_cores = shares; }
