/// One line on the terminal that says how far the switching off of heads and MLPs is; nothing where nobody watches, or
/// while it takes no time.
final class AblationProgress {
  private let console: Console
  private let count: Int
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant

  /// Starts to watch.
  ///
  /// - Parameters:
  ///   - count: How many heads and MLPs there are.
  ///   - console: Where the line goes.
  init(of count: Int, on console: Console) {
    (self.count, self.console) = (count, console)
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
    let line = say(
      en: "\(count) heads and MLPs, each switched off once  \(left) s left",
      ja: "\(count) 個のヘッドと MLP を1つずつ切って計算しています  残り \(left) 秒"
    )
    console.progress("[\(bar)] \(line[console.language])")
  }

  /// Takes the line away.
  func clear() { console.progress("") }
}
