import Foundation
import Sampling
import Tensors
import TestSupport
import Testing

/// Logits, and the probabilities that Hugging Face's processors make of them in float64.
struct SamplingReference: Decodable {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    var temperature: Double
    var topK: Int?
    var topP: Double?
    var probabilities: [Double]

    var testDescription: String { "T \(temperature), k \(topK ?? 0), p \(topP ?? 1)" }

    var options: SamplingOptions {
      var options = SamplingOptions()
      options.temperature = temperature
      options.topK = topK
      options.topP = topP
      return options
    }
  }

  var logits: [Float]
  var cases: [Case]

  static let shared: SamplingReference = {
    let file = URL(filePath: Fixtures.path("sampling.json"))
    let decoded = try? JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
    return decoded ?? SamplingReference(logits: [], cases: [])
  }()

  var tensor: Tensor { Tensor(shape: [logits.count], values: logits) }
}

@Suite struct DistributionTests {
  private let reference = SamplingReference.shared

  @Test func `the reference has 14 cases`() { #expect(reference.cases.count == 14) }

  @Test(arguments: SamplingReference.shared.cases)
  func `temperature, top-k and top-p are those of Hugging Face`(_ given: SamplingReference.Case) {
    let distribution = Distribution(logits: reference.tensor, given.options)
    var probabilities = [Double](repeating: 0, count: reference.logits.count)
    for (token, probability) in zip(distribution.tokens, distribution.probabilities) {
      probabilities[token] = probability
    }
    #expect(zip(probabilities, given.probabilities).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(distribution.tokens.count == given.probabilities.count { $0 > 0 })
  }

  /// The sum of (observed − expected)² / expected over tokens expected five times or more, the
  /// others taken together, against its 99.9 % quantile.
  @Test(arguments: SamplingReference.shared.cases)
  func `100,000 draws are distributed as computed`(_ given: SamplingReference.Case) {
    let draws = 100_000
    let distribution = Distribution(logits: reference.tensor, given.options)
    var generator = SeededGenerator(seed: 42)
    var counts = [Double](repeating: 0, count: distribution.tokens.count)
    for _ in 0..<draws { counts[distribution.token(at: generator.unit()).rank] += 1 }
    var cells: [(observed: Double, expected: Double)] = []
    var rest = (observed: 0.0, expected: 0.0)
    for (count, probability) in zip(counts, distribution.probabilities) {
      let expected = probability * Double(draws)
      if expected >= 5 {
        cells.append((count, expected))
      } else {
        rest = (rest.observed + count, rest.expected + expected)
      }
    }
    if rest.expected >= 5 { cells.append(rest) } else { #expect(rest.observed < 25) }
    let statistic = cells.reduce(0) { sum, cell in
      let distance = cell.observed - cell.expected
      return sum + distance * distance / cell.expected
    }
    // Wilson and Hilferty's approximation of the quantile; 3.09 is the normal distribution's.
    let freedom = Double(max(1, cells.count - 1))
    let root = 1 - 2 / (9 * freedom) + 3.09 * (2 / (9 * freedom)).squareRoot()
    #expect(statistic <= freedom * root * root * root)
  }

  @Test func `temperature 0 gives everything to the largest logit, of equal ones to the first`() {
    let distribution = Distribution(logits: [1, 3, -2, 3], temperature: 0)
    #expect(distribution.tokens == [1, 3, 0, 2])
    #expect(distribution.probabilities == [1, 0, 0, 0])
    #expect(distribution.token(at: 0.999_999_999_999).rank == 0)
  }

  @Test func `tokens stand in falling order, equal ones by id`() {
    var generator = SeededGenerator(seed: 1)
    let logits =
      (0..<3000).map { _ in Float(Int(generator.next() % 400)) / 7 - 28 }
      + [0, -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, -.leastNonzeroMagnitude]
    let order = logits.indices.sorted {
      logits[$0] == logits[$1] ? $0 < $1 : logits[$0] > logits[$1]
    }
    #expect(Distribution(logits: logits, temperature: 1).tokens == order)
  }

  @Test(arguments: [1e-300, 1e-3, 1e3, 1e300])
  func `any temperature gives shares of one whole`(_ temperature: Double) {
    let distribution = Distribution(logits: reference.logits, temperature: temperature)
    #expect(abs(distribution.probabilities.reduce(0, +) - 1) < 1e-12)
    #expect(distribution.probabilities.allSatisfy { $0 >= 0 })
  }

  @Test func `a number falls on the share it lies in`() {
    let distribution = Distribution(logits: [0, 0, 0, 0], temperature: 1)
    #expect(distribution.token(at: 0) == (0, 0, 0.25))
    #expect(distribution.token(at: 0.25) == (1, 0.25, 0.5))
    #expect(distribution.token(at: 0.75.nextDown) == (2, 0.5, 0.75))
    #expect(distribution.token(at: 1) == (3, 0.75, 1))
  }

  /// The first numbers of the reference implementation in C.
  ///
  /// - SeeAlso: <https://prng.di.unimi.it/splitmix64.c>.
  @Test func `the generator is SplitMix64`() {
    var generator = SeededGenerator(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect(expected.map { _ in generator.next() } == expected)
    var unit = SeededGenerator(seed: 1_234_567)
    #expect(unit.unit() == Double(expected[0] >> 11) / 9_007_199_254_740_992)
  }
}
