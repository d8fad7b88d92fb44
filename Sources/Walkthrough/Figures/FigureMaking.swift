package import Graphics
import Traces

// What all figures share: names, titles in the language that is told in, scales that compare.

extension Speaker {
  /// Makes a figure of marks.
  ///
  /// - Parameters:
  ///   - name: The file's name without extension; unique in a walkthrough.
  ///   - title: What it is.
  ///   - description: What it shows in this trace, for those who do not see it.
  ///   - key: What the colours mean.
  ///   - caption: A sentence beneath.
  ///   - panels: The marks, from top to bottom.
  /// - Returns: The figure, its texts plain.
  package func figure(
    _ name: String,
    title: RichText,
    description: RichText,
    key: ColorKey? = nil,
    caption: RichText? = nil,
    _ panels: [Scene.Panel]
  ) -> Figure {
    var figure = Figure(
      name: name,
      scene: Scene(
        id: name,
        title: title.plain(in: language),
        description: description.plain(in: language),
        panels: panels,
        key: key,
        language: language.rawValue
      ),
      caption: caption
    )
    figure.titleTemplate = title.template(in: language)
    figure.descriptionTemplate = description.template(in: language)
    return figure
  }

  /// A figure of one mark.
  package func figure(
    _ name: String,
    title: RichText,
    description: RichText,
    key: ColorKey? = nil,
    caption: RichText? = nil,
    _ mark: some MarkContent
  ) -> Figure {
    figure(
      name,
      title: title,
      description: description,
      key: key,
      caption: caption,
      [Scene.Panel(mark)]
    )
  }
}

extension Story {
  /// A token as figures show it.
  func label(_ position: Int) -> String { VisibleText.show(token(position)) }

  /// Data as a strip, to be compared with others under the same maximum.
  func strip(
    _ label: String,
    _ recorded: Recorded,
    _ indices: [Int],
    maximum: Double,
    sign: String? = nil,
    numbers: Int = 6,
    isFollowed: Bool = false,
    marking marked: Int? = nil
  ) -> VectorStrip.Row {
    let vector = recorded.vector(at: indices)
    func quantity(_ i: Int) -> Quantity {
      Quantity(Double(vector[i]), origin: .trace(recorded.place(indices + [i])))
    }
    // Under a marked number stands that number, not the first ones.
    let shown = marked == nil ? (0..<min(numbers, vector.count)).map(quantity) : []
    return VectorStrip.Row(
      label,
      values: vector.map(Double.init),
      scale: .data(maximum: maximum),
      sign: sign,
      numbers: shown,
      marked: marked.map { VectorStrip.Marked($0, quantity($0)) },
      isFollowed: isFollowed,
      source: recorded.place(indices)
    )
  }

  /// The largest absolute value among vectors.
  func maximum(_ vectors: [[Float]]) -> Double {
    vectors.joined().reduce(0) { max($0, Double(abs($1))) }
  }

  /// The formula of the largest absolute value among vectors, whose elements n stand at the given places.
  static func peak(_ places: [String]) -> String {
    let peaks = places.map { "max(n, abs(\($0)))" }
    return peaks.count == 1 ? peaks[0] : "largest(\(peaks.joined(separator: ", ")))"
  }

  /// What bars up and down mean.
  ///
  /// - Parameters:
  ///   - maximum: The largest absolute value.
  ///   - places: The vectors that it was found among, as ``peak(_:)`` takes them.
  /// - Returns: The key.
  func dataKey(maximum: Double, among places: [String]) -> ColorKey {
    ColorKey.bars(
      title: Caption(
        say(
          en: "data of this run: up is positive, down is negative",
          ja: "今回のデータ：上が正、下が負"
        ).plain
      ),
      low: Caption(Self.end(-maximum, among: places)),
      high: Caption(Self.end(maximum, among: places))
    )
  }

  /// The number at the strong end of a figure's scale.
  static func end(_ maximum: Double, among places: [String]) -> Quantity {
    Quantity(maximum, origin: .derived("\(maximum < 0 ? "-" : "")\(peak(places))"))
  }
}
