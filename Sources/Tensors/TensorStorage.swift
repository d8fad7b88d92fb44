import CKernels
import CSystem
import Formats

/// The memory behind one or more tensors, kept alive as long as any of them.
///
/// Safe to share: nothing writes to it once the tensor's initializer has returned.
final class TensorStorage: @unchecked Sendable {
  /// Where the first element stands.
  ///
  /// Only a tensor's initializer may write, and only to memory made for it.
  ///
  /// Where the numbers lie packed, nothing may be read from here.
  let address: UnsafeMutablePointer<Float>
  /// How the numbers lie packed, if they do.
  let packing: BlockType?
  private let capacity: Int
  private let owner: Owner

  private enum Owner {
    case storage
    case other(AnyObject?)
  }

  /// Allocates room for `capacity` elements, freed with the storage.
  init(capacity: Int) {
    address = Self.memory(for: capacity)
    packing = nil
    self.capacity = capacity
    owner = .storage
  }

  /// Looks at memory that `owner` keeps alive (a mapped file), or that lives for ever (compiled-in
  /// bytes).
  init(viewing memory: UnsafePointer<Float>, keptAliveBy owner: AnyObject?) {
    address = UnsafeMutablePointer(mutating: memory)
    packing = nil
    capacity = 0
    self.owner = .other(owner)
  }

  /// Looks at blocks in memory that `owner` keeps alive.
  init(viewing blocks: UnsafeRawPointer, of type: BlockType, keptAliveBy owner: AnyObject) {
    address = UnsafeMutableRawPointer(mutating: blocks).assumingMemoryBound(to: Float.self)
    packing = type
    capacity = 0
    self.owner = .other(owner)
  }

  /// The memory as a tensor's initializer fills it.
  var elements: UnsafeMutableBufferPointer<Float> {
    UnsafeMutableBufferPointer(start: address, count: capacity)
  }

  deinit {
    if case .storage = owner { freeNumbers(address) }
  }

  /// Room for `capacity` elements; where there is none, the program ends with a line that says so.
  private static func memory(for capacity: Int) -> UnsafeMutablePointer<Float> {
    guard let memory = allocateNumbers(capacity) else {
      let (bytes, isTooLarge) = capacity.multipliedReportingOverflow(
        by: MemoryLayout<Float>.stride
      )
      csystem_out_of_memory(isTooLarge ? Int.max : bytes)
    }
    return memory
  }
}
