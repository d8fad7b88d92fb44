#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The natural logarithm, from the C library.
func logarithm(_ x: Double) -> Double { log(x) }
