import Graphics
import Tensors
import Traces

// What quantisation did to the weights: shown where the file has them packed.

extension ParametersStage {
  /// One group of weights, its scale, its integers, and the weights that they stand for.
  var quantization: Step? {
    guard let known = story.trace.quantization,
      let integers = story.trace[.packedInteger]?.values,
      let weights = story.trace[.packedWeight]?.values,
      let scales = story.trace[.packedScale]?.values, !scales.isEmpty,
      integers.count == weights.count
    else { return nil }
    let hasLeast = scales.count > 1
    let least: (en: RichText, ja: RichText) =
      hasLeast ? (" and a least value \("m" as Math)", "と最小値 \("m" as Math)") : ("", "")
    let d = scale(0, scales)
    return step("quantization", en: "What quantisation did", ja: "量子化がしたこと") {
      paragraph(
        en: """
          In this model's file weights are \(term: "quantised"): a group of neighbours shares a scale \("d" as Math)\(least.en), and each of \
          them keeps no more than a small integer \("q" as Math). Whenever the weight is needed, it is worked out from these.
          """,
        ja: """
          このモデルのファイルでは、重みが\(term: "量子化")されています。隣り合う重みのグループごとに倍率 \("d" as Math)\(least.ja)を共有し、\
          1つ1つの重みとしては小さな整数 \("q" as Math) だけを残します。重みが必要になるたびに、これらから計算します。
          """
      )
      equation(
        hasLeast
          ? .row(["w", .op("="), "d", .op("·"), "q", .op("+"), "m"])
          : .row(["w", .op("="), "d", .op("·"), "q"])
      )
      paragraph(
        en: """
          Here is one group of this file, stored as \(known.type): \(integers.count) weights of \(code: known.cells), from \
          i = \(known.first) to \(known.first + integers.count - 1).
          """,
        ja: """
          このファイルの1つのグループを見てみましょう。\(known.type) 形式で、\(code: known.cells) の i = \(known.first) から \
          \(known.first + integers.count - 1) までの \(integers.count) 個の重みです。
          """
      )
      if hasLeast {
        arithmetic("\("d" as Math) = \(d), \("m" as Math) = \(scale(1, scales))")
      } else {
        arithmetic("\("d" as Math) = \(d)")
      }
      Block.table(group(integers, weights, from: known.first))
      found(
        en: """
          Two neighbouring integers stand for weights that are \(d) apart, so no weight of this group lies between. What \
          the weights were before they were rounded is not in the file: every number on this page was computed with the rounded ones.
          """,
        ja: """
          となり合う整数が表す重みの差は \(d) です。このグループの重みが、その間の値をとることはありません。丸める前の重みは\
          ファイルに残っていないので、このページの数はすべて、丸めた重みで計算したものです。
          """
      )
      Block.table(kinds(known.kinds))
      memory(known.kinds)
    }
  }

  private func scale(_ index: Int, _ scales: [Float]) -> Quantity {
    Quantity(Double(scales[index]), digits: 4, origin: .trace(Fact.packedScale.name, index))
  }

  /// Four places a row.
  private func group(_ integers: [Float], _ weights: [Float], from first: Int) -> Table {
    func list(_ values: ArraySlice<Float>, digits: Int, _ name: String) -> RichText {
      var text: RichText = ""
      for index in values.indices {
        let value = Quantity(Double(values[index]), digits: digits, origin: .trace(name, index))
        text = index == values.startIndex ? "\(value)" : text + "  \(value)"
      }
      return text
    }
    return Table(
      title: say(en: "The integers, and the weights they stand for", ja: "整数と、それが表す重み"),
      columns: [
        column(en: "i", ja: "i"), column(en: "integers q", ja: "整数 q"),
        column(en: "weights", ja: "重み"),
      ],
      rows: stride(from: 0, to: integers.count, by: 4).map { start in
        let places = start..<min(start + 4, integers.count)
        return [
          "\(first + places.lowerBound)–\(first + places.upperBound - 1)",
          list(integers[places], digits: 0, Fact.packedInteger.name),
          list(weights[places], digits: 3, Fact.packedWeight.name),
        ]
      }
    )
  }

  private func kinds(_ kinds: [Quantization.Kind]) -> Table {
    Table(
      title: say(en: "How the weights lie in the file", ja: "ファイルの中での重みの持ち方"),
      columns: [
        column(en: "type", ja: "形式"), numbers(en: "weights", ja: "重みの数"),
        numbers(en: "bits a weight", ja: "重み1つのビット数"), numbers(en: "bytes", ja: "バイト"),
      ],
      rows: kinds.map { kind in
        [
          "\(kind.type)", "\(count(kind.weights, "\(kind.weights)"))",
          "\(factor(8 * kind.bytes, of: kind.weights))", "\(count(kind.bytes, "\(kind.bytes)"))",
        ]
      }
    )
  }

  private func memory(_ kinds: [Quantization.Kind]) -> Block {
    func millions(_ bytes: Int64) -> Quantity {
      Quantity(Double(bytes) / 1e6, digits: 0, origin: .derived("\(bytes) / 1000000"))
    }
    let stored = kinds.reduce(0) { $0 + $1.bytes }
    let plain = millions(4 * kinds.reduce(0) { $0 + $1.weights })
    return paragraph(
      en: """
        So all weights take \(millions(stored)) MB; with 32 bits for each, they would take \(plain) MB.
        """,
      ja: "こうして重み全体は \(millions(stored)) MB に収まっています。1つに32ビットずつ使うと \(plain) MB になります。"
    )
  }
}
