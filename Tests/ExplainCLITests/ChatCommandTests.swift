import ChatTemplates
import ExplainCLI
import Foundation
import Testing
import Tokenization

@Suite struct ChatCommandTests {
  private func chat(_ arguments: String, _ input: String) throws -> Outcome {
    try ExplainProcess().shell("printf '\(input)' | \"$explain\" chat \(arguments)")
  }

  @Test func `a conversation is one text, and ends with the role whose turn it is`() throws {
    var conversation = Conversation(system: "Be kind.")
    conversation.ask("Hello")
    #expect(try conversation.prompt() == "System: Be kind. User: Hello Assistant:")
    conversation.answer("Good day")
    conversation.ask("Who?")
    #expect(
      try conversation.prompt()
        == "System: Be kind. User: Hello Assistant: Good day User: Who? Assistant:"
    )
    conversation.forgetFirstTurn()
    #expect(try conversation.prompt() == "System: Be kind. User: Who? Assistant:")
  }

  @Test func `every line gets an answer`() throws {
    let result = try chat("--tokens 8", "Hello\\n\\nWho are you?")
    #expect(result.code == 0)
    #expect(result.output.hasPrefix("User: Hello\nAssistant:"))
    #expect(result.output.contains("\nUser: Who are you?\nAssistant:"))
    #expect(result.errors.isEmpty)
  }

  @Test func `what the model is given is shown word for word`() throws {
    let result = try chat("--tokens 4 --show-prompt --system 'Speak.'", "Hello\\n")
    #expect(result.output.contains("  │ System: Speak. User: Hello Assistant:\n"))
  }

  @Test func `a long conversation forgets whole turns and keeps the system prompt`() throws {
    let lines = (0..<8).map { "line \($0) of a conversation that goes on" }
    let result = try chat(
      "--tokens 10 --show-prompt --system 'Speak.'",
      lines.joined(separator: "\\n")
    )
    #expect(result.code == 0)
    #expect(result.output.contains("tokens forgotten"))
    let last = result.output.components(separatedBy: "what comes next:").last ?? ""
    #expect(last.hasPrefix("\n  │ System: Speak. User: "))
    #expect(!last.contains("line 0") && last.contains("line 7"))
  }

  @Test func `a question longer than the window does not stop the conversation`() throws {
    let result = try chat("-q --tokens 3", String(repeating: "word ", count: 400) + "\\n")
    #expect(result.code == 0)
  }

  @Test func `no input is no conversation, and input that is not UTF-8 an error`() throws {
    let nothing = try chat("", "")
    #expect(nothing.code == 0 && nothing.output.isEmpty)
    let broken = try chat("--tokens 2", "Hello\\n\\377\\n")
    #expect(broken.code == 65)
    #expect(broken.errors.contains("line 2"))
    #expect(broken.output.hasPrefix("User: Hello\nAssistant:"))
  }

  @Test func `the same seed gives the same conversation`() throws {
    let (first, second) = (try chat("--seed 3 -q", "Hello\\n"), try chat("--seed 3 -q", "Hello\\n"))
    #expect(first.output == second.output)
    #expect(first.output != (try chat("--seed 4 -q", "Hello\\n").output))
  }
}

@Suite struct ConversationTemplateTests {
  private func conversation(_ source: String, system: String? = nil) throws -> Conversation {
    Conversation(
      system: system,
      template: try ChatTemplate(source, specialTokens: ["eos_token": "</s>"])
    )
  }

  @Test func `a conversation is written as its template has it, and stops where a turn ends`()
    throws
  {
    let source =
      "{% for m in messages %}<{{ m.role }}>{{ m.content }}<end>{% endfor %}"
      + "{% if add_generation_prompt %}<assistant>{% endif %}"
    var talk = try conversation(source, system: "Be kind.")
    #expect(talk.stops == ["<end>"])
    talk.ask("Hello")
    talk.answer("Good day")
    talk.ask("Who?")
    #expect(
      try talk.prompt()
        == "<system>Be kind.<end><user>Hello<end><assistant>Good day<end><user>Who?<end><assistant>"
    )
    talk.forgetFirstTurn()
    #expect(try talk.prompt() == "<system>Be kind.<end><user>Who?<end><assistant>")
  }

  @Test func `a template may refuse a conversation`() throws {
    var talk = try conversation(
      "{{ raise_exception('no ' + messages[0].role) }}",
      system: "Be kind."
    )
    talk.ask("Hello")
    #expect(throws: ChatTemplateError.refused(message: "no system")) { try talk.prompt() }
  }
}
