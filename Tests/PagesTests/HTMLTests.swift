import Pages
import Testing

@Suite struct HTMLTests {
  @Test func `what is interpolated as text is escaped, what is interpolated as HTML is not`() {
    let prompt = "<script>alert(\"1\")</script> & 'x' ]]>"
    let inner: HTML = "<b>\(prompt)</b>"
    let html: HTML = #"<p title="\#(prompt)">\#(inner)</p>"#
    let escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39; ]]&gt;"
    #expect(html.text == #"<p title="\#(escaped)"><b>\#(escaped)</b></p>"#)
  }

  @Test func `characters that HTML forbids never appear`() {
    let html: HTML = "\("\u{0}\u{8}\u{1B}\u{7F}\u{85}\u{FFFE}\u{1FFFF}")"
    #expect(html.text == String(repeating: "\u{FFFD}", count: 7))
  }
}
