import Graphics
import Tensors
import Traces

extension Machine {
  /// The picture, or the part of it within a rectangle, as a figure.
  ///
  /// Where a pixel has no room for every number, every so-manieth row and column is drawn; matrices whose numbers a trace
  /// does not hold are outlines.
  ///
  /// - Parameters:
  ///   - language: The language of its names.
  ///   - part: What of it is drawn; by default all.
  /// - Returns: The figure.
  public func figure(in language: Language, part: Rectangle? = nil) -> Figure {
    Figure(name: "machine", scene: scene(in: language, part: part))
  }

  private func scene(in language: Language, part: Rectangle?) -> Scene {
    let part = part ?? box.padded(40, 160)
    let words = MachineWords(in: language)
    let shown = panels.filter { $0.over == nil && !part.isApart(from: $0.frame) }
    let scale = Slabs.scale(width: part.width)
    let slabs = shown.map { slab($0, scale) }
    let mark = Slabs(
      slabs,
      wires.compactMap { line($0) },
      names(shown, scale, words),
      x: part.x,
      y: part.y,
      width: part.width,
      height: part.height
    )
    let model = trace.model.name.map { " (\($0))" } ?? ""
    return Scene(
      id: "machine",
      title: language == .ja
        ? "モデル全体とこの実行の図\(model)" : "The whole model and this run, to scale\(model)",
      description: description(language),
      mark: mark,
      language: language.rawValue
    )
  }

  private func description(_ language: Language) -> String {
    let token = trace.tokens[followed].text
    let next = next.first.flatMap { trace.text(ofToken: $0) } ?? "–"
    return language == .ja
      ? "左から右へ、\(sizes.tokens) 個のトークンの残差ストリームが \(sizes.layers) 個のレイヤーを通ります。上がアテンション、下が MLP です。"
        + "\(token) の次に最も確率の高いトークンは \(next) です。間引いて描いた行列と、数値のない重み（破線）があります。"
      : "From left to right the residual stream of \(sizes.tokens) tokens passes \(sizes.layers) layers, attention above it, "
        + "MLPs below. After “\(token)” the likeliest next token is “\(next)”. Of large matrices every so-manieth row and "
        + "column is drawn; weights, whose numbers a trace does not hold, are dashed."
  }

  /// A panel with as many of its cells as there is room for.
  private func slab(_ panel: Panel, _ scale: Double) -> Slabs.Slab {
    let frame = panel.frame
    let role: ColorScale.Role =
      switch panel.kind {
      case .weight: .weights
      case .data: .data
      case .probability: .probability
      }
    var followed: (isRow: Bool, index: Int, count: Int)?
    if panel.rowAxis == .token { followed = (true, self.followed, panel.rows) }
    if panel.rowAxis != .token, panel.columnAxis == .token {
      followed = (false, self.followed, panel.columns)
    }
    return Slabs.Slab(
      x: frame.x,
      y: frame.y,
      width: frame.width,
      height: frame.height,
      levels: levels(panel, role, (frame.width * scale, frame.height * scale)),
      role: role,
      followed: followed
    )
  }

  private func levels(
    _ panel: Panel,
    _ role: ColorScale.Role,
    _ pixels: (width: Double, height: Double)
  ) -> [[Int?]] {
    guard panel.isRecorded, let tensor = trace.tensors[panel.name] else { return [] }
    func sampled(_ count: Int, _ pixels: Double) -> [Int] {
      let limit = max(1, min(count, Int(pixels / 1.5)))
      return WeightMatrix.sampled(count, limit: limit)
    }
    let (rows, columns) = (
      sampled(panel.rows, pixels.height), sampled(panel.columns, pixels.width)
    )
    return tensor.withValues { values in
      func value(_ row: Int, _ column: Int) -> Double {
        guard row >= panel.missing.rows, column >= panel.missing.columns else { return .nan }
        return Double(
          values[panel.start + row * panel.rowStride + column * panel.columnStride]
        )
      }
      // The strongest colour is two and a half times what is usual.
      var (squares, count) = (0.0, 0.0)
      for row in rows {
        for column in columns {
          let value = value(row, column)
          guard value.isFinite else { continue }
          squares += value * value
          count += 1
        }
      }
      let usual = 2.5 * (squares / max(1, count)).squareRoot()
      let scale: ColorScale =
        role == .probability ? .probability() : .data(maximum: usual)
      return rows.map { row in columns.map { scale.level(of: value(row, $0)) } }
    }
  }

  private func line(_ wire: Wire) -> Slabs.Line? {
    let points = wire.points
    switch wire.style {
    case .bus, .tick: return Slabs.Line(points, isFollowed: wire.isFollowed)
    case .curve: return Slabs.Line(points, isFollowed: wire.isFollowed, isCurve: true)
    case .lanes:
      let lane = sizes.lane(followed)
      return Slabs.Line([points[0], lane, points[1], lane], isFollowed: true)
    case .cone, .plus, .way: return nil
    }
  }

  private func names(_ shown: [Panel], _ scale: Double, _ words: MachineWords) -> [Slabs.Name] {
    let unit = 1 / scale
    var names = shown.compactMap { panel -> Slabs.Name? in
      let part = String(panel.id.prefix { $0 != "." })
      let sign = words.parts.first { $0.part == part }?.sign ?? ""
      let frame = panel.frame
      let isTable = ["WE", "WU", "Wpos"].contains(part)
      guard !sign.isEmpty, isTable || (frame.width * scale > 26 && frame.height * scale > 26)
      else { return nil }
      return Slabs.Name(
        Caption(sign),
        frame.x + frame.width / 2,
        frame.y - 5 * unit,
        .middle,
        isBold: isTable
      )
    }
    let every = max(1, Int((13 * unit / sizes.promptPitch).rounded(.up)))
    for (position, token) in trace.tokens.enumerated()
    where position == followed || (position % every == 0 && abs(position - followed) >= every) {
      names.append(
        Slabs.Name(
          Caption(token.text),
          prompt.x + prompt.width,
          sizes.prompt(position) + 4 * unit,
          .end,
          isFollowed: position == followed
        )
      )
    }
    for (rank, id) in next.enumerated() {
      let text = trace.text(ofToken: id) ?? "#\(id)"
      let y = answerY(rank) + 4 * unit
      names.append(Slabs.Name(Caption(text), answers.x, y, .start, isBold: rank == 0))
    }
    return names
  }
}

extension Machine.Rectangle {
  /// Whether two rectangles have nothing in common.
  fileprivate func isApart(from other: Machine.Rectangle) -> Bool {
    other.x >= x + width || other.x + other.width <= x || other.y >= y + height
      || other.y + other.height <= y
  }
}
