import Formats

/// A JSON file of settings, read leniently enough that what is wrong with one can be named.
struct SettingsFile {
  /// What errors call the file.
  let file: String
  private let root: JSONValue

  private init(_ root: JSONValue, file: String) { (self.root, self.file) = (root, file) }

  /// Reads a file's bytes; a byte order mark before them is left out.
  ///
  /// - Throws: ``CheckpointError/malformed(file:problem:)`` if they are no JSON object.
  init(_ bytes: some Collection<UInt8>, file: String) throws(CheckpointError) {
    let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : Array(bytes)
    guard !text.isEmpty else { throw .malformed(file: file, problem: "is empty") }
    guard let root = try? JSONParser.parse(text), root.members != nil else {
      throw .malformed(file: file, problem: "is no JSON object")
    }
    self.file = file
    self.root = root
  }

  /// What stands under a key; nil for null, too.
  subscript(_ key: String) -> JSONValue? {
    guard let value = root[key], !value.isNull else { return nil }
    return value
  }

  /// Whether anything stands under a key, be it null.
  func has(_ key: String) -> Bool { root[key] != nil }

  /// The settings that stand under a key; nil if there are none.
  ///
  /// - Throws: ``CheckpointError/setting(file:key:problem:)`` if it is something else, or holds further settings.
  func part(_ key: String) throws(CheckpointError) -> SettingsFile? {
    guard let found = self[key] else { return nil }
    guard let members = found.members else {
      throw .setting(file: file, key: key, problem: "is no JSON object")
    }
    guard members.allSatisfy({ $0.value.members == nil }) else {
      throw .setting(file: file, key: key, problem: "says something else for each kind of layer")
    }
    return SettingsFile(found, file: file)
  }

  /// The number under a key; nil if there is none.
  ///
  /// - Throws: ``CheckpointError/setting(file:key:problem:)`` if it is something else.
  func number(_ key: String) throws(CheckpointError) -> Double? {
    try value(key, called: "a number") { $0.number }
  }

  /// The text under a key; nil if there is none.
  ///
  /// - Throws: ``CheckpointError/setting(file:key:problem:)`` if it is something else.
  func text(_ key: String) throws(CheckpointError) -> String? {
    try value(key, called: "a text") { $0.string }
  }

  /// What is true or false under a key; nil if there is none.
  ///
  /// - Throws: ``CheckpointError/setting(file:key:problem:)`` if it is something else.
  func flag(_ key: String) throws(CheckpointError) -> Bool? {
    try value(key, called: "true or false") { $0.boolean }
  }

  private func value<Value>(
    _ key: String,
    called name: String,
    _ read: (JSONValue) -> Value?
  ) throws(CheckpointError) -> Value? {
    guard let found = self[key] else { return nil }
    guard let value = read(found) else {
      throw .setting(file: file, key: key, problem: "is not \(name)")
    }
    return value
  }
}
