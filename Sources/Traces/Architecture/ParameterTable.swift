/// Every parameter of a model of some sizes, in the order in which the data meets them.
///
/// Whatever reads, counts, lays out or writes parameters reads this table, and knows no family's names.
public struct ParameterTable: Sendable {
  /// The model's sizes and equations.
  public let sizes: ModelSizes
  /// What its parameters are called.
  public let family: Family
  private let isGGUF: Bool

  /// Makes the table of a model.
  ///
  /// - Parameters:
  ///   - sizes: The model's sizes and equations.
  ///   - isGGUF: Whether a GGUF file holds it: then names and matrices are as llama.cpp has them.
  public init(_ sizes: ModelSizes, inGGUF isGGUF: Bool = false) {
    self.sizes = sizes
    self.isGGUF = isGGUF
    var family = Family.named(sizes.architecture.name.text) ?? .gpt2
    // Its converter gives every matrix a row for each output, and puts all queries before all keys.
    if isGGUF { (family.keepsOutputsInRows, family.isFusedByHead) = (true, false) }
    self.family = family
  }

  /// The parameters before the blocks, of all blocks, and after them.
  public var all: [Parameter] {
    let roles = Parameter.Role.allCases
    let ofBlock = roles.filter { $0.isInBlocks }
    let before = roles.prefix { !$0.isInBlocks }
    let after = roles.suffix(2)
    return before.flatMap { parameters($0) }
      + (0..<Int(sizes.layers)).flatMap { layer in ofBlock.flatMap { parameters($0, layer) } }
      + after.flatMap { parameters($0) }
  }

  /// How many parameters of each role there are, those of all blocks together.
  func counts() -> [(role: Parameter.Role, isBias: Bool, count: Int64)] {
    Parameter.Role.allCases.flatMap { role in
      parameters(role, role.isInBlocks ? 0 : nil).map {
        (role, $0.isBias, $0.count * (role.isInBlocks ? sizes.layers : 1))
      }
    }
  }

  /// A role's matrix or gain, and its bias, as far as the model has them.
  public func parameters(_ role: Parameter.Role, _ layer: Int? = nil) -> [Parameter] {
    [parameter(role, layer, isBias: false), parameter(role, layer, isBias: true)].compactMap { $0 }
  }

  /// One parameter; `nil` if the model has no such.
  public func parameter(_ role: Parameter.Role, _ layer: Int? = nil, isBias: Bool = false)
    -> Parameter?
  {
    guard has(role), !isBias || hasBias(role), let name = family.name(role) else { return nil }
    let block = layer.map { "\(family.blocks).\($0)." } ?? ""
    let parameter = Parameter(
      role: role,
      layer: layer,
      isBias: isBias,
      name: block + name + (isBias ? ".bias" : ".weight"),
      shape: shape(role, isBias: isBias)
    )
    return isGGUF ? parameter.named(parameter.ggufName) : parameter
  }

  private func has(_ role: Parameter.Role) -> Bool {
    let a = sizes.architecture
    return switch role {
    case .position: a.rotary == nil
    case .queryNorm, .keyNorm: a.normalizesQueriesAndKeys
    case .norm1Post, .norm2Post: a.normalizesAdditions
    case .gate: a.isGated
    case .unembedding: !sizes.isTied
    default: true
    }
  }

  private func hasBias(_ role: Parameter.Role) -> Bool {
    role.isNorm
      ? sizes.architecture.norm.takesMeanAway : sizes.architecture.biases.contains(role.biasName)
  }

  private func shape(_ role: Parameter.Role, isBias: Bool) -> [Int] {
    let s = sizes
    let (d, f, heads, keys) = (
      s.width, s.mlpWidth, s.headsWidth, s.keyHeads * s.headWidth
    )
    func matrix(_ inputs: Int64, _ outputs: Int64) -> [Int64] {
      isBias ? [outputs] : family.keepsOutputsInRows ? [outputs, inputs] : [inputs, outputs]
    }
    let shape =
      switch role {
      case .embedding, .unembedding: isBias ? [s.vocabulary] : [s.vocabulary, d]
      case .position: [s.context, d]
      case .queryNorm, .keyNorm: [s.headWidth]
      case .norm1, .norm1Post, .norm2, .norm2Post, .finalNorm: [d]
      case .queryKeyValue: matrix(d, heads + 2 * keys)
      case .query: matrix(d, heads)
      case .key, .value: matrix(d, keys)
      case .output: matrix(heads, d)
      case .gate, .up: matrix(d, f)
      case .down: matrix(f, d)
      }
    return shape.map { Int(clamping: $0) }
  }
}
