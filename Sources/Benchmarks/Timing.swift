/// How long something took, each time it was done, in seconds.
struct Timing {
  private let sorted: [Double]

  /// Does `body` as often as fits into `budget` seconds, but 5 times at least, after one time that
  /// does not count.
  init(budget: Double = 0.5, _ body: () -> Void) {
    let clock = ContinuousClock()
    body()
    var times: [Double] = []
    while times.count < 5 || times.reduce(0, +) < budget && times.count < 1000 {
      times.append(clock.measure(body) / .seconds(1))
    }
    sorted = times.sorted()
  }

  var minimum: Double { sorted[0] }
  var median: Double { sorted[sorted.count / 2] }
}

/// A result that is not what the reference says.
struct WrongResult: Error, CustomStringConvertible {
  let description: String
}

extension Double {
  /// The number with so many decimals, right-aligned in a column.
  func padded(to width: Int, decimals: Int = 1) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let rounded = (abs(self) * scale).rounded()
    let (whole, part) = (Int(rounded / scale), Int(rounded.truncatingRemainder(dividingBy: scale)))
    let digits = String(part)
    let fraction =
      decimals == 0 ? "" : "." + String(repeating: "0", count: decimals - digits.count) + digits
    return ((self < 0 ? "-" : "") + "\(whole)\(fraction)").padded(to: width)
  }
}

extension String {
  /// The text after as many spaces as it takes.
  func padded(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }

  /// The text before as many spaces as it takes.
  func filled(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
