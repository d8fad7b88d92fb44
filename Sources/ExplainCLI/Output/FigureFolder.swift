import Platform

/// A folder of a page's figures alone, an SVG file each.
struct FigureFolder {
  /// The folder's path.
  let path: String

  /// Writes the figures.
  ///
  /// - Returns: The paths of the files.
  /// - Throws: `cannotCreate`, or what writing throws.
  func write(_ figures: [(name: String, svg: String)]) throws -> [String] {
    try OutputFolder(path: path).make(mayReplace: checkPlace) { folder in
      for (name, svg) in figures { try OutputFile(path: "\(folder)/\(name)").write(svg) }
    }
    let stem = path.hasSuffix("/") ? path : path + "/"
    return figures.map { "\(stem)\($0.name)" }
  }

  private func checkPlace() throws(CLIError) {
    guard access(path, F_OK) != 0 || isFolder(path) else {
      throw .isFile(path, say(en: "figures go to a folder", ja: "図はフォルダーに書きます"))
    }
  }
}
