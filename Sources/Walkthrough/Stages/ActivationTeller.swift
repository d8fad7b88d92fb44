import Graphics
import Traces

/// Tells of the MLP's nonlinearity, which differs between models.
struct ActivationTeller: Teller {
  let story: Story

  @BlockList var explanation: [Block] {
    switch story.activation.function {
    case .relu:
      paragraph(
        en: """
          A plain “no” should add nothing. The nonlinear \(term: "activation function") passes what is positive and cuts off \
          all that is negative.\(collapse.en)
          """,
        ja: """
          答えがはっきり「いいえ」なら、何も足さないでおきたいところです。そこで非線形の\(term: "活性化関数")を使い、正の値は\
          そのまま通し、負の値はすべて 0 にします。\(collapse.ja)
          """
      )
      equation([
        .function("ReLU"), .parens("u"), .op("="), .function("max"),
        .parens([.number("0"), .op(","), "u"]),
      ])
    case .gelu:
      soft
      equation(exactForm)
    case .geluTanh:
      soft
      equation(tanhForm)
      equation(tanhArgument)
    case .silu:
      soft
      equation(sigmoidForm)
    case .quickGELU:
      soft
      equation(quickForm)
    case nil:
      anyFunction
      untold(en: "which function this is", ja: "それがどの関数か")
    }
    if story.activation.isFromNumbers {
      if let name = story.trace.model.activation {
        paragraph(
          en: """
            The trace names another function (\(code: name)), but its recorded numbers agree with this one.
            """,
          ja: "このトレースに書かれている関数名（\(code: name)）は違いますが、記録された数はこの関数に一致します。"
        )
      } else {
        paragraph(
          en: "The trace does not name its function; its recorded numbers agree with this one.",
          ja: "このトレースには関数名が書かれていませんが、記録された数はこの関数に一致します。"
        )
      }
    }
  }

  /// What would be without it; where a gate multiplies two products, that is not so.
  private var collapse: (en: RichText, ja: RichText) {
    story.activation.isGated == false
      ? (
        " Without it, the two matrices would collapse into one.",
        "これがなければ、2つの行列は1つにまとめられてしまいます。"
      ) : ("", "")
  }

  /// SiLU, u times the logistic function of u.
  private var sigmoidForm: Math {
    [
      .function("SiLU"), .parens("u"), .op("="),
      .frac("u", [.number("1"), .op("+"), .sup("e", [.op("−"), "u"])]),
    ]
  }

  /// GELU by the logistic function.
  private var quickForm: Math {
    [
      .function("QuickGELU"), .parens("u"), .op("="),
      .frac("u", [.number("1"), .op("+"), .sup("e", [.op("−"), .number("1.702"), "u"])]),
    ]
  }

  private var anyFunction: Block {
    paragraph(
      en: """
        Each neuron's number goes through a nonlinear \(term: "activation function").\(collapse.en)
        """,
      ja: """
        各ニューロンの数は、非線形の\(term: "活性化関数")を通ります。\(collapse.ja)
        """
    )
  }

  private var soft: Block {
    paragraph(
      en: """
        A plain “no” should add nothing. The nonlinear \(term: "activation function") keeps what is clearly positive, cuts off \
        what is clearly negative, and bends softly in between.\(collapse.en)
        """,
      ja: """
        答えがはっきり「いいえ」なら、何も足さないでおきたいところです。そこで非線形の\(term: "活性化関数")を使い、はっきり正の値は\
        ほぼそのまま通し、はっきり負の値は 0 に近づけ、その間をなめらかにつなぎます。\(collapse.ja)
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
