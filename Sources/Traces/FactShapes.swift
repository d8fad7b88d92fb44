import Tensors

extension Trace {
  /// Checks the shapes of the facts, so that whoever reads them may index them without fear.
  func checkFacts(file: String) throws(TraceError) {
    let (t, d, l) = (tokens.count, model.dModel, layerCount)
    // Traces of earlier versions tell of the last position alone.
    let everyPosition = " (every position, not the last alone: record the run again)"
    try check(.neighbourID, like: [t, nil], file)
    try check(.neighbourCosine, sameAs: .neighbourID, file)
    try check(.neighbourEmbed, sameAs: .neighbourID, then: d, file)
    try check(.lensID, like: [l + 1, t, nil], file)
    try check(.lensProbability, sameAs: .lensID, file)
    try check(.answerID, like: [nil], file)
    try check(.answerRank, like: [nil, self[.answerID]?.count], file)
    try check(.answerProbability, sameAs: .answerRank, file)
    try check(.unembedID, like: [t, nil], file, note: everyPosition)
    try check(.unembedColumn, sameAs: .unembedID, then: d, file)
    try check(.neuronIndex, like: [l, t, nil], file, note: everyPosition)
    try check(.neuronLength, sameAs: .neuronIndex, file)
    try check(.pairID, like: [nil, 2], file)
    try check(.pairEmbed, sameAs: .pairID, then: d, file)
    try check(.promotedID, sameAs: .neuronIndex, then: nil, file)
    try check(.promotedLogit, sameAs: .promotedID, file)
    try check(.packedInteger, like: [nil], file)
    try check(.packedScale, like: [nil], file)
    try check(.packedWeight, sameAs: .packedInteger, file)
    for layer in 0..<l {
      try check(.attentionOutputBias(layer), like: [d], file)
      for norm in [
        NormSite.beforeAttention(layer: layer), .beforeMLP(layer: layer),
        .afterAttention(layer: layer), .afterMLP(layer: layer),
      ] {
        try check(.gain(norm), like: [d], file)
        try check(.bias(norm), like: [d], file)
      }
      for norm in [NormSite.queries(layer: layer), .keys(layer: layer)] {
        try check(.gain(norm), like: [model.dHead], file)
      }
    }
    try check(.gain(.final), like: [d], file)
    try check(.bias(.final), like: [d], file)
    for name in tensors.keys.sorted() where name.hasPrefix("facts.sample.") {
      guard let tensor = tensors[name], tensor.shape.count == 2, tensor.count > 0 else {
        throw .shape(
          file: file,
          tensor: name,
          expected: "[rows, columns]",
          found: tensors[name]?.shape ?? []
        )
      }
    }
    if let merges, !merges.fits(tokens) {
      throw .metadata(file: file, key: "merges", expected: "about a token of the prompt")
    }
    if let pieces, !pieces.fit(tokens) {
      throw .metadata(file: file, key: "pieces", expected: "no more tokens than the prompt has")
    }
  }

  /// A length of `nil` may be anything above zero.
  private func check(
    _ fact: Fact,
    like expected: [Int?],
    _ file: String,
    note: String = ""
  ) throws(TraceError) {
    guard let shape = self[fact]?.shape else { return }
    let fits =
      shape.count == expected.count
      && zip(shape, expected).enumerated().allSatisfy { axis, lengths in
        let isLast = axis == fact.positionAxis && lengths.0 == lastPositions
        return lengths.0 > 0 && (lengths.1 == nil || lengths.0 == lengths.1 || isLast)
      }
    if !fits {
      let wanted = expected.map { $0.map(String.init) ?? "any" }.joined(separator: ", ")
      throw .shape(file: file, tensor: fact.name, expected: "[\(wanted)]\(note)", found: shape)
    }
  }

  private func check(_ fact: Fact, sameAs other: Fact, _ file: String) throws(TraceError) {
    guard self[fact] != nil else { return }
    try check(fact, like: (self[other]?.shape ?? []).map { Optional($0) }, file)
  }

  private func check(
    _ fact: Fact,
    sameAs other: Fact,
    then last: Int?,
    _ file: String
  ) throws(TraceError) {
    guard self[fact] != nil else { return }
    try check(fact, like: (self[other]?.shape ?? []).map { Optional($0) } + [last], file)
  }
}
