import Foundation
import Graphics
import Lessons
import Pages
import Testing
import Walkthrough

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What holds for every lesson, in both languages.
@Suite struct LessonTests {
  static let all = Lesson.all.map { $0.name }.flatMap { name in
    Language.allCases.map { (name, $0) }
  }

  @Test func `the lessons stand in the order in which a learner needs them`() {
    let names = Lesson.all.map { $0.name }
    #expect(
      names == [
        "what-is-a-gpt", "learning-from-data", "tensors", "weighted-sums", "dot-product", "tokens",
        "words-as-directions", "context", "softmax-and-temperature", "predict-and-sample",
        "chatbot",
        "counting-to-175-billion", "what-the-model-cannot-see",
      ]
    )
    for name in names { #expect(Lesson.named(name)?.name == name) }
    #expect(Lesson.named("Dot-Product") == nil)
  }

  @Test(arguments: all)
  func `a lesson is whole`(name: String, language: Language) throws {
    let article = try School.article(name, language)
    #expect(article.id == name && article.language == language)
    #expect((3...6).contains(article.steps.count), "\(article.steps.count) steps")
    #expect(article.questions.count == 2)
    #expect(Set(article.steps.map { $0.id }).count == article.steps.count)
    for step in article.steps {
      #expect(!step.blocks.isEmpty, "\(step.id)")
      for case .leftOut(let text) in step.blocks { Issue.record("\(step.id): \(text.plain)") }
      for case .paragraph(let text) in step.blocks {
        let ends = text.plain.count { ".。!?！？".contains($0) }
        #expect(ends > 0, "\(step.id): \(text.plain)")
      }
    }
  }

  @Test(arguments: all)
  func `a lesson speaks its language, and no other`(name: String, language: Language) throws {
    for (place, text) in try School.article(name, language).texts {
      let plain = text.plain(in: language)
      #expect(!plain.isEmpty, "\(place)")
      // A heading such as “eˣ” or “w” is none.
      let words = RichText(
        text.told.filter { run in
          switch run {
          case .text, .emphasis, .term: true
          default: false
          }
        }
      ).plain.replacing(/explain-world(-ja)?/, with: "")
      let letters = words.count { $0.isLetter }
      guard letters > 8 else { continue }
      let japanese = words.unicodeScalars.count { scalar in
        0x3041...0x30FF ~= scalar.value || 0x4E00...0x9FFF ~= scalar.value
      }
      #expect((japanese > letters / 4) == (language == .ja), "\(place): \(plain)")
    }
  }

  @Test(arguments: all)
  func `a lesson is a page, and lines that fit`(name: String, language: Language) throws {
    let article = try School.article(name, language)
    let html = ArticlePage(article, numbers: .taught).html
    let parser = XMLParser(data: Data(html.utf8))
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    let ids = html.matches(of: /\sid="([^"]*)"/).map { $0.1 }
    #expect(Set(ids).count == ids.count)
    #expect(html.matches(of: /<details class="data"><summary>/).count >= 2)
    for width in [40, 80, 120] {
      let lines = TerminalArticle(article, terminal: TerminalStyle(width: width)).lines
      let widest = lines.max { TextWidth.columns(of: $0) < TextWidth.columns(of: $1) } ?? ""
      #expect(TextWidth.columns(of: widest) <= width, "\(widest)")
    }
  }

  @Test(arguments: all)
  func `answers are printed for who asks`(name: String, language: Language) throws {
    let article = try School.article(name, language)
    // Wide enough for answers to stand on one line up to the pen's 80 columns.
    func text(_ answers: TerminalArticle.Answers) -> String {
      let lines = TerminalArticle(article, terminal: TerminalStyle(width: 80), answers: answers)
        .lines
      return lines.joined(separator: "\n")
    }
    let (with, without) = (text(.shown), text(.askedFor(command: "explain lesson X --answers")))
    #expect(with.contains("\n→  ") && !without.contains("\n→  "))
    #expect(without.contains("explain lesson X --answers") && !with.contains("--answers"))
  }
}
