extension ExamPaper {
  /// The exam of the Japanese world.
  static let japanese = ExamPaper(
    relations: [
      // Of each pair of roles, the table has both: the man's role comes first.
      Relation(
        name: Name(en: "男 : 女", ja: "男 : 女"),
        table: "role",
        columns: ("word", "other"),
        only: ("he", "彼")
      ),
      Relation(
        name: Name(en: "国 : 首都", ja: "国 : 首都"),
        table: "country",
        columns: ("country", "capital")
      ),
      Relation(
        name: Name(en: "国 : 言葉", ja: "国 : 言葉"),
        table: "country",
        columns: ("country", "tongue")
      ),
      Relation(
        name: Name(en: "国 : 料理", ja: "国 : 料理"),
        table: "country",
        columns: ("country", "food")
      ),
      Relation(
        name: Name(en: "国 : 品物", ja: "国 : 品物"),
        table: "country",
        columns: ("country", "product")
      ),
      Relation(name: Name(en: "親 : 子", ja: "親 : 子"), table: "animal", columns: ("one", "young")),
    ],
    axis: Axis(
      from: "猫",
      to: "子猫",
      relation: Relation(
        name: Name(en: "young above parent", ja: "子が親より上"),
        table: "animal",
        columns: ("one", "young")
      )
    ),
    sense: "モデル",
    prompt: { sense in
      "\(sense["lead"] ?? "")\(sense["word"] ?? "")".split(separator: " ").joined()
    },
    endings: { sense in ["a", "b", "c"].compactMap { sense[$0] } },
    everyday: JapaneseEveryday.prompts,
    strangers: JapaneseStrangers.prompts,
    asksInduction: true
  )
}
