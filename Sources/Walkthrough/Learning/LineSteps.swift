import Graphics

// A line through points: the same way of learning, with two parameters instead of a million.

extension LearningAccount {
  var line: Step? {
    guard let line = record.line, let first = line.fits.first, let last = line.fits.last
    else { return nil }
    return step("line", en: "First with two parameters", ja: "まずは2つのパラメータで") {
      paragraph(
        en: """
          A line has two parameters, its slope w and its intercept b; to fit it to points is \(term: "linear regression"). They start \
          anywhere. The loss says how far the line is from \
          the points; its \(term: "gradient") says which way to change w and b so that it falls.
          """,
        ja: """
          点の並びに直線を合わせることを\(term: "線形回帰")といい、パラメータは傾き w と切片 b の2つです。最初の値は何でもかまいません。損失は直線が点からどれだけ離れているかを表し、\
          その\(term: "勾配")は、損失を下げるには w と b をどちらに動かせばよいかを教えてくれます。
          """
      )
      equation(
        .row([
          .symbol("L"), .op("="), .frac(.number("1"), .symbol("n")), .op("·"),
          .sum(
            under: .symbol("i"),
            .sup(
              .parens(
                .row([
                  .symbol("w"), .sub(.symbol("x"), .symbol("i")), .op("+"), .symbol("b"), .op("−"),
                  .sub(.symbol("y"), .symbol("i")),
                ])
              ),
              .number("2")
            )
          ),
        ])
      )
      paragraph(
        en: """
          Each step takes the learning rate times the gradient away from both. A language model learns in the same way: it has more \
          parameters, a loss that asks for words, and for each parameter a step of its own length (AdamW). Its gradient is found by \(term: "backpropagation"), from the loss back, layer by \
          layer.
          """,
        ja: """
          各ステップでは、学習率と勾配の積を両方から引きます。言語モデルの学び方も同じで、\
          違うのは、パラメータがもっと多いこと、損失が次のトークンの予測の悪さを表すこと、ステップの長さがパラメータごとに決まること（AdamW）です。\
          勾配は、損失からレイヤーを逆にたどる\(term: "誤差逆伝播法")で求めます。
          """
      )
      table(line)
      figure(line)
      found(
        en: """
          From w = \(fit(first.w, line)), b = \(fit(first.b, line)) the line came to w = \(fit(last.w, line)), b = \(fit(last.b, line)), and the loss from \
          \(fit(first.loss, line)) to \(fit(last.loss, line)).
          """,
        ja: """
          直線は w = \(fit(first.w, line))、b = \(fit(first.b, line)) から w = \(fit(last.w, line))、b = \(fit(last.b, line)) になり、損失は \
          \(fit(first.loss, line)) から \(fit(last.loss, line)) になりました。
          """
      )
    }
  }

  private func fit(_ value: Double, _ line: LearningRecord.FittedLine) -> Quantity {
    let rate = Decimal.text(line.learningRate, digits: 2)
    return Quantity(
      value,
      origin: .derived("gradient descent on the points, learning rate \(rate)")
    )
  }

  private func table(_ line: LearningRecord.FittedLine) -> Block {
    .table(
      Table(
        title: say(en: "The two parameters on their way", ja: "2つのパラメータの変化"),
        columns: [
          numbers(en: "step", ja: "ステップ"), numbers(en: "w", ja: "w"), numbers(en: "b", ja: "b"),
          numbers(en: "loss", ja: "損失"),
        ],
        rows: line.fits.map { fit in
          ["\(fit.step)"] + [fit.w, fit.b, fit.loss].map { "\(self.fit($0, line))" }
        }
      )
    )
  }

  private func figure(_ line: LearningRecord.FittedLine) -> Figure {
    let ends = [line.points.map { $0.x }.min() ?? 0, line.points.map { $0.x }.max() ?? 1]
    let panels = line.fits.map { fit in
      Scene.Panel(
        Curve(
          points: ends.map { Point($0, fit.w * $0 + fit.b) },
          dots: line.points.map { Curve.Dot(x: $0.x, y: $0.y, "") },
          xTitle: "x",
          yTitle: "y"
        ),
        caption: Caption(say(en: "after \(fit.step.of("step"))", ja: "\(fit.step) ステップ後").plain)
      )
    }
    return figure(
      "line",
      title: say(en: "A line and its points", ja: "直線と点"),
      description: say(
        en: "\(line.points.count) points, and the line after more and more steps.",
        ja: "\(line.points.count) 個の点と、ステップを重ねるごとの直線。"
      ),
      panels
    )
  }
}
