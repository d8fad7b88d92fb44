public import Formats
import Packing
import Traces

/// What a page carries so that it runs prompts itself: the program and, unless it is too large, the model.
public struct Living: Sendable {
  /// The program: WebAssembly, under gzip.
  public let program: Bytes
  /// Which of the programs it is.
  public let role: Role
  /// The model, if it is carried.
  public let model: CarriedModel?
  /// The files of the run that the page tells of, if it carries no model: its program tells from them what is asked of it.
  public var run: [(name: String, bytes: Bytes)] = []
  /// What the random numbers of its runs start from.
  public let seed: UInt64
  /// The file beside the page that has the program and the model, if several pages share them; see ``sharedFile``.
  public var shared: String?
  /// Prompts to try, if they are not those of the carried model's world.
  public var prompts: [String]?

  /// The programs that pages carry.
  public enum Role: String, Sendable {
    /// What runs a model.
    case program
    /// What lessons try out.
    case lessons
  }

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
  public init(
    program: Bytes,
    as role: Role = .program,
    model: CarriedModel?,
    seed: UInt64 = 0
  ) {
    (self.program, self.role, self.model, self.seed) = (program, role, model, seed)
  }

  /// Prompts from the world of the built-in model.
  public static let prompts = ExamplePrompt.all.map { $0.prompt }

  /// Whether its program tells what is asked of the run.
  public var isTelling: Bool { model != nil || !run.isEmpty }

  /// The prompts to try.
  var examples: [ExamplePrompt] {
    prompts.map { $0.map { ExamplePrompt(prompt: $0) } }
      ?? (model?.knowsExamples ?? false ? ExamplePrompt.all : [])
  }

  /// What the script reads of the run that the article tells of.
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
    return PageData.json(facts, id: "page-run")
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
    return PageData.json(facts, id: role == .program ? "page-run" : "page-lessons") + files
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
    let list = concurrently(allParts) { part -> JSON in
      let packed = part.packed
      return [
        "name": .string(part.name), "form": .string(part.form),
        "count": .integer(packed.count), "text": .string(Base91.text(packed)),
      ]
    }
    return "globalThis.carriedParts = [\n\(list.map { $0.line }.joined(separator: ",\n"))\n];\n"
  }

  private var files: HTML {
    concurrently(parts) { $0.element }.joined()
  }

  /// What the page itself carries; nothing if a file beside it does.
  var parts: [Part] { shared == nil ? allParts : [] }

  /// The program, and each file; of numbers the first bytes, the second ones and so on apart.
  private var allParts: [Part] {
    [Part(name: role.rawValue, packing: .gzip, file: program)]
      + (model?.files ?? run).flatMap { file -> [Part] in
        // A model's numbers are 16 bits, those of a run 32.
        let width = !file.name.hasSuffix(".safetensors") ? 1 : model == nil ? 4 : 2
        return (0..<width).map { place in
          // Of numbers the highest bytes are alike, the others are not.
          let packing: Part.Packing = place == width - 1 ? .deflate : .none
          return Part(name: file.name, packing: packing, place: place, of: width, file: file.bytes)
        }
      }
  }

  /// A file or every so-manieth byte of one, and how it is packed.
  struct Part: Sendable {
    let name: String
    let packing: Packing
    /// Which of each `width` bytes it has.
    var place = 0
    var width = 1
    let file: Bytes

    /// How bytes are packed: under gzip they were before.
    enum Packing: String {
      case gzip, none
      case deflate = "deflate-raw"
    }

    init(name: String, packing: Packing, place: Int = 0, of width: Int = 1, file: Bytes) {
      (self.name, self.packing, self.file) = (name, packing, file)
      (self.place, self.width) = (place, width)
    }

    /// How the script unpacks it.
    var form: String { "\(packing.rawValue) \(place) \(width)" }

    /// The part as the page has it.
    var element: HTML {
      let packed = packed
      let text = HTML(trusted: Base91.text(packed))
      return #"""
        <script type="application/octet-stream" class="carried" data-name="\#(name)" data-form="\#(form)" data-bytes="\#(packed.count)">\#(text)</script>

        """#
    }

    /// The bytes that are carried.
    var packed: [UInt8] {
      switch packing {
      case .gzip: Array(file.buffer)
      case .none: slice
      case .deflate: width == 1 ? Deflate.pack(slice) : Deflate.packNumbers(slice)
      }
    }

    private var slice: [UInt8] {
      if width == 1 { return Array(file.buffer) }
      let bytes = file.buffer
      let count = (bytes.count - place + width - 1) / width
      return [UInt8](unsafeUninitializedCapacity: count) { slice, filled in
        for number in 0..<count { slice[number] = bytes[place + width * number] }
        filled = count
      }
    }
  }
}
