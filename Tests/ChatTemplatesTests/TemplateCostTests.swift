import Foundation
import Testing

@testable import ChatTemplates

/// Every operation of a template pays for its work, so that a hostile one comes to an end, and soon.
///
/// A run may take two million steps, and a command runs a template three times at most: with half a microsecond for a
/// step, three seconds; it is a tenth of that. Sanitizers make everything slower, so nothing is timed under them.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["EXPLAIN_SANITIZER"] == nil))
struct TemplateCostTests {
  /// What operations are tried on: long texts of letters, of letters that grow in capitals, of marks, of controls, of
  /// spaces of one byte and of three; lists of numbers and of like texts, nested and wide; maps with many keys.
  private static let values = [
    "ns.a", "ns.u", "ns.e", "ns.z", "ns.s", "ns.t", "'x'", "ns.l", "ns.k", "m", "d", "w", "o", "7",
    "ns", "none", "missing",
  ]

  private static let beginning = """
    {% set ns = namespace(a='a', u='ŉ', e='e\u{301}', z='\u{1}', s=' ', t='\u{2003}', l=[1, 'x'], k=['\(likeTexts)']) %}\
    {% for i in range(14) %}{% set ns.a = ns.a ~ ns.a %}{% set ns.u = ns.u ~ ns.u %}{% set ns.e = ns.e ~ ns.e %}\
    {% set ns.z = ns.z ~ ns.z %}{% set ns.s = ns.s ~ ns.s %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}\
    {% for i in range(9) %}{% set ns.l = ns.l + ns.l %}{% set ns.k = ns.k + ns.k %}{% endfor %}\
    {% set m = {\(longMap)} %}{% set d = {'k': {'k': {'k': {'k': ns.a}}}} %}\
    {% set w = [[[[[[[[[[[[1, 1], [1, 1]], [2]]]]]]]]]]] %}{% set w = [\(thirty)] %}{% set w = [\(thirty)] %}\
    {% set o = [{'k': ns.a}, {'k': ns.s}] %}
    """

  private static let likeTexts = String(repeating: "k", count: 63)
  private static let thirty = Array(repeating: "w", count: 30).joined(separator: ",")
  private static let longMap = (10_000..<10_500).map { "'key\($0)': \($0)" }
    .joined(separator: ", ")

  private static let ofOne = [
    "X.strip()", "X.lstrip()", "X.rstrip()", "X.upper()", "X.lower()", "X.split()", "X[1:]",
    "X[::-1]", "X[-1]", "X|length", "X|trim", "X|upper", "X|lower", "X|string", "X|first", "X|last",
    "X|list", "X|items", "X|join", "X|tojson", "X|default('')", "X.items()", "X.keys()",
    "X.values()", "X.key10000", "X['none']", "not X", "X|map(attribute='k')|list",
    "X|selectattr('k')|list", "X|rejectattr('k')|list", "-X", "X is defined", "X is string",
    "X is iterable", "X is odd", "X is divisibleby(3)", "namespace(a=X, b=X)", "[X, X, X]",
    "{'a': X, 'b': X}", "X if X else X", "range(X)",
  ]
  private static let ofTwo = [
    "X.strip(Y)", "X.lstrip(Y)", "X.rstrip(Y)", "X.split(Y)", "X.startswith(Y)", "X.endswith(Y)",
    "X.replace(Y, 'ab')", "X.replace('a', Y)", "X in Y", "X == Y", "X < Y", "X ~ Y", "X + Y",
    "X % Y", "X|join(Y)", "X.get(Y)", "X[Y]", "X|selectattr('k', 'equalto', Y)|list",
    "X|rejectattr('k', 'in', Y)|list", "X is ne(Y)", "X is in(Y)", "X|default(Y, true)", "X or Y",
    "[X] == [Y]", "(X ~ 'c') in (Y ~ Y)", "(X ~ 'c') == (Y ~ 'd')", "X.replace(Y ~ 'c', 'x')",
    "X in [Y, Y]",
  ]

  static let operations: [String] =
    ["range(99999)", "loop.index", "loop.previtem", "1 + 1", "messages[0]['content']"]
    + ofOne.flatMap { form in values.map { form.replacingOccurrences(of: "X", with: $0) } }
    + ofTwo.flatMap { form in
      values.dropLast(4).flatMap { x in
        values.dropLast(4).map { y in
          form.replacingOccurrences(of: "X", with: x).replacingOccurrences(of: "Y", with: y)
        }
      }
    }

  /// Seconds of this thread's own, whatever else the machine does.
  private static func seconds(of work: () throws -> Void) rethrows -> Double {
    var (start, end) = (timespec(), timespec())
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start)
    try work()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
    return Double(end.tv_sec - start.tv_sec) + 1e-9 * Double(end.tv_nsec - start.tv_nsec)
  }

  /// A twelfth of the operations each, in turn.
  @Test(arguments: 0..<12)
  func `whatever operation is done without end, it is stopped, and soon`(part: Int) throws {
    let allowed = 60_000
    let prepared = try Self.prepared(leaving: allowed)
    for (index, operation) in Self.operations.enumerated() where index % 12 == part {
      let turns = "{% for i in range(999) %}{% set x = \(operation) %}{% endfor %}"
      let statements = try TemplateParser.parse("{% for j in range(999) %}\(turns){% endfor %}")
      var message = ""
      var took = 0.0
      // What a busy machine adds once, it does not add three times.
      for _ in 0..<3 {
        var run = prepared
        took = Self.seconds {
          do { try run.run(statements) } catch { message = "\(error)" }
        }
        if took < 5e-7 * Double(allowed) { break }
      }
      #expect(took < 5e-7 * Double(allowed), "\(operation): \(took) s; \(message)")
      // The others are refused: that operation is not defined for such values.
      let isStopped = message.hasSuffix("it takes too long") || message.hasSuffix("is too long")
      #expect(isStopped || !message.isEmpty, "\(operation) ended")
    }
  }

  /// A run that has made all the values, and has so many steps left.
  private static func prepared(leaving steps: Int) throws -> TemplateRun {
    let statements = try TemplateParser.parse(beginning)
    let messages = TemplateValue.list([.map([("role", .text("user")), ("content", .text("hi"))])])
    var run = TemplateRun(names: ["messages": messages])
    try run.run(statements)
    let taken = TemplateRun.mostSteps - run.stepsLeft
    run = TemplateRun(names: ["messages": messages], steps: steps + taken)
    try run.run(statements)
    return run
  }

  /// Templates of as many bytes as are read at all.
  static let sources = [
    "{{ f(\(many("1,"))) }}", "{{ f(\(many("a=1,"))) }}", "{{ [\(many("1,"))] }}",
    "{{ {\(many("'a':1,"))} }}", "{{ \(many("1~"))1 }}", "{{ \(many("a<"))a }}",
    "{{ \(many("'a' ")) }}", "{{ \(many("a or "))a }}", "{{ a\(many(".b")) }}",
    "{{ a\(many("|b")) }}", "{{ \(many("(")) }}", "{{ \(many("not "))a }}", "{{ \(many("-"))1 }}",
    many("{#a#}"), many(" {% set a=1 %}"), many("{"), many("{{a}}"), many(" {#"), many("{%"),
    "{% if a %}\(many("{% elif a %}")){% endif %}", many("{% if a %}"), "{{ \(many(" ")) }}",
    "{{ '\(many("\\\\n"))' }}", many("\r\n"), "{{ \(many("9")) }}", "{{ \(many("a")) }}",
  ]

  private static func many(_ piece: String) -> String {
    String(repeating: piece, count: 131_000 / piece.utf8.count)
  }

  @Test(arguments: sources.indices)
  func `the longest template is read soon, or refused`(index: Int) {
    var took = 0.0
    for _ in 0..<3 {
      took = Self.seconds {
        guard let template = try? ChatTemplate(Self.sources[index], specialTokens: [:]) else {
          return
        }
        _ = try? template.text(of: [], addingPrompt: true)
      }
      if took < 0.5 { break }
    }
    #expect(took < 0.5, "\(Self.sources[index].prefix(40)): \(took) s")
  }
}

/// What is written in limits, and what is found by searching in linear time.
@Suite struct TemplateTextTests {
  @Test func `a template writes no more than any model could read`() throws {
    let source =
      "{% set ns = namespace(a='a') %}{% for i in range(21) %}"
      + "{% set ns.a = ns.a ~ ns.a %}{% endfor %}{{ ns.a }}"
    let template = try ChatTemplate(source, specialTokens: [:])
    let error = #expect(throws: ChatTemplateError.self) {
      try template.text(of: [], addingPrompt: true)
    }
    #expect(error?.description.hasSuffix("it writes more than 1048576 bytes") == true)
  }

  @Test(arguments: [
    ("'aaaa'.split('aa')|join('-')", "--"), ("'aabaab'.replace('aab','x')", "xx"),
    ("'ababab'.split('abab')|join('-')", "-ab"), ("'aab' in 'aaab'", "True"),
    ("'abab' in 'abacabab'", "True"), ("'abd' in 'abcabcab'", "False"),
    ("'xyx'.strip('yx')|length", "0"), ("'ŉ'.upper()", "ʼN"),
    ("{'a': 1, 'b': [1, 2]} == {'b': [1, 2], 'a': 1}", "True"), ("{'a': 1} == {'b': 1}", "False"),
    ("'\u{1}\u{1F}\"'|tojson", #""\u0001\u001f\"""#),
    ("'\u{3000}a\u{2003}b \u{1C}'.strip()|tojson", "\"a\u{2003}b\""),
    ("'é\\\\\u{8}\u{C}\\r\\n\t\u{7F}日'|tojson", "\"é\\\\\\b\\f\\r\\n\\t\u{7F}日\""),
    (
      "{'a': [1, true, none, 2.5, 'x'], 'b': {}, 'c': []}|tojson",
      #"{"a": [1, true, null, 2.5, "x"], "b": {}, "c": []}"#
    ),
  ])
  func `what is found in linear time is what Python finds`(source: String, text: String) throws {
    let template = try ChatTemplate("{{ \(source) }}", specialTokens: [:])
    #expect(try template.text(of: [], addingPrompt: false) == text)
  }

  @Test(arguments: ChatTemplateReference.shared.templates.keys.sorted())
  func `a long conversation takes a published template a tenth of what it may`(
    _ name: String
  ) throws {
    let source = try #require(ChatTemplateReference.shared.templates[name])
    let content = String(repeating: "words and ", count: 200)
    let messages = (0..<201).map { turn in
      TemplateValue.map([
        ("role", .text(turn % 2 == 0 ? "user" : "assistant")), ("content", .text(content)),
      ])
    }
    let names: [String: TemplateValue] = [
      "messages": .list(messages), "add_generation_prompt": .boolean(true), "tools": .none,
      "bos_token": .text("<s>"), "eos_token": .text("</s>"), "documents": .none,
    ]
    var run = TemplateRun(names: names, steps: TemplateRun.mostSteps / 5)
    try run.run(TemplateParser.parse(source))
  }
}
