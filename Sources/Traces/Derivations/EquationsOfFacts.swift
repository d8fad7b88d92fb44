import Tensors

/// The same for what is recorded beside the activations. Ids and indices are choices, made of nothing.
extension Equations {
  var facts: [Line] {
    let ids = "facts.neighbours.token_id[p,k]"
    return [
      ("facts.neighbours.embed[p,k,i]", "embed.W_E[\(ids),i]"),
      ("facts.neighbours.cosine[p,k]", "cos(n, hook_embed[p,n], embed.W_E[\(ids),n])"),
      ("facts.unembed.W_U[p,k,i]", "unembed.W_U[i,facts.unembed.token_id[p,k]]"),
      ("facts.pairs.embed[p,k,i]", "embed.W_E[facts.pairs.token_id[p,k],i]"),
    ] + packed + (0...trace.layerCount).map(lens) + answers
      + (0..<trace.layerCount).flatMap(neurons)
      + samples
  }

  /// The weights of a quantised group.
  private var packed: [Line] {
    guard let scales = trace[.packedScale] else { return [] }
    let least = scales.count > 1 ? " + facts.quantization.scale[1]" : ""
    return [
      (
        "facts.quantization.weight[i]",
        "facts.quantization.integer[i] * facts.quantization.scale[0]\(least)"
      )
    ]
  }

  /// What the final norm and W_U make of the stream before a block, as a probability.
  private func lens(_ depth: Int) -> Line {
    let x = (depth == 0 ? HookPoint.residPre(0) : .residPost(depth - 1)).name
    let own = lensLogit(of: x, at: "p", "facts.lens.token_id[\(depth),p,k]")
    return (
      "facts.lens.probability[\(depth),p,k]",
      "exp(\(own)) / sum(t, exp(\(lensLogit(of: x, at: "p", "t"))))"
    )
  }

  /// The likeliest next tokens' probabilities and ranks, read out at the last position on the way.
  private var answers: [Line] {
    guard let readings = trace[.answerRank]?.shape.first else { return [] }
    let isSplit = readings > trace.layerCount + 1
    let last = "\(trace.tokens.count - 1)"
    return (0..<readings).flatMap { reading -> [Line] in
      let layer = isSplit ? (reading - 1) / 2 : reading - 1
      let x: HookPoint =
        reading == 0
        ? .residPre(0) : isSplit && reading % 2 == 1 ? .residMid(layer) : .residPost(layer)
      let own = lensLogit(of: x.name, at: last, "facts.answers.token_id[k]")
      let other = lensLogit(of: x.name, at: last, "t")
      return [
        ("facts.answers.probability[\(reading),k]", "exp(\(own)) / sum(t, exp(\(other)))"),
        ("facts.answers.rank[\(reading),k]", "1 + count(t, \(other) > \(own))"),
      ]
    }
  }

  /// A token's logit if the stream at a hook point were the last.
  private func lensLogit(of x: String, at p: String, _ token: String) -> String {
    func centred(_ i: String, _ m: String) -> String {
      finalNormIsSquare ? "\(x)[\(p),\(i)]" : "(\(x)[\(p),\(i)] - mean(\(m), \(x)[\(p),\(m)]))"
    }
    let scale = "sqrt(mean(m, \(centred("m", "c"))^2) + eps)"
    let bias = finalNormIsSquare ? "" : " + ln_final.b[n]"
    let sum =
      "sum(n, (\(centred("n", "m")) / \(scale) * ln_final.w[n]\(bias)) * unembed.W_U[n,\(token)])"
    guard let cap = architecture.logitCap.map({ Expression.plain($0) }) else { return sum }
    return "\(cap) * tanh(\(sum) / \(cap))"
  }

  /// The neurons that add most at a position, and what they add to the logits of the tokens that they raise most.
  private func neurons(_ layer: Int) -> [Line] {
    let n = "facts.neurons.index[\(layer),p,k]"
    let row = "blocks.\(layer).mlp.W_out[\(n),i]"
    let mean = finalNormIsSquare ? "" : " - mean(m, blocks.\(layer).mlp.W_out[\(n),m])"
    let token = "facts.neurons.direct.token_id[\(layer),p,k,j]"
    return [
      ("facts.neurons.length[\(layer),p,k]", "norm(i, \(row))"),
      (
        "facts.neurons.direct.logit[\(layer),p,k,j]",
        "sum(i, (\(row)\(mean)) * ln_final.w[i] * unembed.W_U[i,\(token)])"
          + " * blocks.\(layer).mlp.hook_post[p,\(n)] / ln_final.hook_scale[p,0]"
      ),
    ]
  }

  /// Every so-manieth row and column of a weight matrix, of which heads stand side by side.
  private var samples: [Line] {
    let model = trace.model
    guard let d = model.dModel, let width = model.dHead, let f = model.dMLP, let v = model.dVocab,
      let c = model.contextLength
    else { return [] }
    var lines: [Line] = []
    func add(
      _ matrix: WeightMatrix,
      _ rows: Int,
      _ columns: Int,
      _ indices: (String, String) -> String = { "\($0),\($1)" }
    ) {
      guard let shape = trace[.sample(of: matrix)]?.shape, shape.count == 2 else { return }
      func pick(_ letter: String, _ count: Int, of all: Int) -> String {
        count == all ? letter : "floor(\(letter) * \(all) / \(count))"
      }
      let place = indices(pick("i", shape[0], of: rows), pick("j", shape[1], of: columns))
      lines.append(("facts.sample.\(matrix.name)[i,j]", "\(matrix.name)[\(place)]"))
    }
    /// The head that a row or column of all heads belongs to, and which one of the head's it is.
    func split(_ place: String) -> (head: String, rest: String) {
      let head = "floor(\(place) / \(width))"
      return (head, "\(place) - \(width) * \(head)")
    }
    add(.embedding, v, d)
    add(.position, c, d)
    add(.unembedding, d, v)
    for layer in 0..<trace.layerCount {
      let heads = (model.headCount ?? d / width) * width
      let keys = (architecture.keyValueHeadCount.map { $0 * width }) ?? heads
      for (matrix, columns) in [
        (WeightMatrix.query(layer: layer), heads), (.key(layer: layer), keys),
        (.value(layer: layer), keys),
      ] {
        add(matrix, d, columns) { "\(split($1).head),\($0),\(split($1).rest)" }
      }
      add(.output(layer: layer), heads, d) { "\(split($0).head),\(split($0).rest),\($1)" }
      add(.up(layer: layer), d, f)
      add(.down(layer: layer), f, d)
    }
    return lines
  }
}
