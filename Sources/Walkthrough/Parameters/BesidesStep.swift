import Graphics
import Traces

// What the count of the kinds of matrices leaves out, and the true total.

extension ParameterAccount {
  var besides: Step {
    step("besides", en: "What that count leaves out", ja: "この数え方に入っていないもの") {
      paragraph(
        en: "\(leftOut.en)\(isCountedTwice ? twice.en : "")",
        ja: "\(leftOut.ja)\(isCountedTwice ? twice.ja : "")"
      )
      table
      if case .checkpoint(let stored) = model.source {
        found(files(stored))
      } else if let remark {
        Block.paragraph(remark)
      }
    }
  }

  /// Whether the matrix that is embedding and unembedding was counted as two.
  private var isCountedTwice: Bool { model.sizes.isTied && !counted.countsShared }

  private var twice: (en: RichText, ja: RichText) {
    (
      " The matrix that is embedding and unembedding at once was counted as two above and is one.",
      "埋め込みと逆埋め込みは、上では2枚と数えましたが、実際には1枚の行列です。"
    )
  }

  /// What else the model learned, as far as it has any of it.
  private var leftOut: (en: RichText, ja: RichText) {
    let kinds = model.sizes.besides.map { $0.kind }
    let hasPositions = kinds.contains(.positions)
    let hasBiases = kinds.contains(.attentionBiases) || kinds.contains(.mlpBiases)
    let norms =
      model.sizes.architecture.norm.takesMeanAway
      ? ("he gains and biases of layer norms", "レイヤー正規化のゲインとバイアス")
      : ("he gains of RMSNorms", "RMSNorm のゲイン")
    let between = hasPositions && hasBiases ? ", t" : " and t"
    let first = hasPositions ? "Positions\(between)" : "T"
    let last = hasBiases ? "\(hasPositions ? "," : "") and the biases of matrices" : ""
    return (
      "\(first)\(norms.0)\(last) are parameters too.",
      "\(hasPositions ? "位置、" : "")\(norms.1)\(hasBiases ? "、行列のバイアス" : "")もパラメータです。"
    )
  }

  private func found(_ text: RichText) -> Block { .found(text) }

  private var table: Block {
    var total = counted.total
    var rows: [[RichText]] = [
      [
        say(en: "the \(counted.kinds.en) kinds", ja: "\(counted.kinds.ja)の行列"),
        "\(counted.weights)", "\(counted.weights)",
      ]
    ]
    for part in parts {
      let formula = "\(total) + \(part.parameters)"
      total += part.parameters
      rows.append([
        part.formula.written.isEmpty
          ? part.name : part.name + say(en: ", ", ja: "：") + "\(part.formula.written)",
        "\(count(part.parameters, part.formula.plain))", "\(count(total, formula))",
      ])
    }
    return .table(
      Table(
        title: say(en: "From the weights to all parameters", ja: "重みからすべてのパラメータへ"),
        columns: [
          column(en: "what", ja: "もの"), numbers(en: "parameters", ja: "パラメータ"),
          numbers(en: "so far", ja: "累計"),
        ],
        rows: rows
      )
    )
  }

  private typealias Part = (name: RichText, formula: Formula, parameters: Int64)

  private var parts: [Part] {
    let besides = model.sizes.besides.filter { isCountedTwice || $0.kind != .tied }
    let known = besides.map { part -> Part in
      (name(of: part.kind), formula(of: part.kind), part.parameters)
    }
    guard case .checkpoint(let stored) = model.source, let others = stored.others else {
      return known
    }
    let shown = others.tensors > 1 ? "\(others.name), …" : others.name
    return known + [
      (
        say(en: "other tensors (\(code: shown))", ja: "その他のテンソル（\(code: shown)）"),
        Formula(plain: "elements of \(shown)", written: ""), others.elements
      )
    ]
  }

  private func name(of kind: Besides.Kind) -> RichText {
    switch kind {
    case .positions: say(en: "positions \("W_pos" as Math)", ja: "位置 \("W_pos" as Math)")
    case .normGains:
      model.sizes.architecture.norm.takesMeanAway
        ? say(en: "layer-norm gains", ja: "レイヤー正規化のゲイン")
        : say(en: "RMSNorm gains", ja: "RMSNorm のゲイン")
    case .normBiases: say(en: "layer-norm biases", ja: "レイヤー正規化のバイアス")
    case .attentionBiases: say(en: "attention biases", ja: "アテンションのバイアス")
    case .mlpBiases: say(en: "MLP biases", ja: "MLP のバイアス")
    case .tied:
      say(en: "\("W_U" as Math) is \("W_E" as Math)", ja: "\("W_U" as Math) は \("W_E" as Math) と同じ")
    }
  }

  /// How a number of parameters comes about, plain and as it is shown.
  private struct Formula {
    let plain: String
    let written: String
  }

  private func formula(of kind: Besides.Kind) -> Formula {
    let s = model.sizes
    let keys = s.keyHeads * s.headWidth
    func form(_ write: (Int64) -> String) -> String {
      let (width, layers) = (write(s.width), write(s.layers))
      return switch kind {
      case .positions: "\(write(s.context)) × \(width)"
      case .normGains, .normBiases:
        "(\(s.architecture.normalizesAdditions ? 4 : 2) × \(layers) + 1) × \(width)"
          + (s.architecture.normalizesQueriesAndKeys
            ? " + 2 × \(layers) × \(write(s.headWidth))" : "")
      case .attentionBiases:
        s.architecture.isGPT2
          ? "\(layers) × 4 × \(width)"
          : "\(layers) × "
            + sum([("b_Q", s.headsWidth), ("b_K", keys), ("b_V", keys), ("b_O", s.width)], write)
      case .mlpBiases:
        "\(layers) × "
          + sum([("b_gate", s.mlpWidth), ("b_in", s.mlpWidth), ("b_out", s.width)], write)
      case .tied: "−\(write(s.vocabulary)) × \(width)"
      }
    }
    return Formula(plain: form(String.init), written: form(size))
  }

  /// The lengths of the biases that the model has, in order, added up.
  private func sum(
    _ lengths: [(name: String, length: Int64)],
    _ write: (Int64) -> String
  ) -> String {
    let own = lengths.filter { model.sizes.architecture.biases.contains($0.name) }
    let sum = own.map { write($0.length) }.joined(separator: " + ")
    return own.count > 1 ? "(\(sum))" : sum
  }

  // MARK: - Where the total is known from

  private var remark: RichText? {
    let total = count(model.count.parameters, "all of the above")
    switch model.source {
    case .paper:
      return say(
        en: """
          The weights of \(counted.name) are not public, so no checkpoint can be counted. Its paper takes over the \
          architecture of GPT-2, and counted so it has \(total) parameters.
          """,
        ja: """
          \(counted.subject)の重みは公開されていないため、チェックポイントを数えることはできません。論文によれば構造は GPT-2 を\
          受け継いでおり、そのように数えるとパラメータは \(total) 個です。
          """
      )
    case .published:
      return say(
        en: "The checkpoint of \(counted.name) holds these \(total) parameters.",
        ja: "\(counted.subject)のチェックポイントには、この \(total) 個のパラメータが入っています。"
      )
    case .own:
      return say(
        en: "A GPT-2 of these sizes has \(total) parameters.",
        ja: "この規模の GPT-2 のパラメータは \(total) 個です。"
      )
    case .checkpoint: return nil
    }
  }

  /// What the files hold, and what of it was not learned or is there twice.
  private func files(_ stored: StoredTensors) -> RichText {
    let total = count(stored.parameters, "elements of the tensors that were learned")
    let elements = count(stored.elements, "elements of all tensors")
    var text = say(
      en: "The checkpoint's \(size(stored.tensors)) tensors hold \(elements) numbers",
      ja: "チェックポイントの \(size(stored.tensors)) 個のテンソルには \(elements) 個の数があります"
    )
    if let masks = stored.masks {
      text =
        text
        + say(
          en: ", of which \(extra(masks)) are causal masks and were not learned",
          ja: "。そのうち \(extra(masks)) 個は因果マスクで、学習されたものではありません"
        )
    }
    if let repeated = stored.repeated {
      text =
        text
        + say(
          en: ", of which \(extra(repeated)) repeat the embedding",
          ja: "。そのうち \(extra(repeated)) 個は埋め込みの繰り返しです"
        )
    }
    return text
      + say(
        en: ". The sizes above come to the same: \(total) parameters.",
        ja: "。上の規模から数えた結果も同じで、パラメータは \(total) 個です。"
      )
  }

  private func extra(_ extra: StoredTensors.Extra) -> RichText {
    "\(count(extra.elements, "elements of \(extra.name)\(extra.tensors > 1 ? ", …" : "")"))"
  }
}
