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
  /// The file beside the page that has the program and the model, if several pages share them; see ``sharedFile``.
  public var shared: String?
  /// Prompts to try, if they are not those of the carried model's world.
  public var prompts: [String]?

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

  /// Prompts from the world of the built-in model.
  public static let prompts = ExamplePrompt.all.map { $0.prompt }

  /// The prompts to try.
  var examples: [ExamplePrompt] {
    prompts.map { $0.map { ExamplePrompt(prompt: $0) } }
      ?? (model?.knowsExamples ?? false ? ExamplePrompt.all : [])
  }

  /// What the script reads: the program, each file, and the run that the article tells of.
  func data(of prompt: String, _ tokens: [Int], _ interventions: [Intervention]) -> HTML {
    let sites = { (kind: Intervention.Kind) -> JSON in
      .array(interventions.filter { $0.kind == kind }.map { .string($0.place) })
    }
    let facts: JSON = [
      "name": .string(model?.name ?? ""),
      "trained_on": model?.trainedOn.map(JSON.string) ?? .null, "carried": carriedIn,
      "prompt": .string(prompt), "token_ids": .array(tokens.map(JSON.integer)),
      "seed": .integer(Int(clamping: seed)),
      "ablate": sites(.zero), "ablate_mean": sites(.mean),
      "add": .array(interventions.compactMap(Self.addend)),
    ]
    return PageData.json(facts, id: "page-run") + files
  }

  /// What is added at a site, as a call has it.
  private static func addend(_ intervention: Intervention) -> JSON? {
    intervention.addend.map { addend in
      [
        "site": .string(intervention.place), "vector": .string(addend.source),
        "scale": .number(addend.scale),
        "values": .array(addend.values.map { .number(Double($0)) }),
      ]
    }
  }

  /// What the script of a page without a run reads: the model's name, the program, each file.
  var carried: HTML {
    let facts: JSON = [
      "name": .string(model?.name ?? ""),
      "trained_on": model?.trainedOn.map(JSON.string) ?? .null, "carried": carriedIn,
    ]
    return PageData.json(facts, id: "page-run") + files
  }

  private var carriedIn: JSON { shared.map(JSON.string) ?? .null }

  /// What a page's policy allows beside its script: the program, in a worker, and a file beside the page if it has them.
  var policy: HTML {
    (shared == nil ? .nothing : " 'self'") + " 'wasm-unsafe-eval'; worker-src blob:"
  }

  /// The text of a file that several pages of a folder share: a script that puts what is carried where they look for it.
  ///
  /// A script is what a browser loads from beside a page on a disk, too.
  public var sharedFile: String {
    let list = parts.map { part -> JSON in
      [
        "name": .string(part.name), "form": .string(part.form), "count": .integer(part.bytes.count),
        "text": .string(Base91.text(part.bytes)),
      ]
    }
    return "globalThis.carriedParts = [\n\(list.map { $0.line }.joined(separator: ",\n"))\n];\n"
  }

  private var files: HTML {
    guard shared == nil else { return .nothing }
    return parts.map { part -> HTML in
      let text = HTML(trusted: Base91.text(part.bytes))
      return #"""
        <script type="application/octet-stream" class="carried" data-name="\#(part.name)" data-form="\#(part.form)" data-bytes="\#(part.bytes.count)">\#(text)</script>

        """#
    }.joined()
  }

  private var parts: [Part] {
    [Part(name: "program", form: "gzip", bytes: Array(program.buffer))]
      + (model?.files ?? []).flatMap(Self.parts)
  }

  /// Bytes, and how they are packed.
  private struct Part {
    let name: String
    let form: String
    let bytes: [UInt8]
  }

  /// A file, its even and its odd bytes apart: of numbers in 16 bits the upper bytes are alike, the lower ones are not.
  private static func parts(_ file: (name: String, bytes: Bytes)) -> [Part] {
    let bytes = Array(file.bytes.buffer)
    guard file.name.hasSuffix(".safetensors") else {
      return [Part(name: file.name, form: "deflate-raw", bytes: Deflate.pack(bytes))]
    }
    let lower = stride(from: 0, to: bytes.count, by: 2).map { bytes[$0] }
    let upper = stride(from: 1, to: bytes.count, by: 2).map { bytes[$0] }
    return [
      Part(name: file.name, form: "lower", bytes: lower),
      Part(name: file.name, form: "upper", bytes: Deflate.packNumbers(upper)),
    ]
  }
}
