import Formats

/// How the weights of a model's file are packed, and where the group of them stands that is recorded taken apart.
public struct Quantization: Sendable, Equatable {
  /// What is stored in one way.
  public struct Kind: Sendable, Equatable {
    /// What ggml calls it: `Q4_1`.
    public var type: String
    /// How many numbers are stored so, and how many bytes they take.
    public var weights, bytes: Int64

    /// Takes what was counted.
    package init(type: String, weights: Int64, bytes: Int64) {
      (self.type, self.weights, self.bytes) = (type, weights, bytes)
    }
  }

  /// The ways, the one of most weights first.
  public var kinds: [Kind]
  /// How the group is stored.
  public var type: String
  /// The group's weights, i of them from ``first`` on, by TransformerLens's name: `blocks.0.mlp.W_in[i,0]`.
  public var cells: String
  /// The first i.
  public var first: Int

  /// Takes what was found.
  package init(kinds: [Kind], type: String, cells: String, first: Int) {
    (self.kinds, self.type, self.cells, self.first) = (kinds, type, cells, first)
  }
}

extension Quantization {
  init?(_ json: JSONValue) {
    let kinds = json["kinds"]?.list { kind -> Kind? in
      guard let type = kind["type"]?.string, type.utf8.count < 20,
        let weights = kind["weights"]?.int, let bytes = kind["bytes"]?.int,
        0...1 << 50 ~= weights, 0...1 << 50 ~= bytes
      else { return nil }
      return Kind(type: type, weights: Int64(weights), bytes: Int64(bytes))
    }
    guard let kinds, let type = json["type"]?.string, type.utf8.count < 20,
      let cells = json["cells"]?.string, cells.utf8.count < 100, let first = json["first"]?.int,
      0...1 << 30 ~= first
    else { return nil }
    self.init(kinds: kinds, type: type, cells: cells, first: first)
  }

  var json: JSON {
    .object([
      "kinds": .list(kinds) { kind in
        .object([
          "type": .string(kind.type), "weights": .integer(kind.weights),
          "bytes": .integer(kind.bytes),
        ])
      },
      "type": .string(type), "cells": .string(cells), "first": .integer(first),
    ])
  }
}
