import Foundation
import TestSupport
import Testing
import Tokenization
import Transformer

@testable import ExplainCLI

/// The models compiled in, and which of them reads a text.
@Suite struct BuiltInModelTests {
  @Test(arguments: [
    ("日本の首都は", "built-in-ja"), ("ねこ", "built-in-ja"), ("a ネコ", "built-in-ja"), ("猫", "built-in-ja"),
    ("The capital of Italy is", nil), ("naïve café, 42 %", nil), ("서울", nil), ("", nil),
  ])
  func `kana or kanji are read by the Japanese one`(text: String, word: String?) {
    #expect(BuiltInModel.reading(text)?.word == word)
  }

  @Test func `every one opens by its name, and knows how often it met its tokens`() throws {
    #expect(BuiltInModel.all.map(\.word) == ["built-in", "built-in-ja"])
    for builtIn in BuiltInModel.all {
      let model = try #require(BuiltInModel.named(builtIn.word)).load()
      #expect(model.name == builtIn.name && model.tokenCounts != nil)
      for prompt in builtIn.prompts { #expect(!model.tokenizer.encode(prompt).isEmpty) }
    }
    #expect(BuiltInModel.named("built-in-fr") == nil)
  }

  @Test func `common words of the Japanese one are a token, after particles too`() throws {
    let tokenizer = try #require(BuiltInModel.named("built-in-ja")).load().tokenizer
    for words in [
      ["日本", "の", "首都", "は", "東京", "です"], ["私", "は", "猫", "が", "好き", "です"],
      ["昔々", "ある", "ところ", "に"], ["机", "の", "上", "に", "本", "が", "三", "冊", "あります"],
      ["川", "に", "かかる", "はし", "を", "渡って"], ["おはよう", "ございます"], ["空", "は", "青い", "です"],
    ] {
      let tokens = tokenizer.encode(words.joined()).map { tokenizer.text(of: $0).string }
      #expect(tokens == words)
    }
  }

  @Test func `the model that reads is said in one line, and a named one reads whatever is asked`()
    throws
  {
    let explain = try ExplainProcess()
    for (arguments, name, lines, words) in [
      ([], "explain-world-ja", 1, "built-in-ja reads it"),
      (["--language", "ja"], "explain-world-ja", 1, "built-in-ja が読みます"),
      (["--model", "built-in-ja"], "explain-world-ja", 0, ""),
      (["--model", "built-in"], "explain-world", 0, ""),
    ] {
      let result = try explain.run(["steps", "日本の首都は"] + arguments)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("\(name)"), "\(arguments)")
      #expect(result.output.contains("explain-world-ja") == (name == "explain-world-ja"))
      #expect(result.errorLines.count == lines && (lines == 0 || result.errors.contains(words)))
    }
    let quiet = try explain("generate", "-q", "猫の子どもは", "--temperature", "0", "--tokens", "1")
    #expect(quiet.output == "猫の子どもは子猫\n" && quiet.errors.isEmpty)
  }

  @Test func `a world and files exclude one another, an unknown world is refused`() throws {
    let explain = try ExplainProcess()
    for arguments in [["--world", "ja", "--corpus", "x"], ["--world", "fr"]] {
      let result = try explain.run(["train"] + arguments)
      #expect(result.code == 64 && result.errorLines.count == 1, "\(result.errors)")
    }
  }
}
