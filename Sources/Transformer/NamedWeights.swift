import Tensors

/// A weight under TransformerLens's name and in its shape: a look at the checkpoint's matrix that holds it.
public struct NamedWeight: Sendable {
  /// The shape under that name.
  public let shape: [Int]
  private let matrix: Tensor
  private let start: Int
  private let strides: [Int]

  fileprivate init(_ shape: [Int], _ matrix: Tensor, start: Int = 0, strides: [Int]) {
    (self.shape, self.matrix, self.start, self.strides) = (shape, matrix, start, strides)
  }

  /// A weight that lies as it is named.
  fileprivate init(_ matrix: Tensor, shape: [Int]? = nil) {
    let shape = shape ?? matrix.shape
    let strides = shape.indices.map { axis in shape[(axis + 1)...].reduce(1, *) }
    self.init(shape, matrix, strides: strides)
  }

  /// The numbers at places in row-major order of ``shape``: `rows` × `columns` of them, from `start` on, so far apart.
  ///
  /// - Precondition: all places are within the shape.
  public func numbers(from first: Int, rows: (Int, Int), columns: (Int, Int)) -> [Float] {
    matrix.withValues { values in
      var numbers: [Float] = []
      numbers.reserveCapacity(rows.0 * columns.0)
      for row in 0..<rows.0 {
        for column in 0..<columns.0 {
          var rest = first + row * rows.1 + column * columns.1
          var place = start
          for axis in shape.indices.reversed() {
            place += rest % shape[axis] * strides[axis]
            rest /= shape[axis]
          }
          numbers.append(values[place])
        }
      }
      return numbers
    }
  }
}

extension Transformer {
  /// A weight by TransformerLens's name, `blocks.0.attn.W_Q`; nil if the model has none of that name.
  ///
  /// - SeeAlso: <https://transformerlensorg.github.io/TransformerLens/>, on the shapes.
  public func weight(named name: String) -> NamedWeight? {
    switch name {
    case "embed.W_E": return NamedWeight(weights.embedding)
    case "pos_embed.W_pos": return NamedWeight(weights.position)
    case "ln_final.w": return NamedWeight(weights.finalNorm.gain)
    case "ln_final.b": return NamedWeight(weights.finalNorm.bias)
    case "unembed.W_U":
      let rows = weights.unembedding.columns
      return NamedWeight([rows.columns, rows.rows], rows, strides: [1, rows.columns])
    default: break
    }
    let parts = name.split(separator: ".")
    guard parts.count == 4, parts[0] == "blocks", let layer = Int(parts[1]),
      weights.blocks.indices.contains(layer)
    else { return nil }
    return weight(String(parts[2]), String(parts[3]), of: weights.blocks[layer])
  }

  private func weight(_ part: String, _ name: String, of block: Weights.Block) -> NamedWeight? {
    let (heads, width) = (configuration.headCount, configuration.dHead)
    let all = block.attention.queryKeyValue
    func third(_ index: Int, isBias: Bool) -> NamedWeight {
      let start = index * heads * width
      return isBias
        ? NamedWeight([heads, width], all.bias, start: start, strides: [width, 1])
        : NamedWeight(
          [heads, configuration.dModel, width],
          all.weight,
          start: start,
          strides: [width, all.weight.columns, 1]
        )
    }
    switch (part, name) {
    case ("ln1", "w"): return NamedWeight(block.norm1.gain)
    case ("ln1", "b"): return NamedWeight(block.norm1.bias)
    case ("ln2", "w"): return NamedWeight(block.norm2.gain)
    case ("ln2", "b"): return NamedWeight(block.norm2.bias)
    case ("attn", "W_Q"), ("attn", "b_Q"): return third(0, isBias: name == "b_Q")
    case ("attn", "W_K"), ("attn", "b_K"): return third(1, isBias: name == "b_K")
    case ("attn", "W_V"), ("attn", "b_V"): return third(2, isBias: name == "b_V")
    case ("attn", "W_O"):
      let output = block.attention.output.weight
      return NamedWeight(output, shape: [heads, width, output.columns])
    case ("attn", "b_O"): return NamedWeight(block.attention.output.bias)
    case ("mlp", "W_in"): return NamedWeight(block.mlp.up.weight)
    case ("mlp", "b_in"): return NamedWeight(block.mlp.up.bias)
    case ("mlp", "W_out"): return NamedWeight(block.mlp.down.weight)
    case ("mlp", "b_out"): return NamedWeight(block.mlp.down.bias)
    default: return nil
    }
  }
}
