public import Traces

extension Configuration {
  /// The weights by category, and the true number of parameters of a model of these sizes.
  public var parameterCount: ParameterCount {
    let norm = 2 * dModel
    let attentionBiases = 4 * dModel
    let mlpBiases = dMLP + dModel
    let besides =
      contextLength * dModel + layerCount * (2 * norm + attentionBiases + mlpBiases) + norm
    var count = ParameterCount(
      layers: layerCount,
      heads: headCount,
      width: dModel,
      mlpWidth: dMLP,
      vocabulary: dVocab
    )
    count.parameters = count.weights + besides - (isTied ? dVocab * dModel : 0)
    return count
  }
}
