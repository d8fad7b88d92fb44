import Graphics

/// Tells what an addition to the residual stream did to one vector.
struct AdditionTeller: Teller {
  let story: Story

  func observation(before: Recorded, added: Recorded, at position: Int) -> Block {
    let old = Quantity(
      norm(before.vector(position)),
      origin: .derived(before.length([position]))
    )
    let new = Quantity(
      norm(added.vector(position)),
      origin: .derived(added.length([position]))
    )
    let angle = Quantity(
      cosine(before.vector(position), added.vector(position)),
      origin: .derived(before.cosine([position], with: added))
    )
    guard old.value > 0, new.value > 0 else {
      return found(
        en: "To a vector of length \(old) one of length \(new) was added.",
        ja: "長さ \(old) のベクトルに、長さ \(new) のベクトルが足されました。"
      )
    }
    let isLong = new.value > old.value
    return found(
      en: """
        To a vector of length \(old) one of length \(new) was added\(isLong ? ", longer than what was there" : ""). The cosine \
        between the two is \(angle): \(direction(angle.value).en).
        """,
      ja: """
        長さ \(old) のベクトルに、\(isLong ? "それより長い、" : "")長さ \(new) のベクトルが足されました。2本のコサイン類似度は \
        \(angle) で、\(direction(angle.value).ja)。
        """
    )
  }

  /// What the cosine c says: of the added vector's squared length, c² lies along what was there, 1 − c² at right angles.
  private func direction(_ cosine: Double) -> (en: String, ja: String) {
    switch cosine {
    case 0.5.squareRoot()...: ("most of it goes the same way", "足されたベクトルの大部分は、元と同じ向きです")
    case ...(-0.5.squareRoot()):
      ("most of it goes the opposite way", "足されたベクトルの大部分は、元と反対向きです")
    default: ("most of it is at right angles to what was there", "足されたベクトルの大部分は、元と直交する向きです")
    }
  }
}
