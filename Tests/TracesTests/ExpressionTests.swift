import Files
import Tensors
import TestSupport
import Testing
import Traces

/// The notation in which formulas are written, and what they come to.
@Suite struct ExpressionTests {
  private static func source(_ name: String) -> Numbers? {
    switch name {
    case "a": Numbers([1, 2, 3, 4, 5, 6], shape: [2, 3])
    case "b": Numbers([3, -4, 12], shape: [3])
    case "place": Numbers([2, 0], shape: [2])
    case "eps": Numbers([0.5], shape: [])
    // Rows 4 and 5 of a longer one.
    case "late": Numbers(Tensor(shape: [2, 2], values: [1, 2, 3, 4]), starts: [4, 0])
    default: nil
    }
  }

  private static let values: [(String, Double)] = [
    ("2 + 3 * 4", 14), ("(2 + 3) * 4", 20), ("2 - 3 - 4", -5), ("8 / 4 / 2", 1), ("-2^2", -4),
    ("2^3", 8), ("3 * -2", -6), ("-eps", -0.5), ("sqrt(16) + eps", 4.5),
    ("sum(n, a[1,n] * b[n])", 64), ("mean(n, b[n]) * 3", 11), ("max(n, b[n]) - min(n, b[n])", 16),
    ("norm(n, b[n])", 13), ("sum(n >= 1, a[0,n])", 5), ("sum(n < 2, a[0,n])", 3),
    ("sum(n = 1..4, 6 / (n + 1))", 7.7), ("sum(n = 0..2, sum(m = n..2, b[m]))", 31),
    ("sum(n = 3..2, n)", 0), ("largest(2, b[0], 1)", 3), ("sum(n != 1, a[0,n])", 4),
    ("sum(n <= 1, b[n])", -1), ("top(2, n, b[n])", 15), ("count(n, b[n] > 0)", 2),
    ("cos(n, b[n], b[n])", 1), ("b[place[0]]", 12), ("a[floor(3 / 2),2]", 6),
    ("sum(n, sum(m, a[n,m]) * place[n])", 12), ("late[5,1]", 4), ("sum(n, late[n,0])", 4),
    ("exp(log(3))", 3), ("mask(1 <= 2)", 0), ("mask(3 <= 2)", -Double.infinity),
    ("relu(-2) + abs(-3)", 3), ("1e-5 * 2", 2e-5),
    // PyTorch's torch.nn.functional.gelu and silu of 1.5, in float64.
    ("gelu(1.5)", 1.399789198096713), ("gelu_new(1.5)", 1.3995715769802328),
    ("silu(1.5)", 1.2263617142904655),
  ]

  @Test(arguments: values)
  func `a formula comes to its number`(text: String, value: Double) throws {
    var evaluator = try Evaluator(try Expression(text), numbers: Self.source)
    let found = try evaluator.value()
    #expect(found == value || abs(found - value) < 1e-12, "\(found)")
  }

  @Test(arguments: [
    "2 + 3 * 4", "(2 + 3) * 4", "2 - (3 - 4)", "8 / (4 / 2)", "-x^2", "(-2)^2", "a * -b",
    "sum(n >= 3, blocks.0.attn.hook_q[4,2,n] * blocks.0.attn.hook_k[3,2,n]) / sqrt(32)",
    "top(5, t, exp(logits[4,t] - max(u, logits[4,u])))", "cos(n, x[1,n], y[n])",
    "mean(q = 1..4, 1 / (q + 1))", "-largest(a[0], max(n, abs(b[n])), 2)", "inf", "-inf",
    "embed.W_E[token_ids[3],7]", "s[0,1] + mask(1 <= 0)", "0.1 * 1e-05",
  ])
  func `what is read is written as it was`(text: String) throws {
    #expect(try Expression(text).text == text)
  }

  private static let refused: [(String, String)] = [
    ("", "a number, a cell or a function"), ("2 +", "a number, a cell or a function"),
    ("(2", "“)”"), ("a[1", "“]”"), ("sum(a[1])", "“,”"), ("fly(2)", "a function that there is"),
    ("2 2", "the end"), ("top(2, b[n])", "“,”"), ("1.2.3", "a number"),
    (String(repeating: "(", count: 10_000), "something less deep"),
  ]

  @Test(arguments: refused)
  func `what is no formula is refused`(text: String, expected: String) throws {
    let error = #expect(throws: ExpressionError.self) { try Expression(text) }
    #expect(error?.expected.hasPrefix(expected) == true, "\(error?.description ?? "")")
  }

  private static let missing: [(String, String)] = [
    ("c[0]", "no numbers are called “c” here"),
    ("b[3]", "b[3] is not there: its indices are 0 to 2"),
    ("a[0]", "a takes 2 indices (0 to 1, 0 to 2), not 1"),
    ("late[3,0]", "late[3,0] is not there: its indices are 4 to 5, 0 to 1"),
    ("sum(n, eps)", "it is not clear how far “n” runs"),
    ("sum(n, a[n,0] * b[n])", "it is not clear how far “n” runs"),
  ]

  @Test(arguments: missing)
  func `what cannot be computed is said`(text: String, sentence: String) throws {
    let error = #expect(throws: DerivationError.self) {
      var evaluator = try Evaluator(try Expression(text), numbers: Self.source)
      _ = try evaluator.value()
    }
    #expect(error?.description == sentence)
  }

  @Test func `random texts are read or refused`() {
    var generator = SystemRandomNumberGenerator()
    let pieces = [
      "(", ")", "[", "]", ",", "n", "sum(", "+", "-", "^", "1", ".", "e", " ", "<", "=",
    ]
    for _ in 0..<2000 {
      let text = (0..<12).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      if let read = try? Expression(text) {
        #expect((try? Expression(read.text)) == read, "\(text): \(read.text)")
      }
    }
  }

  @Test(arguments: ["llama", "gpt-neox", "gemma2"])
  func `what other architectures record follows as far as the weights are not needed`(
    family: String
  ) throws {
    let trace = try Trace(contentsOf: Fixtures.path("architectures/\(family).safetensors"))
    var derived: Set<String> = []
    for (name, _) in trace.orderedTensors {
      // A trace does not say how far back a sliding window lets a token see.
      if family == "gemma2", name == "blocks.0.attn.hook_attn_scores" { continue }
      guard let found = try? trace.rederive(name, from: { trace.numbers(named: $0) }) else {
        continue
      }
      #expect(found.deviation < 1e-4, "\(name)\(found.place)")
      derived.insert(String(name.split(separator: ".").last ?? ""))
    }
    #expect(
      derived.isSuperset(of: [
        "hook_scale", "hook_normalized", "hook_attn_scores_unmasked", "hook_attn_scores",
        "hook_pattern", "hook_z", "hook_post", "hook_resid_pre", "hook_resid_post", "probabilities",
      ]),
      "\(derived)"
    )
  }
}
