import Files
import Platform
import Graphics
import Pages
import Tensors
import Traces
import Walkthrough

/// The folder of a page: `index.html`, `figures/*.svg`, `trace.safetensors`.
struct PageFolder {
  /// The folder's path.
  let path: String
  /// The prompt whose page alone may be replaced; none if the reader chose the folder.
  private let owner: String?

  /// The folder that was asked for, or the one that belongs to the prompt.
  init(_ path: String?, prompt: String) {
    self.path = path ?? DefaultFolder.path(for: prompt)
    owner = path == nil ? prompt : nil
  }

  /// Writes the page of a trace, with its figures and the trace itself.
  ///
  /// - Returns: The path of `index.html`.
  /// - Throws: `cannotCreate` if something else stands there, or what writing throws.
  func write(_ page: TracePage, of trace: Trace) throws -> String {
    try OutputFolder(path: path).make(mayReplace: checkOwnership) { folder in
      try OutputFile(path: "\(folder)/index.html").write(page.html)
      guard mkdir("\(folder)/figures", 0o777) == 0 else {
        throw CLIError.cannotCreate("\(path)/figures", because: errno)
      }
      for (name, svg) in page.figures {
        try OutputFile(path: "\(folder)/figures/\(name)").write(svg)
      }
      try trace.write(to: "\(folder)/trace.safetensors")
    }
    return path.hasSuffix("/") ? "\(path)index.html" : "\(path)/index.html"
  }

  /// Throws if what stands there was not made by this program, or is another prompt's.
  private func checkOwnership() throws(CLIError) {
    guard access(path, F_OK) == 0 else { return }
    guard isFolder(path) else {
      throw .isFile(path, say(en: "a page is a folder", ja: "ページはフォルダーに書きます"))
    }
    if let owner, let other = DefaultFolder.prompt(of: path),
      !DefaultFolder.isSame(other, owner)
    {
      throw CLIError(
        .cannotCreate,
        en: "\(path): holds the page of another prompt; choose another folder with -o",
        ja: "\(path)：別のプロンプトのページがあります。-o で別のフォルダーを指定してください。"
      )
    }
    let page = "\(path)/index.html"
    let isOurs = Self.start(of: page)?.contains(Self.mark) ?? false
    if access(page, F_OK) == 0, !isOurs {
      throw .foreign("index.html", in: path)
    }
    if access("\(path)/trace.safetensors", F_OK) == 0, !isOurs,
      DefaultFolder.tracePrompt("\(path)/trace.safetensors") == nil
    {
      throw .foreign("trace.safetensors", in: path)
    }
    guard access("\(path)/figures", F_OK) == 0 else { return }
    let figures = entries(of: "\(path)/figures")
    guard isOurs, let figures, figures.allSatisfy({ $0.hasSuffix(".svg") }) else {
      throw .foreign("figures", in: path)
    }
  }

  /// What every page of ours says of itself near its beginning.
  private static let mark = #"<meta name="generator" content="explain"#

  /// Whether a page was written by this program.
  static func isOurs(_ page: String) -> Bool { start(of: page)?.contains(mark) ?? false }

  private static func start(of file: String) -> String? {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}
