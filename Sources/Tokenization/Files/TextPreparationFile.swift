import Formats

/// `normalizer`, `pre_tokenizer` and `decoder` of `tokenizer.json`: what is done to a text before its
/// tokens merge, and undone when they are read.
enum TextPreparationFile {
  /// Reads them.
  ///
  /// - Throws: ``TokenizationError`` that names what is not known.
  static func read(
    _ root: JSONValue,
    into parts: inout TokenizerParts,
    in file: TextFile
  ) throws(TokenizationError) {
    func unsupported(_ reason: String) -> TokenizationError {
      .unsupported(file: file.name, reason: reason)
    }
    var steps: [Normalizer.Step] = []
    for value in list(root["normalizer"], "normalizers") {
      guard let step = normalizerStep(value) else {
        throw unsupported("it changes the text first (\(type(of: value)))")
      }
      steps.append(step)
    }
    parts.preparation.normalizer = Normalizer(steps: steps)
    let marksSpaces = steps.contains(.replace([0x20], Metaspace.mark))
    let cuts = list(root["pre_tokenizer"], "pretokenizers")
    if cuts.isEmpty ? marksSpaces : isSentencePiece(cuts, marksSpaces) {
      try readPieces(cuts, root["decoder"], into: &parts, in: file)
    } else {
      try readByteLevel(cuts, into: &parts, in: file)
    }
  }

  /// A sequence's steps, or the one there is, or none.
  private static func list(_ value: JSONValue?, _ name: String) -> [JSONValue] {
    guard let value, !value.isNull else { return [] }
    return type(of: value) == "Sequence" ? value[name]?.array ?? [value] : [value]
  }

  private static func normalizerStep(_ value: JSONValue) -> Normalizer.Step? {
    switch type(of: value) {
    case "NFC": return .compose
    case "Prepend":
      guard let start = value["prepend"]?.bytes, !start.isEmpty else { return nil }
      return .prepend(Array(start))
    case "Replace":
      guard let old = value["pattern"]?["String"]?.bytes, !old.isEmpty,
        let new = value["content"]?.bytes
      else { return nil }
      return .replace(Array(old), Array(new))
    default: return nil
    }
  }

  // MARK: - SentencePiece

  /// Whether spaces are marked as SentencePiece does, by a normalizer or by what cuts the text.
  private static func isSentencePiece(_ cuts: [JSONValue], _ marksSpaces: Bool) -> Bool {
    guard cuts.count == 1 else { return false }
    if type(of: cuts[0]) == "Metaspace" { return true }
    // There is no space left to cut at; so Gemma has it.
    return marksSpaces && type(of: cuts[0]) == "Split"
      && pattern(cuts[0], "String") == " "
  }

  private static func readPieces(
    _ cuts: [JSONValue],
    _ decoder: JSONValue?,
    into parts: inout TokenizerParts,
    in file: TextFile
  ) throws(TokenizationError) {
    parts.spelling = .pieces
    parts.preparation.preTokenizer = PreTokenizer(rule: .none)
    if let cut = cuts.first, type(of: cut) == "Metaspace" {
      guard text(cut, "replacement") ?? "▁" == "▁" else {
        throw .unsupported(file: file.name, reason: "it marks spaces by another sign than ▁")
      }
      parts.preparation.marksSpaces = true
      let isAdding = flag(cut, "add_prefix_space") ?? true
      let scheme = text(cut, "prepend_scheme") ?? (isAdding ? "always" : "never")
      if scheme != "never" {
        parts.preparation.prefix = TextPreparation.Prefix(
          text: Metaspace.mark,
          onlyFirst: scheme == "first"
        )
      }
      if flag(cut, "split") ?? true { parts.preparation.preTokenizer.rule = .spaces }
    }
    var undoes = false
    for step in list(decoder, "decoders") {
      switch type(of: step) {
      case "Replace":
        undoes =
          pattern(step, "String") == "▁"
          && text(step, "content") == " "
      case "ByteFallback", "Fuse": continue
      case "Strip" where text(step, "content") == " " && step["stop"]?.integer == 0:
        parts.stripsSpace = step["start"]?.integer == 1
      case "Metaspace":
        undoes = true
        parts.stripsSpace = parts.preparation.prefix != nil
      default:
        throw .unsupported(file: file.name, reason: "its decoder is \(type(of: step))")
      }
    }
    guard undoes else {
      throw .unsupported(file: file.name, reason: "its decoder makes no spaces of ▁")
    }
  }

  // MARK: - Bytes

  /// Checks that pieces are cut as is known, and their bytes written in GPT-2's alphabet.
  private static func readByteLevel(
    _ cuts: [JSONValue],
    into parts: inout TokenizerParts,
    in file: TextFile
  ) throws(TokenizationError) {
    func unsupported(_ reason: String) -> TokenizationError {
      .unsupported(file: file.name, reason: reason)
    }
    guard let last = cuts.last else {
      throw unsupported("it does not cut text into pieces (no pre_tokenizer)")
    }
    guard cuts.count <= 2, type(of: last) == "ByteLevel" else {
      throw unsupported(
        "it cuts text by \(cuts.map { type(of: $0) }.joined(separator: " and "))"
      )
    }
    let usesOwn = flag(last, "use_regex") ?? true
    guard cuts.count == 2 else {
      guard usesOwn else {
        throw unsupported("it does not cut text into pieces (use_regex is false)")
      }
      parts.addsPrefixSpace = flag(last, "add_prefix_space") ?? true
      return
    }
    let first = cuts[0]
    if type(of: first) == "Digits", usesOwn {
      parts.preparation.preTokenizer.digits =
        flag(first, "individual_digits") == true ? .alone : .together
    } else {
      guard type(of: first) == "Split", !usesOwn else {
        throw unsupported("it cuts text by \(type(of: first)) and ByteLevel")
      }
      guard let known = pattern(first, "Regex").flatMap({ PreTokenizer(pattern: $0) }),
        text(first, "behavior") == "Isolated",
        flag(first, "invert") != true
      else { throw unsupported("it cuts text by a pattern that is not known here") }
      parts.preparation.preTokenizer = known
    }
    guard flag(last, "add_prefix_space") == false else {
      throw unsupported("it puts a space before every piece")
    }
  }

  // Not inlined: there are many of them, and all of this goes into pages.
  @inline(never) private static func type(of value: JSONValue) -> String {
    text(value, "type") ?? "something without a type"
  }

  @inline(never) private static func text(_ value: JSONValue, _ key: String) -> String? {
    value[key]?.string
  }

  @inline(never) private static func flag(_ value: JSONValue, _ key: String) -> Bool? {
    value[key]?.boolean
  }

  @inline(never) private static func pattern(_ value: JSONValue, _ kind: String) -> String? {
    value["pattern"].flatMap { text($0, kind) }
  }
}
