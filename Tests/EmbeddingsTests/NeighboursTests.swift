import Embeddings
import Tensors
import Testing

@Suite struct NeighboursTests {
  /// By `q = points(2, 8)[::-1] + 0.25`, `v = points(6, 8)` and
  /// `(q @ v.T) / np.linalg.norm(q, axis=1)[:, None] / np.linalg.norm(v, axis=1)`.
  private static let cosines: [[Float]] = [
    [-0.031506, 0.966795, 0.894793, 0.036128, 0.770416, 0.839907],
    [0.670753, 0.588211, 0.418524, -0.280359, 0.258025, 0.361247],
  ]

  private var queries: Tensor { points(2, 8).rows([1, 0]).map { $0 + 0.25 } }

  @Test func `the nearest are those NumPy finds`() {
    let found = Neighbours(in: points(6, 8)).nearest(to: queries, count: 3, excluding: [1, 5])
    #expect(found.map { $0.map(\.index) } == [[2, 5, 4], [0, 1, 2]])
    for (query, neighbours) in found.enumerated() {
      for neighbour in neighbours {
        #expect(abs(neighbour.cosine - Self.cosines[query][neighbour.index]) < 1e-5)
      }
    }
  }

  @Test func `one query finds what it finds among several`() {
    let all = Neighbours(in: points(6, 8))
    let several = all.nearest(to: queries, count: 4, excluding: [1, 5])
    #expect(all.nearest(to: queries.slice(0), count: 4, excluding: [1]) == several[0])
    #expect(
      all.nearest(to: queries.slice(0), count: 2, excluding: [1, 2, 5]).map(\.index) == [4, 3]
    )
    #expect(all.nearest(to: queries.slice(0), count: 99).map(\.index) == [1, 2, 5, 4, 3, 0])
    #expect(all.nearest(to: queries.slice(0), count: 0).isEmpty)
  }

  @Test func `equally near vectors come in the order of their rows`() {
    let vectors = Tensor(shape: [5, 2], values: [0, 1, 2, 0, 1, 0, 0, 0, 3, 0])
    let query = Tensor(shape: [2], values: [1, 0])
    let found = Neighbours(in: vectors).nearest(to: query, count: 5)
    #expect(found.map(\.index) == [1, 2, 4, 0, 3])
    #expect(found.map(\.cosine) == [1, 1, 1, 0, 0])
  }

  /// More queries than one product serves.
  @Test func `many queries each find themselves`() {
    let vectors = points(150, 16)
    let found = Neighbours(in: vectors)
      .nearest(to: vectors, count: 1, excluding: Array(repeating: -1, count: 150))
    // The points repeat after 303 rows at the earliest, so that each is nearest to itself.
    #expect(found.map { $0[0].index } == Array(0..<150))
  }
}
