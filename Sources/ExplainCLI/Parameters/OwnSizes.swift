import Traces

/// The sizes of a model of one's own, given one by one; what is not given is another model's.
struct OwnSizes {
  static let options = specs(layers, width, heads, mlpWidth, vocabulary, context)

  private static let layers = size(
    "layers",
    en: "of your own model: its layers",
    ja: "自分で決めるモデルの、レイヤーの数"
  )
  static let width = size(
    "width",
    en: "its width D, the length of its vectors (not the terminal's)",
    ja: "その幅 D、つまりベクトルの長さ（端末の幅ではありません）"
  )
  private static let heads = size(
    "heads",
    en: "its attention heads in each layer",
    ja: "各レイヤーのアテンションヘッドの数"
  )
  private static let mlpWidth = size(
    "mlp-width",
    en: "its MLP's width F",
    ja: "MLP の幅 F",
    otherwise: say(
      en: "as many times the width as NAME's, 4 in GPTs",
      ja: "幅に対して NAME と同じ倍率。GPT では 4 倍"
    )
  )
  private static let vocabulary = size(
    "vocabulary",
    en: "the tokens of its vocabulary",
    ja: "語彙のトークンの数"
  )
  private static let context = size(
    "context",
    en: "the tokens its context window holds",
    ja: "文脈長（一度に見られるトークンの数）"
  )

  private static func size(
    _ name: String,
    en: String,
    ja: String,
    otherwise: LocalizedText = say(en: "NAME's", ja: "NAME と同じ")
  ) -> Option<Int?> {
    Option(
      name,
      .integer("N", 1...Int.max),
      help: say(en: en, ja: ja),
      otherwise: otherwise
    )
  }

  /// The reader's own model, if any size is given.
  ///
  /// - Parameters:
  ///   - invocation: The options.
  ///   - base: The model whose sizes hold where none is given.
  /// - Returns: The model, tied as the other is; nothing if no size is given.
  /// - Throws: A usage error that says why there can be no such model.
  static func model(_ invocation: Invocation, base: CountedModel) throws(CLIError) -> CountedModel?
  {
    guard options.contains(where: { invocation.has($0) }) else { return nil }
    func size(_ option: Option<Int?>) -> Int64? { invocation[option].map { Int64($0) } }
    let inherited = base.sizes
    let width = size(width) ?? inherited.width
    let inProportion = try mlpWidth(of: inherited, atWidth: width)
    let sizes = ModelSizes(
      layers: size(layers) ?? inherited.layers,
      heads: size(heads) ?? inherited.heads,
      width: width,
      mlpWidth: size(mlpWidth) ?? inProportion,
      vocabulary: size(vocabulary) ?? inherited.vocabulary,
      context: size(context) ?? inherited.context,
      isTied: inherited.isTied
    )
    switch sizes.problem {
    case .notShared:
      let isWidthAlone = invocation.has(Self.width) && !invocation.has(heads)
      throw .usage(
        en:
          "\(sizes.heads) heads cannot share a width of \(sizes.width) evenly; --width must be a multiple of "
          + "--heads" + (isWidthAlone ? " (the terminal's width is --columns here)" : ""),
        ja: "幅 \(sizes.width) を \(sizes.heads) 個のヘッドで等分できません。--width は --heads の倍数にしてください"
          + (isWidthAlone ? "（端末の幅はここでは --columns です）。" : "。")
      )
    case .tooLarge, .notPositive: throw tooLarge
    case nil: return CountedModel(name: "own", title: nil, sizes: sizes, source: .own)
    }
  }

  private static let tooLarge = CLIError.usage(
    en: "these sizes multiply to more than 64 bits can count; make one of \(names) smaller",
    ja: "大きさの積が 64 ビットで数えられる範囲を超えます。\(names) のどれかを小さくしてください。"
  )
  private static let names = options.map(\.typed).joined(separator: ", ")

  /// The MLP's width that stands in the same proportion to the width as another model's.
  private static func mlpWidth(of sizes: ModelSizes, atWidth width: Int64) throws(CLIError) -> Int64
  {
    let (product, overflow) = sizes.mlpWidth.multipliedReportingOverflow(by: width)
    guard !overflow else { throw tooLarge }
    return max(1, product / sizes.width)
  }
}
