import Platform
import Tensors

/// The world's texts as a corpus.
package enum WorldCorpus {
  /// The seed of the texts that are never learned from.
  package static let validationSeed: UInt64 = 0x7E57

  /// The texts learned from.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - seed: Which series of texts.
  /// - Returns: The texts as UTF-8.
  package static func texts(_ count: Int, seed: UInt64) -> [[UInt8]] {
    let world = World()
    return Cores.mapped(Array(0..<count)) { Array(world.document($0, seed: seed).text.utf8) }
  }
}
