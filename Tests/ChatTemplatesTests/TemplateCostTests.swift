import ChatTemplates
import Testing
import Tokenization

/// Every operation of a template pays for its work, so that a hostile one comes to an end.
@Suite struct TemplateCostTests {
  /// `a` is 2¹⁸ letters a, `b` as many b, `l` a list and `m` a map of many, `u` text that grows where
  /// it is written in capitals.
  private static let beginning = """
    {% set ns = namespace(a='a', b='b', u='ŉ', l=[1, 'x']) %}\
    {% for i in range(18) %}{% set ns.a = ns.a ~ ns.a %}{% set ns.b = ns.b ~ ns.b %}\
    {% set ns.u = ns.u ~ ns.u %}{% endfor %}\
    {% for i in range(12) %}{% set ns.l = ns.l + ns.l %}{% endfor %}\
    {% set m = {\(longMap)} %}{% set k = m | list %}{% set t = [{'k': ns.a}, {'k': ns.b}] %}
    """

  private static let longMap = (0..<3000).map { "'key\($0)': \($0)" }.joined(separator: ", ")

  static let operations = [
    "ns.a.strip(ns.b ~ 'a')", "ns.a.lstrip(ns.b ~ 'a')", "ns.a.rstrip(ns.b ~ 'a')",
    "ns.a.strip()", "(' ' ~ ns.a ~ ' ').strip()", "ns.a.split()", "ns.a.split('a')",
    "ns.a.split(ns.a ~ 'c')", "(ns.a ~ ns.a).split(ns.a ~ 'c')", "ns.a.replace('a', 'bb')",
    "(ns.a ~ ns.a).replace(ns.a ~ 'c', 'x')", "ns.u.upper()", "ns.u.lower()", "ns.u | upper",
    "ns.a | trim", "ns.a.startswith(ns.a)", "ns.a.endswith('b' ~ ns.a)",
    "(ns.a ~ 'c') in (ns.a ~ ns.a)", "(ns.a ~ 'c') not in (ns.a ~ ns.a)", "ns.a == ns.a ~ ''",
    "ns.a != ns.a ~ ''", "ns.a < ns.a ~ 'b'", "ns.a >= ns.a ~ 'b'", "ns.a ~ ns.b", "ns.a + ns.b",
    "ns.a[1:]", "ns.a[::-1]", "ns.a[-1]", "ns.a | length", "ns.l | length", "ns.l + ns.l",
    "ns.l == ns.l + []", "'y' in ns.l", "ns.l[1:]", "ns.l[::-1]", "ns.l | join(ns.b)",
    "k | join(',')", "ns.l | join", "ns.l | tojson", "ns.u | tojson", "m | tojson", "m == m",
    "m.items()", "m.keys()",
    "m.values()", "m | list", "m | items", "m.get('key0')", "m['key0']", "m.key0", "'key0' in m",
    "t | selectattr('k') | list", "t | selectattr('k', 'equalto', ns.a ~ '') | list",
    "t | rejectattr('k', 'equalto', ns.a ~ '') | list", "t | map(attribute='k') | list",
    "ns.a is equalto(ns.a ~ '')", "ns.a is ne(ns.a ~ '')", "'ab' is in(ns.a)", "ns.a is string",
    "k is in([k])", "range(99999)", "namespace(a=1)", "[ns.a, ns.b]", "{'a': ns.a}",
    "ns.a | default('')", "ns.l | first", "ns.l | last", "ns.a | string", "1 + 1", "i is odd",
    "i is divisibleby(3)", "not ns.a", "ns.a if ns.b else ns.a", "ns.a and ns.b", "loop.index",
    "loop.previtem", "messages[0]['content']",
  ]

  @Test(.timeLimit(.minutes(1)), arguments: operations)
  func `an operation done without end is stopped`(_ operation: String) throws {
    let turns = "{% for i in range(90000) %}{% set x = \(operation) %}{% endfor %}"
    let template = try ChatTemplate(
      "\(Self.beginning){% for j in range(90000) %}\(turns){% endfor %}",
      specialTokens: [:]
    )
    let error = #expect(throws: ChatTemplateError.self) {
      try template.text(of: [.init(role: "user", content: "hi")], addingPrompt: true)
    }
    let message = error?.description ?? ""
    #expect(
      message.hasSuffix("it takes too long") || message.hasSuffix("is too long"),
      "\(message)"
    )
  }

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
  ])
  func `what is found in linear time is what Python finds`(source: String, text: String) throws {
    let template = try ChatTemplate("{{ \(source) }}", specialTokens: [:])
    #expect(try template.text(of: [], addingPrompt: false) == text)
  }
}
