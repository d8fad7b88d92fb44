import CAssets
import Packing
import Platform

/// The page's script: one text of several files, and the hash by which the page's policy knows it.
struct PageScript {
  /// What stands between the element's tags.
  ///
  /// The comments around it let the page be read as XML, too.
  let text: String
  /// The policy's name for it: `sha256-…`.
  let hash: String

  init(_ source: String) {
    text = "//<![CDATA[\n\(source)//]]>\n"
    hash = "sha256-" + Base64.text(SHA256.hash(Array(text.utf8)))
  }

  private static let parts = [
    casset_page_script_core(), casset_page_script_attention(), casset_page_script_matrix(),
    casset_page_script_strips(), casset_page_script_lines(), casset_page_script_follow(),
    casset_page_script_distribution(), casset_page_script_sampling(), casset_page_script_save(),
    casset_page_script_fit(), casset_page_script_steps(),
  ].map(lean).joined()

  /// The script of a walkthrough.
  static let walkthrough = PageScript(parts + "start();\n")

  /// The same of one that carries the program.
  static let living = PageScript(
    parts
      + [
        casset_page_script_engine(), casset_page_script_machine_camera(),
        casset_page_script_machine_textures(), casset_page_script_machine_pen(),
        casset_page_script_machine_wires(), casset_page_script_machine_panels(),
        casset_page_script_machine_names(), casset_page_script_machine_drawing(),
        casset_page_script_machine_time(), casset_page_script_machine_acts(),
        casset_page_script_machine_glass(), casset_page_script_machine_map(),
        casset_page_script_machine_pointing(),
        casset_page_script_machine(),
        casset_page_script_picture(), casset_page_script_telling(), casset_page_script_prompt(),
        casset_space_script(), casset_page_script_asking(),
      ].map(lean).joined()
      + "start();\n"
  )

  /// The script of a page whose forms ask the program.
  static let asking = PageScript(askingParts + "startAsking();\n")

  /// The same of one in which something is tried out.
  static let trying = PageScript(
    askingParts + lean(casset_page_script_trying()) + "startTrying();\n"
  )

  private static let askingParts = [
    casset_page_script_core(), casset_page_script_engine(), casset_space_script(),
    casset_story_script(), casset_page_script_asking(),
  ].map(lean).joined()

  /// Of a script or a style sheet the lines that do something, without their indentation: a page carries no comments.
  ///
  /// Every comment stands on lines of its own, and no text runs over a line's end.
  static func lean(_ file: casset) -> String {
    lean(UnsafeBufferPointer(start: file.bytes, count: file.count))
  }

  /// The same of a text's bytes.
  static func lean(_ text: UnsafeBufferPointer<UInt8>) -> String {
    var isComment = false
    var lean: [UInt8] = []
    lean.reserveCapacity(text.count)
    func has(_ line: Slice<UnsafeBufferPointer<UInt8>>, _ a: UInt8, _ b: UInt8) -> Bool {
      zip(line, line.dropFirst()).contains { $0 == a && $1 == b }
    }
    let (slash, star) = (UInt8(ascii: "/"), UInt8(ascii: "*"))
    for indented in text.split(separator: UInt8(ascii: "\n")) {
      let line = indented.drop { $0 == UInt8(ascii: " ") }
      let start = line.prefix(2)
      if start.elementsEqual([slash, star]) { isComment = true }
      if !isComment, !line.isEmpty, !start.elementsEqual([slash, slash]) {
        lean += line
        lean.append(UInt8(ascii: "\n"))
      }
      if isComment, has(line, star, slash) { isComment = false }
    }
    return String(decoding: lean, as: UTF8.self)
  }

  /// The same of a style sheet, and without the blanks around its signs.
  static func leanStyle(_ file: casset) -> String {
    [(": ", ":"), (", ", ","), ("; ", ";"), (" {", "{"), ("{ ", "{"), (" }", "}")]
      .reduce(lean(file)) { text, signs in text.swapping(signs.0, for: signs.1) }
  }

  /// A file that is compiled in, as text.
  static func string(_ file: casset) -> String {
    String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
  }

  /// A module: it runs once the page is there, with names of its own.
  var element: HTML { #"<script type="module">\#(HTML(trusted: text))</script>\#n"# }
}
