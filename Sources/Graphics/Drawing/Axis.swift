import Platform

/// A scale of position: values to pixels, with ticks at round numbers.
struct Axis {
  let domain: ClosedRange<Double>
  let start: Double
  let end: Double

  /// An axis from the pixel `start` (the domain's lower end) to the pixel `end`.
  init(_ domain: ClosedRange<Double>, from start: Double, to end: Double) {
    let isUsable = domain.lowerBound.isFinite && domain.upperBound.isFinite
    let isPoint = domain.lowerBound == domain.upperBound
    self.domain =
      !isUsable ? 0...1 : isPoint ? (domain.lowerBound - 1)...(domain.upperBound + 1) : domain
    self.start = start
    self.end = end
  }

  /// The range of the finite ones of `values`, widened by `margin` of its length on both sides.
  static func range(of values: some Sequence<Double>, margin: Double = 0) -> ClosedRange<Double> {
    let finite = values.filter { $0.isFinite }
    guard let low = finite.min(), let high = finite.max() else { return 0...1 }
    let room = (high - low) * margin
    return (low - room)...(high + room)
  }

  /// Where a value stands; what lies outside stands at the nearer end.
  func position(_ value: Double) -> Double {
    let value =
      value.isNaN ? domain.lowerBound : min(domain.upperBound, max(domain.lowerBound, value))
    let share = (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return start + share * (end - start)
  }

  /// The value that stands at a place, also one beside the axis.
  func value(at place: Double) -> Double {
    domain.lowerBound + (place - start) / (end - start) * (domain.upperBound - domain.lowerBound)
  }

  /// Round numbers within the domain, some `count` of them, and the digits they need.
  func ticks(about count: Int) -> (values: [Double], digits: Int) {
    let length = domain.upperBound - domain.lowerBound
    let rough = length / Double(max(1, count))
    guard rough > 0, rough.isFinite else { return ([domain.lowerBound], 0) }
    let power = pow(10, floor(log10(rough)))
    let factor = [1.0, 2, 5, 10].first { $0 * power >= rough * 0.999 } ?? 10
    let step = factor * power
    let first = (domain.lowerBound / step - 1e-9).rounded(.up)
    let last = (domain.upperBound / step + 1e-9).rounded(.down)
    guard last >= first, last - first < 100 else { return ([domain.lowerBound], 0) }
    let digits = max(0, min(9, -Int(floor(log10(step) + 1e-9))))
    return (stride(from: first, through: last, by: 1).map { $0 * step }, digits)
  }
}
