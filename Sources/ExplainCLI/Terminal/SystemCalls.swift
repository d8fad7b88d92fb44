import Platform

/// An environment variable, if it is set and not empty.
func environmentValue(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}

/// A file descriptor that is written to in full, whatever the system makes of each call.
struct Descriptor: Sendable {
  let number: Int32

  static let standardInput = Descriptor(number: 0)
  static let standardOutput = Descriptor(number: 1)
  static let standardError = Descriptor(number: 2)

  /// The error number of a pipe whose reader has left.
  static let brokenPipe = EPIPE

  /// Whether it is a terminal.
  var isTerminal: Bool { isatty(number) == 1 }

  /// The columns of the terminal it is, if it says so.
  var columns: Int? {
    var size = winsize()
    guard ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Looks whether so many more files can be opened as the system's thread pool takes for itself;
  /// where it is refused them it ends the program.
  ///
  /// - Throws: `cannotCreate`, naming what was to be made.
  static func requireFree(_ count: Int, for target: String) throws(CLIError) {
    var opened: [Int32] = []
    defer { for number in opened { close(number) } }
    for _ in 0..<count {
      let number = dup(standardError.number)
      guard number >= 0 else {
        let reason = systemReason()
        throw CLIError(
          .cannotCreate,
          en:
            "\(target): cannot be created: \(reason.en); allow more of them, as with ulimit -n 64",
          ja: "\(target)：作れません（\(reason.ja)）。ulimit -n 64 などで上限を増やしてください。"
        )
      }
      opened.append(number)
    }
  }

  /// Writes all bytes.
  ///
  /// - Returns: 0, or the system's error number.
  func write(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    var rest = bytes[...]
    while !rest.isEmpty {
      let chunk = UnsafeRawBufferPointer(rebasing: rest)
      #if canImport(Glibc)
        let written = Glibc.write(number, chunk.baseAddress, min(chunk.count, 1 << 20))
      #else
        let written = Darwin.write(number, chunk.baseAddress, min(chunk.count, 1 << 20))
      #endif
      if written >= 0 {
        rest = rest.dropFirst(written)
      } else if errno == EAGAIN {
        // Someone made the pipe we were given non-blocking: wait until it takes more.
        var wish = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
        poll(&wish, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }

  /// Reads to the end.
  ///
  /// - Parameter limit: More bytes than this are not read.
  /// - Returns: The bytes, or the system's error number.
  func readToEnd(limit: Int) -> (bytes: [UInt8], error: Int32) {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = read(number, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      if count < 0 { return (bytes, errno) }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return (bytes, 0)
  }

  /// Opens the three standard streams that whoever started us left closed, so that no file we open
  /// gets their numbers and with them their output.
  static func guardStandardStreams() {
    for number: Int32 in 0...2 where fcntl(number, F_GETFD) == -1 {
      // For reading only: writing to it still fails, as it should.
      _ = open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY)
    }
  }
}
