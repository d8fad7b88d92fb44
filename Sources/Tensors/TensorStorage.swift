/// The memory behind one or more tensors, kept alive as long as any of them.
///
/// Safe to share: nothing writes to it once the tensor's initializer has returned.
final class TensorStorage: @unchecked Sendable {
  let base: UnsafePointer<Float>
  private let release: () -> Void

  /// Takes over `memory` and frees it at the end.
  init(owning memory: UnsafeMutableBufferPointer<Float>) {
    // A zero-sized allocation still has an address, but the type cannot say so.
    base = UnsafePointer(memory.baseAddress ?? UnsafeMutablePointer<Float>.allocate(capacity: 1))
    release = { memory.deallocate() }
  }

  /// Looks at memory that `owner` keeps alive (a mapped file), or that lives for ever (compiled-in
  /// bytes).
  init(viewing memory: UnsafePointer<Float>, keptAliveBy owner: AnyObject?) {
    base = memory
    release = { withExtendedLifetime(owner) {} }
  }

  deinit { release() }
}
