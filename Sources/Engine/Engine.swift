import Attribution
import Calls
public import Formats
import Pages
import Tokenization
import Traces
import Transformer
import Walkthrough

/// What a page that carries the program asks of it: one call in, one reply out, both bytes.
///
/// A call is a JSON object whose `call` names what is wanted; a reply is a JSON object, or a page's HTML. What cannot be
/// done is answered by `{"error": "…"}`, one sentence; nothing else changes then. Its length is no multiple of four, as that
/// of the numbers is that `numbers` replies with. The same calls are answered natively.
public struct Engine {
  private var files: [String: Bytes] = [:]
  private(set) var model: Model?
  private(set) var run: Run?
  /// What the page of the run is made of, in each language in which it was asked for.
  private(set) var editions: [PageEdition] = []

  /// A prompt that was run, and what was recorded of it.
  ///
  /// A class, though nothing of it changes: a model and a trace are large to copy.
  final class Run: Sendable {
    /// What ran; nothing if the run was recorded elsewhere, and only its trace is here.
    let model: Model?
    let tokens: [Int]
    let trace: Trace
    /// What the trace tells of its model.
    let findings: Findings

    init(of model: Model?, tokens: [Int], trace: Trace) {
      self.model = model
      (self.tokens, self.trace, findings) = (tokens, trace, Findings(of: trace))
    }
  }

  /// Starts without a model.
  public init() {}

  /// Takes a file of the model that is to be loaded next.
  public mutating func take(_ file: Bytes, named name: String) { files[name] = file }

  /// Answers a call.
  ///
  /// - Parameter request: A JSON object.
  /// - Returns: The reply: JSON; HTML for the call `edition`, bytes for `numbers`.
  public mutating func respond(to request: [UInt8]) -> [UInt8] {
    do throws(EngineError) {
      let call = try EngineCall(request)
      switch call.name {
      case "load": return Self.bytes(try load(call))
      case "open": return Self.bytes(try open(call))
      case "run": return Self.bytes(try run(call))
      case "edition": return Array(try edition(call).utf8)
      case "facts": return Self.bytes(try facts(call))
      case "texts": return Self.bytes(try texts(call))
      case "followed": return try followed(call)
      case "step": return Self.bytes(try step(call))
      case "draw": return Self.bytes(try draw(call))
      case "distribution": return Self.bytes(try distribution(call))
      // No page asks for these yet; its program has no room for what nobody asks.
      #if !arch(wasm32)
        case "value": return Self.bytes(try value(call))
        case "derivation": return Self.bytes(try derivation(call))
      #endif
      case "machine": return Self.bytes(try machine(call))
      case "numbers": return try numbers(call)
      case "products": return try products(call)
      case "words": return Self.bytes(try words(call))
      case "compare": return Self.bytes(try compare(call))
      case "story": return Self.bytes(try story(call))
      case "score": return Self.bytes(try score(call))
      case "parameters": return Self.bytes(try parameters(call))
      default: throw EngineError("there is no call “\(call.name)”")
      }
    } catch {
      let refusal = Self.bytes(.object(["error": .string(error.message)]))
      return refusal.count.isMultiple(of: 4) ? refusal + Array(" ".utf8) : refusal
    }
  }

  private static func bytes(_ json: JSON) -> [UInt8] { Array(json.line.utf8) }

  /// `load`: makes a model of the files that were taken: `{"name": …, "trained_on": …}`.
  ///
  /// The files are those of a folder in the Hugging Face layout, or one GGUF file.
  private mutating func load(_ call: EngineCall) throws(EngineError) -> JSON {
    let name = try call.text("name")
    let taken = files
    files = [:]
    let loaded: Model
    do throws(CheckpointError) {
      if let file = taken.first(where: { $0.key.hasSuffix(".gguf") }) {
        loaded = try Model(gguf: file.value, file: file.key, name: name)
      } else {
        loaded = try Model(in: Folder(name: name, files: taken), name: name)
      }
    } catch {
      throw EngineError(error.description)
    }
    model = loaded
    model?.trainedOn = try call.optionalText("trained_on")
    run = nil
    editions = []
    let configuration = loaded.transformer.configuration
    return [
      "name": .string(name), "layers": .integer(configuration.layerCount),
      "heads": .integer(configuration.headCount), "context": .integer(configuration.contextLength),
      "vocabulary": .integer(configuration.dVocab),
      "notes": .array(loaded.notes.map { .string($0) }),
    ]
  }

  /// `open`: shows a run that was recorded elsewhere: the files `trace.safetensors` and `trace.json`, its tensors and the
  /// rest, as a page carries them that carries no model.
  private mutating func open(_ call: EngineCall) throws(EngineError) -> JSON {
    let taken = files
    files = [:]
    guard let tensors = taken["trace.safetensors"], let text = taken["trace.json"],
      let notes = JSONValue(parsing: String(decoding: text.buffer, as: UTF8.self)),
      let trace = Trace(carried: tensors, notes: notes)?.recomputed
    else { throw EngineError("no run was recorded here") }
    model = nil
    run = Run(of: nil, tokens: trace.tokens.map { $0.id }, trace: trace)
    editions = []
    return ["prompt": .string(trace.prompt), "layers": .integer(trace.layerCount)]
  }

  /// `run`: runs a prompt and records it: `{"prompt": …}`, or `{"token_ids": […]}` for tokens that are kept as they are;
  /// `ablate`, `ablate_mean` and `add` name sites that are set from outside.
  ///
  /// The reply has the prompt's tokens and the likeliest next ones.
  private mutating func run(_ call: EngineCall) throws(EngineError) -> JSON {
    let model = try loaded()
    var options = RecordingOptions()
    options.seed = UInt64(try call.count("seed") ?? 0)
    let prompt: Prompt
    if let ids = try call.counts("token_ids") {
      let vocabulary = model.transformer.configuration.dVocab
      let limit = model.transformer.configuration.contextLength
      guard !ids.isEmpty, ids.count <= limit, ids.allSatisfy({ $0 < vocabulary }) else {
        throw EngineError("“token_ids” are no 1 to \(limit) ids below \(vocabulary)")
      }
      prompt = model.prompt(of: ids)
    } else {
      prompt = try Self.prompt(call.text("prompt"), of: model, keepingLast: call.isTrue("last"))
    }
    let (text, tokens) = (prompt.text, prompt.tokens)
    options.put = (prompt.put.before, prompt.put.after)
    options.unread = prompt.wholeCount - tokens.count
    options.interventions = try interventions(call, in: model, length: tokens.count)
    var trace: Trace
    do throws(RunError) { trace = try model.record(text, tokens: tokens, options) } catch {
      throw EngineError(error.description)
    }
    trace.addReasons(of: model, tokens, within: Trace.attributionBudget)
    run = Run(of: model, tokens: tokens, trace: trace)
    editions = []
    return [
      "prompt": .string(text), "tokens": .array(tokens.map { Self.token($0, model) }),
      "next": try distribution(call)["candidates"] ?? .null,
    ]
  }

  /// What a call sets from outside: the sites `ablate` are set to zero, `ablate_mean` to their mean, and to those of `add`
  /// vectors are added; see `vector(of:at:in:)`.
  func interventions(
    _ call: EngineCall,
    in model: Model,
    length: Int
  ) throws(EngineError) -> [Intervention] {
    let reader = SiteReader(model.transformer.configuration)
    func place(_ text: String) throws(EngineError) -> (site: Site, position: Int?) {
      let place: (site: Site, position: Int?)
      do throws(SiteError) { place = try reader.siteAndPosition(text) } catch {
        throw EngineError(error.description)
      }
      guard place.position ?? 0 < length else {
        throw EngineError("“\(text)” is not in the prompt")
      }
      return place
    }
    var list: [Intervention] = []
    for (key, kind) in [("ablate", Intervention.Kind.zero), ("ablate_mean", .mean)] {
      for text in try call.texts(key) ?? [] {
        let place = try place(text)
        list.append(Intervention(place.site, kind, at: place.position))
      }
    }
    for addend in try call.objects("add") {
      let place = try place(addend.text("site"))
      let vector = try vector(of: addend, at: place.site, in: model)
      list.append(Intervention(place.site, .add(vector), at: place.position))
    }
    return list
  }

  /// A vector to be added, times `scale`: `values`, called `vector`; or what the site has at the end of the prompt `plus`,
  /// minus what it has at that of `minus`, if that is given.
  private func vector(
    of addend: EngineCall,
    at site: Site,
    in model: Model
  ) throws(EngineError) -> SteeringVector {
    let scale = try addend.number("scale") ?? 1
    if let values = try addend.numbers("values")?.map({ Float($0) }) {
      do throws(SteeringError) { try model.check(values.count, at: site, on: [0]) } catch {
        throw EngineError(error.description)
      }
      return SteeringVector(try addend.text("vector"), scale: scale, values: values)
    }
    let plus = try addend.text("plus")
    let minus = try addend.optionalText("minus")
    let first = try Self.prompt(plus, of: model).tokens
    let second = try minus.map { text throws(EngineError) in
      try Self.prompt(text, of: model).tokens
    }
    do throws(SteeringError) {
      let values = try model.difference(at: site, first, minus: second)
      let source = SteeringVector.source(plus, minus: minus)
      return SteeringVector(source, scale: scale, values: values)
    } catch { throw EngineError(error.description) }
  }

  /// The tokens of a prompt.
  static func prompt(
    _ text: String,
    of model: Model,
    keepingLast keepsLast: Bool = false
  ) throws(EngineError) -> Prompt {
    do throws(PromptError) { return try model.prompt(text, keepingLast: keepsLast) } catch {
      throw EngineError(error.description)
    }
  }

  /// Keeps how the page of the run is made in its language.
  mutating func keep(_ edition: PageEdition) {
    editions.removeAll { $0.language == edition.language }
    editions.append(edition)
  }

  // MARK: - What calls have in common

  /// The model.
  ///
  /// - Throws: ``Calls/EngineError`` if none is loaded.
  func loaded() throws(EngineError) -> Model {
    guard let model else { throw EngineError("no model is loaded") }
    return model
  }

  /// The model that the run that is shown was of.
  ///
  /// - Throws: ``Calls/EngineError`` if only its trace is here.
  func model(of run: Run) throws(EngineError) -> Model {
    guard let model = run.model else { throw EngineError("the model is not here") }
    return model
  }

  /// The run that is shown.
  ///
  /// - Throws: ``Calls/EngineError`` if there is none.
  func shown() throws(EngineError) -> Run {
    guard let run else { throw EngineError("no prompt was run") }
    return run
  }

  /// A token as replies have it.
  static func token(_ id: Int, _ model: Model) -> JSON {
    ["token_id": .integer(id), "token": .string(model.tokenizer.text(of: id).string)]
  }
}
