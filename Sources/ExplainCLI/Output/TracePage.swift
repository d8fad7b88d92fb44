import Graphics
import Pages
import Platform
import Traces
import Walkthrough

/// A trace told in one language or several: the page and its figures.
struct TracePage {
  private let editions: [(walkthrough: Walkthrough, following: Following?)]
  private let living: Living?
  private let machine: Machine

  /// Tells a trace.
  ///
  /// - Parameters:
  ///   - trace: What was recorded.
  ///   - languages: The languages, the first of which the page opens in.
  ///   - layer: The layer to open up, if not the one that the trace suggests.
  ///   - head: The head likewise.
  ///   - living: What the page carries so that it runs prompts itself.
  init(_ trace: Trace, languages: [Language], layer: Int?, head: Int?, living: Living? = nil) {
    self.living = living
    machine = Machine(of: trace, layer: layer, head: head)
    editions = languages.map { language in
      (
        Walkthrough(of: trace, in: language, layer: layer, head: head),
        // A page that carries its model, or what was recorded, is told everything by its program.
        living?.isTelling ?? false
          ? nil : Following(of: trace, in: language, layer: layer, head: head)
      )
    }
  }

  /// The page.
  var html: String { HTMLPage(editions: editions, living: living).html }

  /// The files of the figures, each with its name; those of a second language begin with it.
  var figures: [(name: String, svg: String)] {
    let named = editions.enumerated().flatMap { index, edition in
      let language = edition.walkthrough.language
      let prefix = index == 0 ? "" : language.rawValue + "-"
      return (edition.walkthrough.figures + [machine.figure(in: language)]).map { figure in
        (name: "\(prefix)\(figure.name).svg", figure: figure)
      }
    }
    return Cores.map(count: named.count) {
      (named[$0].name, SVG.standalone(named[$0].figure.scene))
    }
  }
}

extension Option where Value == [Language]? {
  /// The languages of a page: one, or both with a switch between them.
  static var pageLanguage: Option {
    Option(
      "language",
      .choice(of: [[.en], [.ja], [.en, .ja], [.ja, .en]]) { languages in
        languages.map(\.rawValue).joined(separator: ",")
      },
      help: say(
        en:
          "the language of the explanation; both with a switch on the page, the first shown first",
        ja: "説明の言語。両方を指定すると、ページの中で切り替えられます（先に書いたほうが最初に表示されます）"
      ),
      otherwise: .languageOfLocale
    )
  }
}

extension Invocation {
  /// The languages of the page.
  var pageLanguages: [Language] { self[.pageLanguage] ?? [localeLanguage] }
}
