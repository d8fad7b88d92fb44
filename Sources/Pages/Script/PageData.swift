public import Formats
import Graphics
import Packing
import Platform
public import Walkthrough

/// What the page's script reads: facts and words as JSON, numbers and retold steps packed.
struct PageData {
  let following: Following

  /// What all editions share: the prompt, the sizes, the vocabulary, the carried numbers.
  var shared: HTML {
    let texts = following.texts
    let vocabulary = texts.map(Self.json) ?? .null
    return Self.json(facts(carriedTexts: texts?.count ?? 0), id: "page-facts")
      + Self.packed(Deflate.pack(Array(vocabulary.line.utf8)), id: "page-vocabulary")
      + Self.packed(TensorPacking.bytes(following.tensors), id: "page-numbers")
  }

  /// Texts of the vocabulary, by id.
  static func json(_ texts: CarriedTexts) -> JSON {
    switch texts {
    case .all(let texts): .array(texts.map(JSON.string))
    case .some(let texts): .members(texts.map { JSON.Member(String($0.id), .string($0.text)) })
    }
  }

  func facts(carriedTexts: Int) -> JSON {
    [
      "texts": .integer(carriedTexts),
      "tokens": .array(
        following.tokens.map {
          ["id": .integer($0.id), "text": .string(VisibleText.show($0.text))]
        }
      ),
      "first": .integer(following.positions.lowerBound),
      "recorded": .integer(following.recorded),
      "token": .integer(following.followed),
      "layer": .integer(following.layer),
      "head": .integer(following.head),
      "layerCount": .integer(following.layerCount),
      "headCount": .integer(following.headCount),
      "layers": .array(following.layers.map(JSON.integer)),
      "patternLayers": .array(following.patternLayers.map(JSON.integer)),
      "scoresAreProducts": .bool(following.scoresAreProducts),
      "scores": .string(following.scoresName),
      "unmaskedScores": .string(following.unmaskedScoresName),
      "drawn": .integer(following.drawnPositions.lowerBound),
      "seed": .string(String(following.seed)),
    ]
  }

  /// Facts or words as JSON.
  static func json(_ value: JSON, id: String) -> HTML {
    // No text can end the element or begin another; as a page of XML it stays well-formed.
    let text = value.line.swapping("<", for: "\\u003c").swapping(">", for: "\\u003e")
      .swapping("&", for: "\\u0026")
    let seen = HTML(trusted: unseenEscaped(text))
    return #"<script type="application/json" id="\#(id)">\#(seen)</script>\#n"#
  }

  /// A text of JSON without characters that cannot be seen, or that XML forbids: they stand as `\u` and a number.
  private static func unseenEscaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Packed bytes as text, with their number.
  static func packed(_ bytes: [UInt8], id: String) -> HTML {
    let text = HTML(trusted: Base91.text(bytes))
    return #"""
      <script type="application/octet-stream" id="\#(id)" data-bytes="\#(bytes.count)">\#(text)</script>

      """#
  }
}

// What the program answers to a page that carries it.
extension Following {
  /// What the script needs to know of the run: sizes, tokens, what is followed first.
  public var pageFacts: JSON { PageData(following: self).facts(carriedTexts: texts?.count ?? 0) }

  /// The texts of the vocabulary as they are shown, by id.
  public var pageTexts: JSON { texts.map(PageData.json) ?? .null }

  /// The numbers of the run, as ``Pages/TensorPacking`` lays them out, all as recorded.
  public var pageNumbers: [UInt8] { TensorPacking.plainBytes(tensors) }
}
