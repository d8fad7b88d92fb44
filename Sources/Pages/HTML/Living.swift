public import Formats
import Packing
import Traces

/// What a page carries so that it runs prompts itself: the program and, unless it is too large, the model.
public struct Living: Sendable {
  /// The program: WebAssembly, under gzip.
  public let program: Bytes
  /// The model, if it is carried.
  public let model: CarriedModel?
  /// What the random numbers of its runs start from.
  public let seed: UInt64

  /// A model's files, as they lie in its folder.
  public struct CarriedModel: Sendable {
    /// What the model is called where its output is shown.
    public var name: String
    /// What it learned from, if that is known.
    public var trainedOn: String?
    /// Its files, by name.
    public var files: [(name: String, bytes: Bytes)]
    /// Whether the prompts to try are those of the world it learned from.
    public var knowsExamples: Bool

    /// Models of at most so many bytes are carried.
    public static let limit = 8_000_000

    /// Takes the files of a model.
    public init(
      name: String,
      trainedOn: String?,
      files: [(name: String, bytes: Bytes)],
      knowsExamples: Bool
    ) {
      (self.name, self.trainedOn, self.files) = (name, trainedOn, files)
      self.knowsExamples = knowsExamples
    }
  }

  /// Takes what is to be carried.
  public init(program: Bytes, model: CarriedModel?, seed: UInt64 = 0) {
    (self.program, self.model, self.seed) = (program, model, seed)
  }

  /// Whether the prompts to try are those of the carried model's world.
  var knowsExamples: Bool { model?.knowsExamples ?? false }

  /// What the script reads: the program, each file, and the run that the article tells of.
  func data(of prompt: String, _ tokens: [Int], _ interventions: [Intervention]) -> HTML {
    let sites = { (kind: Intervention.Kind) -> JSON in
      .array(interventions.filter { $0.kind == kind }.map { .string($0.place) })
    }
    let facts: JSON = [
      "name": .string(model?.name ?? ""),
      "trained_on": model?.trainedOn.map(JSON.string) ?? .null,
      "prompt": .string(prompt), "token_ids": .array(tokens.map(JSON.integer)),
      "seed": .integer(Int(clamping: seed)),
      "ablate": sites(.zero), "ablate_mean": sites(.mean),
    ]
    return PageData.json(facts, id: "page-run")
      + Self.carried(Array(program.buffer), name: "program", form: "gzip")
      + (model?.files ?? []).map(Self.file).joined()
  }

  /// A file, its even and its odd bytes apart: of numbers in 16 bits the upper bytes are alike, the lower ones are not.
  private static func file(_ file: (name: String, bytes: Bytes)) -> HTML {
    let bytes = Array(file.bytes.buffer)
    guard file.name.hasSuffix(".safetensors") else {
      return carried(Deflate.pack(bytes), name: file.name, form: "deflate-raw")
    }
    let lower = stride(from: 0, to: bytes.count, by: 2).map { bytes[$0] }
    let upper = stride(from: 1, to: bytes.count, by: 2).map { bytes[$0] }
    return carried(lower, name: file.name, form: "lower")
      + carried(Deflate.packBytes(upper), name: file.name, form: "upper")
  }

  private static func carried(_ bytes: [UInt8], name: String, form: HTML) -> HTML {
    let text = HTML(trusted: Base91.text(bytes))
    return #"""
      <script type="application/octet-stream" class="carried" data-name="\#(name)" data-form="\#(form)" data-bytes="\#(bytes.count)">\#(text)</script>

      """#
  }
}
