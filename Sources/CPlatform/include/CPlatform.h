// What Swift needs of C beside the C library: decimal numbers without va_list, a flag of each thread's own,
// and, where there is no other module of it (WebAssembly), the C library's mathematics and memory functions.
#ifndef EXPLAIN_CPLATFORM_H
#define EXPLAIN_CPLATFORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#if defined(__wasm__)
#include <math.h>
#include <stdlib.h>
#include <string.h>
#endif

#pragma clang assume_nonnull begin

/// Writes a number with so many digits after the point, or in scientific form; its length, as snprintf.
static inline int platform_decimal(char *buffer, size_t size, int digits, double value, bool isScientific)
    __attribute__((swift_name("writeDecimal(to:size:digits:_:isScientific:)"))) {
  return snprintf(buffer, size, isScientific ? "%.*e" : "%.*f", digits, value);
}

/// Whether the cores are at work that was split over them as a whole, of which the calling thread does a part.
bool platform_shares_cores(void) __attribute__((swift_name("sharesCores()")));

/// Says of the calling thread what ``platform_shares_cores`` answers.
void platform_set_shares_cores(bool shares) __attribute__((swift_name("setSharesCores(_:)")));

#pragma clang assume_nonnull end

#endif
