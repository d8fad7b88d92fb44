import Graphics

/// One line on the terminal that says how far a run is; nothing where nobody watches.
final class ProgressLine {
  private let console: Console
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private let firstStep: Int
  private var lastShown: ContinuousClock.Instant?

  init(on console: Console, from step: Int) {
    self.console = console
    start = clock.now
    firstStep = step
  }

  /// Shows a step, if the last one shown is a while ago.
  ///
  /// - Parameters:
  ///   - step: How many steps were taken.
  ///   - count: How many there are.
  ///   - loss: The loss of the last batch.
  ///   - tokens: How many tokens a step has.
  func show(_ step: Int, of count: Int, loss: Double, tokens: Int) {
    let now = clock.now
    if let lastShown, now - lastShown < .milliseconds(200), step < count { return }
    lastShown = now
    let seconds = (now - start) / .seconds(1)
    let done = Double(step - firstStep)
    let speed = done * Double(tokens) / max(seconds, 1e-9)
    let left = Int((seconds / max(done, 1) * Double(count - step)).rounded())
    let width = 20
    let filled = step * width / max(count, 1)
    let bar = String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled)
    let (loss, time) = (Decimal.text(loss, digits: 3), Self.time(left))
    let line = say(
      en: "loss \(loss)  \(Int(speed)) tokens/s  \(time) left",
      ja: "損失 \(loss)  毎秒 \(Int(speed)) トークン  残り \(time)"
    )
    console.progress("[\(bar)] \(step)/\(count)  \(line[console.language])")
  }

  /// Takes the line away.
  func clear() { console.progress("") }

  private static func time(_ seconds: Int) -> String {
    let rest = seconds % 60
    return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}
