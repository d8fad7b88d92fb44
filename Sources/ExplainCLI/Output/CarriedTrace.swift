import Formats
import Pages
import Tensors
import Traces
import Transformer

extension Living {
  /// The bytes that the tensors of a run may take on a page.
  private static let runLimit = 9_000_000

  /// The files of a run, for a page to carry that does not carry its model: what was recorded, as far as there is room.
  ///
  /// What follows from the rest without a weight is left out: the program computes it anew.
  ///
  /// - Parameters:
  ///   - trace: What was recorded.
  ///   - layer: The layer that is opened up first.
  /// - Returns: The files `trace.safetensors` and `trace.json`; none if the tensors cannot be written.
  static func files(of trace: Trace, opening layer: Int) -> [(name: String, bytes: Bytes)] {
    var part = trace
    for other in 0..<trace.layerCount where other != layer { part[.result(other)] = nil }
    part = part.withoutRecomputable
    if part.byteCount > runLimit, let logits = part[.logits] {
      part[.logits] = logits.last(1, alongAxis: 0)
    }
    if part.byteCount > runLimit {
      part = trace.excerpt(opening: layer, budget: runLimit)
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
