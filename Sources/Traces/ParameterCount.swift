/// Where a model's weights are.
public struct ParameterCount: Sendable, Equatable {
  /// One kind of matrix.
  public struct Category: Sendable, Equatable, Codable {
    /// The kind's name: embedding, key, query, value, output, up-projection, down-projection, unembedding.
    public var name: String
    /// The shape of one matrix.
    public var rows: Int, columns: Int
    /// How many such matrices the model has.
    public var matrices: Int
    /// All their weights together.
    public var weights: Int { rows * columns * matrices }

    /// Makes a category.
    ///
    /// - Precondition: `rows · columns · matrices` fits into 64 bits.
    public init(name: String, rows: Int, columns: Int, matrices: Int) {
      self.name = name
      self.rows = rows
      self.columns = columns
      self.matrices = matrices
    }
  }

  /// The eight categories, in the order in which the data meets them.
  public var categories: [Category]
  /// Everything the model learned: the categories, positions, gains and biases; tied weights once.
  public var parameters: Int
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
  public init(categories: [Category], parameters: Int, isTied: Bool? = nil) {
    self.categories = categories
    self.parameters = parameters
    self.isTied = isTied ?? (parameters < categories.reduce(0) { $0 + $1.weights })
  }

  /// The weights of all categories together, embedding and unembedding counted as two even where they are one.
  public var weights: Int { categories.reduce(0) { $0 + $1.weights } }
  /// The matrices of all categories together, counted likewise.
  public var matrices: Int { categories.reduce(0) { $0 + $1.matrices } }

  /// Whether a category has no weights of its own, being another one's again.
  public func isRepeated(_ category: Category) -> Bool {
    isTied && category.name == Kind.unembedding.rawValue
      && categories.contains { $0.name == Kind.embedding.rawValue }
  }
  /// A category's weights that no other category has.
  public func distinctWeights(of category: Category) -> Int {
    isRepeated(category) ? 0 : category.weights
  }
  /// The weights of all categories together, a tied matrix counted once.
  public var distinctWeights: Int { categories.reduce(0) { $0 + distinctWeights(of: $1) } }
  /// The matrices of all categories together, a tied matrix counted once.
  public var distinctMatrices: Int {
    categories.reduce(0) { $0 + (isRepeated($1) ? 0 : $1.matrices) }
  }

  /// The weights up to and including each category: the last is all of them.
  public var runningTotals: [Int] {
    categories.reduce(into: []) { totals, category in
      totals.append((totals.last ?? 0) + category.weights)
    }
  }
}

extension ParameterCount {
  /// Counts the weights of a GPT, as the chapter on GPT-3 does: query, key and value matrices one by
  /// one for each head, the output matrix once a layer, embedding and unembedding apart.
  ///
  /// ``parameters`` counts everything that a GPT-2 of these sizes learns.
  ///
  /// - Precondition: ``ModelSizes/problem`` is nil.
  public init(_ sizes: ModelSizes) {
    precondition(sizes.problem == nil, "sizes whose weights can be counted")
    let (layers, heads, headWidth) = (sizes.layers, sizes.heads, sizes.headWidth)
    let (width, mlpWidth, vocabulary) = (sizes.width, sizes.mlpWidth, sizes.vocabulary)
    let kinds: [(Kind, rows: Int, columns: Int, matrices: Int)] = [
      (.embedding, vocabulary, width, 1),
      (.key, width, headWidth, heads * layers),
      (.query, width, headWidth, heads * layers),
      (.value, width, headWidth, heads * layers),
      (.output, width, width, layers),
      (.up, width, mlpWidth, layers),
      (.down, mlpWidth, width, layers),
      (.unembedding, width, vocabulary, 1),
    ]
    categories = kinds.map { kind, rows, columns, matrices in
      Category(name: kind.rawValue, rows: rows, columns: columns, matrices: matrices)
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

extension ParameterCount: Codable {
  private enum CodingKeys: String, CodingKey {
    case categories, parameters
    case isTied = "tied"
  }

  /// Reads a count, whoever wrote it: what is negative, or more than any model has, is refused.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    categories = try container.decode([Category].self, forKey: .categories)
    parameters = try container.decode(Int.self, forKey: .parameters)
    var total = 0
    for category in categories {
      let sizes = [category.rows, category.columns, category.matrices]
      guard sizes.allSatisfy({ $0 >= 0 }), let weights = Self.product(sizes) else {
        throw Self.refusal(container.codingPath, "the weights of \(category.name)")
      }
      let (sum, overflow) = total.addingReportingOverflow(weights)
      guard !overflow else { throw Self.refusal(container.codingPath, "the weights") }
      total = sum
    }
    guard total <= Self.most, 0...Self.most ~= parameters else {
      throw Self.refusal(container.codingPath, "the parameters")
    }
    isTied = try container.decodeIfPresent(Bool.self, forKey: .isTied) ?? (parameters < total)
  }

  /// Writes the count; that a matrix is tied only where it is.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(categories, forKey: .categories)
    try container.encode(parameters, forKey: .parameters)
    if isTied { try container.encode(true, forKey: .isTied) }
  }

  /// More than any model has, and little enough that its bytes and multiplications can be counted.
  private static let most = 1 << 56

  private static func product(_ factors: [Int]) -> Int? {
    var product = 1
    // Without zeros: in whatever order they are multiplied, no step on the way may be too much.
    for factor in factors {
      let (next, overflow) = product.multipliedReportingOverflow(by: max(1, factor))
      guard !overflow else { return nil }
      product = next
    }
    return product
  }

  private static func refusal(_ path: [any CodingKey], _ what: String) -> DecodingError {
    .dataCorrupted(
      DecodingError.Context(codingPath: path, debugDescription: "\(what) are no count of a model")
    )
  }
}
