import Graphics
import Training
import Walkthrough

/// The losses of a run as a figure.
struct LossCurve {
  let run: TrainingRun

  let language: Language

  init(of run: TrainingRun, in language: Language) {
    (self.run, self.language) = (run, language)
  }

  private func said(en: String, ja: String) -> String { say(en: en, ja: ja)[language] }

  /// The mean loss of every stretch of steps as a line, and on it the losses on the texts kept back.
  var scene: Scene {
    let stretch = max(1, run.losses.count / 240)
    let points = stride(from: 0, to: run.losses.count, by: stretch).map { start in
      let part = run.losses[start..<min(start + stretch, run.losses.count)]
      return Point(
        Double(start) + Double(part.count) / 2,
        part.reduce(0, +) / Double(part.count)
      )
    }
    let heldOut = said(en: "held-out text: ", ja: "検証データ：")
    let dots = run.validations.enumerated().map { index, validation in
      let isLast = index == run.validations.count - 1
      let loss = Quantity(validation.loss, digits: 3, origin: .derived("validation loss"))
      return Curve.Dot(
        x: Double(validation.step),
        y: validation.loss,
        isLast ? "\(heldOut)\(loss)" : "",
        isFollowed: isLast
      )
    }
    let last = run.losses.last.map { Decimal.text($0, digits: 3) } ?? "–"
    return Scene(
      id: "loss",
      title: said(en: "The loss while learning", ja: "学習中の損失"),
      description: said(
        en: "The mean loss of the batches, in nats per token, after each of "
          + "\(run.losses.count) steps; the last is \(last). Points show the loss on held-out text.",
        ja: "\(run.losses.count) ステップのそれぞれの後の、バッチの損失の平均（1トークンあたりのナット）。最後は \(last) です。"
          + "点は、学習に使わなかった検証データでの損失です。"
      ),
      mark: Curve(
        points: points,
        dots: dots,
        xTitle: Caption(said(en: "steps", ja: "ステップ")),
        yTitle: Caption(said(en: "loss, nats per token", ja: "損失（ナット／トークン）"))
      )
    )
  }
}
