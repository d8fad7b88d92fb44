/// The options that several commands have. They mean the same everywhere, so they are described
/// once.
extension OptionSpec {
  static let model = OptionSpec(
    "model",
    .text(placeholder: "MODEL"),
    help: "a folder with config.json, model.safetensors and the tokenizer; a .gguf file; the name "
      + "of a model in Hugging Face's cache, such as gpt2; or \(BuiltInModel.words)",
    defaultText: "built-in, the teaching model; built-in-ja where the text has kana or kanji"
  )
  static let layer = OptionSpec(
    "layer",
    .integer(placeholder: "N", 0...Int.max),
    help: "only this layer, counted from 0 as in the trace's names (blocks.0 …)"
  )
  static let head = OptionSpec(
    "head",
    .integer(placeholder: "N", 0...Int.max),
    help: "only this attention head, counted from 0"
  )
  static let language = OptionSpec(
    "language",
    .choice(["en", "ja"]),
    help: "the language of the explanation",
    defaultText: "en"
  )
  static let seed = OptionSpec(
    "seed",
    .integer(placeholder: "N", 0...Int.max),
    help: "the seed of the random draws",
    defaultText: "0"
  )
  static let last = OptionSpec(
    "last",
    .flag,
    help: "of a prompt longer than the context window, keep the last tokens that fit"
  )
  static let noSpecial = OptionSpec(
    "no-special",
    .flag,
    help: "leave out the tokens that the model's tokenizer puts before a text, or after it"
  )
  /// Where a file goes; `-` is standard output.
  static func output(_ placeholder: String, help: String, defaultText: String?) -> OptionSpec {
    OptionSpec(
      "output",
      short: "o",
      .text(placeholder: placeholder),
      help: help,
      defaultText: defaultText
    )
  }
  /// The form of the result, of those that make sense for a command; the first is the default.
  static func format(_ formats: String...) -> OptionSpec {
    OptionSpec(
      "format",
      .choice(formats),
      help: "the form of the result",
      defaultText: formats.first
    )
  }

  /// What every command accepts.
  static let common: [OptionSpec] = [color, ascii, width, quiet, help, version]

  static let color = OptionSpec(
    "color",
    .choice(["auto", "always", "never"]),
    help: "colour in the terminal",
    defaultText: "auto: on a terminal, unless NO_COLOR is set"
  )
  static let ascii = OptionSpec(
    "ascii",
    .flag,
    help: "draw tables and shades with ASCII characters only"
  )
  static let width = OptionSpec(
    "width",
    .integer(placeholder: "COLUMNS", 20...1000),
    help: "the width to stay within, 20 columns at least: columns of a table that have no room are "
      + "left out, bars first",
    defaultText: "the terminal's, or 80"
  )
  static let quiet = OptionSpec(
    "quiet",
    short: "q",
    .flag,
    help: "print the result and errors, nothing else"
  )
  static let help = OptionSpec("help", short: "h", .flag, help: "print this help")
  static let version = OptionSpec("version", .flag, help: "print the version")
}
