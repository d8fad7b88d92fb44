import Formats
import Graphics
import Packing
import Platform
import Walkthrough

/// What the page's script reads: facts and words as JSON, numbers and retold steps packed.
struct PageData {
  let following: Following

  /// What all editions share: the prompt, the sizes, the vocabulary, the carried numbers.
  var shared: HTML {
    let (vocabulary, count) = vocabulary
    return Self.json(facts(carriedTexts: count), id: "page-facts")
      + Self.packed(Deflate.pack(Array(vocabulary.line.utf8)), id: "page-vocabulary")
      + Self.packed(TensorPacking.bytes(following.tensors), id: "page-numbers")
  }

  /// The texts of a vocabulary that are carried whatever their number, in bytes of UTF-8; of more than that, those of
  /// the likeliest tokens that fit into the second number.
  static let (textLimit, cutTextLimit) = (6_000_000, 2_000_000)

  /// The texts of the vocabulary, all of them by id, or, where they are too many, those of the likeliest next tokens;
  /// with their number.
  private var vocabulary: (json: JSON, count: Int) {
    guard let texts = following.vocabulary else { return (.null, 0) }
    let size = texts.reduce(0) { $0 + $1.utf8.count + 3 }
    guard size > Self.textLimit else {
      return (.array(texts.map { .string(VisibleText.show($0)) }), texts.count)
    }
    var members: [JSON.Member] = []
    var room = Self.cutTextLimit
    for id in following.likeliest where texts.indices.contains(id) {
      let text = VisibleText.show(texts[id])
      room -= text.utf8.count + 12
      guard room >= 0 else { break }
      members.append(JSON.Member(String(id), .string(text)))
    }
    return (.members(members), members.count)
  }

  private func facts(carriedTexts: Int) -> JSON {
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
    return #"<script type="application/json" id="\#(id)">\#(HTML(trusted: text))</script>\#n"#
  }

  /// Packed bytes as text, with their number.
  static func packed(_ bytes: [UInt8], id: String) -> HTML {
    let text = HTML(trusted: Base91.text(bytes))
    return #"""
      <script type="application/octet-stream" id="\#(id)" data-bytes="\#(bytes.count)">\#(text)</script>

      """#
  }
}
