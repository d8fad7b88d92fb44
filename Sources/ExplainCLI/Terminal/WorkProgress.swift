/// One line on the terminal that says how far some work is, and how long it will take; nothing where nobody watches, or while
/// it takes no time.
final class WorkProgress {
  private let console: Console
  private let work: LocalizedText
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant

  /// Starts to watch.
  ///
  /// - Parameters:
  ///   - work: What is done.
  ///   - console: Where the line goes.
  init(of work: LocalizedText, on console: Console) {
    (self.work, self.console) = (work, console)
    start = clock.now
  }

  /// Shows which share of the work is done.
  func show(_ share: Double) {
    let seconds = (clock.now - start) / .seconds(1)
    guard seconds > 0.3, share > 0, share < 1 else { return }
    let width = 20
    let filled = Int(share * Double(width))
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    let left = Int((seconds / share * (1 - share)).rounded(.up))
    let line = say(en: "\(work.en)  \(left) s left", ja: "\(work.ja)  残り \(left) 秒")
    console.progress("[\(bar)] \(line[console.language])")
  }

  /// Takes the line away.
  func clear() { console.progress("") }
}
