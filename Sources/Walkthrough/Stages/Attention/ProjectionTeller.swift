import Graphics
import Traces

/// Tells how queries, keys and values come from the stream, in the equations of the model at hand.
struct ProjectionTeller: Teller {
  let story: Story

  /// q, k and v; where the trace does not tell what they are made with, that alone.
  @BlockList var equations: [Block] {
    let norm = NormTeller(story: story, site: .beforeAttention(layer: story.layer))
    if let biases = story.architecture.have(["b_Q", "b_K", "b_V"]) {
      if norm.isShown {
        [("q", "W_Q", "b_Q"), ("k", "W_K", "b_K"), ("v", "W_V", "b_V")].map {
          (result: Math, matrix: Math, bias: Math) in
          equation(
            .row(
              [result, .op("="), norm.read, .text(" "), matrix] + (biases ? [.op("+"), bias] : [])
            )
          )
        }
      } else {
        untold(
          en: "what these matrices read: the stream itself, or a norm of it",
          ja: "行列が読むのが、ストリームそのものか、正規化したものか"
        )
      }
    } else {
      untold(
        en: "whether biases are added to queries, keys and values",
        ja: "クエリ・キー・バリューにバイアスを足すかどうか"
      )
    }
  }

  /// That several heads share a head of keys and values.
  var sharedHeads: Block? {
    let group = story.architecture.headsPerKey
    guard group > 1, let shared = story.trace.model.architecture.keyValueHeadCount else {
      return nil
    }
    guard shared > 1 else {
      return paragraph(
        en: """
          Here all \(group) heads share one key and one value: there is a single head of keys and values. This is called \
          \(term: "multi-query attention").
          """,
        ja: """
          このモデルでは、\(group) 個のヘッドすべてが1組のキーとバリューを共有します。キーとバリューのヘッドは1つだけです。\
          これを\(term: "マルチクエリアテンション")と呼びます。
          """
      )
    }
    return paragraph(
      en: """
        Here \(group) heads share one key and one value: there are \(shared.of("head")) of keys and values for \
        \((shared * group).of("head")) of queries. Head \(story.head) reads number \(story.head / group). This is called \
        \(term: "grouped-query attention").
        """,
      ja: """
        このモデルでは、\(group) 個のヘッドが1組のキーとバリューを共有します。クエリのヘッド \(shared * group) 個に対して、キーとバリューの\
        ヘッドは \(shared) 個で、ヘッド \(story.head) は \(story.head / group) 番を読みます。これを\(term: "グループ化クエリアテンション")と\
        呼びます。
        """
    )
  }

  /// Of how many of a query's numbers that is true, where the trace shows that the last ones stay as they are.
  private var turned: (en: RichText, ja: RichText) {
    let layer = story.layer
    guard let after = story.recorded(.rotatedQ(layer)), let last = after.shape.last,
      let before = story.recorded(.qNormed(layer)) ?? story.recorded(.q(layer)),
      before.shape == after.shape
    else { return ("", "") }
    // The first position is not rotated: its angles are 0.
    let pairs = zip(before.values, after.values).enumerated()
    let moved = pairs.lazy.filter { $1.0 != $1.1 }.map { $0.offset % last }.max()
    guard let moved, moved + 1 < last else { return ("", "") }
    return (
      ", here the first \(moved + 1) of \(last) numbers; the others stay as they are",
      "\(last) 個の成分のうち、はじめの \(moved + 1) 個（残りはそのまま）について、"
    )
  }

  /// That queries and keys are normed, or rotated by their positions, before they meet.
  @BlockList var rotation: [Block] {
    if story.trace[.qNormed(story.layer)] != nil {
      paragraph(
        en: """
          Before they meet, each query and each key passes a norm of its own (\(code: HookPoint.qNormed(story.layer).name), \
          \(code: HookPoint.kNormed(story.layer).name)).
          """,
        ja: """
          出会う前に、クエリとキーはそれぞれ正規化されます（\(code: HookPoint.qNormed(story.layer).name)、\
          \(code: HookPoint.kNormed(story.layer).name)）。
          """
      )
    }
    if story.scoring.queries == .rotatedQ(story.layer) {
      let turned = turned
      paragraph(
        en: """
          Then queries and keys are rotated, pair of numbers by pair, by angles that grow with the position: \
          \(term: "rotary position embedding")\(turned.en). So their product depends on how far apart two tokens stand. The \
          rotated ones are recorded as \(code: story.scoring.queries.name) and \(code: story.scoring.keys.name).
          """,
        ja: """
          次に、クエリとキーの\(turned.ja)成分を2つずつ組にして、位置とともに大きくなる角度だけ回転させます。これが\
          \(term: "回転位置埋め込み（RoPE）")です。こうして、内積は2つのトークンの距離によって変わります。回転後の値は \
          \(code: story.scoring.queries.name) と \(code: story.scoring.keys.name) に記録されています。
          """
      )
    } else if story.architecture.rotates {
      paragraph(
        en: """
          Then queries and keys are rotated by angles that grow with the position: \(term: "rotary position embedding"). This \
          trace does not record the rotated ones.
          """,
        ja: """
          次に、クエリとキーを、位置とともに大きくなる角度だけ回転させます（\(term: "回転位置埋め込み（RoPE）")）。このトレースには、回転後の\
          値は記録されていません。
          """
      )
    }
  }
}
