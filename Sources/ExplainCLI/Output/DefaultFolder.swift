import Files
import Platform
import Tensors
import Traces

/// Where output goes when the command line does not say: a folder a prompt, under ``root``.
enum DefaultFolder {
  /// Where the folders of all prompts are.
  static let root = "output"

  /// The folder of a prompt.
  ///
  /// Its name says what the prompt says, without case and punctuation. A prompt of which that says
  /// too little, or whose folder another prompt has taken, gets a hash behind it: no prompt
  /// overwrites another's folder.
  static func path(for prompt: String) -> String {
    let slug = Slug(prompt)
    let folder = "\(root)/\(slug.preferred)"
    guard !slug.isLossy, access(folder, F_OK) == 0 else { return folder }
    let isTaken = Self.prompt(of: folder).map { !isSame($0, prompt) } ?? hasPage(folder)
    return isTaken ? "\(root)/\(slug.hashed)" : folder
  }

  /// Whether two prompts are the same, byte for byte: to a tokenizer canonical equivalents differ.
  static func isSame(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

  /// The prompt whose output a folder holds, if it says so.
  static func prompt(of folder: String) -> String? {
    tracePrompt("\(folder)/trace.safetensors")
      ?? tracePrompt("\(folder)/heatmaps/\(HeatmapFolder.traceName)")
  }

  /// The prompt of a trace file that this program wrote.
  static func tracePrompt(_ path: String) -> String? {
    guard let file = try? SafetensorsFile(contentsOf: path), file.metadata["format"] == Trace.format
    else { return nil }
    return file.metadata["prompt"]
  }

  private static func hasPage(_ folder: String) -> Bool {
    access("\(folder)/index.html", F_OK) == 0
  }
}
