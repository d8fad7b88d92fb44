import Attribution
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

  /// A prompt that was run, and what was recorded of it.
  struct Run {
    let tokens: [Int]
    let trace: Trace
    /// The page of it, by language, as it is asked for.
    var editions: [Language: PageEdition] = [:]
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
      case "run": return Self.bytes(try run(call))
      case "edition": return Array(try edition(call).utf8)
      case "facts": return Self.bytes(try facts(call))
      case "texts": return Self.bytes(try texts(call))
      case "followed": return try followed(call)
      case "step": return Self.bytes(try step(call))
      case "distribution": return Self.bytes(try distribution(call))
      case "draw": return Self.bytes(try draw(call))
      case "value": return Self.bytes(try value(call))
      // A page does not show derivations yet; its program has no room for what nobody asks.
      #if !arch(wasm32)
        case "derivation": return Self.bytes(try derivation(call))
      #endif
      case "machine": return Self.bytes(try machine(call))
      case "numbers": return try numbers(call)
      case "products": return try products(call)
      case "words": return Self.bytes(try words(call))
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
  /// The files are those of a folder in the Hugging Face layout.
  private mutating func load(_ call: EngineCall) throws(EngineError) -> JSON {
    let name = try call.text("name")
    let folder = Folder(name: name, files: files)
    files = [:]
    let loaded: Model
    do throws(CheckpointError) { loaded = try Model(in: folder, name: name) } catch {
      throw EngineError(error.description)
    }
    model = loaded
    model?.trainedOn = try call.optionalText("trained_on")
    run = nil
    let configuration = loaded.transformer.configuration
    return [
      "name": .string(name), "layers": .integer(configuration.layerCount),
      "heads": .integer(configuration.headCount), "context": .integer(configuration.contextLength),
      "vocabulary": .integer(configuration.dVocab),
      "notes": .array(loaded.notes.map { .string($0) }),
    ]
  }

  /// `run`: runs a prompt and records it: `{"prompt": …}`, or `{"token_ids": […]}` for tokens that are kept as they are;
  /// `ablate` and `ablate_mean` name sites that are set from outside.
  ///
  /// The reply has the prompt's tokens and the likeliest next ones.
  private mutating func run(_ call: EngineCall) throws(EngineError) -> JSON {
    let model = try loaded()
    var options = RecordingOptions()
    options.seed = UInt64(try call.count("seed") ?? 0)
    let tokens: [Int]
    let text: String
    if let ids = try call.counts("token_ids") {
      let vocabulary = model.transformer.configuration.dVocab
      let limit = model.transformer.configuration.contextLength
      guard !ids.isEmpty, ids.count <= limit, ids.allSatisfy({ $0 < vocabulary }) else {
        throw EngineError("“token_ids” are no 1 to \(limit) ids below \(vocabulary)")
      }
      (tokens, text) = (ids, model.tokenizer.decode(ids))
    } else {
      let asked = try call.text("prompt")
      let prompt: Prompt
      do throws(PromptError) {
        prompt = try model.prompt(asked, keepingLast: call.isTrue("last"))
      } catch {
        throw EngineError(error.description)
      }
      (tokens, text) = (prompt.tokens, prompt.text)
      options.put = (prompt.put.before, prompt.put.after)
    }
    options.interventions = try interventions(call, in: model, length: tokens.count)
    var trace: Trace
    do throws(RunError) { trace = try model.record(text, tokens: tokens, options) } catch {
      throw EngineError(error.description)
    }
    trace.addReasons(of: model, tokens, within: Trace.attributionBudget)
    run = Run(tokens: tokens, trace: trace)
    return [
      "prompt": .string(text), "tokens": .array(tokens.map { Self.token($0, model) }),
      "next": try distribution(call)["candidates"] ?? .null,
    ]
  }

  /// What a call switches off: the sites `ablate` are set to zero, `ablate_mean` to their mean.
  private func interventions(
    _ call: EngineCall,
    in model: Model,
    length: Int
  ) throws(EngineError) -> [Intervention] {
    let reader = SiteReader(model.transformer.configuration)
    var list: [Intervention] = []
    for (key, kind) in [("ablate", Intervention.Kind.zero), ("ablate_mean", .mean)] {
      for text in try call.texts(key) ?? [] {
        let place: (site: Site, position: Int?)
        do throws(SiteError) { place = try reader.siteAndPosition(text) } catch {
          throw EngineError(error.description)
        }
        guard place.position ?? 0 < length else {
          throw EngineError("“\(text)” is not in the prompt")
        }
        list.append(Intervention(place.site, kind, at: place.position))
      }
    }
    return list
  }

  // MARK: - What calls have in common

  /// The model.
  ///
  /// - Throws: ``EngineError`` if none is loaded.
  func loaded() throws(EngineError) -> Model {
    guard let model else { throw EngineError("no model is loaded") }
    return model
  }

  /// The run that is shown.
  ///
  /// - Throws: ``EngineError`` if there is none.
  func shown() throws(EngineError) -> (model: Model, run: Run) {
    guard let run else { throw EngineError("no prompt was run") }
    return (try loaded(), run)
  }

  /// Keeps the page of the run in a language.
  mutating func keep(_ edition: PageEdition, in language: Language) {
    run?.editions[language] = edition
  }

  /// A token as replies have it.
  static func token(_ id: Int, _ model: Model) -> JSON {
    ["token_id": .integer(id), "token": .string(model.tokenizer.text(of: id).string)]
  }
}
