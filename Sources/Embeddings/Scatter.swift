import Tensors

/// How a cloud of points is scattered about its mean.
///
/// All sums have 64 bits; the points themselves stay where they are, for there may be millions.
struct Scatter {
  private let points: Tensor
  private let mean: [Double]

  /// So many points at a time; sums of blocks are added in order, whatever the number of cores.
  private static let block = 1 << 13

  /// Finds the mean of `points`, `[point, dimension]`.
  init(of points: Tensor) {
    self.points = points
    let width = points.columns
    let sums = Self.sumOfBlocks(of: points, size: width, work: points.count) { sum, values in
      for point in stride(from: 0, to: values.count, by: max(1, width)) {
        for i in 0..<width { sum[i] += Double(values[point + i]) }
      }
    }
    mean = sums.map { $0 / Double(max(1, points.rows)) }
  }

  /// The dot products of the points, row by row: `x xᵀ`, with x moved so that its mean is zero.
  var productsOfPoints: [Double] {
    let (count, width) = (points.rows, points.columns)
    let x = points.withValues { values in
      values.indices.map { Double(values[$0]) - mean[$0 % width] }
    }
    var products = [Double](repeating: 0, count: count * count)
    for a in 0..<count {
      for b in 0...a {
        var sum = 0.0
        for i in 0..<width { sum += x[a * width + i] * x[b * width + i] }
        products[a * count + b] = sum
        products[b * count + a] = sum
      }
    }
    return products
  }

  /// The dot products of the dimensions, row by row: `xᵀ x`, with x moved so that its mean is zero.
  ///
  /// - Complexity: O(points · dimensions²).
  var productsOfDimensions: [Double] {
    let width = points.columns
    var products = Self.sumOfBlocks(
      of: points,
      size: width * width,
      work: points.count * width / 2
    ) { sum, values in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: width) { x in
        for point in stride(from: 0, to: values.count, by: max(1, width)) {
          for i in 0..<width { x[i] = Double(values[point + i]) - mean[i] }
          for a in 0..<width {
            let (factor, row) = (x[a], sum + a * width)
            for b in 0...a { row[b] += factor * x[b] }
          }
        }
      }
    }
    for a in 0..<width { for b in 0..<a { products[b * width + a] = products[a * width + b] } }
    return products
  }

  /// The direction to which some weights draw the points: `Σₚ weight · x`, scaled to length 1.
  func direction(of weights: [Double]) -> [Double] {
    let width = points.columns
    var sum = [Double](repeating: 0, count: width)
    points.withValues { values in
      for (point, weight) in weights.enumerated() {
        for i in 0..<width { sum[i] += weight * (Double(values[point * width + i]) - mean[i]) }
      }
    }
    let length = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return length > 0 ? sum.map { $0 / length } : sum
  }

  /// The points' places along directions, from their mean: a column for each direction.
  func coordinates(along directions: [[Double]]) -> [[Double]] {
    let width = points.columns
    return directions.map { direction in
      let origin = zip(direction, mean).reduce(0) { $0 + $1.0 * $1.1 }
      return points.withValues { values in
        (0..<points.rows).map { point in
          var sum = 0.0
          for i in 0..<width { sum += Double(values[point * width + i]) * direction[i] }
          return sum - origin
        }
      }
    }
  }

  /// The whole variance, times the number of points.
  var total: Double {
    let width = points.columns
    return points.withValues { values in
      values.indices.reduce(0) { sum, i in
        let distance = Double(values[i]) - mean[i % width]
        return sum + distance * distance
      }
    }
  }

  /// Adds up what `add` makes of each block of points, several blocks at once.
  private static func sumOfBlocks(
    of points: Tensor,
    size: Int,
    work: Int,
    _ add: (UnsafeMutablePointer<Double>, UnsafeBufferPointer<Float>) -> Void
  ) -> [Double] {
    let (count, width) = (points.rows, points.columns)
    let blocks = (count + block - 1) / block
    var sums = [Double](repeating: 0, count: blocks * size)
    sums.withUnsafeMutableBufferPointer { sums in
      guard let first = sums.baseAddress else { return }
      // Each part writes to places of its own.
      nonisolated(unsafe) let start = first
      points.withValues { values in
        inParallel(count: blocks, work: work) { part in
          for index in part {
            let range = index * block * width..<min((index + 1) * block, count) * width
            add(start + index * size, UnsafeBufferPointer(rebasing: values[range]))
          }
        }
      }
    }
    return (0..<size).map { i in
      stride(from: i, to: sums.count, by: size).reduce(0) { $0 + sums[$1] }
    }
  }
}
