extension ExamPaper {
  /// The exam of the English world.
  static let english = ExamPaper(
    relations: [
      // Of each pair of roles, the table has both: the man's role comes first.
      Relation(
        name: Name(en: "man : woman", ja: "男 : 女"),
        table: "role",
        columns: ("word", "other"),
        only: ("he", "he")
      ),
      Relation(
        name: Name(en: "country : capital", ja: "国 : 首都"),
        table: "country",
        columns: ("country", "capital")
      ),
      Relation(
        name: Name(en: "country : language", ja: "国 : 言語"),
        table: "country",
        columns: ("country", "tongue")
      ),
      Relation(
        name: Name(en: "country : food", ja: "国 : 料理"),
        table: "country",
        columns: ("country", "food")
      ),
      Relation(
        name: Name(en: "country : leader", ja: "国 : 指導者"),
        table: "country",
        columns: ("country", "leader")
      ),
      Relation(
        name: Name(en: "one : many", ja: "単数 : 複数"),
        table: "noun",
        columns: ("one", "many")
      ),
      Relation(
        name: Name(en: "animal : young", ja: "動物 : その子"),
        table: "animal",
        columns: ("one", "young")
      ),
    ],
    axis: Axis(
      from: "cat",
      to: "cats",
      relation: Relation(
        name: Name(en: "plural above singular", ja: "複数形が単数形より上"),
        table: "noun",
        columns: ("one", "many")
      ),
      numbers: ("one", Name(en: "one below two … ten", ja: "one が two … ten より下"))
    ),
    sense: "model",
    prompt: { "The \($0["lead"] ?? "") \($0["word"] ?? "")" },
    endings: { sense in
      (sense["kind"] == "placed" ? ["p", "q"] : ["a", "b", "c"]).compactMap { sense[$0] }
    }
  )
}
