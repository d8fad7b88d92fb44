import Files
import TestSupport
import Testing
import Tokenization
import Transformer

/// Texts as a model takes them, and back.
@Suite struct PromptTests {
  private static let folders = ["tiny-gpt2", "architectures/llama", "architectures/gemma2"]

  @Test(arguments: folders)
  func `tokens of a prompt make up the prompt`(folder: String) throws {
    let model = try Model(folder: Fixtures.path(folder))
    let prompt = try model.prompt("The capital of Italy is")
    #expect(prompt.put.before == (folder == "tiny-gpt2" ? 0 : 1))
    #expect(model.prompt(of: prompt.tokens) == prompt)
    // One that was drawn, and appended.
    let longer = model.prompt(of: prompt.tokens + model.tokenizer.encode("the").suffix(1))
    #expect(longer.put == prompt.put)
    #expect(longer.text.hasPrefix(prompt.text) && longer.text.count > prompt.text.count)
  }

  @Test func `what begins every text is the text where nothing else is left`() throws {
    let model = try Model(folder: Fixtures.path("architectures/llama"))
    let prompt = model.prompt(of: model.tokenizer.surrounding.before)
    #expect(prompt.put.before == 0 && prompt.put.after == 0)
    #expect(!prompt.text.isEmpty)
  }

  @Test func `other tokens than those that begin every text are of the text`() throws {
    let model = try Model(folder: Fixtures.path("architectures/llama"))
    let tokens = model.tokenizer.encode("The capital")
    let prompt = model.prompt(of: tokens)
    #expect(prompt.put.before == 0 && prompt.put.after == 0)
    #expect(prompt.text == "The capital")
  }
}
