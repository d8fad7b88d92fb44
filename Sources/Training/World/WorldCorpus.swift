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
  ///   - plan: Of which world.
  /// - Returns: The texts as UTF-8.
  package static func texts(
    _ count: Int,
    seed: UInt64,
    of plan: WorldPlan = .english
  ) -> [[UInt8]] {
    let world = World(plan)
    return Cores.mapped(Array(0..<count)) { Array(world.document($0, seed: seed).text.utf8) }
  }

  /// The words of the first texts learned from, for a vocabulary; nil where spaces tell what they are.
  static func words(_ count: Int, of plan: WorldPlan) -> [[[UInt8]]]? {
    if plan.isSpaced { return nil }
    let world = World(plan)
    return Cores.mapped(Array(0..<count)) { world.document($0, seed: 0).words }
  }
}
