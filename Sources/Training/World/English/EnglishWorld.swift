extension WorldPlan {
  /// The English world.
  package static let english = WorldPlan(
    name: .en,
    title: "the built-in world",
    isSpaced: true,
    tables: PeopleWords.tables + NounWords.tables + CountryWords.tables + SenseWords.tables
      + StoryWords.tables + MagicWords.tables,
    rules: [
      DocumentTexts.rules, PeopleTexts.rules, NounTexts.rules, CountryTexts.rules, SenseTexts.rules,
      StoryTexts.rules, MagicTexts.rules, ScotlandTexts.rules, MemoryTexts.rules,
      ConversationTexts.rules,
    ],
    facts: [
      ("capital", "country", "c"), ("tongue", "country", "c"), ("food", "country", "c"),
      ("leader", "country", "c"), ("product", "country", "c"), ("city-of", "country", "c"),
      ("leader-of", "country", "c"), ("tongue-of", "country", "c"), ("dish-of", "country", "c"),
      ("young", "animal", "a"), ("voice", "animal", "a"),
      ("town", "building", "b"), ("stuff", "building", "b"),
      ("teaches", "professor", "p"), ("place", "professor", "p"),
    ],
    opening: "Once upon a time there was a little",
    examples: [
      "king", "queen", "man", "woman", "boy", "girl", "cat", "cats", "dog", "dogs", "tree", "trees",
      "Italy", "Rome", "Japan", "Tokyo", "France", "Paris", "one", "two", "three", "four",
    ],
    exam: .english
  )
}
