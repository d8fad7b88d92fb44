public import Tensors
public import Traces

/// GPT-2, opened up: every intermediate of the forward pass is offered to a recorder on its way.
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
  ///   - recorder: Is offered every intermediate as it comes by.
  /// - Returns: The logits, `[T, V]`: at each position, a score for every token that could come next.
  /// - Precondition: `tokens` is not empty, fits the context window, and names rows of W_E.
  @discardableResult
  public func logits<R: Recorder>(for tokens: [Int], recording recorder: inout R) -> Tensor {
    var nothingSeen = KeyValueCache(for: configuration)
    return logits(for: tokens, after: &nothingSeen, recording: &recorder)
  }

  /// Runs the model on the tokens that follow a text it has seen.
  ///
  /// - Parameters:
  ///   - tokens: The new token ids, T of them, each below V.
  ///   - cache: What the model remembers of the text; the new positions are added to it.
  ///   - recorder: Is offered every intermediate of the new positions.
  /// - Returns: The logits after each new token, `[T, V]`.
  /// - Precondition: `tokens` is not empty, fits the context window with what was seen, and names rows of W_E.
  @discardableResult
  public func logits<R: Recorder>(
    for tokens: [Int],
    after cache: inout KeyValueCache,
    recording recorder: inout R
  ) -> Tensor {
    let stream = stream(of: tokens, after: &cache, &recorder)  // [T, D]

    // What each vector has become is compared with every token of the vocabulary.
    let final = layerNorm(stream, weights.finalNorm, .final, &recorder)  // [T, D]
    let logits = weights.unembedding(final)  // [T, V]
    recorder.see(.logits, logits)
    recorder.see(.probabilities, softmax(logits))
    return logits
  }

  /// What the tokens' vectors become on their way through all blocks: `[T, D]`.
  func stream<R: Recorder>(
    of tokens: [Int],
    after cache: inout KeyValueCache,
    _ recorder: inout R
  ) -> Tensor {
    var stream = embedding(of: tokens, from: cache.length, &recorder)  // [T, D]

    // Every block reads the stream of vectors and adds to it.
    for (layer, block) in weights.blocks.enumerated() {
      stream = self.block(stream, block, layer, &cache.layers[layer], &recorder)  // [T, D]
    }
    return stream
  }

  /// Turns each token into its row of W_E, and adds the row of W_pos for its place in the text.
  private func embedding<R: Recorder>(
    of tokens: [Int],
    from start: Int,
    _ recorder: inout R
  ) -> Tensor {
    let places = start..<start + tokens.count
    precondition(!places.isEmpty && places.upperBound <= configuration.contextLength, "\(places)")
    let embed = weights.embedding.rows(tokens)  // [T, D]
    recorder.see(.embed, embed)
    let posEmbed = weights.position.rows(places)  // [T, D]
    recorder.see(.posEmbed, posEmbed)
    return embed + posEmbed
  }

  /// One block: attention adds to the stream, then the MLP does.
  func block<R: Recorder>(
    _ residPre: Tensor,
    _ weights: Weights.Block,
    _ layer: Int,
    _ seen: inout KeyValueCache.Layer,
    _ recorder: inout R
  ) -> Tensor {
    recorder.see(.residPre(layer), residPre)
    let gathered = layerNorm(residPre, weights.norm1, .beforeAttention(layer: layer), &recorder)
    let attnOut = attention(gathered, weights.attention, layer, &seen, &recorder)  // [T, D]
    recorder.see(.attnOut(layer), attnOut)
    let residMid = residPre + attnOut  // [T, D]
    recorder.see(.residMid(layer), residMid)

    let considered = layerNorm(residMid, weights.norm2, .beforeMLP(layer: layer), &recorder)
    let mlpOut = mlp(considered, weights.mlp, layer, &recorder)  // [T, D]
    recorder.see(.mlpOut(layer), mlpOut)
    let residPost = residMid + mlpOut  // [T, D]
    recorder.see(.residPost(layer), residPost)
    return residPost
  }

  /// Lets every position gather from those before it what it looks for.
  ///
  /// `pattern = softmax(mask(q·kᵀ / √d))`, `z = pattern · v`, and each head writes `z · W_O` to the stream.
  ///
  /// - SeeAlso: Vaswani et al. 2017, eq. 1 and section 3.2.2.
  private func attention<R: Recorder>(
    _ input: Tensor,
    _ weights: Weights.Attention,
    _ layer: Int,
    _ seen: inout KeyValueCache.Layer,
    _ recorder: inout R
  ) -> Tensor {
    let heads = configuration.headCount

    // What I look for, what I offer, what I hand over.
    let (q, k, v) = weights.queryKeyValue(input).splitIntoThree(heads: heads)  // 3 × [T, H, d]
    recorder.see(.q(layer), q)
    recorder.see(.k(layer), k)
    recorder.see(.v(layer), v)
    seen.append(keys: k, values: v)  // T + those before = S positions

    // Each position gathers the values of those whose keys meet its query.
    let z = gathered(by: q, seen.keys, seen.values, layer, &recorder)  // [T, H, d]
    recorder.see(.z(layer), z)

    // What each head writes to the stream. Their sum is one product, so they are told apart only for a recorder.
    recorder.see(.result(layer), weights.output.result(ofEachHeadIn: z))  // [T, H, D]
    return weights.output(z.joiningHeads())  // [T, D]
  }

  /// Compares every query with every key, and adds up the values, weighted by how well they are met.
  private func gathered<R: Recorder>(
    by q: Tensor,
    _ keys: [Tensor],
    _ values: [Tensor],
    _ layer: Int,
    _ recorder: inout R
  ) -> Tensor {
    let divisor = configuration.attentionDivisor(layer: layer)
    // Where nobody looks at the steps between, the same is done block by block, and none of them kept.
    if !recorder.wantsAnyScores(layer) {
      return attentionAtOnce(q, keys, values, divisor: divisor)
    }

    // How well each query is met by each key.
    let unmasked = attentionScores(q, keys, divisor: divisor)  // [H, T, S]
    recorder.see(.attnScoresUnmasked(layer), unmasked)

    // Nobody may look ahead: in training, that would be reading the answer.
    let scores = unmasked.maskingWhatLiesAhead()  // [H, T, S]
    recorder.see(.attnScores(layer), scores)
    let pattern = softmax(scores)  // [H, T, S]
    recorder.see(.pattern(layer), pattern)

    // The values, weighted by the pattern and added up.
    return weightedSums(of: values, pattern)  // [T, H, d]
  }

  /// Asks every position's vector F questions, and adds something for each that is answered with yes.
  private func mlp<R: Recorder>(
    _ input: Tensor,
    _ weights: Weights.MLP,
    _ layer: Int,
    _ recorder: inout R
  ) -> Tensor {
    let pre = weights.up(input)  // [T, F]
    recorder.see(.mlpPre(layer), pre)
    let post = configuration.activation(pre)  // [T, F]
    recorder.see(.mlpPost(layer), post)
    return weights.down(post)  // [T, D]
  }

  /// Brings every vector to mean 0 and variance 1, then to the gain and bias that were learned.
  ///
  /// `out = (x − mean x) / √(variance x + ε) · gain + bias`
  ///
  /// - SeeAlso: Ba et al. 2016, <https://arxiv.org/abs/1607.06450>.
  func layerNorm<R: Recorder>(
    _ x: Tensor,
    _ norm: Weights.Norm,
    _ site: NormSite,
    _ recorder: inout R
  ) -> Tensor {
    let centred = x - x.rowMeans()  // [T, D]
    let variance = (centred * centred).rowMeans()  // [T, 1]
    let scale = (variance + configuration.epsilon).squareRoots()  // [T, 1]
    recorder.see(.scale(site), scale.values)
    let normalized = centred / scale  // [T, D]
    recorder.see(.normalized(site), normalized)
    let out = normalized * norm.gain + norm.bias  // [T, D]
    recorder.see(.normOut(site), out)
    return out
  }
}
