import Graphics
import Traces

/// Tells how the heads' vectors become what attention gives back.
struct HeadSumTeller: Teller {
  let story: Story

  var finding: HeadSumFinding {
    story.architecture.headSums.indices.contains(story.layer)
      ? story.architecture.headSums[story.layer]
      : HeadSumFinding(of: story.trace, layer: story.layer)
  }

  @BlockList var explanation: [Block] {
    paragraph(
      en: """
        A last matrix, \("W_O" as Math), turns each head's \("z" as Math) into a vector with as many numbers as those of the \
        stream. The heads' vectors \(finding.bias == .added ? "and one bias are" : "are") added up: that is what attention \
        gives\(finding.isNormed ? "" : " back").
        """,
      ja: """
        最後の行列 \("W_O" as Math) が、各ヘッドの \("z" as Math) を、ストリームと同じ次元のベクトルに変えます。全ヘッドの\
        ベクトル\(finding.bias == .added ? "とバイアス1つ" : "")を足し合わせたものが、アテンションの出力です。
        """
    )
    if finding.bias == .unknown {
      untold(
        en: "whether a bias is added to the sum of the heads",
        ja: "ヘッドの和にバイアスを足すかどうか"
      )
    } else {
      equation(
        .row(
          [
            .text(finding.isNormed ? "out" : "attn_out"), .op("="),
            .sum(under: "h", [.sub("z", "h"), .text(" "), .sub("W", .text("O,h"))]),
          ] + (finding.bias == .added ? [.op("+"), "b_O"] : [])
        )
      )
    }
  }

  /// The first number of what attention gives: a term for each of the first heads, the others together, the bias, the sum.
  func example(_ result: Recorded, _ out: Recorded) -> Block {
    let i = story.followed
    let heads = result.shape[1]
    var line: RichText = ""
    for head in 0..<min(heads, 6) {
      line = line + (head > 0 ? " + \(signed: result(i, head, 0))" : "\(result(i, head, 0))")
    }
    if heads > 6 {
      let rest = Quantity(
        (6..<heads).reduce(0) { $0 + result(i, $1, 0).value },
        origin: .derived("sum(h >= 6, \(result.name)[\(i),h,0])")
      )
      let others = say(
        en: "(\((heads - 6).of("other head")): \(rest))",
        ja: "（残り \(heads - 6) 個のヘッド：\(rest)）"
      )
      line = line + say(en: " + … \(others)", ja: " + …\(others)")
    }
    switch finding.bias {
    case .added:
      let bias = story.recorded(.attentionOutputBias(story.layer))
      line = line + " + " + (bias.map { "\(signed: $0(0))" } ?? "\("b_O" as Math)")
    case .unknown: line = line + say(en: " (+ what the trace does not tell)", ja: "（+ 不明な分）")
    case .nothing: break
    }
    return .arithmetic([line + " = \(out(i, 0))"])
  }

  /// That a norm stands between the sum and the stream.
  var norm: Block? {
    guard finding.isNormed else { return nil }
    return paragraph(
      en: """
        Before it is added to the stream, this sum passes one more norm: what is added is recorded as \
        \(code: HookPoint.attnOut(story.layer).name).
        """,
      ja: """
        この和は、ストリームに足される前にもう一度正規化されます。足されるものは \(code: HookPoint.attnOut(story.layer).name) に\
        記録されています。
        """
    )
  }
}
