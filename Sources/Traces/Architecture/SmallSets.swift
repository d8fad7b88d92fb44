// Sets that are a number or two each: an architecture is copied wherever the model is, and so is kept to plain bits.

/// The biases that matrices have, by TransformerLens's names.
public struct Biases: Sendable, Equatable, ExpressibleByArrayLiteral {
  private var bits: UInt8 = 0

  /// Every name, in the order of the forward pass.
  private static let names = ["b_Q", "b_K", "b_V", "b_O", "b_in", "b_gate", "b_out"]

  /// Takes names; what is no matrix's bias is left out.
  public init(arrayLiteral names: String...) {
    for name in names { bits |= Self.bit(name) }
  }

  private static func bit(_ name: String) -> UInt8 {
    names.firstIndex { $0 == name }.map { 1 << UInt8($0) } ?? 0
  }

  /// Whether a bias is among them.
  public func contains(_ name: String) -> Bool { bits & Self.bit(name) != 0 }

  /// With others, or without them.
  public mutating func choose(_ others: Biases, _ isChosen: Bool) {
    bits = isChosen ? bits | others.bits : bits & ~others.bits
  }

  /// Their names.
  public var all: Set<String> { Set(Self.names.filter { contains($0) }) }
}

/// Some of a model's layers, of which no more than 128 are told apart.
public struct LayerSet: Sendable, Equatable, ExpressibleByArrayLiteral {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// The layers that there may be.
  public static let layers = 0..<128

  /// Takes layers.
  public init(arrayLiteral layers: Int...) {
    for layer in layers { insert(layer) }
  }

  /// Adds a layer.
  public mutating func insert(_ layer: Int) {
    if layer < 64 { low |= 1 << UInt64(layer) } else { high |= 1 << UInt64(layer - 64) }
  }

  /// Whether a layer is among them.
  public func contains(_ layer: Int) -> Bool {
    Self.layers ~= layer
      && (layer < 64 ? low >> UInt64(layer) : high >> UInt64(layer - 64)) & 1 == 1
  }

  /// The layer after the last; 0 if there is none.
  public var end: Int { (Self.layers.last { contains($0) } ?? -1) + 1 }
}

/// A name that stands in the source.
public struct Literal: Sendable, Equatable, ExpressibleByStringLiteral {
  private let name: StaticString

  /// Takes the name.
  public init(stringLiteral name: StaticString) { self.name = name }

  /// The name as a text.
  public var text: String { name.withUTF8Buffer { String(decoding: $0, as: UTF8.self) } }

  /// Whether two are spelled alike.
  public static func == (a: Literal, b: Literal) -> Bool { a.text == b.text }
}
