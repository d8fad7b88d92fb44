import Formats
import Pages
import Tensors
import Traces
import Transformer

extension Living {
  /// The bytes that the tensors of a run may take on a page.
  private static let runLimit = 9_200_000

  /// The files of a run, for a page to carry that does not carry its model: what was recorded, as far as there is room.
  ///
  /// What follows from the rest without a weight is left out: the program computes it anew.
  ///
  /// - Parameters:
  ///   - trace: What was recorded.
  ///   - layer: The layer that is opened up first.
  /// - Returns: The files `trace.safetensors` and `trace.json`; none if the tensors cannot be written, or if
  ///   more would be computed than was recorded.
  static func files(of trace: Trace, opening layer: Int) -> [(name: String, bytes: Bytes)] {
    // The program would compute what another one did not record, and show it as if it had been. Probabilities are the softmax
    // of the logits on every page that lacks them.
    let recorded = trace.withProbabilities.tensors.keys
    guard trace.lastPositions != nil || trace.recomputed.tensors.keys.allSatisfy(recorded.contains)
    else { return [] }
    var whole = trace
    var part = trace.withoutRecomputable
    if part.byteCount > runLimit {
      // What each head writes takes more room than all else of a layer; of the layer that is opened up it is kept for now.
      for other in 0..<trace.layerCount where other != layer {
        (whole[.result(other)], part[.result(other)]) = (nil, nil)
      }
    }
    if part.byteCount > runLimit {
      // What may come next is asked of the last position; of a large vocabulary the others take the most room.
      whole[.logits] = whole[.logits]?.last(1, alongAxis: 0)
      whole[.probabilities] = whole[.probabilities]?.last(1, alongAxis: 0)
      part[.logits] = whole[.logits]
      part[.probabilities] = whole[.probabilities]
    }
    if part.byteCount > runLimit {
      // Nor is there room for what the heads of that layer write.
      whole[.result(layer)] = nil
      part[.result(layer)] = nil
    }
    // Of what an excerpt keeps, a third or less does not follow from the rest.
    for budget in [4, 3, 2, 1].map({ $0 * runLimit }) where part.byteCount > runLimit {
      part = whole.excerpt(opening: layer, budget: budget).withoutRecomputable
    }
    var bytes: [UInt8] = []
    do {
      try Safetensors.write(part.orderedTensors, metadata: [:], file: "trace.safetensors") {
        bytes += $0
      }
    } catch { return [] }
    let notes = JSON.members(
      part.metadata.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .string($0.value)) }
    )
    return [
      ("trace.safetensors", Bytes(copying: bytes)),
      ("trace.json", Bytes(copying: Array(notes.line.utf8))),
    ]
  }
}
