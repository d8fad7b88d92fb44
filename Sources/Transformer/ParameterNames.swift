import Tensors
public import Traces

/// The parameters by TransformerLens's names, as views of the weights where they lie.
///
/// | name | shape |
/// |---|---|
/// | `embed.W_E`, `pos_embed.W_pos`, `unembed.W_U` | V × D, C × D, D × V |
/// | `blocks.{l}.ln1.w`, `.b`, `ln2`, `ln1_post`, `ln2_post`, `ln_final` | D |
/// | `blocks.{l}.attn.q_norm.w`, `k_norm` | d |
/// | `blocks.{l}.attn.W_Q`, `W_K`, `W_V`; `b_Q`, `b_K`, `b_V` | H × D × d; H × d; of keys and values as many as there are |
/// | `blocks.{l}.attn.W_O`; `b_O` | H × d × D; D |
/// | `blocks.{l}.mlp.W_in`, `b_in`, `W_gate`; `W_out`, `b_out` | D × F, F; F × D, D |
///
/// - SeeAlso: <https://transformerlensorg.github.io/TransformerLens/>, on the shapes.
extension Transformer {
  /// The numbers of a parameter.
  ///
  /// - Parameter name: Its name; `W_E`, `W_pos` and `W_U` will do.
  /// - Returns: A view, which copies nothing; `nil` if the model has no such parameter.
  public func parameter(named name: String) -> Numbers? {
    let name = Trace.longNames[name] ?? name
    let parts = name.split(separator: ".")
    var layer: Int?
    if parts.first == "blocks" {
      guard parts.count > 2, let number = Int(parts[1]), weights.blocks.indices ~= number else {
        return nil
      }
      layer = number
    }
    for role in Parameter.Role.allCases where role.isInBlocks == (layer != nil) {
      for isBias in [false, true] {
        let parameter = Parameter(role: role, layer: layer, isBias: isBias)
        if role != .queryKeyValue, parameter.lensName == name { return numbers(of: parameter) }
      }
    }
    return nil
  }

  private func numbers(of parameter: Parameter) -> Numbers? {
    let (role, layer) = (parameter.role, parameter.layer ?? 0)
    if role == .unembedding, !parameter.isBias {
      let columns = weights.unembedding.columns
      let (v, d) = (columns.rows, columns.columns)
      return Numbers(columns, shape: [d, v], strides: [1, d])
    }
    guard let linear = parameter.layer.flatMap({ weights.linear(role, $0) }) else {
      return role == .unembedding ? nil : weights[parameter].map { Numbers($0) }
    }
    if let part = [Parameter.Role.query, .key, .value].firstIndex(of: role) {
      return ofHeads(linear, part, isBias: parameter.isBias, weights.blocks[layer].attention)
    }
    if parameter.isBias { return linear.bias.map { Numbers($0) } }
    let matrix = MatrixLayout(linear)
    let (h, d) = (configuration.headCount, configuration.dHead)
    return role == .output
      ? Numbers(
        linear.weight,
        shape: [h, d, matrix.outputs],
        strides: [d * matrix.inputStep, matrix.inputStep, matrix.outputStep]
      )
      : Numbers(
        linear.weight,
        shape: [matrix.inputs, matrix.outputs],
        strides: [matrix.inputStep, matrix.outputStep]
      )
  }

  /// The queries', keys' or values' part, head by head, of the matrix that holds it.
  private func ofHeads(
    _ linear: Weights.Linear,
    _ part: Int,
    isBias: Bool,
    _ attention: Weights.Attention
  ) -> Numbers? {
    let c = configuration
    let (heads, d) = (part == 0 ? c.headCount : c.keyValueHeadCount, c.dHead)
    let isFused = attention.queryKeyValue.count == 1
    // Among the outputs: where the first head's begin, and how far it is to the next head's.
    let before = part == 0 ? 0 : c.headCount + (part - 1) * c.keyValueHeadCount
    let first = !isFused ? 0 : attention.isByHead ? part * d : before * d
    let step = isFused && attention.isByHead ? 3 * d : d
    if isBias {
      return linear.bias.map { Numbers($0, shape: [heads, d], strides: [step, 1], offset: first) }
    }
    let matrix = MatrixLayout(linear)
    return Numbers(
      linear.weight,
      shape: [heads, matrix.inputs, d],
      strides: [step * matrix.outputStep, matrix.inputStep, matrix.outputStep],
      offset: first * matrix.outputStep
    )
  }
}

/// Where a matrix's numbers lie.
private struct MatrixLayout {
  /// How many inputs and outputs there are, and how far it is from one to the next.
  let inputs, outputs, inputStep, outputStep: Int

  init(_ linear: Weights.Linear) {
    let (rows, columns) = (linear.weight.rows, linear.weight.columns)
    (inputs, outputs) = linear.keepsOutputsInRows ? (columns, rows) : (rows, columns)
    (inputStep, outputStep) = linear.keepsOutputsInRows ? (1, columns) : (columns, 1)
  }
}
