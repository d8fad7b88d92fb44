import Embeddings
import Graphics
import Tensors
import Traces

/// The prompt's tokens and their neighbours on the two axes along which they differ most.
struct EmbeddingMap {
  /// A token on the map.
  struct Place {
    var label: String
    var x, y: Double
    var position: Int?
  }

  let places: [Place]
  /// How many different tokens the prompt has.
  let tokenCount: Int
  private let slice: SpaceSlice

  /// `nil` if the trace lacks the neighbours' vectors, or all points fall on one line.
  init?(story: Story) {
    guard let embed = story.recorded(.embed), let near = story.recorded(.neighbourEmbed),
      let ids = story.recorded(.neighbourID)
    else { return nil }
    // A dozen different tokens with two neighbours each is what a map can name.
    var seen: Set<Int> = []
    let positions = ([story.followed] + story.trace.recordedPositions.reversed())
      .filter { seen.insert(story.trace.tokens[$0].id).inserted }.prefix(12).sorted()
    var places = positions.map { Place(label: story.label($0), x: 0, y: 0, position: $0) }
    var vectors = positions.map { embed.vector($0) }
    for position in positions {
      for rank in 0..<min(2, ids.columns) where seen.insert(ids.id(position, rank)).inserted {
        places.append(
          Place(label: VisibleText.show(story.word(ids.id(position, rank))), x: 0, y: 0)
        )
        vectors.append(near.vector(position, rank))
      }
    }
    slice = SpaceSlice(
      of: Tensor(shape: [vectors.count, embed.columns], values: vectors.flatMap { $0 }),
      axes: 2
    )
    guard slice.axes.count == 2 else { return nil }
    for index in places.indices {
      places[index].x = Double(slice.coordinates[index, 0])
      places[index].y = Double(slice.coordinates[index, 1])
    }
    self.places = places
    tokenCount = Set(story.trace.tokens.map { $0.id }).count
  }

  /// The share of the variance that an axis keeps.
  func share(_ axis: Int) -> Quantity {
    Quantity(
      slice.axes[axis].share,
      origin: .derived(
        "share of variance along principal component \(axis + 1) of hook_embed and \(Fact.neighbourEmbed.name)"
      )
    )
  }
}

extension Story {
  /// The map of the prompt's tokens, if the trace has what it takes.
  var embeddingMap: EmbeddingMap? { EmbeddingMap(story: self) }

  func embeddingMapFigure(_ map: EmbeddingMap) -> Figure {
    let own = map.places.count { $0.position != nil }
    return figure(
      "embedding-map",
      title: say(en: "The embedding space, projected", ja: "平面に射影した埋め込み空間"),
      description: say(
        en:
          "The prompt's tokens (\(own)) and, fainter, their neighbours (\(map.places.count - own)) on two principal axes.",
        ja: """
          プロンプトのトークン \(own) 個と、薄く描いた近いトークン \(map.places.count - own) 個を、2つの主成分の軸の上に\
          置いたもの。
          """
      ),
      caption: own == map.tokenCount
        ? nil
        : partOfTokens(own, of: map.tokenCount),
      Scatter(
        map.places.map { place in
          Scatter.Item(
            place.label,
            x: place.x,
            y: place.y,
            isFollowed: place.position == followed,
            isFaint: place.position == nil
          )
        },
        xTitle: axisTitle(map, 0),
        yTitle: axisTitle(map, 1)
      )
    )
  }

  private func axisTitle(_ map: EmbeddingMap, _ axis: Int) -> Caption {
    switch language {
    case .en: "axis \(axis + 1), share of variance \(map.share(axis))"
    case .ja: "軸 \(axis + 1)（分散に占める割合 \(map.share(axis))）"
    }
  }
}
