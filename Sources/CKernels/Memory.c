#define _GNU_SOURCE
#include "CKernels.h"

#include <stdint.h>
#include <stdlib.h>

#if defined(__linux__)
#include <sys/mman.h>
#endif

// The system gives large memory out in pages of 4096 bytes unless it is told that 2 MB a page are
// welcome; giving out and finding 512 times as many pages takes longer than filling them.
enum : size_t { line = 64, large_page = 2 << 20, large = 2 * large_page };

static size_t rounded_up(size_t size, size_t unit) { return (size + unit - 1) / unit * unit; }

float *explain_allocate(size_t count) {
  if (count > (SIZE_MAX - large_page) / sizeof(float)) return NULL;
  const size_t size = count * sizeof(float);
  const size_t unit = size < large ? line : large_page;
  float *numbers = aligned_alloc(unit, rounded_up(size == 0 ? 1 : size, unit));
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  // What the system makes of it, changes nothing but time.
  if (size >= large && numbers != NULL) (void)madvise(numbers, rounded_up(size, unit), MADV_HUGEPAGE);
#endif
  return numbers;
}

void explain_free(float *numbers) { free(numbers); }
