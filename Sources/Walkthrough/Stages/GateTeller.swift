import Graphics
import Traces

/// Tells of an MLP's gate: the activation is multiplied by a second product of the input.
struct GateTeller: Teller {
  let story: Story

  @BlockList func blocks(pre: Recorded, post: Recorded, neuron: Int) -> [Block] {
    paragraph(
      en: """
        This MLP has a \(term: "gate"): what the function lets through multiplies a second product of the same input with \
        another matrix, \("W_in" as Math), neuron by neuron. So the answer says how far a neuron opens, and the second product \
        what passes.
        """,
      ja: """
        この MLP には\(term: "ゲート")があります。関数を通した値に、同じ入力に別の行列 \("W_in" as Math) を掛けたものを、ニューロンごとに\
        掛けます。前者が「どれだけ開くか」、後者が「何を通すか」を決めます。
        """
    )
    MLPEquations(story: story).gate
    if let linear = story.recorded(.mlpPreLinear(story.layer)) {
      let i = story.followed
      arithmetic(
        """
        \(story.activationLabel)(\(pre(i, neuron))) · \(signed: linear(i, neuron)) = \(post(i, neuron))
        """
      )
    } else {
      leftOut(HookPoint.mlpPreLinear(story.layer).name)
    }
  }
}
