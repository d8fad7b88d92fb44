import Graphics

/// Tells what an addition to the residual stream did to one vector.
struct AdditionTeller: Teller {
  let story: Story

  func observation(before: Recorded, added: Recorded, at position: Int) -> Block {
    let old = Quantity(
      norm(before.vector(position)),
      origin: .derived("‖\(before.name)[\(position)]‖")
    )
    let new = Quantity(
      norm(added.vector(position)),
      origin: .derived("‖\(added.name)[\(position)]‖")
    )
    let angle = Quantity(
      cosine(before.vector(position), added.vector(position)),
      origin: .derived("cos(\(before.name)[\(position)], \(added.name)[\(position)])")
    )
    let isLong = new.value > old.value
    return found(
      en: """
        To a vector of length \(old) one of length \(new) was added\(isLong ? ", longer than what was there" : ""). The cosine \
        between the two is \(angle): \(direction(angle.value).en).
        """,
      ja: """
        長さ \(old) のベクトルに、\(isLong ? "それより長い" : "")ベクトル（長さ \(new)）が足されました。2本のコサイン類似度は \
        \(angle) で、\(direction(angle.value).ja)。
        """
    )
  }

  private func direction(_ cosine: Double) -> (en: String, ja: String) {
    switch cosine {
    case 0.5...: ("much of it goes the same way", "足されたベクトルの多くは、元と同じ向きです")
    case ..<(-0.5): ("it takes back some of what was there", "元の成分の一部を打ち消しています")
    default: ("most of it is a new direction", "足されたベクトルの大部分は、元と直交する新しい向きです")
    }
  }
}
