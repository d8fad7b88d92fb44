import Walkthrough

/// A form that asks the program: what its fields hold goes into a call, and the answer stands behind it.
///
/// It is hidden until there is a program to ask.
struct AskingForm {
  /// The call.
  let call: String
  let language: Language
  /// The fields, and the button.
  let fields: HTML

  var html: HTML {
    let words = PageWords(language: language).box
    return #"""
      <form class="asking" data-call="\#(call)" data-trapped="\#(words.trapped)" data-failed="\#(words.failed)" hidden="hidden">
      \#(fields)<p class="message" role="status"></p>
      </form>

      """#
  }
}
