public import Formats
import Graphics
public import Walkthrough

/// Something of a lesson that a reader tries out: moved, typed or let run, and told anew by the lessons' program.
///
/// The page's script puts what the fields hold into a call, and what that answers in places behind the form. Each of them is
/// made in a file of its own.
public struct TryingForm: Sendable {
  /// The call.
  let call: String
  let language: Language
  /// What it is called, and what to do with it.
  let title: String, text: String
  /// The fields and buttons.
  let fields: HTML
  /// The places of the answer, in their order.
  let parts: [String]

  init(
    call: String,
    in language: Language,
    _ title: String,
    _ text: String,
    fields: HTML,
    parts: [String] = ["report"]
  ) {
    (self.call, self.language, self.title) = (call, language, title)
    (self.text, self.fields, self.parts) = (text, fields, parts)
  }

  /// The form as a step of an article.
  func article(_ ids: inout PageIDs) -> HTML {
    let heading = ids.claim("trying-\(call)")
    let places = parts.map { #"<div data-part="\#($0)"></div>"# as HTML }
    let form = AskingForm(call: call, language: language, fields: fields)
    return #"""
      <article class="step trying" aria-labelledby="\#(heading)">
      <h3 id="\#(heading)">\#(title)</h3>
      <p>\#(text)</p>
      \#(form.html)<div class="answer">\#(places.joined())</div>
      </article>

      """#
  }

  /// A slider; its label has the number beside it.
  static func slider(
    _ name: String,
    _ label: String,
    from low: String,
    to high: String,
    at value: String,
    by step: String = "any"
  ) -> HTML {
    #"""
    <label>\#(label)<input type="range" name="\#(name)" min="\#(low)" max="\#(high)" step="\#(step)" value="\#(value)" inputmode="numeric"/></label>

    """#
  }

  /// A text of several lines, each without what no page can have.
  static func lines(of text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { VisibleText.plain(String($0)) }.joined(separator: "\n")
  }

  /// A row of fields or buttons.
  static func row(_ fields: HTML...) -> HTML { #"<p class="bar">\#(fields.joined())</p>\#n"# }

  /// What an account says, as a part of the page.
  public static func report(_ article: Article) -> JSON.Member {
    JSON.Member("report", .string(ArticlePage.steps(of: article, prefix: "tried-")))
  }
}
