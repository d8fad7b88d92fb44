package import Tensors
package import Traces

// Between the table of a model's parameters and the weights that the forward pass reads.

extension Weights {
  /// Makes weights of the tensors that have the names of a model's parameters.
  init(_ table: ParameterTable, named tensors: [String: Tensor]) {
    self.init(table) { tensors[$0.name] ?? Tensor(shape: [0], values: []) }
  }

  /// Makes weights of what a function gives for each of a model's parameters.
  ///
  /// - Parameters:
  ///   - table: The parameters.
  ///   - tensor: The tensor of a parameter, in its shape.
  package init(_ table: ParameterTable, _ tensor: (Parameter) -> Tensor) {
    typealias Role = Parameter.Role
    func optional(_ role: Role, _ layer: Int?, isBias: Bool = false) -> Tensor? {
      table.parameter(role, layer, isBias: isBias).map(tensor)
    }
    func norm(_ role: Role, _ layer: Int? = nil) -> Norm? {
      guard let gain = optional(role, layer) else { return nil }
      return Norm(gain: gain, bias: optional(role, layer, isBias: true))
    }
    func linear(_ role: Role, _ layer: Int) -> Linear? {
      guard let weight = optional(role, layer) else { return nil }
      return Linear(
        weight: weight,
        bias: optional(role, layer, isBias: true),
        keepsOutputsInRows: table.family.keepsOutputsInRows
      )
    }
    let nothing = Tensor(shape: [0], values: [])
    let (noNorm, noLinear) = (Norm(gain: nothing, bias: nil), Linear(weight: nothing, bias: nil))

    let embedding = optional(.embedding, nil) ?? nothing
    let position = optional(.position, nil)
    var blocks: [Block] = []
    for layer in 0..<Int(table.sizes.layers) {
      let norm1 = norm(.norm1, layer) ?? noNorm
      var parts: [Linear] = []
      for role in [Role.queryKeyValue, .query, .key, .value] {
        if let part = linear(role, layer) { parts.append(part) }
      }
      var attention = Attention(
        queryKeyValue: parts,
        output: linear(.output, layer) ?? noLinear
      )
      attention.isByHead = table.family.isFusedByHead
      attention.headNorms = [norm(.queryNorm, layer), norm(.keyNorm, layer)].compactMap { $0 }
      var block = Block(
        norm1: norm1,
        attention: attention,
        norm2: norm(.norm2, layer) ?? noNorm,
        mlp: MLP(
          gate: linear(.gate, layer),
          up: linear(.up, layer) ?? noLinear,
          down: linear(.down, layer) ?? noLinear
        )
      )
      block.normsAfter = [norm(.norm1Post, layer), norm(.norm2Post, layer)].compactMap { $0 }
      blocks.append(block)
    }
    self.init(
      embedding: embedding,
      position: position,
      blocks: blocks,
      finalNorm: norm(.finalNorm) ?? noNorm,
      unembedding: Unembedding(columns: optional(.unembedding, nil) ?? embedding)
    )
  }

  /// The tensor of a parameter; `nil` if there is no such.
  package subscript(_ parameter: Parameter) -> Tensor? {
    let layer = parameter.layer ?? 0
    if parameter.role.isNorm {
      let norm = self.norm(parameter.role, layer)
      return parameter.isBias ? norm?.bias : norm?.gain
    }
    switch parameter.role {
    case .embedding: return parameter.isBias ? nil : embedding
    case .position: return parameter.isBias ? nil : position
    case .unembedding: return parameter.isBias ? nil : unembedding.columns
    default:
      let linear = self.linear(parameter.role, layer)
      return parameter.isBias ? linear?.bias : linear?.weight
    }
  }

  private func norm(_ role: Parameter.Role, _ layer: Int) -> Norm? {
    if role == .finalNorm { return finalNorm }
    let block = blocks[layer]
    return switch role {
    case .norm1: block.norm1
    case .norm1Post: block.normsAfter.first
    case .norm2: block.norm2
    case .norm2Post: block.normsAfter.last
    case .queryNorm: block.attention.headNorms.first
    case .keyNorm: block.attention.headNorms.last
    default: nil
    }
  }

  /// A block's matrix and bias; of queries, keys and values those that hold them.
  package func linear(_ role: Parameter.Role, _ layer: Int) -> Linear? {
    let block = blocks[layer]
    let parts = block.attention.queryKeyValue
    return switch role {
    case .queryKeyValue: parts.count == 1 ? parts[0] : nil
    case .query: parts.first
    case .key: parts.count == 1 ? parts[0] : parts[1]
    case .value: parts.last
    case .output: block.attention.output
    case .gate: block.mlp.gate
    case .up: block.mlp.up
    case .down: block.mlp.down
    default: nil
    }
  }
}
