import Platform
package import Tensors
package import Transformer

/// How surprised a model is by texts it did not learn from.
package struct ValidationLoss: Sendable {
  /// −log of the probability of every token, added up, in nats.
  package let total: Double
  /// How many tokens were predicted.
  package let tokenCount: Int
  /// The mean, in nats per token.
  package var perToken: Double { total / Double(tokenCount) }

  /// Measures it, text by text.
  ///
  /// - Parameters:
  ///   - texts: Token ids; of each text the first is given and the others are predicted.
  ///   - parameters: θ, `[N]`.
  ///   - layout: Where in θ each matrix stands.
  ///   - configuration: The model's sizes and choices.
  package init(
    of texts: [[Int]],
    at parameters: Tensor,
    _ layout: ParameterLayout,
    _ configuration: Configuration
  ) {
    self.init(of: texts, layout.weights(in: parameters), configuration)
  }

  /// Measures it, text by text.
  package init(of texts: [[Int]], _ weights: Weights, _ configuration: Configuration) {
    let texts = texts.filter { $0.count > 1 }
    let losses = Cores.map(count: texts.count) { index in
      LanguageModel.loss(Sequences([texts[index]]), weights, configuration)
    }
    total = losses.reduce(0, +)
    tokenCount = texts.reduce(0) { $0 + $1.count - 1 }
  }
}
