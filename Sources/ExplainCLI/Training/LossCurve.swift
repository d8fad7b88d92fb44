import Graphics
import Training

/// The losses of a run as a figure.
struct LossCurve {
  let run: TrainingRun

  init(of run: TrainingRun) { self.run = run }

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
    let dots = run.validations.enumerated().map { index, validation in
      let isLast = index == run.validations.count - 1
      let loss = Quantity(validation.loss, digits: 3, origin: .derived("validation loss"))
      return Curve.Dot(
        x: Double(validation.step),
        y: validation.loss,
        isLast ? "held-out text: \(loss)" : "",
        isFollowed: isLast
      )
    }
    let last = run.losses.last.map { Decimal.text($0, digits: 3) } ?? "none"
    return Scene(
      id: "loss",
      title: "The loss while learning",
      description: "The mean loss of the batches, in nats per token, after each of "
        + "\(run.losses.count) steps; the last is \(last). Points show the loss on held-out text.",
      mark: Curve(points: points, dots: dots, xTitle: "steps", yTitle: "loss, nats per token")
    )
  }
}
