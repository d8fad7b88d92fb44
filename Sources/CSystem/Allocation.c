// Memory that cannot be had, told of before the language's runtime aborts: its own message speaks of bytes and alignment.
//
// A program may define malloc and its like itself. These are glibc's, under the names it has for that purpose; a
// sanitizer brings its own.

#include "CSystem.h"

#include <stdatomic.h>
#include <stddef.h>

extern atomic_bool csystem_tells_of_memory;

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define IS_SANITIZED 1
#endif
#endif

#if defined(__linux__)
#include <features.h>
#endif

#if defined(__GLIBC__) && !defined(IS_SANITIZED)

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static void *told(void *memory, size_t size) {
  if (memory == NULL && size > 0 && atomic_load(&csystem_tells_of_memory)) csystem_out_of_memory(size);
  return memory;
}

void *malloc(size_t size) { return told(__libc_malloc(size), size); }

void *calloc(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) bytes = (size_t)-1;
  return told(__libc_calloc(count, size), bytes);
}

void *realloc(void *old, size_t size) { return told(__libc_realloc(old, size), size); }

#endif
