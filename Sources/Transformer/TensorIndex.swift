import Tensors

/// Where a GPT-2's tensors are in its files, whatever was put before their names.
///
/// Saved from the language model, names begin with `transformer.`; saved from the bare model, they
/// do not. `torch.compile` adds `_orig_mod.`, data-parallel training `module.`, wherever the wrapped
/// part stands.
struct TensorIndex {
  /// A tensor in one of the files.
  struct Place {
    /// The file, by its number.
    let file: Int
    /// What the tensor is called there.
    let name: String
  }

  /// The files, each with the name it goes by in messages.
  let files: [(name: String, contents: SafetensorsFile)]
  private var places: [String: Place] = [:]
  private let prefix: String

  /// Looks through the names.
  init(_ files: [(name: String, contents: SafetensorsFile)]) {
    self.files = files
    var places: [String: Place] = [:]
    for (index, file) in files.enumerated() {
      for entry in file.contents.entries {
        let name = Self.unwrapped(entry.name)
        if places[name] == nil || name == entry.name {
          places[name] = Place(file: index, name: entry.name)
        }
      }
    }
    self.places = places
    let isPrefixed =
      places["transformer.wte.weight"] != nil
      || (places["wte.weight"] == nil && places.keys.contains { $0.hasPrefix("transformer.") })
    prefix = isPrefixed ? "transformer." : ""
  }

  /// The name without what wrappers add to it.
  static func unwrapped(_ name: String) -> String {
    name.split(separator: ".", omittingEmptySubsequences: false)
      .filter { $0 != "_orig_mod" && $0 != "module" }.joined(separator: ".")
  }

  /// The unembedding's name: it is not in the bare model.
  static let unembedding = "lm_head.weight"

  /// The name of a tensor of the bare model, as these files have it.
  func name(_ bareName: String) -> String {
    bareName == Self.unembedding ? bareName : prefix + bareName
  }

  /// Where a tensor of the model is; nil if it is in none of the files.
  subscript(_ bareName: String) -> Place? { places[name(bareName)] }

  /// A name of these files without what stands before that of the bare model.
  func bareName(_ name: String) -> String {
    let name = Self.unwrapped(name)
    return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
  }

  /// Whether the files hold an embedding and an unembedding, and these differ.
  var unembeddingDiffers: Bool {
    guard let embedding = self["wte.weight"], let own = self[Self.unembedding] else { return false }
    return !files[own.file].contents.tensor(
      named: own.name,
      equals: embedding.name,
      in: files[embedding.file].contents
    )
  }
}
