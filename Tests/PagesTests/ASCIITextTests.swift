import Pages
import Testing

@Suite struct ASCIITextTests {
  @Test(arguments: [
    ("−0.25 ÷ √2 ≈ −0.18…", "-0.25 / sqrt(2) ~ -0.18..."), ("qᵢ · kⱼ", "q_i * k_j"), (" · ", " * "),
    ("x₁₂² → ∞", "x_12^2 -> inf"),
    ("q·k/√dₖ + √(σ² + ε)", "q*k/sqrt(d_k) + sqrt(sigma^2 + epsilon)"),
    ("it is shown as ·.", "it is shown as _."),
    ("“a” ‘b’ ×", "\"a\" 'b' x"), ("␛[31m", "^[[31m"), ("東京 é", "東京 é"),
  ])
  func `signs are spelled out, letters stay`(text: String, expected: String) {
    #expect(ASCIIText.spell(text) == expected)
  }

  @Test(arguments: [("·the", "_the"), ("·", "_"), ("··", "__"), ("a⏎", "a\\n")])
  func `every space of a token is an underscore`(token: String, expected: String) {
    #expect(ASCIIText.token(token) == expected)
  }

  @Test func `a line whose columns matter keeps its width`() {
    let line = "0.54 · ·the  → √d “x” … ⏎ ␛ −∞"
    #expect(ASCIIText.flatten(line).count == line.count)
    #expect(ASCIIText.flatten(line).hasPrefix("0.54 * _the  > vd"))
  }
}
