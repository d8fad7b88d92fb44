import Files
import Formats
import Tensors
import Traces
import Transformer

/// What stands behind `--add`: `SITE=VECTORFILE*SCALE`, `SITE="A"-"B"*SCALE`.
struct SteeringText {
  /// The site and, behind an @, the position.
  let place: String
  /// Where the vector comes from.
  let source: Source
  /// What it is multiplied by.
  let scale: Double

  /// Where a vector comes from.
  enum Source: Equatable {
    /// The last token's vector of a prompt, minus that of another.
    case prompts(String, minus: String?)
    /// A file; of a safetensors file, the tensor's name, and of a matrix the row.
    case file(String, tensor: String?, row: Int?)
  }

  /// Reads what was typed; `nil` if it is not of that form.
  init?(_ text: String) {
    guard let equals = text.firstIndex(of: "=") else { return nil }
    place = String(text[..<equals])
    var rest = text[text.index(after: equals)...]
    Self.skipSpaces(&rest)
    if rest.first == "\"" {
      guard let first = Self.quoted(&rest) else { return nil }
      Self.skipSpaces(&rest)
      var minus: String?
      if rest.first == "-" || rest.first == "−" {
        rest.removeFirst()
        Self.skipSpaces(&rest)
        guard let second = Self.quoted(&rest) else { return nil }
        minus = second
        Self.skipSpaces(&rest)
      }
      source = .prompts(first, minus: minus)
      guard !rest.isEmpty else {
        scale = 1
        return
      }
      guard rest.removeFirst() == "*", let number = Self.number(rest) else { return nil }
      scale = number
    } else {
      // A file's name may have a * of its own: only a number behind the last one is the scale.
      var (path, factor) = (rest, 1.0)
      if let star = rest.lastIndex(of: "*"),
        let number = Self.number(rest[rest.index(after: star)...])
      {
        (path, factor) = (rest[..<star], number)
      }
      guard let file = Self.file(path) else { return nil }
      (source, scale) = (file, factor)
    }
  }

  /// `FILE`, `FILE#TENSOR`, `FILE#TENSOR[ROW]`.
  private static func file(_ text: Substring) -> Source? {
    guard !text.isEmpty else { return nil }
    guard let hash = text.lastIndex(of: "#") else {
      return .file(String(text), tensor: nil, row: nil)
    }
    var name = text[text.index(after: hash)...]
    var row: Int?
    if name.last == "]", let bracket = name.lastIndex(of: "[") {
      guard let number = Int(name[name.index(after: bracket)...].dropLast()), number >= 0 else {
        return nil
      }
      (row, name) = (number, name[..<bracket])
    }
    guard !name.isEmpty, hash > text.startIndex else { return nil }
    return .file(String(text[..<hash]), tensor: String(name), row: row)
  }

  private static func skipSpaces(_ text: inout Substring) {
    text = text.drop { $0 == " " }
  }

  /// What stands between double quotes; `\"` is a quote within.
  private static func quoted(_ text: inout Substring) -> String? {
    guard text.first == "\"" else { return nil }
    var (inside, isEscaped) = ("", false)
    for index in text.indices.dropFirst() {
      let letter = text[index]
      if isEscaped || letter != "\"" && letter != "\\" {
        inside.append(letter)
        isEscaped = false
      } else if letter == "\\" {
        isEscaped = true
      } else {
        text = text[text.index(after: index)...]
        return inside
      }
    }
    return nil
  }

  private static func number(_ text: Substring) -> Double? {
    let trimmed = text.drop { $0 == " " }
    guard let number = Double(trimmed), number.isFinite else { return nil }
    return number
  }
}

extension SteeringText {
  /// The vector that it names.
  ///
  /// - Parameters:
  ///   - site: The site that it is to be added to.
  ///   - model: The model.
  ///   - addsSpecialTokens: Whether prompts get what the tokenizer puts around a text.
  /// - Returns: The vector.
  /// - Throws: What is wrong with the file, a prompt or the site.
  func vector(
    for site: Site,
    of model: Model,
    addingSpecialTokens addsSpecialTokens: Bool
  ) throws(CLIError) -> SteeringVector {
    switch source {
    case .prompts(let first, let second):
      func tokens(_ prompt: String) throws(CLIError) -> [Int] {
        do throws(PromptError) {
          return try model.prompt(prompt, addingSpecialTokens: addsSpecialTokens).tokens
        } catch { throw CLIError(error) }
      }
      let plus = try tokens(first)
      var minus: [Int]?
      if let second { minus = try tokens(second) }
      do throws(SteeringError) {
        let values = try model.difference(at: site, plus, minus: minus)
        let source = SteeringVector.source(first, minus: second)
        return SteeringVector(source, scale: scale, values: values)
      } catch { throw CLIError(error) }
    case .file(let path, let name, let row):
      let values: [Float]
      do throws(SafetensorsError) {
        values = try Self.numbers(in: path, tensor: name, row: row)
      } catch { throw CLIError(error) }
      do throws(SteeringError) { try model.check(values.count, at: site, on: [0]) } catch {
        throw CLIError(error)
      }
      let place = name.map { "#\($0)" } ?? ""
      return SteeringVector(
        path + place + (row.map { "[\($0)]" } ?? ""),
        scale: scale,
        values: values
      )
    }
  }

  /// The numbers of a file: of a JSON list, or of a tensor, the only one where no name is given.
  private static func numbers(
    in path: String,
    tensor name: String?,
    row: Int?
  ) throws(SafetensorsError) -> [Float] {
    let bytes = try Bytes.mapped(path)
    if name == nil, let json = try? JSONParser.parse(Array(bytes.buffer.prefix(1 << 24))),
      let list = json.array
    {
      let numbers = list.compactMap { $0.number }.map { Float($0) }
      guard numbers.count == list.count, numbers.allSatisfy({ $0.isFinite }) else {
        throw .malformed(file: path, reason: "a list of numbers has something else in it")
      }
      return numbers
    }
    let file = try SafetensorsFile(bytes, name: path)
    guard let name = name ?? (file.entries.count == 1 ? file.entries[0].name : nil) else {
      throw .malformed(
        file: path,
        reason: "it has \(file.entries.count) tensors; say which one with \(path)#NAME"
      )
    }
    let tensor = try file.tensor(named: name)
    let isVector = tensor.shape.dropLast().allSatisfy { $0 == 1 }
    guard row != nil || isVector else {
      throw .invalidTensor(
        file: path,
        tensor: name,
        reason: "has the shape \(tensor.shape); say which of its rows with \(path)#\(name)[ROW]"
      )
    }
    guard let row else { return tensor.values }
    guard tensor.shape.count > 1, row < tensor.shape[0] else {
      throw .invalidTensor(
        file: path,
        tensor: name,
        reason: "has the shape \(tensor.shape), and no row \(row)"
      )
    }
    return tensor.slice(row).values
  }
}
