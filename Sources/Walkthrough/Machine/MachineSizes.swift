import Tensors
import Traces

/// How many there are of everything, and how large that is drawn, in units.
struct MachineSizes: Sendable {
  let tokens: Int, width: Int, heads: Int, keyHeads: Int, headWidth: Int, neurons: Int
  let vocabulary: Int, context: Int, layers: Int
  private let opened: Int

  init(of trace: Trace, layer: Int) {
    let model = trace.model
    tokens = trace.tokens.count
    layers = trace.layerCount
    opened = layer
    heads = model.headCount ?? trace[.q(layer)]?.shape[1] ?? 1
    keyHeads = model.architecture.keyValueHeadCount ?? heads
    width = model.dModel ?? trace[.embed]?.columns ?? 1
    headWidth = model.dHead ?? max(1, width / heads)
    neurons = model.dMLP ?? trace[.mlpPost(layer)]?.columns ?? 4 * width
    vocabulary = model.dVocab ?? trace[.logits]?.columns ?? 1
    context = model.contextLength ?? tokens
  }

  /// A width of D is one column: D units; 128 for wide models, of whose numbers several then share a unit.
  var column: Double { width > 256 ? 128 : Double(max(96, width)) }
  /// From lane to lane.
  var pitch: Double { tokens <= 6 ? 50 : max(300, 5 * Double(tokens)) / Double(tokens) }
  /// The stream's height, and its upper edge; its middle is 0.
  var stream: Double { pitch * Double(tokens) }
  var top: Double { -stream / 2 }
  /// The middle of a token's lane.
  func lane(_ position: Int) -> Double { top + pitch * (Double(position) + 0.5) }
  /// The height of what is as wide as the stream beside it: what is read, what is added.
  var reading: Double { min(150, max(90, 16 * Double(tokens))) }
  /// The width of what has a column a token.
  let tokenColumns = 38.0
  let gutter = 12.0, patternGap = 34.0

  /// With more than six heads each is less high.
  private var headScale: Double { min(1, 6 / Double(heads)) }
  private var naturalHead: Double { 7.8 * Double(min(64, max(24, headWidth))) + 16 }
  /// A head's height, the gap below it, and the height of the W_Q of one.
  var head: Double { min(266, naturalHead) * headScale }
  var headGap: Double { 54 * headScale }
  var weight: Double { (head - 2 * weightGap) / 3 }
  var weightGap: Double { 8 * headScale }
  /// From one of W_Q, W_K, W_V to the next.
  var weightPitch: Double { weight + weightGap }
  var pattern: Double { min(176, head) }
  /// What lies between two stations of a block.
  var attention: Double { 2 * (gutter + tokenColumns + patternGap) + pattern }
  var mlp: Double { 2 * gutter + 2 * tokenColumns + gateGap }
  let gateGap = 22.0
  /// The height of W_in.
  var neuronRows: Double { min(1331, 2.6 * Double(neurons)) }
  /// The height of W_E.
  var vocabularyRows: Double { min(3360, max(1.25 * Double(vocabulary), height * 0.8)) }

  /// The upper edge of what attention reads, of what the MLP reads, of a head, and of W_in.
  var upper: Double { top - 72 - reading }
  var lower: Double { -top + 72 }
  func head(_ index: Int) -> Double {
    upper - 34 - Double(heads - index) * head - Double(heads - 1 - index) * headGap
  }
  var neuronTop: Double { lower + reading + 34 }
  /// From the upper edge of the first head to the lower edge of W_in.
  var height: Double { neuronTop + neuronRows - head(0) }

  /// Whether there are so many blocks that all but one are folded.
  var folds: Bool { layers > 6 || Double(layers) * column > 1500 }
  func isOpen(_ layer: Int) -> Bool { !folds || layer == opened }
  /// The width of a folded block, and the gap after it.
  var folded: Double { layers <= 14 ? 72 : layers <= 26 ? 48 : 32 }
  var foldedGap: Double { layers <= 14 ? 24 : 14 }

  /// From token to token in the prompt at the left.
  var promptPitch: Double { min(190, height * 0.9 / Double(tokens)) }
  func prompt(_ position: Int) -> Double {
    (Double(position) - Double(tokens - 1) / 2) * promptPitch
  }
  /// The row of W_E, and of W_U, that is a token's.
  func row(_ id: Int) -> Double {
    (Double(id) + 0.5) / Double(max(1, vocabulary)) * vocabularyRows - vocabularyRows / 2
  }
  /// How many of the likeliest next tokens stand at the right, and how far apart.
  var answers: Int { min(8, vocabulary) }
  let answerPitch = 150.0
  /// The middle of a rank's line, from the upper edge of the answers; the first has room for two.
  func answer(_ rank: Int) -> Double {
    answerPitch * (rank == 0 ? 0.6 : 2.1 + 0.86 * Double(rank - 1))
  }

  /// Where W_E, the tokens' vectors and W_pos stand; the stream begins at 0.
  var positions: Double { -33 - column }
  var embedding: Double { positions - 21 - column }
  var vocabularyLeft: Double { embedding - 160 - column }
}
