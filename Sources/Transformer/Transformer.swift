public import Tensors
public import Traces

/// A language model, opened up: every intermediate of the forward pass is handed to a hook on its way, which may watch or
/// change it.
///
/// Read this file from top to bottom to see what happens inside a language model. It is one pass for all architectures: what
/// only some have stands beside what all have. Shapes are given beside each line: T new positions, S positions seen in all, D
/// model width, H heads, KV heads of keys and values, d head width, F MLP width, V vocabulary.
///
/// - SeeAlso: Radford et al. 2019, *Language Models are Unsupervised Multitask Learners*, and Vaswani et al. 2017,
///   *Attention Is All You Need*, <https://arxiv.org/abs/1706.03762>; of each family, the source its file names.
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
    let final = norm(stream, weights.finalNorm, .final, &hook)  // [T, D]
    return logits(of: final, &hook)  // [T, V]
  }

  /// A score for every token: how well its column of W_U is met by each vector after the last norm. `[T, V]`
  func logits<H: Hook>(of final: Tensor, _ hook: inout H) -> Tensor {
    var logits = weights.unembedding(final)  // [T, V]
    if let cap = configuration.architecture.logitCap {
      logits = softCap(hook(.uncappedLogits, logits), at: cap)
    }
    return hook(.logits, logits)
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
    // All blocks turn queries and keys by the same angles.
    let start = cache.layers[layers.first ?? 0].length
    let rotation = rotation(at: start..<start + stream.rows)
    for layer in layers {
      let weights = weights.blocks[layer]
      stream = block(stream, weights, layer, rotation, &cache.layers[layer], &hook)
    }
    return stream
  }

  /// Turns each token into its row of W_E, and, where positions are learned, adds the row of W_pos for its place in the text.
  private func embedding<H: Hook>(
    of tokens: [Int],
    from start: Int,
    _ hook: inout H
  ) -> Tensor {
    let places = start..<start + tokens.count
    precondition(!places.isEmpty && places.upperBound <= configuration.contextLength, "\(places)")
    var embed = weights.embedding.rows(tokens)  // [T, D]
    if let scale = configuration.architecture.embeddingScale { embed = embed * scale }
    embed = hook(.embed, embed)
    guard let position = weights.position else { return embed }
    let posEmbed = hook(.posEmbed, position.rows(places))  // [T, D]
    return embed + posEmbed
  }

  /// One block: attention adds to the stream, then the MLP does; in some models both at once.
  func block<H: Hook>(
    _ residPre: Tensor,
    _ weights: Weights.Block,
    _ layer: Int,
    _ rotation: Rotation?,
    _ seen: inout KeyValueCache.Layer,
    _ hook: inout H
  ) -> Tensor {
    let residPre = hook(.residPre(layer), residPre)  // [T, D]
    let gathered = norm(residPre, weights.norm1, .beforeAttention(layer: layer), &hook)
    let attnOut = attention(gathered, weights.attention, layer, rotation, &seen, &hook)
    return afterHeads(attnOut, residPre, layer, &hook)
  }

  /// The rest of a block, once its heads have written: they add to the stream, and the MLP does.
  func afterHeads<H: Hook>(
    _ attnOut: Tensor,
    _ residPre: Tensor,
    _ layer: Int,
    _ hook: inout H
  ) -> Tensor {
    let weights = weights.blocks[layer]
    var attnOut = attnOut
    if let after = weights.normsAfter.first {
      attnOut = norm(hook(.headsOut(layer), attnOut), after, .afterAttention(layer: layer), &hook)
    }
    attnOut = hook(.attnOut(layer), attnOut)  // [T, D]
    let isParallel = configuration.architecture.isParallel
    let residMid = isParallel ? residPre : hook(.residMid(layer), residPre + attnOut)  // [T, D]

    let considered = norm(residMid, weights.norm2, .beforeMLP(layer: layer), &hook)
    var mlpOut = mlp(considered, weights.mlp, layer, &hook)
    if let after = weights.normsAfter.last {
      mlpOut = norm(hook(.mlpBeforeNorm(layer), mlpOut), after, .afterMLP(layer: layer), &hook)
    }
    mlpOut = hook(.mlpOut(layer), mlpOut)  // [T, D]
    let residPost = isParallel ? residPre + attnOut + mlpOut : residMid + mlpOut
    return hook(.residPost(layer), residPost)  // [T, D]
  }

  /// Lets every position gather from those before it what it looks for.
  ///
  /// `pattern = softmax(mask(q·kᵀ / √d))`, `z = pattern · v`, and each head writes `z · W_O` to the stream. Where positions
  /// are not learned, q and k are turned by them. Several heads may share their keys and values.
  ///
  /// - SeeAlso: Vaswani et al. 2017, eq. 1 and section 3.2.2.
  private func attention<H: Hook>(
    _ input: Tensor,
    _ weights: Weights.Attention,
    _ layer: Int,
    _ rotation: Rotation?,
    _ seen: inout KeyValueCache.Layer,
    _ hook: inout H
  ) -> Tensor {
    // What I look for, what I offer, what I hand over.
    var (q, k, v) = queriesKeysValues(input, weights)  // [T, H, d], 2 × [T, KV, d]
    q = hook(.q(layer), q)
    k = hook(.k(layer), k)
    v = hook(.v(layer), v)
    if let own = weights.headNorms.first { q = norm(q, own, .queries(layer: layer), &hook) }
    if let own = weights.headNorms.last { k = norm(k, own, .keys(layer: layer), &hook) }
    if let rotation {
      q = hook(.rotatedQ(layer), rotation(q))
      k = hook(.rotatedK(layer), rotation(k))
    }
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
    let sum = result.summedOverHeads()  // [T, D]
    return weights.output.bias.map { sum + $0 } ?? sum
  }

  /// `x W_Q + b_Q`, `x W_K + b_K`, `x W_V + b_V`, head by head; in one product where a checkpoint keeps them in one matrix.
  func queriesKeysValues(
    _ input: Tensor,
    _ weights: Weights.Attention
  ) -> (q: Tensor, k: Tensor, v: Tensor) {
    let (heads, keyHeads) = (configuration.headCount, configuration.keyValueHeadCount)
    let parts = weights.queryKeyValue.map { $0(input) }
    if parts.count == 1 {
      return weights.isByHead
        ? parts[0].splitHeadByHead(heads: heads)
        : parts[0].splitIntoThree(heads: heads, keyHeads: keyHeads)
    }
    func byHead(_ part: Tensor, _ heads: Int) -> Tensor {
      part.reshaped(to: [input.rows, heads, configuration.dHead])
    }
    return (byHead(parts[0], heads), byHead(parts[1], keyHeads), byHead(parts[2], keyHeads))
  }

  /// Compares every query with every key, and adds up the values, weighted by how well they are met.
  private func gathered<H: Hook>(
    by q: Tensor,
    _ keys: [Tensor],
    _ values: [Tensor],
    _ layer: Int,
    _ hook: inout H
  ) -> Tensor {
    let rule = configuration.attentionRule(layer: layer)
    // Where nobody looks at the steps between, the same is done block by block, and none of them kept.
    if !hook.wantsAnyScores(layer) {
      return attentionAtOnce(q, keys, values, rule)
    }

    // How well each query is met by each key.
    var unmasked = attentionScores(q, keys, rule)
    unmasked = hook(.attnScoresUnmasked(layer), unmasked)  // [H, T, S]

    // Nobody may look ahead: in training, that would be reading the answer. Nor back beyond the window, if there is one.
    let scores = hook(.attnScores(layer), unmasked.maskingWhatLiesAhead(rule))  // [H, T, S]
    let pattern = hook(.pattern(layer), softmax(scores))  // [H, T, S]

    // The values, weighted by the pattern and added up.
    return weightedSums(of: values, pattern)  // [T, H, d]
  }

  /// Asks every position's vector F questions, and adds something for each that is answered with yes.
  ///
  /// `post = f(x W_in)`; with a gate, `post = f(x W_gate) ⊙ x W_in`.
  private func mlp<H: Hook>(
    _ input: Tensor,
    _ weights: Weights.MLP,
    _ layer: Int,
    _ hook: inout H
  ) -> Tensor {
    let pre = hook(.mlpPre(layer), (weights.gate ?? weights.up)(input))  // [T, F]
    var post = configuration.activation(pre)  // [T, F]
    if weights.gate != nil { post = post * hook(.mlpPreLinear(layer), weights.up(input)) }
    post = hook(.mlpPost(layer), post)
    return weights.down(post)  // [T, D]
  }

  /// Brings every vector to mean 0 and variance 1, then to the gain and bias that were learned.
  ///
  /// `out = (x − mean x) / √(variance x + ε) · gain + bias`; where the norm is one of the mean square, the mean is not taken
  /// away, and there is no bias.
  ///
  /// - SeeAlso: Ba et al. 2016, <https://arxiv.org/abs/1607.06450>; Zhang & Sennrich 2019,
  ///   <https://arxiv.org/abs/1910.07467>.
  func norm<H: Hook>(
    _ x: Tensor,
    _ norm: Weights.Norm,
    _ site: NormSite,
    _ hook: inout H
  ) -> Tensor {
    let centred = configuration.architecture.norm.takesMeanAway ? x - x.rowMeans() : x  // [T, D]
    let variance = (centred * centred).rowMeans()  // [T, 1]
    var scale = (variance + configuration.epsilon).squareRoots()
    scale = PerRow(values: hook(.scale(site), scale.values))  // [T, 1]
    let normalized = hook(.normalized(site), centred / scale)  // [T, D]
    let scaled = normalized * norm.gain
    return hook(.normOut(site), norm.bias.map { scaled + $0 } ?? scaled)  // [T, D]
  }
}
