public import Tensors
public import Traces

/// GPT-2, opened up: every intermediate of the forward pass is handed to a hook on its way, which may watch or change it.
///
/// Read this file from top to bottom to see what happens inside a language model. Shapes are given beside each line:
/// T new positions, S positions seen in all, D model width, H heads, d head width, F MLP width, V vocabulary.
///
/// - SeeAlso: Radford et al. 2019, *Language Models are Unsupervised Multitask Learners*, and Vaswani et al. 2017,
///   *Attention Is All You Need*, <https://arxiv.org/abs/1706.03762>.
public struct Transformer: Sendable {
  /// The model's sizes and choices.
  public let configuration: Configuration
  /// What the model has learned.
  public let weights: Weights

  /// Makes a model of its configuration and its weights, which fit each other.
  public init(configuration: Configuration, weights: Weights) {
    self.configuration = configuration
    self.weights = weights
  }

  /// Runs the model on a prompt.
  ///
  /// - Parameters:
  ///   - tokens: Token ids, T of them, each below V.
  ///   - hook: Is handed every intermediate as it comes by.
  /// - Returns: The logits, `[T, V]`: at each position, a score for every token that could come next.
  /// - Precondition: `tokens` is not empty, fits the context window, and names rows of W_E.
  @discardableResult
  public func logits<H: Hook>(for tokens: [Int], hook: inout H) -> Tensor {
    var nothingSeen = KeyValueCache(for: configuration)
    return logits(for: tokens, after: &nothingSeen, hook: &hook)
  }

  /// Runs the model on the tokens that follow a text it has seen.
  ///
  /// - Parameters:
  ///   - tokens: The new token ids, T of them, each below V.
  ///   - cache: What the model remembers of the text; the new positions are added to it.
  ///   - hook: Is handed every intermediate of the new positions.
  /// - Returns: The logits after each new token, `[T, V]`.
  /// - Precondition: `tokens` is not empty, fits the context window with what was seen, and names rows of W_E.
  @discardableResult
  public func logits<H: Hook>(
    for tokens: [Int],
    after cache: inout KeyValueCache,
    hook: inout H
  ) -> Tensor {
    let start = cache.length
    let stream = stream(of: tokens, after: &cache, &hook)  // [T, D]
    let logits = logits(of: stream, from: start, &hook)  // [T, V]
    hook.see(.probabilities, softmax(logits))
    return logits
  }

  /// Compares what each vector has become with every token of the vocabulary.
  ///
  /// - Parameters:
  ///   - stream: The stream after the last block at some positions, `[T, D]`.
  ///   - position: The first of them.
  ///   - hook: Is handed what comes by.
  /// - Returns: The logits after each of the positions, `[T, V]`.
  package func logits<H: Hook>(of stream: Tensor, from position: Int, _ hook: inout H) -> Tensor {
    hook.begin(at: position)
    let final = layerNorm(stream, weights.finalNorm, .final, &hook)  // [T, D]
    return hook(.logits, weights.unembedding(final))  // [T, V]
  }

  /// What the tokens' vectors become on their way through all blocks: `[T, D]`.
  package func stream<H: Hook>(
    of tokens: [Int],
    after cache: inout KeyValueCache,
    _ hook: inout H
  ) -> Tensor {
    hook.begin(at: cache.length)
    let stream = embedding(of: tokens, from: cache.length, &hook)  // [T, D]
    return self.stream(stream, through: 0..<configuration.layerCount, after: &cache, &hook)
  }

  /// Sends the stream through some of the blocks: each reads the vectors, and adds to them. `[T, D]`
  package func stream<H: Hook>(
    _ stream: Tensor,
    through layers: Range<Int>,
    after cache: inout KeyValueCache,
    _ hook: inout H
  ) -> Tensor {
    var stream = stream
    for layer in layers {
      stream = block(stream, weights.blocks[layer], layer, &cache.layers[layer], &hook)
    }
    return stream
  }

  /// Turns each token into its row of W_E, and adds the row of W_pos for its place in the text.
  private func embedding<H: Hook>(
    of tokens: [Int],
    from start: Int,
    _ hook: inout H
  ) -> Tensor {
    let places = start..<start + tokens.count
    precondition(!places.isEmpty && places.upperBound <= configuration.contextLength, "\(places)")
    let embed = hook(.embed, weights.embedding.rows(tokens))  // [T, D]
    let posEmbed = hook(.posEmbed, weights.position.rows(places))  // [T, D]
    return embed + posEmbed
  }

  /// One block: attention adds to the stream, then the MLP does.
  func block<H: Hook>(
    _ residPre: Tensor,
    _ weights: Weights.Block,
    _ layer: Int,
    _ seen: inout KeyValueCache.Layer,
    _ hook: inout H
  ) -> Tensor {
    let residPre = hook(.residPre(layer), residPre)  // [T, D]
    let gathered = layerNorm(residPre, weights.norm1, .beforeAttention(layer: layer), &hook)
    var attnOut = attention(gathered, weights.attention, layer, &seen, &hook)
    attnOut = hook(.attnOut(layer), attnOut)  // [T, D]
    let residMid = hook(.residMid(layer), residPre + attnOut)  // [T, D]

    let considered = layerNorm(residMid, weights.norm2, .beforeMLP(layer: layer), &hook)
    var mlpOut = mlp(considered, weights.mlp, layer, &hook)
    mlpOut = hook(.mlpOut(layer), mlpOut)  // [T, D]
    return hook(.residPost(layer), residMid + mlpOut)  // [T, D]
  }

  /// Lets every position gather from those before it what it looks for.
  ///
  /// `pattern = softmax(mask(q·kᵀ / √d))`, `z = pattern · v`, and each head writes `z · W_O` to the stream.
  ///
  /// - SeeAlso: Vaswani et al. 2017, eq. 1 and section 3.2.2.
  private func attention<H: Hook>(
    _ input: Tensor,
    _ weights: Weights.Attention,
    _ layer: Int,
    _ seen: inout KeyValueCache.Layer,
    _ hook: inout H
  ) -> Tensor {
    let heads = configuration.headCount

    // What I look for, what I offer, what I hand over.
    var (q, k, v) = weights.queryKeyValue(input).splitIntoThree(heads: heads)  // 3 × [T, H, d]
    q = hook(.q(layer), q)
    k = hook(.k(layer), k)
    v = hook(.v(layer), v)
    seen.append(keys: k, values: v)  // T + those before = S positions

    // Each position gathers the values of those whose keys meet its query.
    var z = gathered(by: q, seen.keys, seen.values, layer, &hook)  // [T, H, d]
    z = hook(.z(layer), z)

    // What each head writes to the stream. Their sum is one product, so they are told apart only for who looks at them;
    guard hook.changes(.result(layer)) else {
      hook.see(.result(layer), weights.output.result(ofEachHeadIn: z))  // [T, H, D]
      return weights.output(z.joiningHeads())  // [T, D]
    }
    // and added up one by one for who changes them.
    let result = hook(.result(layer), weights.output.result(ofEachHeadIn: z))  // [T, H, D]
    return result.summedOverHeads() + weights.output.bias  // [T, D]
  }

  /// Compares every query with every key, and adds up the values, weighted by how well they are met.
  private func gathered<H: Hook>(
    by q: Tensor,
    _ keys: [Tensor],
    _ values: [Tensor],
    _ layer: Int,
    _ hook: inout H
  ) -> Tensor {
    let divisor = configuration.attentionDivisor(layer: layer)
    // Where nobody looks at the steps between, the same is done block by block, and none of them kept.
    if !hook.wantsAnyScores(layer) {
      return attentionAtOnce(q, keys, values, divisor: divisor)
    }

    // How well each query is met by each key.
    var unmasked = attentionScores(q, keys, divisor: divisor)
    unmasked = hook(.attnScoresUnmasked(layer), unmasked)  // [H, T, S]

    // Nobody may look ahead: in training, that would be reading the answer.
    let scores = hook(.attnScores(layer), unmasked.maskingWhatLiesAhead())  // [H, T, S]
    let pattern = hook(.pattern(layer), softmax(scores))  // [H, T, S]

    // The values, weighted by the pattern and added up.
    return weightedSums(of: values, pattern)  // [T, H, d]
  }

  /// Asks every position's vector F questions, and adds something for each that is answered with yes.
  private func mlp<H: Hook>(
    _ input: Tensor,
    _ weights: Weights.MLP,
    _ layer: Int,
    _ hook: inout H
  ) -> Tensor {
    let pre = hook(.mlpPre(layer), weights.up(input))  // [T, F]
    let post = hook(.mlpPost(layer), configuration.activation(pre))  // [T, F]
    return weights.down(post)  // [T, D]
  }

  /// Brings every vector to mean 0 and variance 1, then to the gain and bias that were learned.
  ///
  /// `out = (x − mean x) / √(variance x + ε) · gain + bias`
  ///
  /// - SeeAlso: Ba et al. 2016, <https://arxiv.org/abs/1607.06450>.
  func layerNorm<H: Hook>(
    _ x: Tensor,
    _ norm: Weights.Norm,
    _ site: NormSite,
    _ hook: inout H
  ) -> Tensor {
    let centred = x - x.rowMeans()  // [T, D]
    let variance = (centred * centred).rowMeans()  // [T, 1]
    var scale = (variance + configuration.epsilon).squareRoots()
    scale = PerRow(values: hook(.scale(site), scale.values))  // [T, 1]
    let normalized = hook(.normalized(site), centred / scale)  // [T, D]
    return hook(.normOut(site), normalized * norm.gain + norm.bias)  // [T, D]
  }
}
