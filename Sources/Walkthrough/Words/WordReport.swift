import Embeddings
import Graphics

/// Something told about words: for a page, for a terminal, and as figures of their own.
public struct WordReport: Sendable {
  /// Title, paragraphs and steps.
  public var article: Article
  /// What was found, as one figure.
  public var figure: Figure
  /// The words in three dimensions, as a ``Graphics/SpaceScatter``.
  public var space: Figure
  /// The shares of variance that the three dimensions keep, in a sentence.
  public var spaceCaption: RichText

  package init(article: Article, figure: Figure, space: Figure, spaceCaption: RichText) {
    self.article = article
    self.figure = figure
    self.space = space
    self.spaceCaption = spaceCaption
  }
}

/// Tells about words in one language.
protocol WordTeller: Speaker {
  var lexicon: Lexicon { get }
}

extension WordTeller {
  /// Where the vectors are from, and how many there are.
  var source: RichText {
    let (words, dimensions) = (lexicon.vectors.words.count, lexicon.vectors.dimensions)
    let name = lexicon.model.map { model in
      say(en: "\(lexicon.matrix) of \(model)", ja: "\(model) の \(lexicon.matrix)")
    }
    let title = name ?? RichText(stringLiteral: lexicon.matrix)
    // A model's rows are those of its tokens, pieces of words among them.
    return lexicon.model == nil
      ? say(
        en: "\(title): \(size(words)) words, \(size(dimensions)) dimensions.",
        ja: "\(title)：\(size(words)) 語、\(size(dimensions)) 次元。"
      )
      : say(
        en: "\(title): \(size(words)) tokens, \(size(dimensions)) dimensions.",
        ja: "\(title)：\(size(words)) トークン、\(size(dimensions)) 次元。"
      )
  }
}
