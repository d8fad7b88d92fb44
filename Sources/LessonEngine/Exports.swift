#if arch(wasm32)
  import Calls

  // What the page's script calls.

  nonisolated(unsafe) private var engine = LessonEngine()

  /// Answers a call and returns the length of the reply.
  @_expose(wasm, "respond") @_cdecl("respond")
  public func respond(_ request: UnsafeMutableRawPointer, _ count: Int32) -> Int32 {
    keep(engine.respond(to: Calls.request(at: request, count)))
  }
#endif
