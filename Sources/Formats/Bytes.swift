/// Read-only bytes that stay where they are: a mapped file, or memory that someone else keeps alive.
///
/// Safe to share: nothing here writes to them.
public final class Bytes: @unchecked Sendable {
  /// The bytes.
  public let buffer: UnsafeRawBufferPointer
  private let owner: AnyObject?

  /// Looks at memory that `owner` keeps alive, or that lives for ever.
  public init(viewing buffer: UnsafeRawBufferPointer, keptAliveBy owner: AnyObject? = nil) {
    self.buffer = buffer
    self.owner = owner
  }

  /// Keeps a copy of bytes, at an address that every type of number may have.
  public convenience init(copying bytes: some Collection<UInt8>) {
    let memory = Memory(byteCount: bytes.count)
    memory.buffer.copyBytes(from: bytes)
    self.init(viewing: UnsafeRawBufferPointer(memory.buffer), keptAliveBy: memory)
  }

  private final class Memory {
    let buffer: UnsafeMutableRawBufferPointer

    init(byteCount: Int) {
      buffer = .allocate(byteCount: byteCount, alignment: 64)
    }

    deinit { buffer.deallocate() }
  }
}
