package import Graphics
import Platform
import Synchronization
package import Walkthrough

/// Where a command's words go: results to standard output, everything else to standard error.
package final class Console: Sendable {
  /// What is known of the terminal.
  package let terminal: TerminalFacts
  /// The language of what is said.
  package let language: Language
  private let isQuiet: Bool
  /// Whether what is written is looked at, not read on: by a terminal, or by whoever asked for colours.
  private let isShown: Bool
  /// What waits to be written; `nil` once an interruption has ended the output.
  private let pending = Mutex<[UInt8]?>([])

  init(
    terminal: TerminalFacts,
    language: Language = .en,
    isQuiet: Bool,
    isColored: Bool = false
  ) {
    self.terminal = terminal
    self.language = language
    self.isQuiet = isQuiet
    isShown = terminal.outputIsTerminal || isColored
  }

  /// How to draw on standard output.
  package func style(for invocation: Invocation) -> TerminalStyle {
    terminal.style(for: invocation)
  }

  // MARK: Results

  /// Prints lines of the result.
  ///
  /// - Throws: An I/O error, or that the reader has left.
  package func print(_ lines: [String]) throws(CLIError) {
    try write(lines.map { $0 + "\n" }.joined().utf8)
  }

  /// Prints lines at once that tell of the work while it goes on, unless asked to be quiet.
  ///
  /// - Throws: An I/O error, or that the reader has left.
  package func report(_ lines: @autoclosure () -> [LocalizedText]) throws(CLIError) {
    guard !isQuiet else { return }
    try print(lines().map { $0[language] })
    try flush()
  }

  /// Prints the paths of what was written: as they are to whoever reads on, harmless on a terminal.
  ///
  /// - Throws: An I/O error, or that the reader has left.
  package func print(paths: [String]) throws(CLIError) {
    try print(isShown ? paths.map(VisibleText.plain) : paths)
  }

  /// Writes a part of the result as it is.
  ///
  /// - Throws: An I/O error, or that the reader has left.
  package func write(_ bytes: some Sequence<UInt8>) throws(CLIError) {
    let isLong = pending.withLock { buffer in
      buffer?.append(contentsOf: bytes)
      return buffer.map { $0.count >= 1 << 16 } ?? false
    }
    if isLong { try flush() }
  }

  /// Hands over what has been written so far.
  ///
  /// - Throws: An I/O error, or that the reader has left.
  package func flush() throws(CLIError) {
    // Written under the lock, so that an interruption finds whole parts.
    let failure = pending.withLock { buffer in
      guard let bytes = buffer else { return 0 as Int32 }
      buffer = []
      return bytes.withUnsafeBytes(Descriptor.standardOutput.write)
    }
    switch failure {
    case 0: return
    case Descriptor.brokenPipe: throw .readerLeft
    case let number:
      let reason = systemReason(number)
      throw CLIError(
        .inputOutput,
        en: "cannot write to standard output: \(reason.en)",
        ja: "標準出力に書き込めません（\(reason.ja)）。"
      )
    }
  }

  /// From now on, ends the line that is being written if the program is interrupted.
  package func endsLineWhenInterrupted() {
    Interruption.atEnd { [self] in
      // A reader who takes no more must not keep the program from ending.
      for _ in 0..<20 {
        let isDone = pending.withLockIfAvailable { buffer in
          let last = (buffer ?? []) + [UInt8(ascii: "\n")]
          // Nothing may follow the line's end, though the work goes on until the program is gone.
          buffer = nil
          return last.withUnsafeBytes(Descriptor.standardOutput.write) == 0
        }
        if isDone != nil { return }
        usleep(10_000)
      }
    }
  }

  /// A model's text as it may be written: as it is to whoever reads on; on a terminal, and with
  /// `--color always`, what would act on a terminal is spelt out.
  func harmless(_ text: String) -> String {
    guard isShown else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { VisibleText.plain(String($0)) }.joined(separator: "\n")
  }

  // MARK: Everything else

  /// Says what is going on, to someone who watches.
  package func note(en: String, ja: String) {
    if terminal.errorIsTerminal, !isQuiet { complain(LocalizedText(en: en, ja: ja)) }
  }

  /// Shows how far the work is, to someone who watches: each line takes the place of the last.
  func progress(_ line: String) {
    guard terminal.errorIsTerminal, !isQuiet else { return }
    var text = "\r\u{1B}[K\(VisibleText.plain(line))"
    _ = text.withUTF8 { Descriptor.standardError.write(UnsafeRawBufferPointer($0)) }
  }

  /// Says what may not be what was meant, unless asked to be quiet.
  package func warn(_ message: LocalizedText) {
    if !isQuiet { complain(message) }
  }

  /// Says in both languages what may not be what was meant, unless asked to be quiet.
  package func warn(en: String, ja: String) { warn(LocalizedText(en: en, ja: ja)) }

  /// Says what is wrong, in one line: whatever file or prompt the words come from, no control
  /// character gets through, and what was typed does not bury what is said of it.
  func complain(_ message: LocalizedText) {
    var line = "explain: \(VisibleText.plain(Self.shortened(message[language])))\n"
    _ = line.withUTF8 { Descriptor.standardError.write(UnsafeRawBufferPointer($0)) }
  }

  /// A message without its middle, if it is longer than anything that is read in full.
  private static func shortened(_ message: String) -> String {
    let scalars = message.unicodeScalars
    guard scalars.count > 1200 else { return message }
    return "\(String(scalars.prefix(600))) … \(String(scalars.suffix(400)))"
  }
}
