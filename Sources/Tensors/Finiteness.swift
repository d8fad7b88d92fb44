extension Tensor {
  /// The position, in row-major order, of the first element that is infinite or not a number.
  public var firstNonFinite: Int? {
    withValues { values in values.firstIndex { !$0.isFinite } }
  }
}
