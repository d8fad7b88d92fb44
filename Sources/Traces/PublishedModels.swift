extension CountedModel {
  /// The models whose sizes were published, smallest last.
  public static let published: [CountedModel] = [gpt3, gpt2, gpt2Medium, gpt2Large, gpt2XL]

  /// GPT-3, 175 billion weights.
  ///
  /// Its paper says that it takes over GPT-2's architecture, so positions, biases and the tied
  /// unembedding are counted as there; the smallest model of the paper's table, 125 million
  /// parameters, comes out only so.
  ///
  /// - SeeAlso: Brown et al. 2020, section 2.1, <https://arxiv.org/abs/2005.14165>; the vocabulary is
  ///   GPT-2's.
  public static let gpt3 = CountedModel(
    name: "gpt-3",
    title: "GPT-3",
    sizes: sizes(layers: 96, heads: 96, width: 12_288, context: 2048),
    source: .paper("Brown et al. 2020, section 2.1")
  )

  /// GPT-2 as first released, 124 million parameters.
  public static let gpt2 = gpt2("gpt-2", "GPT-2 small", layers: 12, heads: 12, width: 768)
  /// GPT-2 medium, 355 million parameters.
  public static let gpt2Medium = gpt2(
    "gpt-2-medium",
    "GPT-2 medium",
    layers: 24,
    heads: 16,
    width: 1024
  )
  /// GPT-2 large, 774 million parameters.
  public static let gpt2Large = gpt2(
    "gpt-2-large",
    "GPT-2 large",
    layers: 36,
    heads: 20,
    width: 1280
  )
  /// GPT-2 XL, 1.56 billion parameters.
  public static let gpt2XL = gpt2("gpt-2-xl", "GPT-2 XL", layers: 48, heads: 25, width: 1600)

  /// - SeeAlso: Radford et al. 2019, *Language Models are Unsupervised Multitask Learners*, table 2.
  private static func gpt2(
    _ name: String,
    _ title: String,
    layers: Int64,
    heads: Int64,
    width: Int64
  ) -> CountedModel {
    CountedModel(
      name: name,
      title: title,
      sizes: sizes(layers: layers, heads: heads, width: width, context: 1024),
      source: .published("Radford et al. 2019, table 2")
    )
  }

  /// What all of OpenAI's GPTs of 2019 and 2020 share: an MLP four times as wide, one vocabulary.
  private static func sizes(layers: Int64, heads: Int64, width: Int64, context: Int64) -> ModelSizes
  {
    ModelSizes(
      layers: layers,
      heads: heads,
      width: width,
      mlpWidth: 4 * width,
      vocabulary: 50_257,
      context: context,
      isTied: true
    )
  }
}
