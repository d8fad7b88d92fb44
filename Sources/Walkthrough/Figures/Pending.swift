import Graphics
import Traces

extension Story {
  func pending(_ name: String) -> Figure {
    figure(name, title: "\(name)", description: "", Bars([], role: .data))
  }
  func vocabularyLineFigure(size: Int) -> Figure { pending("vocabulary") }
  var embeddingMatrixFigure: Figure? { nil }
  func activationCurveFigure(_ pre: Recorded, _ post: Recorded) -> Figure { pending("activation") }
  func additionNormsFigure(_ parts: [(layer: Int, attention: Quantity, mlp: Quantity)]) -> Figure { pending("additions") }
  func logitHistogramFigure(_ logits: Recorded) -> Figure { pending("logit-histogram") }
  func drawFigure(_ turn: Continuation.Step) -> Figure? { nil }
  func windowFigure(context: Int) -> Figure { pending("window") }
  func parametersFigure(_ parameters: ParameterCount) -> Figure { pending("parameters") }
  var mapFigure: Figure { pending("map") }
  var embeddingMap: EmbeddingMap? { nil }
  func embeddingMapFigure(_ map: EmbeddingMap) -> Figure { pending("map-embedding") }
}
struct EmbeddingMap { func share(_ i: Int) -> Quantity { Quantity(0, origin: .illustration) } }
