import ChatTemplates
import Formats
import Foundation
import Sampling
import Testing
import Tokenization

/// Conversations as Hugging Face writes them; `Fixtures/make_chat_templates.py` says how.
struct ChatTemplateReference: Decodable {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let template: String
    let conversation: String
    let prompt: Bool
    let text: String?
    let refusal: String?

    var testDescription: String { "\(template): \(conversation), \(prompt)" }
  }

  struct Message: Decodable {
    let role: String
    let content: String
  }

  let templates: [String: String]
  let conversations: [String: [Message]]
  let cases: [Case]

  static let shared: ChatTemplateReference = {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/chat-templates.json")
    let decoded = try? JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
    return decoded ?? ChatTemplateReference(templates: [:], conversations: [:], cases: [])
  }()
}

@Suite struct ChatTemplateTests {
  private let tokens = ["bos_token": "<s>", "eos_token": "</s>"]
  private let hello = [ChatTemplate.Message(role: "user", content: "Hello")]

  private func text(_ source: String, addingPrompt: Bool = true) throws -> String {
    try ChatTemplate(source, specialTokens: tokens).text(of: hello, addingPrompt: addingPrompt)
  }

  @Test func `the reference has cases of every template`() {
    let reference = ChatTemplateReference.shared
    #expect(reference.cases.count == 8 * reference.templates.count)
    #expect(reference.templates.count >= 16)
  }

  @Test(arguments: ChatTemplateReference.shared.cases)
  func `conversations are written as Hugging Face writes them`(
    _ given: ChatTemplateReference.Case
  ) throws {
    let reference = ChatTemplateReference.shared
    let template = try ChatTemplate(
      try #require(reference.templates[given.template]),
      specialTokens: tokens
    )
    let messages = try #require(reference.conversations[given.conversation])
      .map { ChatTemplate.Message(role: $0.role, content: $0.content) }
    if let refusal = given.refusal {
      #expect(throws: ChatTemplateError.refused(message: refusal)) {
        try template.text(of: messages, addingPrompt: given.prompt)
      }
    } else {
      #expect(try template.text(of: messages, addingPrompt: given.prompt) == given.text)
    }
  }

  @Test(
    arguments: zip(
      ["chatml", "llama 2", "zephyr", "gemma", "mistral", "llama 3", "phi", "plain"],
      [
        "<|im_end|>", "</s>", "</s>", "<end_of_turn>", "</s>", "<|eot_id|>", "<|end|>\n</s>",
        "\nUSER:",
      ]
    )
  )
  func `a template tells what ends the assistant's turn`(name: String, end: String) throws {
    let source = try #require(ChatTemplateReference.shared.templates[name])
    #expect(try ChatTemplate(source, specialTokens: tokens).endOfTurn == end)
  }

  @Test(arguments: [
    "{{ 'open' ", "{% if true %}", "{% endif %}", "{% for x messages %}{% endfor %}", "{{ }}",
    "{# no end", "{{ 'no end }}", "{{ a b }}", "{{ (1 }}", "{{ 1) }}", "{% %}",
    "{{ 99999999999999999999 }}",
    "{{ '\\x4' }}", "{{ a. }}", "{{ [1 2] }}", "{{ {'a' 1} }}", "{% set x %}", "{{ $ }}",
    "{% elif x %}", "{% if x %}{% else %}{% else %}{% endif %}", "{{ a[ }}", "{{ f(a= }}",
    "{{ x is }}",
    "{{ x | }}", "{% for x in y %}", "{{ not }}", "{{ 'a' if }}", "{%", "{{", "{{ -",
  ])
  func `what is no template is refused`(_ source: String) {
    #expect(throws: ChatTemplateError.self) { try ChatTemplate(source, specialTokens: [:]) }
  }

  @Test(arguments: [
    "{% macro m() %}{% endmacro %}", "{% include 'x' %}", "{% raw %}{% endraw %}",
    "{% set x %}a{% endset %}", "{{ strftime_now('%Y') }}", "{{ messages|groupby('role') }}",
    "{{ messages[0].content.format(1) }}", "{{ 'a' is nonsense }}", "{{ messages }}",
    "{{ 2 ** 3 }}", "{{ 'a' * 3 }}", "{% for c in 'abc' %}{% endfor %}", "{{ 'a' % 1 }}",
    "{{ messages[::2] }}", "{{ dict(a=1) }}", "{{ (1)(2) }}", "{% break %}",
  ])
  func `what is not understood is named`(_ source: String) {
    let error = #expect(throws: ChatTemplateError.self) { _ = try text(source) }
    guard case .unsupported = error else {
      Issue.record("\(source): \(error.map { "\($0)" } ?? "no error")")
      return
    }
  }

  @Test(arguments: [
    "{{ missing.attribute }}", "{{ missing['item'] }}", "{{ missing.strip() }}", "{{ 1 // 0 }}",
    "{{ 1 % 0 }}", "{{ 9223372036854775807 + 1 }}", "{{ -9223372036854775807 - 2 }}",
    "{{ (-9223372036854775807 - 1) // -1 }}", "{{ 1 < 'a' }}", "{{ 1 in 2 }}",
    "{% for a, b in [[1, 2], [3]] %}{% endfor %}", "{{ 'a'['b':] }}", "{{ 1[1:] }}",
    "{% set messages.x = 1 %}", "{{ range(1000000000) }}", "{{ 1 | length }}",
    "{{ range(-9223372036854775807, 9223372036854775807) }}",
  ])
  func `what goes wrong is told with its line`(_ source: String) {
    let error = #expect(throws: ChatTemplateError.self) { _ = try text("\n\n" + source) }
    #expect(error?.description.hasPrefix("line 3 of the chat template") == true)
  }

  @Test func `no template runs for ever or writes without bound`() {
    let loops =
      String(repeating: "{% for i in range(90000) %}", count: 3)
      + String(repeating: "{% endfor %}", count: 3)
    let doubling =
      "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(99) %}"
      + "{% set n.x = n.x + n.x %}{% endfor %}"
    let replacing =
      "{% set n = namespace(x='aaaaaaaa') %}{% for i in range(99) %}"
      + "{% set n.x = n.x.replace('a', 'aaaaaaaa') %}{% endfor %}"
    let lists =
      "{% set n = namespace(x=[1]) %}{% for i in range(99) %}"
      + "{% set n.x = n.x + n.x %}{% endfor %}"
    let json =
      "{% set n = namespace(x=[1]) %}{% for i in range(99) %}"
      + "{% set n.x = [n.x, n.x] %}{% endfor %}{{ n.x|tojson }}"
    let deep =
      "{% set n = namespace(x=[1]) %}{% for i in range(90000) %}"
      + "{% set n.x = [n.x] %}{% endfor %}"
    let comparing =
      "{% set n = namespace(x=[1]) %}{% for i in range(14) %}"
      + "{% set n.x = [n.x, n.x] %}{% endfor %}{% for i in range(90000) %}{{ n.x == n.x }}{% endfor %}"
    for source in [loops, doubling, replacing, lists, json, deep, comparing] {
      #expect(throws: ChatTemplateError.self) { _ = try text(source) }
    }
  }

  @Test func `no template exhausts the stack`() {
    let deep = [
      String(repeating: "(", count: 100_000), String(repeating: "not ", count: 100_000) + "x",
      String(repeating: "-", count: 100_000) + "1", String(repeating: "[", count: 100_000),
      "x" + String(repeating: ".x", count: 100_000), "1" + String(repeating: "~1", count: 100_000),
      "x" + String(repeating: "|trim", count: 100_000),
      "x" + String(repeating: "[0]", count: 100_000),
      "x" + String(repeating: " if y else x", count: 20_000),
      String(repeating: "{1:", count: 50_000),
    ]
    for expression in deep.map({ "{{ \($0) }}" }) + [
      String(repeating: "{% if x %}", count: 20_000),
      String(repeating: "{% for x in y %}", count: 10_000),
      String(repeating: "{% generation %}", count: 10_000),
    ] {
      #expect(throws: ChatTemplateError.self) { try ChatTemplate(expression, specialTokens: [:]) }
    }
  }

  @Test func `templates cut and changed at random end in a text or in an error`() throws {
    var generator = SeededGenerator(seed: 5)
    let sources = ChatTemplateReference.shared.templates.sorted { $0.key < $1.key }.map(\.value)
    var (texts, errors) = (0, 0)
    for source in sources {
      for _ in 0..<150 {
        var bytes = Array(source.utf8)
        for _ in 0...Int(generator.next(upperBound: UInt64(4))) {
          let place = Int(generator.next(upperBound: UInt64(bytes.count)))
          switch Int(generator.next(upperBound: UInt64(3))) {
          case 0: bytes.remove(at: place)
          case 1:
            bytes[place] = Array("{}%|-'().x".utf8)[Int(generator.next(upperBound: UInt64(10)))]
          default:
            bytes.insert(bytes[Int(generator.next(upperBound: UInt64(bytes.count)))], at: place)
          }
        }
        do {
          _ = try text(String(decoding: bytes, as: UTF8.self))
          texts += 1
        } catch is ChatTemplateError { errors += 1 }
      }
    }
    #expect(texts > 100 && errors > 100)
  }
}

@Suite struct ChatTemplateFileTests {
  private let hello = [ChatTemplate.Message(role: "user", content: "Hello")]

  private func text(_ files: [String: String]) throws -> String? {
    let folder = Folder(name: "test", files: files.mapValues { Bytes(copying: Array($0.utf8)) })
    return try ChatTemplate.inFolder(folder)?.text(of: hello, addingPrompt: true)
  }

  @Test func `a folder may have no template`() throws {
    #expect(try text([:]) == nil)
    #expect(try text(["tokenizer_config.json": "{\"chat_template\": null}"]) == nil)
  }

  @Test func `a template is a file, a string, or the one named default`() throws {
    let string = #"{"chat_template": "string {{ messages[0].content }}"}"#
    #expect(try text(["tokenizer_config.json": string]) == "string Hello")
    #expect(
      try text(["tokenizer_config.json": string, "chat_template.jinja": "file\n"]) == "file"
    )
    let list =
      #"{"chat_template": [{"name": "tool_use", "template": "tool"}, {"name": "default", "template": "plain"}]}"#
    #expect(try text(["tokenizer_config.json": list]) == "plain")
  }

  @Test func `special tokens are those of the configuration, and GPT-2's if it names none`() throws
  {
    let template = #""chat_template": "{{ bos_token }}{{ eos_token }}""#
    func config(_ more: String) -> [String: String] {
      ["tokenizer_config.json": "{\(more)\(template)}"]
    }
    #expect(try text(config("")) == "<|endoftext|><|endoftext|>")
    #expect(
      try text(config(#""bos_token": "<s>", "eos_token": {"content": "</s>"}, "#)) == "<s></s>"
    )
    #expect(try text(config(#""tokenizer_class": "PreTrainedTokenizerFast", "#)) == "")
  }

  @Test(arguments: [
    #"{"chat_template": 3}"#, #"{"chat_template": []}"#,
    #"{"chat_template": [{"name": "default"}]}"#,
    #"{"chat_template": "{{"}"#,
  ])
  func `what is no template is an error that names the file`(config: String) {
    let error = #expect(throws: TokenizationError.self) {
      _ = try text(["tokenizer_config.json": config])
    }
    #expect(error?.description.contains("tokenizer_config.json") == true)
  }
}
