extension ExamPaper {
  /// The exam of the English world.
  static let english = ExamPaper(
    relations: [
      // Of each pair of roles, the table has both: the man's role comes first.
      Relation(
        name: "man : woman",
        table: "role",
        columns: ("word", "other"),
        only: ("he", "he")
      ),
      Relation(name: "country : capital", table: "country", columns: ("country", "capital")),
      Relation(name: "country : language", table: "country", columns: ("country", "tongue")),
      Relation(name: "country : food", table: "country", columns: ("country", "food")),
      Relation(name: "country : leader", table: "country", columns: ("country", "leader")),
      Relation(name: "one : many", table: "noun", columns: ("one", "many")),
      Relation(name: "animal : young", table: "animal", columns: ("one", "young")),
    ],
    axis: Axis(
      from: "cat",
      to: "cats",
      relation: Relation(
        name: "plural above singular",
        table: "noun",
        columns: ("one", "many")
      ),
      numbers: ("one", "one below two … ten")
    ),
    sense: "model",
    prompt: { "The \($0["lead"] ?? "") \($0["word"] ?? "")" },
    endings: { sense in
      (sense["kind"] == "placed" ? ["p", "q"] : ["a", "b", "c"]).compactMap { sense[$0] }
    }
  )
}
