import Platform

/// The folder of a site: its pages, and one file with the program and the model that they share.
struct SiteFolder {
  /// The folder's path.
  let path: String

  /// The file that the pages share.
  static let carried = "model.js"

  /// Refuses a path at which a file stands: worth asking before the pages are made, which takes its time.
  func refuseFile() throws(CLIError) {
    guard access(path, F_OK) != 0 || isFolder(path) else {
      throw .isFile(path, say(en: "a site is a folder", ja: "サイトはフォルダーに書きます"))
    }
  }

  /// Writes the files, all or none.
  ///
  /// - Returns: The path of `index.html`.
  /// - Throws: `cannotCreate` if something else stands there, or what writing throws.
  func write(_ files: [(name: String, text: String)]) throws -> String {
    try OutputFolder(path: path).make(mayReplace: { () throws(CLIError) in
      try refuseFile()
      // Where our index stands, what stands beside it under our names is ours.
      guard !PageFolder.isOurs("\(path)/index.html") else { return }
      for (name, _) in files where access("\(path)/\(name)", F_OK) == 0 {
        throw .foreign(name, in: path)
      }
    }) { folder in
      for (name, text) in files { try OutputFile(path: "\(folder)/\(name)").write(text) }
    }
    return path.hasSuffix("/") ? "\(path)index.html" : "\(path)/index.html"
  }
}
