import Platform

/// e to the power of x, from the C library.
func exponential(_ x: Double) -> Double { exp(x) }
