import Synchronization

/// A matrix that gets more rows over time, and can be looked at as a tensor without copying.
///
/// It is a value like any other: copies grow apart. Rows are never changed once they are there, so
/// a tensor taken of them stays what it was while the matrix grows, and copies share the rows that
/// they have in common.
public struct GrowingMatrix: Sendable {
  /// The number of rows so far.
  public private(set) var rows = 0
  /// The length of a row.
  public let columns: Int
  private var room: Room

  /// Makes a matrix without rows.
  public init(columns: Int) {
    self.columns = columns
    room = Room(capacity: 0)
  }

  /// Appends a range of columns of every row of `x`.
  ///
  /// - Parameters:
  ///   - x: Any shape, seen as rows.
  ///   - range: As many columns as this matrix has; a range within those of `x`.
  /// - Complexity: O(new elements), averaged over many appends.
  public mutating func append(_ x: Tensor, columns range: Range<Int>) {
    let (count, width) = (x.rows, x.columns)
    precondition(range.count == columns && range.lowerBound >= 0 && range.upperBound <= width)
    let start = claim(count)
    x.withAddress { x in
      for row in 0..<count {
        (start + row * columns).initialize(
          from: x + row * width + range.lowerBound,
          count: columns
        )
      }
    }
    rows += count
  }

  /// The rows so far: `[rows, columns]`.
  public var tensor: Tensor {
    Tensor(
      shape: [rows, columns],
      storage: TensorStorage(viewing: room.address, keptAliveBy: room),
      offset: 0
    )
  }

  /// Where the next rows go, which nobody has written to.
  private mutating func claim(_ count: Int) -> UnsafeMutablePointer<Float> {
    let (used, wanted) = (rows * columns, (rows + count) * columns)
    // If a copy of this matrix has gone on from here, the place behind the last row is taken.
    if wanted > room.capacity || !room.claim(from: used, to: wanted) {
      let larger = Room(capacity: max(wanted, 2 * used, 32 * columns))
      larger.address.initialize(from: room.address, count: used)
      _ = larger.claim(from: 0, to: wanted)
      room = larger
    }
    return room.address + used
  }

  /// Memory for rows to come.
  ///
  /// Safe to share: an element is written once, by whoever claimed it.
  private final class Room: @unchecked Sendable {
    let address: UnsafeMutablePointer<Float>
    let capacity: Int
    private let claimed = Atomic(0)

    init(capacity: Int) {
      address = .allocate(capacity: capacity)
      self.capacity = capacity
    }

    func claim(from start: Int, to end: Int) -> Bool {
      claimed.compareExchange(expected: start, desired: end, ordering: .relaxed).exchanged
    }

    deinit { address.deallocate() }
  }
}
