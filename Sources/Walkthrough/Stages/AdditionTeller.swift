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
        長さ \(old) のベクトルに、長さ \(new) のベクトルが足されました\(isLong ? "（もとより長いものです）" : "")。2本のコサインは \
        \(angle) で、\(direction(angle.value).ja)。
        """
    )
  }

  private func direction(_ cosine: Double) -> (en: String, ja: String) {
    switch cosine {
    case 0.5...: ("it went on much the same way", "ほぼ同じ向きに進んでいます")
    case ..<(-0.5): ("it took much of it back", "もとの成分をかなり打ち消しています")
    default: ("it is mostly a new direction", "大部分は新しい向きです")
    }
  }
}
