public import Traces

extension Configuration {
  /// The sizes that the parameters are counted from.
  public var sizes: ModelSizes {
    var sizes = ModelSizes(
      layers: Int64(layerCount),
      heads: Int64(headCount),
      width: Int64(dModel),
      mlpWidth: Int64(dMLP),
      vocabulary: Int64(dVocab),
      context: Int64(contextLength),
      isTied: isTied
    )
    if keyValueHeadCount != headCount { sizes.sharedHeads = Int64(keyValueHeadCount) }
    if dHead * headCount != dModel { sizes.ownHeadWidth = Int64(dHead) }
    sizes.architecture = architecture
    return sizes
  }

  /// Every parameter that a model of this configuration has.
  public var parameters: ParameterTable { ParameterTable(sizes) }

  /// The weights by category, and the true number of parameters of a model of these sizes;
  /// nothing if 64 bits cannot hold them.
  public var parameterCount: ParameterCount? {
    sizes.problem == nil ? ParameterCount(sizes) : nil
  }
}
