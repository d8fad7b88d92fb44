import Foundation
import Sampling
import Testing
import Training
import Transformer

/// The world that the teaching model learns from.
@Suite struct WorldTests {
  private let world = World()
  private static let documents = (0..<1500).map { World().document($0, seed: 1) }

  @Test func `the same number and seed tell the same text, others tell others`() {
    #expect(world.document(7, seed: 1).text == Self.documents[7].text)
    #expect(world.document(7, seed: 2).text != Self.documents[7].text)
    #expect(Set(Self.documents.map(\.text)).count > 1490)
  }

  @Test func `texts are made of sentences, with nothing of the grammar left over`() {
    for document in Self.documents {
      let first = document.text.first { $0 != "\"" }
      #expect(first?.isUppercase == true, "\(document.text)")
      #expect(!document.text.contains { "[]<>{}|^#".contains($0) }, "\(document.text)")
      #expect(!document.text.contains("  "), "\(document.text)")
      #expect(".!\"".contains(document.text.last ?? " "), "\(document.text)")
    }
  }

  @Test func `articles agree with what follows them`() {
    for document in Self.documents {
      #expect(document.text.firstMatch(of: /\b[Aa] [aeiou]/) == nil, "\(document.text)")
      #expect(document.text.firstMatch(of: /\b[Aa]n (?!hour)[^aeiou]/) == nil, "\(document.text)")
    }
  }

  @Test func `pronouns agree with people, verbs with numbers`() {
    let all = Self.documents.map(\.text).joined(separator: "\n")
    let (men, women) = (
      /(king|man|father|uncle|actor) himself/, /(queen|woman|mother|aunt) herself/
    )
    #expect(all.firstMatch(of: men) != nil && all.firstMatch(of: women) != nil)
    #expect(all.firstMatch(of: /\b(king|man|boy|father|uncle|actor|prince) herself/) == nil)
    #expect(all.firstMatch(of: /\b(queen|woman|girl|mother|aunt|actress) himself/) == nil)
    #expect(all.firstMatch(of: /\b(two|three|ten) \w+ (is|has|was)\b/) == nil)
    #expect(all.firstMatch(of: /\b(one|each|every) \w+ (are|have|were)\b/) == nil)
  }

  @Test func `the vocabulary is that of a small world`() {
    let words = Set(
      Self.documents.flatMap { document in
        document.text.lowercased().split { !$0.isLetter && $0 != "'" }
      }
    )
    #expect(800...1500 ~= words.count, "\(words.count)")
  }

  @Test func `the sentences have thousands of shapes`() {
    // A shape is a sentence without its names and numbers.
    let shapes = Set(
      Self.documents.flatMap { $0.text.split(separator: ".") }.map { sentence in
        sentence.replacing(/\ [A-Z]\w+/, with: " X")
      }
    )
    #expect(shapes.count > 3000, "\(shapes.count)")
  }

  /// Every fact has one way of being told that is kept for the exam.
  @Test func `what is held out is never told`() {
    let all = Self.documents.map(\.text).joined(separator: "\n")
    var count = 0
    for question in world.heldOutQuestions {
      let isTold = all.contains("\(question.prompt) \(question.answer)")
      #expect(!isTold, "\(question.prompt) \(question.answer)")
      count += 1
    }
    #expect(count > 100)
    #expect(all.contains("The capital of Germany is Berlin"))
  }

  @Test func `what stands among the choices three times surprises less`() throws {
    let king = try #require(world.table("role").first { $0["word"] == "king" })
    var surprisals: [String: Double] = [:]
    for seed in 0..<60 {
      var narrator = Narrator(world, SeededGenerator(seed: UInt64(seed)), things: ["r": king])
      narrator.tell(rule: "deed")
      surprisals[String(decoding: narrator.text, as: UTF8.self)] = narrator.surprisal
    }
    // Of twelve, three are the crown; one is the song.
    #expect(abs((surprisals["wore the golden crown"] ?? 0) - log(4)) < 1e-12)
    #expect(abs((surprisals["sang a song"] ?? 0) - log(12)) < 1e-12)
  }

  @Test func `surprisal is the sum of all choices`() {
    // Texts of more choices are less likely; none is certain.
    #expect(Self.documents.allSatisfy { $0.surprisal > 10 && $0.surprisal < 300 })
    let mean = Self.documents.map(\.surprisal).reduce(0, +) / Double(Self.documents.count)
    let count = Double(Self.documents.count)
    let letters = Self.documents.map { Double($0.text.count) }.reduce(0, +) / count
    // Far fewer than the bits of random letters: the world has rules.
    #expect(mean / letters < 0.4)
  }
}
