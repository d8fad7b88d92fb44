import Formats
import Pages
import Traces

extension CountedModel {
  /// The documented form: `{name, categories: [{name, rows, columns, matrices, weights, …}], weights,
  /// matrices, parameters, …}`; `parameters` counts everything, `weights` the eight categories one by one, and
  /// `distinct_weights` what stands in them, a matrix that is embedding and unembedding once.
  var json: JSON {
    let count = count
    let totals = count.runningTotals
    let categories = count.categories.indices.map { index -> JSON in
      let category = count.categories[index]
      return [
        "name": .string(category.name),
        "rows": .integer(category.rows),
        "columns": .integer(category.columns),
        "matrices": .integer(category.matrices),
        "weights": .integer(category.weights),
        "running_total": .integer(totals[index]),
        "share": .number(Double(category.weights) / Double(count.weights)),
        "distinct_weights": .integer(count.distinctWeights(of: category)),
        "distinct_share": .number(
          Double(count.distinctWeights(of: category)) / Double(count.distinctWeights)
        ),
      ]
    }
    let bytes = ParameterFormat.allCases.map { format in
      JSON.Member(format.rawValue, .integer(count.parameters * format.bytes))
    }
    return .members(
      [
        JSON.Member("name", .string(name)),
        JSON.Member("categories", .array(categories)),
        JSON.Member("weights", .integer(count.weights)),
        JSON.Member("matrices", .integer(count.matrices)),
        JSON.Member("parameters", .integer(count.parameters)),
        JSON.Member("tied", .bool(count.isTied)),
        JSON.Member("distinct_weights", .integer(count.distinctWeights)),
        JSON.Member("distinct_matrices", .integer(count.distinctMatrices)),
        JSON.Member("besides", .array(besides)),
        JSON.Member("sizes", sizes.json),
        JSON.Member("data", .integer(sizes.stream)),
        JSON.Member("bytes", .members(bytes)),
        JSON.Member(
          "multiply_adds",
          [
            "weights": .integer(sizes.multiplyAdds),
            "attention_per_token_seen": .integer(sizes.multiplyAddsPerTokenSeen),
            "attention_full_context": .integer(sizes.multiplyAddsPerTokenSeen * sizes.context),
          ]
        ),
      ] + (stored.map { [JSON.Member("checkpoint", $0.json)] } ?? [])
    )
  }

  private var stored: StoredTensors? {
    if case .checkpoint(let stored) = source { stored } else { nil }
  }

  /// What the eight categories leave out: with it, `weights` comes to `parameters`.
  private var besides: [JSON] {
    let others = stored?.others.map { [("other tensors", $0.elements)] } ?? []
    let known = sizes.besides.map { ($0.kind.rawValue, $0.parameters) }
    return (known + others).map { ["name": .string($0.0), "parameters": .integer($0.1)] }
  }
}

extension ModelSizes {
  fileprivate var json: JSON {
    [
      "layers": .integer(layers),
      "heads": .integer(heads),
      "width": .integer(width),
      "mlp_width": .integer(mlpWidth),
      "vocabulary": .integer(vocabulary),
      "context": .integer(context),
      "tied": .bool(isTied),
    ]
  }
}

extension StoredTensors {
  /// What the files hold, and what of it is no parameter or one counted already.
  fileprivate var json: JSON {
    [
      "tensors": .integer(tensors),
      "elements": .integer(elements),
      "masks": .integer(masks?.elements ?? 0),
      "repeated": .integer(repeated?.elements ?? 0),
    ]
  }
}
