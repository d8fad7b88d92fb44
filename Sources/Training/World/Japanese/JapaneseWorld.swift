extension WorldPlan {
  /// The Japanese world.
  package static let japanese = WorldPlan(
    name: .ja,
    title: "the built-in Japanese world",
    isSpaced: false,
    tables: japaneseTables + [ThingTable("any", words: words(of: japaneseTables, japaneseRules))],
    rules: japaneseRules,
    facts: [
      ("capital", "country", "c"), ("tongue", "country", "c"), ("food", "country", "c"),
      ("product", "country", "c"), ("city-of", "country", "c"), ("tongue-of", "country", "c"),
      ("dish-of", "country", "c"), ("young", "animal", "a"), ("voice", "animal", "a"),
      ("count", "counted", "x"), ("teaches", "professor", "p"), ("place", "professor", "p"),
    ],
    opening: "昔々あるところに、",
    examples: [
      "王", "女王", "男", "女", "少年", "少女", "猫", "子猫", "犬", "子犬", "馬", "子馬",
      "イタリア", "ローマ", "日本", "東京", "フランス", "パリ", "一", "二", "三", "四",
    ],
    exam: .japanese
  )

  private static let japaneseTables =
    JapanesePeople.tables + JapaneseCountries.tables + JapaneseAnimals.tables
    + JapaneseThings.tables + JapaneseDays.tables + JapaneseActs.tables + JapaneseTalk.tables
    + JapaneseSenses.tables + JapaneseMagic.tables + JapaneseStories.tables + JapaneseMemory.tables

  private static let japaneseRules = [
    JapaneseDocuments.rules, JapanesePeople.rules, JapaneseCountries.rules, JapaneseAnimals.rules,
    JapaneseThings.rules, JapaneseDays.rules, JapaneseActs.rules, JapaneseTalk.rules,
    JapaneseSenses.rules, JapaneseMagic.rules, JapaneseStories.rules, JapaneseMemory.rules,
  ]

  /// Every word of the tables and the rules, each once, in order.
  private static func words(of tables: [ThingTable], _ rules: [String]) -> String {
    var words: Set<Substring> = []
    func read(_ text: String) {
      // What a rule refers to is no word, nor is what it is made of.
      var depth = 0
      let plain = text.map { character -> Character in
        if "[<".contains(character) { depth += 1 }
        defer { if "]>".contains(character) { depth -= 1 } }
        return depth == 0 && (character.isLetter || character == "ー") && !character.isASCII
          ? character : " "
      }
      words.formUnion(String(plain).split(separator: " "))
    }
    for table in tables {
      for thing in table.things { for fact in thing.facts.values { read(fact) } }
    }
    for line in rules.flatMap({ $0.split(separator: "\n") }) where !line.hasPrefix("#") {
      read(String(line))
    }
    return words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: " ")
  }
}
