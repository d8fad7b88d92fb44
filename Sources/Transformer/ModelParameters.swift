public import Traces

extension Configuration {
  /// The sizes that the parameters are counted from.
  public var sizes: ModelSizes {
    ModelSizes(
      layers: Int64(layerCount),
      heads: Int64(headCount),
      width: Int64(dModel),
      mlpWidth: Int64(dMLP),
      vocabulary: Int64(dVocab),
      context: Int64(contextLength),
      isTied: isTied
    )
  }

  /// The weights by category, and the true number of parameters of a model of these sizes;
  /// nothing if 64 bits cannot hold them.
  public var parameterCount: ParameterCount? {
    sizes.problem == nil ? ParameterCount(sizes) : nil
  }
}
