import Formats
import Graphics
import Pages
import Walkthrough

extension Invocation {
  /// A report in the format that was asked for: as data, as its figure, or told as an article.
  ///
  /// - Parameters:
  ///   - article: The report as an article.
  ///   - format: The option that names the format.
  ///   - path: Where the text goes; a terminal's width and colours are its own.
  ///   - console: Where it goes without a path.
  ///   - json: The report as JSON.
  ///   - csv: The report as CSV, where there is such a format.
  ///   - scene: Its figure.
  /// - Returns: The text.
  /// - Throws: What `scene` throws.
  func text(
    of article: Article,
    as format: Option<ResultFormat>,
    to path: String?,
    on console: Console,
    json: () -> JSON,
    csv: () -> String = { "" },
    scene: () throws(CLIError) -> Scene
  ) throws(CLIError) -> String {
    switch self[format] {
    case .json: json().text + "\n"
    case .csv: csv()
    case .svg: SVG.standalone(try scene())
    case .html: ArticlePage(article, numbers: .measured).html
    case .text:
      TerminalArticle(article, terminal: style(on: console, to: path)).lines.map { $0 + "\n" }
        .joined()
    }
  }
}
