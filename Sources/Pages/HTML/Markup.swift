import Graphics
package import Walkthrough

/// Texts of a walkthrough as HTML.
package enum Markup {
  /// A line of text with its tokens, numbers and formulas.
  package static func text(_ text: RichText) -> HTML {
    let runs = text.runs
    return runs.indices.map { index in
      guard case .text(let words) = runs[index] else { return run(runs[index]) }
      let before = words.first == " " && index > 0 ? plain(RichText([runs[index - 1]])) : ""
      let after =
        words.last == " " && index + 1 < runs.count ? plain(RichText([runs[index + 1]])) : ""
      return "\(UnbrokenText.bound(VisibleText.plain(words), between: before, and: after))"
    }.joined()
  }

  private static func run(_ run: RichText.Run) -> HTML {
    switch run {
    case .text(let words): "\(UnbrokenText.bound(VisibleText.plain(words)))"
    case .emphasis(let words): "<em>\(VisibleText.plain(words))</em>"
    case .term(let words): "<dfn>\(VisibleText.plain(words))</dfn>"
    case .code(let name): "<code>\(VisibleText.plain(name))</code>"
    case .token(let text): token(text)
    case .quantity(let quantity): number(quantity)
    case .math(let math): MathML.inline(math)
    case .following(let name, let now):
      #"<span data-follow="\#(name)">\#(now.map(self.run).joined())</span>"#
    case .either(let name, let holds, let first, let second):
      wording(first, if: name, isShown: holds) + wording(second, if: "!\(name)", isShown: !holds)
    }
  }

  /// One of two wordings; the page's script shows it where what is named holds.
  private static func wording(_ runs: [RichText.Run], if name: String, isShown: Bool) -> HTML {
    let hidden: HTML = isShown ? .nothing : #" hidden="hidden""#
    return #"<span data-if="\#(name)"\#(hidden)>\#(runs.map(run).joined())</span>"#
  }

  /// A token, its spaces and line ends visible, kept apart from the reading direction around it.
  static func token(_ text: String) -> HTML {
    #"<span class="token" dir="auto">\#(VisibleText.show(text))</span>"#
  }

  /// A number that says where it came from.
  static func number(_ quantity: Quantity) -> HTML {
    "<span\(origin(of: quantity))>\(quantity.text)</span>"
  }

  /// The attribute that says where a number came from, with a space before it.
  static func origin(of quantity: Quantity) -> HTML {
    switch quantity.origin {
    case .trace(let element): #" data-from="\#(element)""#
    case .derived(let formula): #" data-derived="\#(formula)""#
    case .illustration: #" data-illustration="""#
    }
  }

  /// A text's words alone, for attributes and titles.
  static func plain(_ text: RichText, in language: Language = .en) -> String {
    VisibleText.plain(text.plain(in: language))
  }
}
