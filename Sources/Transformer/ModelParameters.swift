public import Traces

extension Configuration {
  /// The sizes that the parameters are counted from.
  public var sizes: ModelSizes {
    ModelSizes(
      layers: layerCount,
      heads: headCount,
      width: dModel,
      mlpWidth: dMLP,
      vocabulary: dVocab,
      context: contextLength,
      isTied: isTied
    )
  }

  /// The weights by category, and the true number of parameters of a model of these sizes;
  /// nothing if 64 bits cannot hold them.
  public var parameterCount: ParameterCount? {
    sizes.problem == nil ? ParameterCount(sizes) : nil
  }
}
