import Formats
import Packing
import Walkthrough

/// The numbers that a page carries, as one run of bytes behind a header.
///
/// The header's length comes first, in 4 bytes, then the header as JSON: `[{name, shape, type, start}]`, with `start`
/// counted from the header's end. Types: `f32`, as recorded; `i16`, steps of 10^−`digits`, and from ``smallest`` on the
/// first two digits of a number too small for them; `i8`, `steps` steps of each row's largest size; these sizes stand before
/// it, `scales` of them, as `f32`; `plain`, as recorded. But for the last, numbers of several bytes are split into planes, the lowest bytes first, for equal bytes
/// side by side pack better.
struct TensorPacking {
  private var header: [JSON] = []
  private var data: [UInt8] = []

  /// The tensors, packed.
  static func bytes(_ tensors: [CarriedTensor]) -> [UInt8] {
    var packing = TensorPacking()
    for tensor in tensors { packing.add(tensor) }
    let header = Array(JSON.array(packing.header).line.utf8)
    let length = (0..<4).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    return Deflate.pack(length + header + packing.data)
  }

  /// The tensors as recorded, unpacked: every number is the four bytes of an `f32` side by side.
  static func plainBytes(_ tensors: [CarriedTensor]) -> [UInt8] {
    var packing = TensorPacking()
    for tensor in tensors {
      packing.note(tensor, "plain", [])
      packing.addPlain(tensor.values)
    }
    var header = Array(JSON.array(packing.header).line.utf8)
    // Numbers begin at a multiple of four, as those who read them in place want it.
    header += [UInt8](repeating: UInt8(ascii: " "), count: (4 - header.count % 4) % 4)
    let length = (0..<4).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) }
    return length + header + packing.data
  }

  private mutating func addPlain(_ values: [Float]) {
    data.reserveCapacity(data.count + 4 * values.count)
    for value in values {
      let bits = value.bitPattern
      for place in 0..<4 { data.append(UInt8(truncatingIfNeeded: bits >> (8 * UInt32(place)))) }
    }
  }

  private mutating func add(_ tensor: CarriedTensor) {
    switch tensor.precision {
    case .exact: addExact(tensor)
    case .decimals(let digits):
      addSteps(of: tensor, digits: digits, lasting: digits - 1) {
        Self.steps(of: $0, digits: digits)
      }
    case .shown(let digits):
      addSteps(of: tensor, digits: digits, lasting: digits) { value in
        let scaled = (0..<digits).reduce(Double(value)) { number, _ in number * 10 }
        return abs(scaled) < 1e9 ? Int(scaled.rounded(.toNearestOrAwayFromZero)) : .max
      }
    case .drawn: addDrawn(tensor)
    }
  }

  /// A number in steps of 10^−digits, cut towards zero, but never to a last digit of 0 or 5 that it does not have.
  ///
  /// So it rounds to fewer digits as the number itself does. For NaN and what is too large: a number out of reach.
  ///
  /// - SeeAlso: `ROUND_05UP` in the General Decimal Arithmetic Specification, <https://speleotrove.com/decimal/>.
  static func steps(of value: Float, digits: Int) -> Int {
    let scaled = (0..<digits).reduce(abs(Double(value))) { size, _ in size * 10 }
    guard scaled < 1e9 else { return .max }
    var steps = Int(scaled)
    if steps % 5 == 0, Double(steps) != scaled { steps += 1 }
    return value < 0 ? -steps : steps
  }

  /// The number that stands for the least of the small ones: none has so many steps.
  static let smallest = 20_000

  /// A number below 0.1 by its first two digits, cut as ``steps(of:digits:)`` does: `smallest` + 90 · (p − 2) + n − 10 for
  /// n · 10^−p with n from 10 to 99.
  static func small(_ value: Float) -> Int {
    var (scaled, places) = (abs(Double(value)), 0)
    while scaled < 10 {
      scaled *= 10
      places += 1
    }
    var first = Int(scaled)
    if first % 5 == 0 { first += 1 }
    let code = smallest + 90 * (places - 2) + first - 10
    return value < 0 ? -code : code
  }

  /// Adds a tensor in steps, or exactly if they do not suffice; what has no digit among the first `last` is small.
  private mutating func addSteps(
    of tensor: CarriedTensor,
    digits: Int,
    lasting last: Int,
    _ step: (Float) -> Int
  ) {
    let least = (0..<last).reduce(Float(1)) { unit, _ in unit / 10 }
    let steps = tensor.values.map { value in
      value != 0 && abs(value) < least ? Self.small(value) : step(value)
    }
    let most = Self.smallest + 90 * 48
    guard
      zip(steps, tensor.values).allSatisfy({ step, value in
        abs(value) < least ? -most...most ~= step : -Self.smallest < step && step < Self.smallest
      })
    else { return addExact(tensor) }
    note(tensor, "i16", [("digits", .integer(digits)), ("smallest", .integer(Self.smallest))])
    addPlanes(steps.map { UInt16(bitPattern: Int16($0)) }, bytes: 2)
  }

  private mutating func addExact(_ tensor: CarriedTensor) {
    note(tensor, "f32", [])
    addPlanes(tensor.values.map { $0.bitPattern }, bytes: 4)
  }

  private mutating func addDrawn(_ tensor: CarriedTensor) {
    let width = max(1, tensor.shape.last ?? 1)
    let rows = stride(from: 0, to: tensor.values.count, by: width).map {
      tensor.values[$0..<min($0 + width, tensor.values.count)]
    }
    let scales = rows.map { row in row.reduce(Float(0)) { max($0, abs($1)) } }
    note(
      tensor,
      "i8",
      [("scales", .integer(scales.count)), ("steps", .integer(CarriedTensor.drawnSteps))]
    )
    addPlanes(scales.map { $0.bitPattern }, bytes: 4)
    for (row, scale) in zip(rows, scales) {
      data += row.map { value in
        let share =
          scale > 0 && scale.isFinite ? value / scale * Float(CarriedTensor.drawnSteps) : 0
        return UInt8(bitPattern: Int8(share.isFinite ? share.rounded() : 0))
      }
    }
  }

  private mutating func note(_ tensor: CarriedTensor, _ type: String, _ more: [(String, JSON)]) {
    let members: [(String, JSON)] = [
      ("name", .string(tensor.name)),
      ("shape", .array(tensor.shape.map(JSON.integer))),
      ("type", .string(type)),
      ("start", .integer(data.count)),
    ]
    header.append(.members((members + more).map { JSON.Member($0.0, $0.1) }))
  }

  private mutating func addPlanes(_ words: [some FixedWidthInteger], bytes: Int) {
    for plane in 0..<bytes {
      data += words.map { UInt8(truncatingIfNeeded: $0 >> (8 * plane)) }
    }
  }
}
