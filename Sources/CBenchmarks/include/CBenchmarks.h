// What the benchmarks measure the kernels against.
#ifndef EXPLAIN_CBENCHMARKS_H
#define EXPLAIN_CBENCHMARKS_H

#include <stddef.h>

#pragma clang assume_nonnull begin

/// Adds up a quarter of a memory of `count` floats at each of four places at once: of all ways tried,
/// the one that reads the most in a second.
///
/// @return The sum of the first `count / 128 * 128` floats; of no interest but that it has to be read for.
float explain_read(size_t count, const float *memory) __attribute__((swift_name("read(_:_:)")));

/// Multiplies and adds in registers alone, `times` times as many numbers as
/// `explain_multiply_adds_at_once` says: as fast as the processor can.
///
/// @return What came of it; of no interest but that it has to be computed.
float explain_multiply_add(size_t times) __attribute__((swift_name("multiplyAdd(_:)")));

/// How many multiply-adds each time is.
size_t explain_multiply_adds_at_once(void) __attribute__((swift_name("multiplyAddsAtOnce()")));

#pragma clang assume_nonnull end

#endif
