import Graphics

/// Tells of the MLP's nonlinearity, which differs between models.
struct ActivationTeller: Teller {
  let story: Story

  @BlockList var explanation: [Block] {
    switch story.activationName {
    case "relu":
      paragraph(
        en: """
          A plain “no” should add nothing. The nonlinear \(term: "activation function") passes what is positive and cuts off \
          all that is negative. Without it, the two matrices would collapse into one.
          """,
        ja: """
          答えがはっきり「いいえ」なら、何も足さないでおきたいところです。そこで非線形の\(term: "活性化関数")を使い、正の値は\
          そのまま通し、負の値はすべて 0 にします。これがなければ、2つの行列は1つにまとめられてしまいます。
          """
      )
      equation([
        .function("ReLU"), .parens("u"), .op("="), .function("max"),
        .parens([.number("0"), .op(","), "u"]),
      ])
    case "gelu_new", "gelu":
      soft
      if story.activationName == "gelu" {
        equation(exactForm)
      } else {
        equation(tanhForm)
        equation(tanhArgument)
      }
    default:
      soft
    }
  }

  private var soft: Block {
    paragraph(
      en: """
        A plain “no” should add nothing. The nonlinear \(term: "activation function") keeps what is clearly positive, cuts off \
        what is clearly negative, and bends softly in between. Without it, the two matrices would collapse into one.
        """,
      ja: """
        答えがはっきり「いいえ」なら、何も足さないでおきたいところです。そこで非線形の\(term: "活性化関数")を使い、はっきり正の値は\
        ほぼそのまま通し、はっきり負の値は 0 に近づけ、その間をなめらかにつなぎます。これがなければ、2つの行列は1つにまとめられて\
        しまいます。
        """
    )
  }

  /// GELU as GPT-2 computes it.
  private var tanhForm: Math {
    [
      .function("GELU"), .parens("u"), .op("="), .frac("u", .number("2")), .op("·"),
      .parens([.number("1"), .op("+"), .function("tanh"), .parens("z")]),
    ]
  }

  private var tanhArgument: Math {
    [
      "z", .op("="), .sqrt([.number("2"), .text("/"), .symbol("π")]),
      .parens(["u", .op("+"), .number("0.044715"), .sup("u", .number("3"))]),
    ]
  }

  /// GELU by its definition, with Φ the normal distribution's cumulative function.
  private var exactForm: Math {
    [.function("GELU"), .parens("u"), .op("="), "u", .op("·"), .symbol("Φ"), .parens("u")]
  }
}
