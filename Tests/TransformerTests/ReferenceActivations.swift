import Tensors
import Testing

/// Expects the activations of a reference, by name, shape and value, and no others.
func expectActivations(_ activations: [String: Tensor], equal expected: SafetensorsFile)
  throws
{
  #expect(Set(activations.keys) == Set(expected.entries.map(\.name)))
  for entry in expected.entries {
    let value = try #require(activations[entry.name])
    #expect(value.shape == entry.shape, "\(entry.name)")
    let difference = try largestDifference(value, expected.tensor(named: entry.name))
    #expect(difference <= TransformerTests.tolerance, "\(entry.name): \(difference)")
  }
}

/// The largest difference between two tensors, relative where the second is above 1; equal infinities do not differ, and
/// what is no number differs from all.
func largestDifference(_ a: Tensor, _ b: Tensor) -> Float {
  guard a.count == b.count else { return .infinity }
  return zip(a.values, b.values).reduce(0) { worst, pair in
    if pair.0 == pair.1 { return worst }
    let difference = abs(pair.0 - pair.1) / max(1, abs(pair.1))
    return difference <= worst ? worst : difference
  }
}
