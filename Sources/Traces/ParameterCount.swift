package import Formats

/// Where a model's weights are.
public struct ParameterCount: Sendable, Equatable {
  /// One kind of matrix.
  public struct Category: Sendable, Equatable {
    /// The kind's name: embedding, key, query, value, output, up-projection, down-projection, unembedding.
    public var name: String
    /// The shape of one matrix.
    public var rows: Int64, columns: Int64
    /// How many such matrices the model has.
    public var matrices: Int64
    /// All their weights together.
    public var weights: Int64 { rows * columns * matrices }

    /// Makes a category.
    ///
    /// - Precondition: `rows · columns · matrices` fits into 64 bits.
    public init(name: String, rows: Int64, columns: Int64, matrices: Int64) {
      self.name = name
      self.rows = rows
      self.columns = columns
      self.matrices = matrices
    }
  }

  /// The eight categories, in the order in which the data meets them.
  public var categories: [Category]
  /// Everything the model learned: the categories, positions, gains and biases; tied weights once.
  public var parameters: Int64
  /// Whether the unembedding is the embedding again, transposed: one matrix under two names.
  public var isTied: Bool

  /// Makes a count.
  ///
  /// - Parameters:
  ///   - categories: The categories, in order.
  ///   - parameters: Everything the model learned, tied weights once.
  ///   - isTied: Whether embedding and unembedding are one matrix; by default if the parameters are fewer than the weights,
  ///     which can be for no other reason.
  /// - Precondition: the weights of all categories together fit into 64 bits.
  public init(categories: [Category], parameters: Int64, isTied: Bool? = nil) {
    self.categories = categories
    self.parameters = parameters
    self.isTied = isTied ?? (parameters < categories.reduce(0) { $0 + $1.weights })
  }

  /// The weights of all categories together, embedding and unembedding counted as two even where they are one.
  public var weights: Int64 { categories.reduce(0) { $0 + $1.weights } }
  /// The matrices of all categories together, counted likewise.
  public var matrices: Int64 { categories.reduce(0) { $0 + $1.matrices } }

  /// Whether a category has no weights of its own, being another one's again.
  public func isRepeated(_ category: Category) -> Bool {
    isTied && category.name == Kind.unembedding.rawValue
      && categories.contains { $0.name == Kind.embedding.rawValue }
  }
  /// A category's weights that no other category has.
  public func distinctWeights(of category: Category) -> Int64 {
    isRepeated(category) ? 0 : category.weights
  }
  /// The weights of all categories together, a tied matrix counted once.
  public var distinctWeights: Int64 { categories.reduce(0) { $0 + distinctWeights(of: $1) } }
  /// The matrices of all categories together, a tied matrix counted once.
  public var distinctMatrices: Int64 {
    categories.reduce(0) { $0 + (isRepeated($1) ? 0 : $1.matrices) }
  }

  /// The weights up to and including each category: the last is all of them.
  public var runningTotals: [Int64] {
    categories.reduce(into: []) { totals, category in
      totals.append((totals.last ?? 0) + category.weights)
    }
  }
}

extension ParameterCount {
  /// Counts the weights of a GPT, as the chapter on GPT-3 does: query, key and value matrices one by
  /// one for each head, the output matrix once a layer, embedding and unembedding apart.
  ///
  /// ``parameters`` counts everything that a model of these sizes and equations learns.
  ///
  /// - Precondition: ``ModelSizes/problem`` is nil.
  public init(_ sizes: ModelSizes) {
    precondition(sizes.problem == nil, "sizes whose weights can be counted")
    let (layers, heads, headWidth) = (sizes.layers, sizes.heads, sizes.headWidth)
    let (width, mlpWidth, vocabulary) = (sizes.width, sizes.mlpWidth, sizes.vocabulary)
    var kinds: [(name: String, rows: Int64, columns: Int64, matrices: Int64)] = [
      (Kind.embedding.rawValue, vocabulary, width, 1),
      (Kind.key.rawValue, width, headWidth, sizes.keyHeads * layers),
      (Kind.query.rawValue, width, headWidth, heads * layers),
      (Kind.value.rawValue, width, headWidth, sizes.keyHeads * layers),
      (Kind.output.rawValue, sizes.headsWidth, width, layers),
      (Self.gate, width, mlpWidth, layers),
      (Kind.up.rawValue, width, mlpWidth, layers),
      (Kind.down.rawValue, mlpWidth, width, layers),
      (Kind.unembedding.rawValue, width, vocabulary, 1),
    ]
    if !sizes.architecture.isGated { kinds.remove(at: 5) }
    categories = kinds.map { kind in
      Category(
        name: kind.name,
        rows: kind.rows,
        columns: kind.columns,
        matrices: kind.matrices
      )
    }
    isTied = sizes.isTied
    parameters = 0
    parameters = sizes.besides.reduce(weights) { $0 + $1.parameters }
  }

  /// The eight kinds, in the order in which the data meets them.
  public enum Kind: String, Sendable, CaseIterable {
    /// W_E, `[V, D]`, and a head's W_K, W_Q and W_V, `[D, d]` each.
    case embedding, key, query, value
    /// A layer's W_O, `[D, D]`.
    case output
    /// A layer's W_in, `[D, F]`.
    case up = "up-projection"
    /// A layer's W_out, `[F, D]`.
    case down = "down-projection"
    /// W_U, `[D, V]`.
    case unembedding
  }

  /// What a trace calls the matrix of an MLP's gate, `[D, F]`, which GPT-2 does not have.
  public static let gate = "gate-projection"
}

extension ParameterCount {
  /// Reads a count, whoever wrote it: what is negative, or more than any model has, is refused.
  package init?(_ json: JSONValue) {
    guard let categories = json["categories"]?.list({ Category($0) }),
      let parameters = json["parameters"]?.wholeNumber
    else { return nil }
    var total: Int64 = 0
    for category in categories {
      let sizes = [category.rows, category.columns, category.matrices]
      guard sizes.allSatisfy({ $0 >= 0 }), let weights = Self.product(sizes) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(weights)
      guard !overflow else { return nil }
      total = sum
    }
    guard total <= Self.most, 0...Self.most ~= parameters else { return nil }
    var isTied = parameters < total
    if let said = json.first("tied") {
      guard let said = said.boolean else { return nil }
      isTied = said
    }
    self.init(categories: categories, parameters: parameters, isTied: isTied)
  }

  /// The count; that a matrix is tied only where it is.
  package var json: JSON {
    .present([
      ("categories", .list(categories) { $0.json }), ("parameters", .integer(parameters)),
      ("tied", isTied ? true : nil),
    ])
  }

  /// More than any model has, and little enough that its bytes and multiplications can be counted.
  private static let most: Int64 = 1 << 56

  private static func product(_ factors: [Int64]) -> Int64? {
    var product: Int64 = 1
    // Without zeros: in whatever order they are multiplied, no step on the way may be too much.
    for factor in factors {
      let (next, overflow) = product.multipliedReportingOverflow(by: max(1, factor))
      guard !overflow else { return nil }
      product = next
    }
    return product
  }
}

extension ParameterCount.Category {
  init?(_ json: JSONValue) {
    guard let name = json["name"]?.string, let rows = json["rows"]?.wholeNumber,
      let columns = json["columns"]?.wholeNumber, let matrices = json["matrices"]?.wholeNumber
    else { return nil }
    self.init(name: name, rows: rows, columns: columns, matrices: matrices)
  }

  var json: JSON {
    .object([
      "name": .string(name), "rows": .integer(rows), "columns": .integer(columns),
      "matrices": .integer(matrices),
    ])
  }
}
