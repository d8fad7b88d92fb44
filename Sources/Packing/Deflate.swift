/// Packs bytes in the DEFLATE format, which every browser unpacks (`deflate-raw`).
///
/// The toolchain brings no compression on Linux, and a page carries many texts that differ in a few numbers.
///
/// - SeeAlso: RFC 1951, <https://www.rfc-editor.org/rfc/rfc1951>.
package enum Deflate {
  /// So many pieces share one pair of codes.
  private static let blockSize = 1 << 15

  /// The bytes, packed; the same bytes give the same result.
  package static func pack(_ bytes: [UInt8]) -> [UInt8] {
    pack(Matches.pieces(of: bytes, shortest: 3))
  }

  /// The same of bytes of numbers, of which hardly any repeat but whole rows.
  package static func packNumbers(_ bytes: [UInt8]) -> [UInt8] {
    pack(Matches.pieces(of: bytes, shortest: 8, pitch: 4))
  }

  private static func pack(_ pieces: [Piece]) -> [UInt8] {
    var writer = BitWriter()
    var start = 0
    repeat {
      let end = min(start + blockSize, pieces.count)
      writer.write(end == pieces.count ? 1 : 0, count: 1)
      writer.write(2, count: 2)
      Block(pieces[start..<end]).write(to: &writer)
      start = end
    } while start < pieces.count
    writer.finish()
    return writer.bytes
  }

  /// A number written as a symbol and some bits more.
  private struct Ranges {
    let starts: [Int]
    let extraBits: [Int]

    /// Ranges that double in width: `free` of one number each, then `perWidth` of each width.
    init(from first: Int, free: Int, perWidth: Int, count: Int) {
      var (starts, extraBits, next) = ([Int](), [Int](), first)
      for index in 0..<count {
        let bits = index < free ? 0 : (index - free) / perWidth + 1
        starts.append(next)
        extraBits.append(bits)
        next += 1 << bits
      }
      (self.starts, self.extraBits) = (starts, extraBits)
    }

    func symbol(of number: Int) -> Int {
      var (low, high) = (0, starts.count - 1)
      while low < high {
        let middle = (low + high + 1) / 2
        if starts[middle] <= number { low = middle } else { high = middle - 1 }
      }
      return low
    }
  }

  private static let distances = Ranges(from: 1, free: 4, perWidth: 2, count: 30)
  /// The length 258 has a symbol of its own, 28; what would be range 27 ends before it.
  private static let lengths = Ranges(from: 3, free: 8, perWidth: 4, count: 28)
  private static let lengthSymbols = (0...258).map { length in
    length == 258 ? 28 : length < 3 ? 0 : lengths.symbol(of: length)
  }

  /// Pieces under a pair of codes made for them.
  private struct Block {
    let pieces: ArraySlice<Piece>
    let literals: HuffmanCode
    let distances: HuffmanCode

    init(_ pieces: ArraySlice<Piece>) {
      self.pieces = pieces
      var literals = [Int](repeating: 0, count: 286)
      var distances = [Int](repeating: 0, count: 30)
      literals[256] = 1
      for piece in pieces {
        if piece.isByte {
          literals[piece.byte] += 1
        } else {
          literals[257 + Deflate.lengthSymbols[piece.length]] += 1
          distances[Deflate.distances.symbol(of: piece.distance)] += 1
        }
      }
      // A code of no words cannot be written.
      if distances.allSatisfy({ $0 == 0 }) { distances[0] = 1 }
      self.literals = HuffmanCode(counts: literals, limit: 15)
      self.distances = HuffmanCode(counts: distances, limit: 15)
    }

    func write(to writer: inout BitWriter) {
      writeCodes(to: &writer)
      for piece in pieces {
        if piece.isByte {
          writer.write(literals.words[piece.byte], count: literals.lengths[piece.byte])
          continue
        }
        let length = Deflate.lengthSymbols[piece.length]
        writer.write(literals.words[257 + length], count: literals.lengths[257 + length])
        if length < 28 { extra(piece.length, length, Deflate.lengths, &writer) }
        let distance = Deflate.distances.symbol(of: piece.distance)
        writer.write(distances.words[distance], count: distances.lengths[distance])
        extra(piece.distance, distance, Deflate.distances, &writer)
      }
      writer.write(literals.words[256], count: literals.lengths[256])
    }

    private func extra(_ number: Int, _ symbol: Int, _ ranges: Ranges, _ writer: inout BitWriter) {
      writer.write(
        UInt32(number - ranges.starts[symbol]),
        count: ranges.extraBits[symbol]
      )
    }

    /// The lengths of both codes' words, run by run, under a third code (section 3.2.7).
    private func writeCodes(to writer: inout BitWriter) {
      let runs = LengthRuns(literals.lengths + distances.lengths)
      let code = HuffmanCode(counts: runs.counts, limit: 7)
      let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
      let used = max(4, (order.lastIndex { code.lengths[$0] > 0 } ?? 0) + 1)
      writer.write(UInt32(literals.lengths.count - 257), count: 5)
      writer.write(UInt32(distances.lengths.count - 1), count: 5)
      writer.write(UInt32(used - 4), count: 4)
      for symbol in order.prefix(used) { writer.write(UInt32(code.lengths[symbol]), count: 3) }
      for run in runs.runs {
        writer.write(code.words[run.symbol], count: code.lengths[run.symbol])
        writer.write(UInt32(run.extra), count: run.extraBits)
      }
    }
  }

  /// Lengths with their repetitions told: 16 repeats the last 3 to 6 times, 17 and 18 are 3 to 10 and 11 to 138 zeros.
  private struct LengthRuns {
    var runs: [(symbol: Int, extra: Int, extraBits: Int)] = []
    var counts = [Int](repeating: 0, count: 19)

    init(_ lengths: [Int]) {
      var index = 0
      while index < lengths.count {
        let length = lengths[index]
        var count = 1
        while index + count < lengths.count, lengths[index + count] == length { count += 1 }
        index += count
        if length == 0 {
          while count >= 3 {
            let taken = min(count, 138)
            taken < 11 ? add(17, taken - 3, 3) : add(18, taken - 11, 7)
            count -= taken
          }
        } else {
          add(length, 0, 0)
          count -= 1
          while count >= 3 {
            let taken = min(count, 6)
            add(16, taken - 3, 2)
            count -= taken
          }
        }
        for _ in 0..<count { add(length, 0, 0) }
      }
    }

    private mutating func add(_ symbol: Int, _ extra: Int, _ extraBits: Int) {
      runs.append((symbol, extra, extraBits))
      counts[symbol] += 1
    }
  }
}
