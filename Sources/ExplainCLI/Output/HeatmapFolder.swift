import Files
import Graphics
import Platform
import Traces
import Walkthrough

/// A folder of attention heatmaps: a file a head, an overview, and the trace they show.
struct HeatmapFolder {
  /// The name of the trace in it.
  static let traceName = "patterns.safetensors"

  /// The folder's path.
  let path: String

  /// The folder that was asked for, or the one that belongs to the prompt.
  init(_ path: String?, prompt: String) {
    self.path = path ?? DefaultFolder.path(for: prompt) + "/heatmaps"
  }

  /// Writes the figures and the trace.
  ///
  /// - Returns: The paths of the figures.
  /// - Throws: `cannotCreate`, or what writing throws.
  func write(_ figures: [Figure], of trace: Trace) throws -> [String] {
    try OutputFolder(path: path).make(mayReplace: checkPlace) { folder in
      for figure in figures {
        try OutputFile(path: "\(folder)/\(figure.name).svg").write(SVG.standalone(figure.scene))
      }
      try trace.write(to: "\(folder)/\(Self.traceName)")
    }
    let stem = path.hasSuffix("/") ? path : path + "/"
    return figures.map { "\(stem)\($0.name).svg" }
  }

  private func checkPlace() throws(CLIError) {
    guard access(path, F_OK) != 0 || isFolder(path) else {
      throw .isFile(path, say(en: "heatmaps go to a folder", ja: "ヒートマップはフォルダーに書きます"))
    }
  }
}
