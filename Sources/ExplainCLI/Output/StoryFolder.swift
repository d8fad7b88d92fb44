import Platform

/// The folder of a story page: `index.html` alone.
struct StoryFolder {
  /// The folder's path, or the page's if its name ends in `.html`.
  let path: String

  /// The place that was asked for, or the one that belongs to the prompt.
  init(_ path: String?, prompt: String) {
    self.path = path ?? DefaultFolder.path(for: prompt) + "/story"
  }

  /// Writes the page, and prints where it is.
  ///
  /// - Throws: `cannotCreate` if something else stands there, or what writing throws.
  func write(_ page: String, on console: Console) throws {
    if path == "-" || path.hasSuffix(".html") { return try console.deliver(page, to: path) }
    let file = path.hasSuffix("/") ? "\(path)index.html" : "\(path)/index.html"
    try OutputFolder(path: path).make(mayReplace: { () throws(CLIError) in
      guard access(path, F_OK) != 0 || isFolder(path) else {
        throw .isFile(path, say(en: "a story is a folder", ja: "生成のページはフォルダーに書きます"))
      }
      guard access(file, F_OK) != 0 || PageFolder.isOurs(file) else {
        throw .foreign("index.html", in: path)
      }
    }) { folder in
      try OutputFile(path: "\(folder)/index.html").write(page)
    }
    try console.print(paths: [file])
  }
}
