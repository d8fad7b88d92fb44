#if arch(wasm32)
  // How a page's script brings a request and takes a reply. One instance has one engine; the page makes a new one when a
  // call traps.

  nonisolated(unsafe) private var reply: [UInt8] = []

  /// Memory for `count` bytes, at an address that numbers may have; it is the engine's from the call that is given it.
  @_expose(wasm, "allocate") @_cdecl("allocate")
  public func allocate(_ count: Int32) -> UnsafeMutableRawPointer {
    .allocate(byteCount: max(1, Int(count)), alignment: 64)
  }

  /// Where the last reply stands, until the next call.
  @_expose(wasm, "reply") @_cdecl("reply")
  public func replyAddress() -> UnsafeRawPointer? { reply.withUnsafeBytes { $0.baseAddress } }

  /// Takes the bytes of a request from where the script put them.
  package func request(at address: UnsafeMutableRawPointer, _ count: Int32) -> [UInt8] {
    let bytes = Array(UnsafeRawBufferPointer(start: address, count: Int(count)))
    address.deallocate()
    return bytes
  }

  /// Keeps a reply for the script, and tells its length.
  package func keep(_ bytes: [UInt8]) -> Int32 {
    reply = bytes
    return Int32(bytes.count)
  }
#endif
