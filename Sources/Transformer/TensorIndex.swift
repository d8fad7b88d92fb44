import Tensors
import Traces

/// Where a model's tensors are in its files, whatever was put before their names.
///
/// Saved from the language model, names begin with `transformer.` or `model.`; saved from the bare model, they
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
  /// The names of W_E and W_U; the latter is not in the bare model.
  private let embedding, unembedding: String
  private let isTied: Bool

  /// Looks through the names.
  init(_ files: [(name: String, contents: SafetensorsFile)], _ table: ParameterTable) {
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
    let family = table.family
    let ends = [Parameter.Role.embedding, .unembedding].map { (family.name($0) ?? "") + ".weight" }
    (embedding, unembedding, isTied) = (ends[0], ends[1], table.sizes.isTied)
    let isPrefixed =
      places[family.prefix + embedding] != nil
      || (places[embedding] == nil && places.keys.contains { $0.hasPrefix(family.prefix) })
    prefix = isPrefixed ? family.prefix : ""
  }

  /// The name without what wrappers add to it.
  static func unwrapped(_ name: String) -> String {
    name.split(separator: ".", omittingEmptySubsequences: false)
      .filter { $0 != "_orig_mod" && $0 != "module" }.joined(separator: ".")
  }

  /// The name of a tensor of the bare model, as these files have it.
  private func name(_ bareName: String) -> String {
    bareName == unembedding ? bareName : prefix + bareName
  }

  /// Where a parameter is; nil if it is in none of the files.
  ///
  /// Of two matrices that are tied, either may be the one that is stored.
  subscript(_ parameter: Parameter) -> Place? {
    places[name(parameter.name)]
      ?? (isTied && parameter.role == .embedding ? places[unembedding] : nil)
  }

  /// Where a parameter is.
  ///
  /// - Throws: ``CheckpointError/tensorMissing(file:name:)`` if it is in none of the files.
  func place(of parameter: Parameter) throws(CheckpointError) -> Place {
    if let place = self[parameter] { return place }
    let file = files.first?.name ?? "model.safetensors"
    throw .tensorMissing(file: file, name: name(parameter.name))
  }

  /// A name of these files without what stands before that of the bare model.
  func bareName(_ name: String) -> String {
    let name = Self.unwrapped(name)
    return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
  }

  /// Whether a name is that of W_U.
  func isUnembedding(_ name: String) -> Bool { bareName(name) == unembedding }

  /// What a reader should know if the files hold an embedding and an unembedding, and these differ.
  var unembeddingDiffers: String? {
    guard let own = places[unembedding], let embedding = places[prefix + embedding],
      !files[own.file].contents.tensor(
        named: own.name,
        equals: embedding.name,
        in: files[embedding.file].contents
      )
    else { return nil }
    return "\(unembedding) differs from \(self.embedding), so they are not tied; "
      + "config.json should say “tie_word_embeddings”: false"
  }
}
