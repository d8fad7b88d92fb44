import Embeddings
import Formats
import Pages
import Tensors
import Walkthrough

/// What an action on words found, in every form.
struct WordResult {
  let report: WordReport
  let json: JSON
  let csv: String
}

extension WordResult {
  /// Nearest words.
  ///
  /// `[{word, cosine, rank}]`, and `expected` where one was.
  init(_ found: NearestWords, in lexicon: Lexicon) {
    report = found.report
    json = .array(
      found.answers.map { answer in
        .members(
          [
            JSON.Member("word", .string(lexicon.vectors.words[answer.row])),
            JSON.Member("cosine", JSON(answer.cosine)),
            JSON.Member("rank", .integer(answer.rank)),
          ] + (answer.isExpected ? [JSON.Member("expected", true)] : [])
        )
      }
    )
    csv = found.answers.reduce(CSV.row(["rank", "word", "cosine", "expected"])) { text, answer in
      text
        + CSV.row([
          "\(answer.rank)", CSV.safe(lexicon.vectors.words[answer.row]),
          CSV.number(answer.cosine), "\(answer.isExpected)",
        ])
    }
  }

  /// Dot products with a direction.
  ///
  /// `[{word, dot, cosine}]`.
  init(_ found: DirectionWords, in lexicon: Lexicon) {
    report = found.report
    json = .array(
      found.reaches.map { reach in
        [
          "word": .string(lexicon.vectors.words[reach.row]), "dot": JSON(reach.dot),
          "cosine": JSON(reach.cosine),
        ]
      }
    )
    csv = found.reaches.reduce(CSV.row(["word", "dot", "cosine"])) { text, reach in
      text
        + CSV.row([
          CSV.safe(lexicon.vectors.words[reach.row]), CSV.number(reach.dot),
          CSV.number(reach.cosine),
        ])
    }
  }

  /// Two words term by term.
  ///
  /// `{words, dot, lengths, cosine, degrees, terms: [{dimension, a, b, product}]}`, all terms.
  init(_ found: ComparedWords, in lexicon: Lexicon) {
    report = found.report
    let words = [found.rows.a, found.rows.b].map { lexicon.vectors.words[$0] }
    json = [
      "words": .array(words.map { .string($0) }),
      "dot": JSON(found.dot),
      "lengths": [JSON(found.lengths.a), JSON(found.lengths.b)],
      "cosine": JSON(found.cosine),
      "degrees": .number(found.angle),
      "terms": .array(
        found.contributions.map { term in
          [
            "dimension": .integer(term.dimension), "a": JSON(term.a), "b": JSON(term.b),
            "product": JSON(term.product),
          ]
        }
      ),
    ]
    let heading = CSV.row(["dimension"] + words.map(CSV.safe) + ["product"])
    csv = found.contributions.reduce(heading) { text, term in
      text
        + CSV.row([
          "\(term.dimension)", CSV.number(term.a), CSV.number(term.b), CSV.number(term.product),
        ])
    }
  }

  /// A map.
  ///
  /// `{axes: [{name, share}], points: [{word, coordinates}], arrows: [{from, to}]}`.
  init(_ found: MappedWords) {
    report = found.report
    json = [
      "axes": .array(
        found.axisShares.map { axis in
          ["name": axis.name.map { .string($0) } ?? .null, "share": .number(axis.share)]
        }
      ),
      "points": .array(
        found.places.map { place in
          [
            "word": .string(place.label),
            "coordinates": .array(place.coordinates.map { .number($0) }),
          ]
        }
      ),
      "arrows": .array(
        found.arrows.map { ["from": .integer($0.from), "to": .integer($0.to)] }
      ),
    ]
    csv = found.places.reduce(CSV.row(["word", "axis1", "axis2", "axis3"])) { text, place in
      text + CSV.row([CSV.safe(place.label)] + place.coordinates.map { "\($0)" })
    }
  }
}
