import Graphics

/// Tells of the MLP's nonlinearity, which differs between models.
struct ActivationTeller: Teller {
  let story: Story

  @BlockList var explanation: [Block] {
    switch story.activationName {
    case "relu":
      paragraph(
        en: """
          A plain “no” should add nothing. The nonlinearity passes what is positive and cuts off all that is negative. Without \
          it, the two matrices would collapse into one.
          """,
        ja: """
          はっきりした「いいえ」は何も足すべきではありません。非線形関数は、正の値をそのまま通し、負の値をすべて切り捨てます。\
          これがないと、2つの行列は1つにまとまってしまいます。
          """
      )
      equation([
        .function("ReLU"), .parens("u"), .op("="), .function("max"),
        .parens([.number("0"), .op(","), "u"]),
      ])
    case "gelu_new", "gelu":
      soft
      equation(story.activationName == "gelu" ? exactForm : tanhForm)
    default:
      soft
    }
  }

  private var soft: Block {
    paragraph(
      en: """
        A plain “no” should add nothing. The nonlinearity keeps what is clearly positive, cuts off what is clearly negative, and \
        bends softly in between. Without it, the two matrices would collapse into one.
        """,
      ja: """
        はっきりした「いいえ」は何も足すべきではありません。非線形関数は、明らかな正はそのまま通し、明らかな負は切り捨て、\
        その間をなめらかにつなぎます。これがないと、2つの行列は1つにまとまってしまいます。
        """
    )
  }

  /// GELU as GPT-2 computes it.
  private var tanhForm: Math {
    [
      .function("GELU"), .parens("u"), .op("="), .frac("u", .number("2")),
      .parens([
        .number("1"), .op("+"), .function("tanh"),
        .parens([
          .sqrt([.number("2"), .text("/"), .symbol("π")]),
          .parens(["u", .op("+"), .number("0.044715"), .sup("u", .number("3"))]),
        ]),
      ]),
    ]
  }

  /// GELU by its definition, with Φ the normal distribution's cumulative function.
  private var exactForm: Math {
    [.function("GELU"), .parens("u"), .op("="), "u", .op("·"), .symbol("Φ"), .parens("u")]
  }
}
