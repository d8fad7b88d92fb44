#if arch(wasm32)
  import Formats

  // What the page's script calls. One instance has one engine; the page makes a new one when a call traps.

  nonisolated(unsafe) private var engine = Engine()
  nonisolated(unsafe) private var reply: [UInt8] = []

  /// Memory for `count` bytes, at an address that numbers may have; it is the engine's from the call that is given it.
  @_expose(wasm, "allocate") @_cdecl("allocate")
  public func allocate(_ count: Int32) -> UnsafeMutableRawPointer {
    .allocate(byteCount: max(1, Int(count)), alignment: 64)
  }

  /// Takes a file of the model that is to be loaded next.
  @_expose(wasm, "take") @_cdecl("take")
  public func take(
    _ name: UnsafeMutableRawPointer,
    _ nameCount: Int32,
    _ file: UnsafeMutableRawPointer,
    _ fileCount: Int32
  ) {
    let text = String(
      decoding: UnsafeRawBufferPointer(start: name, count: Int(nameCount)),
      as: UTF8.self
    )
    name.deallocate()
    let bytes = UnsafeRawBufferPointer(start: file, count: Int(fileCount))
    engine.take(Bytes(viewing: bytes, keptAliveBy: Allocation(file)), named: text)
  }

  /// Answers a call and returns the length of the reply.
  @_expose(wasm, "respond") @_cdecl("respond")
  public func respond(_ request: UnsafeMutableRawPointer, _ count: Int32) -> Int32 {
    let call = Array(UnsafeRawBufferPointer(start: request, count: Int(count)))
    request.deallocate()
    reply = engine.respond(to: call)
    return Int32(reply.count)
  }

  /// Where the last reply stands, until the next call.
  @_expose(wasm, "reply") @_cdecl("reply")
  public func replyAddress() -> UnsafeRawPointer? { reply.withUnsafeBytes { $0.baseAddress } }

  private final class Allocation {
    let memory: UnsafeMutableRawPointer

    init(_ memory: UnsafeMutableRawPointer) { self.memory = memory }

    deinit { memory.deallocate() }
  }
#endif
