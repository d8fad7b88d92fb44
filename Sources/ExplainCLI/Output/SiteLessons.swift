import Formats
import Graphics
import Lessons
import Pages
import Transformer
import Walkthrough

/// The lessons of a site: a page each, in both languages, led through from the first to the last.
struct SiteLessons {
  /// The site's other pages, language by language.
  let wings: [SiteWing]
  /// The lessons' titles and pages, language by language.
  private(set) var links: [(language: Language, links: [ArticlePage.Link])] = []

  init(wings: [SiteWing]) { self.wings = wings }

  /// The pages; and where a lesson asks a model that is not the site's, a file with that one.
  ///
  /// - Throws: What a lesson ends in.
  var files: [(name: String, text: String)] {
    mutating get throws {
      var trying = Living.lessons
      trying.shared = "trying.js"
      var files = [(name: "trying.js", text: trying.sharedFile)]
      for wing in wings {
        let language = wing.language
        let room = try Classroom.builtIn(language)
        let pages = Lesson.all.map { lesson in
          ArticlePage.Link(lesson.title(in: room), to: Self.name(lesson, language))
        }
        links.append((language, pages))
        let isOwn = room.model.name == wing.model.name
        var asked = wing.living
        if !isOwn {
          asked = Living.carrying(room.model, at: nil) ?? wing.living
          asked.shared = "lessons-\(language.rawValue).js"
        }
        var carries = false
        for (index, lesson) in Lesson.all.enumerated() {
          let form = lesson.form(in: room, carrying: asked)
          carries = carries || (form != nil && !isOwn)
          let page = ArticlePage(
            try lesson.article(in: room),
            numbers: .taught,
            asking: form,
            trying: lesson.tried(in: room, carrying: trying),
            links: ways(from: index, of: pages, in: room, to: isOwn ? wing : nil)
          )
          files.append((pages[index].address, page.html))
        }
        if carries, let name = asked.shared { files.append((name, asked.sharedFile)) }
      }
      return files
    }
  }

  private static func name(_ lesson: Lesson, _ language: Language) -> String {
    "lesson-\(lesson.name)\(language == .en ? "" : "-\(language.rawValue)").html"
  }

  /// Where a lesson's page leads: to the step of the walkthrough that shows the same, the next lesson, the one before, all.
  private func ways(
    from index: Int,
    of pages: [ArticlePage.Link],
    in room: Classroom,
    to wing: SiteWing?
  ) -> [ArticlePage.Link] {
    func say(_ en: RichText, _ ja: RichText) -> RichText { room.language == .en ? en : ja }
    var ways: [ArticlePage.Link] = []
    if let wing, let (prompt, step) = Lesson.all[index].door(in: room) {
      let address = SiteIndexPage.address(
        of: prompt,
        step: step,
        in: wing.walkthrough,
        wing.edition
      )
      ways.append(.init(say("Try it with your own prompt", "好きなプロンプトで試す"), to: address))
    }
    if index + 1 < pages.count {
      let next = pages[index + 1]
      ways.append(.init(say("Next lesson: ", "次のレッスン：") + next.title, to: next.address))
    }
    if index > 0 {
      let last = pages[index - 1]
      ways.append(.init(say("Lesson before: ", "前のレッスン：") + last.title, to: last.address))
    }
    ways.append(.init(say("All lessons", "レッスンの一覧"), to: "index.html#\(room.language.rawValue)"))
    let other = room.language == .en ? Language.ja : .en
    ways.append(.init(say("日本語", "English"), to: Self.name(Lesson.all[index], other)))
    return ways
  }
}
