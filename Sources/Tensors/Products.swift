import CKernels
import Platform

/// The product of two matrices: `c[i, j] = Σₖ a[i, k] · b[k, j]`.
///
/// Each element's terms are added in the order of k, within pieces of 128 terms whose sums are then
/// added, whatever the number of columns, cores, or rows if there are two or more. A single row's are
/// added in another order, in which memory is read faster.
///
/// - Parameters:
///   - a: Any shape, seen as `[rows, inner]`.
///   - b: `[inner, columns]`.
///   - bias: Is added to every row of the product, if given: `[columns]`.
/// - Returns: `a`'s leading axes, then `columns`.
/// - Precondition: the inner lengths agree.
/// - Complexity: O(rows · inner · columns).
public func product(_ a: Tensor, _ b: Tensor, plus bias: Tensor? = nil) -> Tensor {
  precondition(b.shape.count == 2 && a.columns == b.shape[0], "\(a.shape) times \(b.shape)")
  precondition(bias.map { $0.count == b.shape[1] } ?? true, "a bias for \(b.shape)")
  let (rows, columns, inner) = (a.rows, b.columns, a.columns)
  return Tensor(uninitialized: a.shape.dropLast() + [columns]) { c in
    a.withAddress { a in
      b.withAddress { b in
        if rows == 1 {
          rowProduct(a, b, c, inner: inner, columns: columns)
          bias?.withAddress { kernels.add(columns, c, $0, c) }
          return
        }
        forEachPart(rows: rows, columns: columns, inner: inner, readsRows: true) { i, j in
          kernels.product(
            i.count,
            j.count,
            inner,
            a + i.lowerBound * inner,
            inner,
            b + j.lowerBound,
            columns,
            c + i.lowerBound * columns + j.lowerBound,
            columns
          )
          addBias(bias, to: c, columns: columns, i, j)
        }
      }
    }
  }
}

/// Adds a bias to a part of a product, while it is still in the cache.
private func addBias(
  _ bias: Tensor?,
  to c: UnsafeMutablePointer<Float>,
  columns: Int,
  _ i: Range<Int>,
  _ j: Range<Int>
) {
  bias?.withAddress { bias in
    for row in i {
      let place = c + row * columns + j.lowerBound
      kernels.add(j.count, place, bias + j.lowerBound, place)
    }
  }
}

/// The product of a row and a matrix, which costs what reading the matrix costs.
///
/// Memory is read fastest in order. So the cores share out pieces of b's rows, and add the pieces'
/// sums in the end.
private func rowProduct(
  _ a: UnsafePointer<Float>,
  _ b: UnsafePointer<Float>,
  _ c: UnsafeMutablePointer<Float>,
  inner: Int,
  columns: Int
) {
  // Pieces of narrow rows are longer, since it takes some reading until memory is read fast.
  let depth = max(64, 49152 / max(columns, 1))
  let pieces = max(1, (inner + depth - 1) / depth)
  // The sums of all pieces but the first, which is written to c at once.
  withUnsafeTemporaryAllocation(of: Float.self, capacity: (pieces - 1) * columns) { others in
    func sums(of piece: Int) -> UnsafeMutablePointer<Float> {
      guard piece > 0, let others = others.baseAddress else { return c }
      return others + (piece - 1) * columns
    }
    inParallel(count: pieces, partsPerCore: 16, work: 4 * inner * columns) { range in
      for piece in range {
        let terms = piece * depth..<min((piece + 1) * depth, inner)
        let rows = b + terms.lowerBound * columns
        kernels.row_product(columns, terms.count, a + terms.lowerBound, rows, sums(of: piece))
      }
    }
    for piece in 1..<pieces {
      let sums = sums(of: piece)
      for j in 0..<columns { c[j] += sums[j] }
    }
  }
}

/// The product of a matrix and a transposed one: `c[i, j] = Σₖ a[i, k] · b[j, k]`.
///
/// Each element is the dot product of a row of `a` and a row of `b`. Its terms are added in an order
/// that depends on the inner length alone.
///
/// - Parameters:
///   - a: Any shape, seen as `[rows, inner]`.
///   - b: `[columns, inner]`.
///   - bias: Is added to every row of the product, if given: `[columns]`.
/// - Returns: `a`'s leading axes, then `columns`.
/// - Precondition: the inner lengths agree.
/// - Complexity: O(rows · inner · columns).
public func product(_ a: Tensor, transposed b: Tensor, plus bias: Tensor? = nil) -> Tensor {
  precondition(b.shape.count == 2 && a.columns == b.columns, "\(a.shape) times \(b.shape)ᵀ")
  precondition(bias.map { $0.count == b.shape[0] } ?? true, "a bias for \(b.shape)ᵀ")
  if let type = b.packing {
    let product = a.product(transposedAndPacked: b, as: type)
    return bias.map { product + $0 } ?? product
  }
  let (rows, columns, inner) = (a.rows, b.shape[0], a.columns)
  return Tensor(uninitialized: a.shape.dropLast() + [columns]) { c in
    a.withAddress { a in
      b.withAddress { b in
        forEachPart(rows: rows, columns: columns, inner: inner) { i, j in
          kernels.product_transposed(
            i.count,
            j.count,
            inner,
            a + i.lowerBound * inner,
            inner,
            b + j.lowerBound * inner,
            inner,
            c + i.lowerBound * columns + j.lowerBound,
            columns
          )
          addBias(bias, to: c, columns: columns, i, j)
        }
      }
    }
  }
}

/// The product of a transposed matrix and another: `c[i, j] = Σₖ a[k, i] · b[k, j]`.
///
/// Each element's terms are added in the order of k, whatever the number of rows, columns or cores.
///
/// - Parameters:
///   - a: Any shape, seen as `[inner, rows]`.
///   - b: Any shape, seen as `[inner, columns]`.
/// - Returns: `[rows, columns]`.
/// - Precondition: the inner lengths agree.
/// - Complexity: O(rows · inner · columns).
public func product(transposed a: Tensor, _ b: Tensor) -> Tensor {
  precondition(a.rows == b.rows, "\(a.shape)ᵀ times \(b.shape)")
  let (rows, columns, inner) = (a.columns, b.columns, a.rows)
  return Tensor(uninitialized: [rows, columns]) { c in
    a.withAddress { a in
      b.withAddress { b in
        forEachPart(rows: rows, columns: columns, inner: inner) { i, j in
          kernels.transposed_product(
            i.count,
            j.count,
            inner,
            a + i.lowerBound,
            rows,
            b + j.lowerBound,
            columns,
            c + i.lowerBound * columns + j.lowerBound,
            columns
          )
        }
      }
    }
  }
}

/// Splits a product over the cores: along its columns or, if there are many, its rows.
///
/// `readsRows` tells that a part of few rows reads its columns of b row by row.
private func forEachPart(
  rows: Int,
  columns: Int,
  inner: Int,
  readsRows: Bool = false,
  _ body: (_ rows: Range<Int>, _ columns: Range<Int>) -> Void
) {
  // Reading an element of b from memory takes as long as several multiply-adds, so that a product of
  // few rows is worth more cores than its arithmetic says.
  let work = max(rows, 4) * columns * inner
  if rows < 192 {
    // What is read in order is read faster the longer it is, and a is packed for each part anew.
    let narrowest = readsRows && rows <= 36 ? 768 : rows > 24 ? 384 : 64
    let partsPerCore = rows == 1 ? 16 : max(1, min(4, columns / narrowest / coreCount))
    inParallel(count: columns, granule: 64, partsPerCore: partsPerCore, work: work) {
      body(0..<rows, $0)
    }
    return
  }
  // Each part packs what it reads of b for its rows, and of a for every few hundred columns. So columns
  // are shared out as long as many are left to each, and rows only among more cores than that.
  let across = max(1, min(2 * coreCount, columns / 384))
  let down = min((coreCount + across - 1) / across, rows / 96)
  inParallel(count: across * down, partsPerCore: 2, work: work) { parts in
    for part in parts {
      body(
        share(part / across, of: down, in: rows, granule: 12),
        share(part % across, of: across, in: columns, granule: 64)
      )
    }
  }
}
