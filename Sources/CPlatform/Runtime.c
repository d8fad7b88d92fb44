// What the Swift runtime and the compiler's own library bring elsewhere, and WebAssembly lacks here.

#if defined(__wasm__)

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

// The product of two 128-bit integers, of which the compiler has a library on other systems.
//
// Schoolbook multiplication in 32-bit halves of the lower words; the upper words only touch the upper half.
typedef union {
  __int128 whole;
  struct {
    uint64_t low;
    int64_t high;
  } words;
} wide;

__int128 __multi3(__int128 a, __int128 b) {
  const wide x = {.whole = a}, y = {.whole = b};
  const uint64_t mask = UINT32_MAX;
  const uint64_t low = (x.words.low & mask) * (y.words.low & mask);
  const uint64_t cross = (x.words.low >> 32) * (y.words.low & mask) + (low >> 32);
  const uint64_t other = (y.words.low >> 32) * (x.words.low & mask) + (cross & mask);
  wide product;
  product.words.low = (low & mask) | other << 32;
  product.words.high = (int64_t)((x.words.low >> 32) * (y.words.low >> 32) + (cross >> 32) + (other >> 32) +
                                 (uint64_t)x.words.high * y.words.low + x.words.low * (uint64_t)y.words.high);
  return product.whole;
}

// Decimal numbers as Swift's Double and Float read them; where one ends, or NULL if there is none.
const char *_swift_stdlib_strtod_clocale(const char *text, double *value) {
  char *end;
  *value = strtod(text, &end);
  return end == text ? NULL : end;
}

const char *_swift_stdlib_strtof_clocale(const char *text, float *value) {
  char *end;
  *value = strtof(text, &end);
  return end == text ? NULL : end;
}

// Swift seeds its hashing from this: always alike, so that the same run takes the same steps.
void arc4random_buf(void *buffer, size_t count) {
  unsigned char *bytes = buffer;
  for (size_t i = 0; i < count; i++) bytes[i] = (unsigned char)(37 * i + 11);
}

#endif
