import Platform

/// How far the pairs of numbers of queries and keys are turned at some positions.
///
/// Of a head's first n numbers, number i and number i + n/2 are the two coordinates of a point, which is turned about
/// the origin by an angle that grows with the position. So the dot product of a query and a key depends on how far
/// apart they are, and not on where they stand. What lies beyond the first n passes as it is.
///
/// - SeeAlso: Su et al. 2021, section 3.4.2, <https://arxiv.org/abs/2104.09864>.
public struct Rotation: Sendable {
  /// Cosines and sines, `[T, n / 2]` each.
  private let cosines, sines: Tensor

  /// Computes the angles, position times speed, in 64 bits.
  ///
  /// - Parameters:
  ///   - positions: The positions.
  ///   - speeds: Radians a position for each pair, n/2 of them.
  public init(at positions: Range<Int>, speeds: [Double]) {
    let shape = [positions.count, speeds.count]
    func table(_ function: (Double) -> Double) -> Tensor {
      Tensor(shape: shape) { table in
        for (row, position) in positions.enumerated() {
          for (i, speed) in speeds.enumerated() {
            table[row * speeds.count + i] = Float(function(Double(position) * speed))
          }
        }
      }
    }
    cosines = table { cos($0) }
    sines = table { sin($0) }
  }

  /// The vectors of each head, turned.
  ///
  /// - Parameter x: `[T, H, d]`, d not below n.
  /// - Returns: The same shape.
  public func callAsFunction(_ x: Tensor) -> Tensor {
    let (heads, half) = (x.shape[1], cosines.columns)
    precondition(x.shape[0] == cosines.rows && 2 * half <= x.columns, "\(x.shape) by \(half)")
    return cosines.withAddress { cosines in
      sines.withAddress { sines in
        x.replacingRows { row, place in
          let (cosines, sines) = (cosines + row / heads * half, sines + row / heads * half)
          for i in 0..<half {
            let (a, b) = (place[i], place[i + half])
            place[i] = a * cosines[i] - b * sines[i]
            place[i + half] = b * cosines[i] + a * sines[i]
          }
        }
      }
    }
  }
}
