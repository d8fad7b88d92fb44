import Formats
import Platform

/// What a safetensors header says of one tensor.
public struct SafetensorsEntry: Sendable, Equatable {
  /// The tensor's name.
  public let name: String
  /// The type its elements are stored in; nil for one that is not read here.
  public let elementType: ElementType?
  /// What the header calls that type.
  public let typeName: String
  /// The number of elements along each axis, outermost first.
  public let shape: [Int]
  /// Where its bytes stand, counted from the start of the file.
  public let bytes: Range<Int>
}

/// A header that has been checked: every entry lies in the file, and the entries cover its data
/// without gap or overlap.
struct SafetensorsHeader {
  /// The largest header that is read, in bytes; the reference implementation has the same limit.
  static let longest = 100_000_000

  private(set) var metadata: [String: String] = [:]
  /// In the order of their bytes.
  private(set) var entries: [SafetensorsEntry] = []

  /// Reads the header of the file whose bytes are `bytes`.
  ///
  /// - SeeAlso: <https://huggingface.co/docs/safetensors/index#format>.
  init(_ bytes: UnsafeRawBufferPointer, file: String) throws(SafetensorsError) {
    if let foreign = ForeignFile(bytes) { throw .foreign(file: file, foreign.advice) }
    guard bytes.count >= 8 else {
      throw .malformed(file: file, reason: "\(bytes.count) bytes are too few for a header")
    }
    let claimed = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    guard claimed <= Self.longest, claimed <= UInt64(bytes.count - 8) else {
      let limit = min(Self.longest, bytes.count - 8)
      throw .malformed(
        file: file,
        reason: "it claims a header of \(claimed) bytes where at most \(limit) can be"
      )
    }
    let dataStart = 8 + Int(claimed)
    let text = UnsafeRawBufferPointer(rebasing: bytes[8..<dataStart])
    guard text.first == UInt8(ascii: "{") else {
      throw .malformed(file: file, reason: "the header does not begin with \"{\"")
    }
    var sawMetadata = false
    var names: Set<String> = []
    var found: [SafetensorsEntry] = []
    for (key, value) in try Self.members(Self.parse(text, file: file), of: "the header", file) {
      if key == Self.metadataKey {
        guard !sawMetadata else { throw .malformed(file: file, reason: "a second \"\(key)\"") }
        sawMetadata = true
        metadata = try Self.metadata(value, file: file)
      } else {
        guard names.insert(key).inserted else {
          throw .invalidTensor(file: file, tensor: key, reason: "occurs twice in the header")
        }
        found.append(try Self.entry(named: key, value, dataStart: dataStart, file: file))
      }
    }
    entries = try Self.covering(found, from: dataStart, to: bytes.count, file: file)
  }

  /// The header's key for what is not a tensor.
  static let metadataKey = "__metadata__"

  private static func parse(
    _ text: UnsafeRawBufferPointer,
    file: String
  ) throws(SafetensorsError) -> JSONValue {
    do throws(JSONError) { return try JSONParser.parse(Array(text)) } catch {
      throw .malformed(
        file: file,
        reason: "\(error.reason) (byte \(error.offset) of the header)"
      )
    }
  }

  /// The members of an object, their keys as texts.
  private static func members(
    _ value: JSONValue,
    of what: String,
    _ file: String
  ) throws(SafetensorsError) -> [(key: String, value: JSONValue)] {
    guard let members = value.members else {
      throw .malformed(file: file, reason: "\(what) is no object")
    }
    var named: [(key: String, value: JSONValue)] = []
    named.reserveCapacity(members.count)
    for member in members {
      named.append((try text(member.key, file: file), member.value))
    }
    return named
  }

  private static func text(
    _ bytes: ArraySlice<UInt8>,
    file: String
  ) throws(SafetensorsError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .malformed(file: file, reason: "a string of the header is not valid UTF-8")
    }
    return text
  }

  private static func metadata(
    _ value: JSONValue,
    file: String
  ) throws(SafetensorsError) -> [String: String] {
    var metadata: [String: String] = [:]
    for (key, value) in try members(value, of: "\"\(metadataKey)\"", file) {
      guard let bytes = value.bytes else {
        throw .malformed(file: file, reason: "the metadata under \"\(key)\" are no string")
      }
      guard metadata.updateValue(try text(bytes, file: file), forKey: key) == nil else {
        throw .malformed(file: file, reason: "the metadata key \"\(key)\" occurs twice")
      }
    }
    return metadata
  }

  private static func entry(
    named name: String,
    _ value: JSONValue,
    dataStart: Int,
    file: String
  ) throws(SafetensorsError) -> SafetensorsEntry {
    func invalid(_ reason: String) -> SafetensorsError {
      .invalidTensor(file: file, tensor: name, reason: reason)
    }
    guard let members = value.members else { throw invalid("is described by no object") }
    /// The one value under a key, if there is one.
    func member(_ key: String) throws(SafetensorsError) -> JSONValue? {
      let found = members.filter { $0.key.elementsEqual(key.utf8) }
      guard found.count < 2 else { throw invalid("has two \"\(key)\"") }
      return found.first?.value
    }
    func counts(_ key: String) throws(SafetensorsError) -> [Int]? {
      guard let value = try member(key) else { return nil }
      let counts = value.array?.map { $0.integer ?? -1 }
      guard let counts, counts.allSatisfy({ $0 >= 0 }) else {
        throw invalid("has a \"\(key)\" that is no list of whole numbers from 0 up")
      }
      return counts
    }
    let type = try member("dtype")
    guard type == nil || type?.bytes != nil else {
      throw invalid("has a \"dtype\" that is no string")
    }
    let typeName = type?.string
    let shape = try counts("shape")
    let offsets = try counts("data_offsets")
    guard let typeName else { throw invalid("has no \"dtype\"") }
    guard let shape else { throw invalid("has no \"shape\"") }
    guard let offsets else { throw invalid("has no \"data_offsets\"") }
    guard offsets.count == 2, offsets[0] <= offsets[1] else {
      throw invalid("has the data_offsets \(offsets) instead of a start and an end")
    }
    // A type that is not known here may pack several elements into a byte; nobody reads it.
    let elementType = ElementType(rawValue: typeName)
    guard let size = byteCount(of: shape, elementSize: elementType?.byteCount ?? 1) else {
      throw invalid("has the shape \(shape), which is too large")
    }
    guard offsets[1] - offsets[0] == size || elementType == nil else {
      throw invalid(
        "has \(offsets[1] - offsets[0]) bytes, but \(typeName) of shape \(shape) takes \(size)"
      )
    }
    let (end, overflow) = offsets[1].addingReportingOverflow(dataStart)
    guard !overflow else { throw invalid("ends at \(offsets[1]), beyond the end of the file") }
    return SafetensorsEntry(
      name: name,
      elementType: elementType,
      typeName: typeName,
      shape: shape,
      bytes: dataStart + offsets[0]..<end
    )
  }

  /// The size of a tensor in bytes, or nothing where it, or the product of some of its axes,
  /// overflows.
  private static func byteCount(of shape: [Int], elementSize: Int) -> Int? {
    var bound = elementSize
    for length in shape {
      // An axis of length 0 must not hide that the others overflow: slices and reshapes multiply
      // those alone.
      let (product, overflow) = bound.multipliedReportingOverflow(by: max(length, 1))
      guard !overflow else { return nil }
      bound = product
    }
    return shape.contains(0) ? 0 : bound
  }

  /// The entries in the order of their bytes, once it is known that these cover `start..<end`
  /// exactly.
  private static func covering(
    _ entries: [SafetensorsEntry],
    from start: Int,
    to end: Int,
    file: String
  ) throws(SafetensorsError) -> [SafetensorsEntry] {
    // Of equal beginnings the one that ends first comes first.
    let ordered = entries.rising { Double($0.bytes.upperBound) }
      .rising { Double($0.bytes.lowerBound) }
    var reached = start
    for entry in ordered {
      func invalid(_ reason: String) -> SafetensorsError {
        .invalidTensor(file: file, tensor: entry.name, reason: reason)
      }
      guard entry.bytes.upperBound <= end else {
        throw invalid(
          "ends at byte \(entry.bytes.upperBound), but the file has \(end) bytes (is it cut off?)"
        )
      }
      guard entry.bytes.lowerBound >= reached else {
        throw invalid("overlaps the tensor stored before it")
      }
      guard entry.bytes.lowerBound == reached else {
        throw invalid("leaves \(entry.bytes.lowerBound - reached) bytes unused before it")
      }
      reached = entry.bytes.upperBound
    }
    guard reached == end else {
      throw .malformed(file: file, reason: "\(end - reached) bytes at the end belong to no tensor")
    }
    return ordered
  }
}
