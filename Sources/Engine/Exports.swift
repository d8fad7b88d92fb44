#if arch(wasm32)
  import Calls
  import Formats

  // What the page's script calls.

  nonisolated(unsafe) private var engine = Engine()

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
    keep(engine.respond(to: Calls.request(at: request, count)))
  }

  private final class Allocation {
    let memory: UnsafeMutableRawPointer

    init(_ memory: UnsafeMutableRawPointer) { self.memory = memory }

    deinit { memory.deallocate() }
  }
#endif
