import Formats
import Platform
import Tensors
import Traces

extension Facts {
  /// Of quantised weights: how they are stored, and one group of them, taken apart.
  func addQuantization(to trace: inout Trace) {
    for (role, cells) in [
      (Parameter.Role.up, "blocks.0.mlp.W_in[i,0]"), (.down, "blocks.0.mlp.W_out[i,0]"),
      (.query, "blocks.0.attn.W_Q[0,i,0]"), (.embedding, "embed.W_E[0,i]"),
    ] {
      let parameter = Parameter(role: role, layer: role.isInBlocks ? 0 : nil, isBias: false)
      guard let matrix = weights[parameter], let type = matrix.packing else { continue }
      // In the first row, a group whose weights differ.
      let blocks = 0..<matrix.columns / type.blockCount
      let found = blocks.lazy.compactMap { index in matrix.block(index).map { (index, $0) } }
        .first { $0.1.scale != 0 && Set($0.1.integers).count > 1 }
      guard let (index, block) = found else { continue }
      trace.quantization = Quantization(
        kinds: kinds,
        type: type.name,
        cells: cells,
        first: index * type.blockCount
      )
      let count = block.integers.count
      trace[.packedInteger] = Tensor(shape: [count], values: block.integers.map { Float($0) })
      trace[.packedWeight] = Tensor(shape: [count], values: block.values)
      let scales = [block.scale] + (block.least.map { [$0] } ?? [])
      trace[.packedScale] = Tensor(shape: [scales.count], values: scales)
      return
    }
  }

  private var kinds: [Quantization.Kind] {
    var kinds: [Quantization.Kind] = []
    for parameter in configuration.parameters.all {
      guard let tensor = weights[parameter] else { continue }
      let (type, count) = (tensor.packing ?? .float32, Int64(tensor.count))
      let place = kinds.firstIndex { $0.type == type.name } ?? kinds.count
      if place == kinds.count {
        kinds.append(Quantization.Kind(type: type.name, weights: 0, bytes: 0))
      }
      kinds[place].weights += count
      kinds[place].bytes += count / Int64(type.blockCount) * Int64(type.blockBytes)
    }
    return kinds.rising { -Double($0.weights) }
  }
}
