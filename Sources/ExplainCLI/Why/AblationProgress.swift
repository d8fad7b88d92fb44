/// One line on the terminal that says how many heads and MLPs have been switched off; nothing where nobody watches, or
/// while it takes no time.
final class AblationProgress {
  private let console: Console
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant

  init(on console: Console) {
    self.console = console
    start = clock.now
  }

  /// Shows how many runs are done.
  func show(_ done: Int, of count: Int) {
    let seconds = (clock.now - start) / .seconds(1)
    guard seconds > 0.3, done < count else { return }
    let width = 20
    let filled = done * width / max(count, 1)
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    let left = Int((seconds / Double(max(done, 1)) * Double(count - done)).rounded())
    console.progress("[\(bar)] \(done)/\(count) heads and MLPs switched off  \(left) s left")
  }

  /// Takes the line away.
  func clear() { console.progress("") }
}
