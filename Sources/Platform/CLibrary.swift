// The C library: mathematics, memory and, outside the core, files. Nothing else asks which system this is.

#if canImport(Glibc)
  @_exported public import Glibc
#elseif canImport(Darwin)
  @_exported public import Darwin
#else
  @_exported public import CPlatform

  /// e to the power of x, in 32 bits.
  @inlinable public func exp(_ x: Float) -> Float { expf(x) }
  /// The complementary error function, in 32 bits.
  @inlinable public func erfc(_ x: Float) -> Float { erfcf(x) }
#endif
