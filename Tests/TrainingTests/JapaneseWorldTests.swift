import Foundation
import Testing

@testable import Training

/// The world that the Japanese teaching model learns from.
@Suite struct JapaneseWorldTests {
  // No global of its own: the leak sanitizer does not see what a grammar's tagged pointers lead to.
  private let world = World(.japanese)
  private static let documents = documents(of: World(.japanese))

  private static func documents(of world: World) -> [World.Document] {
    (0..<2000).map { world.document($0, seed: 1) }
  }
  private static let all = documents.map { $0.text }.joined(separator: "\n")

  @Test
  func `texts are sentences, with nothing of the grammar left over and no space between words`() {
    var sentences = 0
    for document in Self.documents {
      #expect(!document.text.contains { "[]<>{}|^#_*".contains($0) }, "\(document.text)")
      #expect(document.words.joined().elementsEqual(document.text.utf8), "\(document.text)")
      // Conversations have the roles' names in Latin letters, with spaces around.
      if !document.text.contains("User:") { #expect(!document.text.contains(" ")) }
      // Only words without meaning, said to be repeated, end without a full stop.
      sentences += "。」".contains(document.text.last ?? " ") ? 1 : 0
    }
    #expect(sentences > 1200)
    #expect(world.document(7, seed: 1).text == Self.documents[7].text)
    #expect(Set(Self.documents.map { $0.text }).count > 1450)
  }

  @Test func `pronouns agree with people, counters with what is counted`() {
    let all = Self.all
    #expect(all.firstMatch(of: /女王は[^。]*。彼女は/) != nil)
    for (people, other) in [("(王|父|少年|俳優)", "彼女"), ("(女王|母|少女|女優)", "彼")] {
      let wrong = try? Regex("[。\\n]\(people)は[^。]*。\(other)は")
      #expect(wrong.flatMap { all.firstMatch(of: $0) } == nil, "\(people) \(other)")
    }
    #expect(all.firstMatch(of: /猫が[一二三四五六七八九]匹/) != nil)
    #expect(all.firstMatch(of: /本が[一二三四五六七八九]冊/) != nil)
    #expect(all.firstMatch(of: /(猫|犬)が[一二三四五六七八九](冊|枚|人|つ|頭|羽)/) == nil)
    #expect(all.firstMatch(of: /[十何]つ/) == nil)
  }

  @Test func `the vocabulary is that of a small world`() {
    let words = Set(Self.documents.flatMap { $0.words })
    #expect(1200...1800 ~= words.count, "\(words.count)")
  }

  @Test func `what is held out is never told`() {
    var count = 0
    for question in world.heldOutQuestions {
      #expect(!question.answer.isEmpty)
      let told = question.prompt + question.answer
      // A longer sentence may end like the one that is held out: 写真に馬が七頭 after 馬が七頭.
      let isTold = ["\n", "。"].contains { Self.all.contains($0 + told) }
      #expect(!isTold, "\(told)")
      count += 1
    }
    #expect(count > 150)
    let isToldInOtherWords = Self.all.contains("東京は日本の首都です。")
    #expect(isToldInOtherWords || Self.all.contains(/(日本|ドイツ|フランス)の首都は(東京|ベルリン|パリ)です。/))
  }

  @Test func `no everyday prompt of the exam stands in the texts`() {
    #expect(JapaneseEveryday.prompts.count >= 200)
    let all = Data(Self.all.utf8)
    for question in JapaneseEveryday.prompts {
      #expect(!question.answers.isEmpty)
      let place = all.range(of: Data(question.prompt.utf8))
      #expect(place == nil, "\(question.prompt)")
    }
  }

  @Test func `no text has the words that the world does not have`() {
    #expect(JapaneseStrangers.prompts.count == 50)
    let words = Set(Self.documents.flatMap { $0.words })
    for stranger in JapaneseStrangers.prompts {
      #expect(stranger.prompt.contains(stranger.word))
      #expect(!words.contains(Array(stranger.word.utf8)), "\(stranger.word)")
    }
  }

  @Test func `a word of two meanings goes on with another particle in each`() {
    let senses = world.table("sense")
    for (first, second) in zip(senses, senses.dropFirst()) where first["word"] == second["word"] {
      let particles = [first, second].map { sense in
        Set(ExamPaper.japanese.endings(sense).compactMap { $0.split(separator: " ").first })
      }
      #expect(particles[0].isDisjoint(with: particles[1]), "\(first["word"] ?? "")")
    }
    #expect(ExamPaper.japanese.prompt(senses[0]) == "機械学習のモデル")
  }

  @Test func `a world is named on the command line and in the counts of what was read`() {
    let source = TrainingSource(files: [], world: "ja", worldTexts: 9, vocabularySize: 300)
    #expect(source.plan?.name == .ja)
    #expect(source.summary == "the built-in Japanese world, 9 texts")
    // A checkpoint of before there was a choice is of the English one.
    #expect(TrainingSource(files: [], worldTexts: 9, vocabularySize: 300).plan?.name == .en)
    #expect(TrainingSource(files: ["a"], worldTexts: 0, vocabularySize: 300).plan?.name == nil)
  }
}
