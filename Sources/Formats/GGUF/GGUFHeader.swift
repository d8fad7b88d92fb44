/// What a GGUF file says of its tensors.
public struct GGUFEntry: Sendable, Equatable {
  /// The tensor's name, such as `blk.0.attn_q.weight`.
  public let name: String
  /// How its numbers are stored.
  public let type: BlockType
  /// The number of elements along each axis, outermost first (the file has it the other way round).
  public let shape: [Int]
  /// Where its bytes stand, counted from the start of the file.
  public let bytes: Range<Int>
}

/// The header of a GGUF file: its metadata, and where its tensors stand.
///
/// The file is not trusted: every count, length and offset is held against its size before it is
/// used, so that reading takes time and memory in proportion to the file.
///
/// - SeeAlso: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>.
public struct GGUFHeader: Sendable {
  /// What errors call the file.
  public let name: String
  /// The metadata, such as `llama.block_count`, in the order of the file.
  public private(set) var metadata: [(key: String, value: GGUFValue)] = []
  /// The tensors, in the order of the file.
  public private(set) var entries: [GGUFEntry] = []
  private var valueOfKey: [String: Int] = [:]
  private var entryOfName: [String: Int] = [:]

  /// Reads the header of a file, whose bytes are mapped or in memory.
  ///
  /// - Parameters:
  ///   - content: The whole file.
  ///   - name: What errors call it.
  /// - Throws: ``GGUFError`` where the header contradicts itself or the file.
  public init(_ content: Bytes, name: String) throws(GGUFError) {
    self.name = name
    var reader = GGUFReader(content: content, file: name)
    let (tensorCount, valueCount) = try reader.start()
    metadata.reserveCapacity(valueCount)
    for index in 0..<valueCount {
      let key = try reader.text("the name of value \(index)")
      let value = try reader.value(of: key)
      guard valueOfKey.updateValue(index, forKey: key) == nil else {
        throw reader.error("“\(key)” occurs twice")
      }
      metadata.append((key, value))
    }
    try readEntries(tensorCount, &reader)
  }

  /// The value of a key.
  public subscript(_ key: String) -> GGUFValue? { valueOfKey[key].map { metadata[$0].value } }

  /// The tensor of a name, if there is one.
  public func entry(named name: String) -> GGUFEntry? { entryOfName[name].map { entries[$0] } }

  private mutating func readEntries(
    _ count: Int,
    _ reader: inout GGUFReader
  ) throws(GGUFError) {
    let alignment = try reader.alignment(self["general.alignment"])
    var stated: [(name: String, type: BlockType, shape: [Int], start: UInt64)] = []
    stated.reserveCapacity(count)
    for index in 0..<count {
      let tensor = try reader.tensor(index)
      guard entryOfName.updateValue(index, forKey: tensor.name) == nil else {
        throw reader.error("tensor “\(tensor.name)” occurs twice")
      }
      stated.append(tensor)
    }
    entries.reserveCapacity(count)
    let start = (reader.position + alignment - 1) / alignment * alignment
    for tensor in stated {
      func refused(_ reason: String) -> GGUFError {
        reader.error("tensor “\(tensor.name)” \(reason)")
      }
      guard tensor.start % UInt64(alignment) == 0 else {
        throw refused("starts at \(tensor.start), which is no multiple of \(alignment)")
      }
      let blocks = Int64(tensor.shape.reduce(1, *) / tensor.type.blockCount)
      let bytes = blocks * Int64(tensor.type.blockBytes)
      guard let offset = Int(exactly: tensor.start), start <= reader.count,
        offset <= reader.count - start, let size = Int(exactly: bytes),
        size <= reader.count - start - offset
      else {
        throw refused(
          "takes \(bytes) bytes from \(tensor.start) on, beyond the file’s end (is it cut off?)"
        )
      }
      entries.append(
        GGUFEntry(
          name: tensor.name,
          type: tensor.type,
          shape: tensor.shape,
          bytes: start + offset..<start + offset + size
        )
      )
    }
    try checkOverlaps(reader)
  }

  private func checkOverlaps(_ reader: GGUFReader) throws(GGUFError) {
    let order = entries.indices.sorted { a, b in
      (entries[a].bytes.lowerBound, entries[a].bytes.upperBound, a)
        < (entries[b].bytes.lowerBound, entries[b].bytes.upperBound, b)
    }
    var reached = 0
    for index in order {
      guard entries[index].bytes.lowerBound >= reached else {
        throw reader.error("tensor “\(entries[index].name)” overlaps the one stored before it")
      }
      reached = entries[index].bytes.upperBound
    }
  }
}

/// Reads a header from its first byte on.
struct GGUFReader {
  let content: Bytes
  let file: String
  private(set) var position = 0

  init(content: Bytes, file: String) { (self.content, self.file) = (content, file) }

  var count: Int { content.buffer.count }

  func error(_ reason: String) -> GGUFError { GGUFError(file: file, reason) }

  /// So many bytes more.
  private mutating func skip(_ bytes: UInt64, _ what: String) throws(GGUFError) -> Int {
    guard bytes <= UInt64(count - position) else {
      throw error("\(what) at byte \(position) goes beyond the file’s end (is it cut off?)")
    }
    let start = position
    position += Int(bytes)
    return start
  }

  private mutating func integer<Integer: FixedWidthInteger>(
    _ type: Integer.Type,
    _ what: String
  ) throws(GGUFError) -> Integer {
    content.buffer.little(type, try skip(UInt64(MemoryLayout<Integer>.size), what))
  }

  /// A count of things of which each takes so many bytes at least.
  private mutating func count(
    of what: String,
    eachAtLeast size: Int
  ) throws(GGUFError) -> Int {
    let place = position
    let stated = try integer(UInt64.self, what)
    guard stated <= UInt64(count - position) / UInt64(size) else {
      throw error("\(what) at byte \(place) is \(stated), more than the file has room for")
    }
    return Int(stated)
  }

  /// Reads what every file begins with.
  mutating func start() throws(GGUFError) -> (tensorCount: Int, valueCount: Int) {
    guard count >= 4, content.buffer.starts(with: "GGUF".utf8) else {
      throw error("not a GGUF file: it does not begin with “GGUF”")
    }
    position = 4
    let version = try integer(UInt32.self, "the version")
    guard version == 2 || version == 3 else {
      let isSwapped = version.byteSwapped <= 3
      throw error(
        isSwapped
          ? "a GGUF file in big-endian order; only little-endian ones are read"
          : "a GGUF file of version \(version); versions 2 and 3 are read"
      )
    }
    let tensors = try count(of: "the number of tensors", eachAtLeast: 24)
    return (tensors, try count(of: "the number of values", eachAtLeast: 13))
  }

  /// A text.
  mutating func text(_ what: String) throws(GGUFError) -> String {
    let place = position
    let bytes = try textBytes(what)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw error("\(what) at byte \(place) is not UTF-8")
    }
    return text
  }

  private mutating func textBytes(_ what: String) throws(GGUFError) -> UnsafeRawBufferPointer {
    let length = try integer(UInt64.self, what)
    let start = try skip(length, what)
    return UnsafeRawBufferPointer(rebasing: content.buffer[start..<position])
  }

  private mutating func type(_ what: String) throws(GGUFError) -> GGUFType {
    let place = position
    let number = try integer(UInt32.self, what)
    guard let type = GGUFType(rawValue: number) else {
      throw error("\(what) at byte \(place) has the unknown type \(number)")
    }
    return type
  }

  /// The value of a key: its type, and what is of that type.
  mutating func value(of key: String) throws(GGUFError) -> GGUFValue {
    let what = "“\(key)”"
    let type = try type(what)
    switch type {
    case .string: return .string(try text(what))
    case .array: return .array(try array(what, depth: 0))
    default:
      let place = try skip(UInt64(type.size), what)
      guard let value = content.buffer.scalar(type, at: place) else {
        throw error("\(what) at byte \(place) is a number too large")
      }
      return value
    }
  }

  /// Goes through an array, whose texts and arrays may be of any length.
  private mutating func array(_ what: String, depth: Int) throws(GGUFError) -> GGUFArray {
    guard depth < Self.deepest else {
      throw error("\(what) at byte \(position) has arrays in arrays beyond \(Self.deepest) deep")
    }
    let type = try type(what)
    let count = try count(of: what, eachAtLeast: type.size)
    let start = position
    switch type {
    case .string: for _ in 0..<count { _ = try textBytes(what) }
    case .array: for _ in 0..<count { _ = try array(what, depth: depth + 1) }
    default: _ = try skip(UInt64(count * type.size), what)
    }
    return GGUFArray(count: count, type: type, range: start..<position, content: content)
  }

  private static let deepest = 8

  /// By how many bytes tensors are aligned.
  func alignment(_ value: GGUFValue?) throws(GGUFError) -> Int {
    guard let value else { return 32 }
    guard let alignment = value.integer, (1...1 << 20).contains(alignment),
      alignment & (alignment - 1) == 0
    else { throw error("“general.alignment” is no power of two up to 2²⁰") }
    return alignment
  }

  /// What is said of one tensor.
  mutating func tensor(
    _ index: Int
  ) throws(GGUFError) -> (name: String, type: BlockType, shape: [Int], start: UInt64) {
    let name = try text("the name of tensor \(index)")
    let what = "tensor “\(name)”"
    let axes = try integer(UInt32.self, what)
    guard axes <= 4 else { throw error("\(what) has \(axes) axes, more than 4") }
    var shape: [Int] = []
    // Slices and reshapes multiply some axes alone, so an axis of length 0 must not hide the others.
    var size = 1
    for _ in 0..<axes {
      let length = try integer(UInt64.self, what)
      let most = Int(Int32.max)
      guard length <= UInt64(most), size <= most / max(Int(length), 1) else {
        throw error("\(what) is too large")
      }
      size *= max(Int(length), 1)
      shape.insert(Int(length), at: 0)
    }
    let number = try integer(UInt32.self, what)
    guard let type = BlockType(rawValue: Int32(truncatingIfNeeded: number)) else {
      throw error("\(what) is of type \(BlockType.name(ofUnread: number)), which is not read here")
    }
    guard (shape.last ?? 1) % type.blockCount == 0 else {
      throw error(
        "\(what) has rows of \(shape.last ?? 1), no whole blocks of \(type.name), which are "
          + "\(type.blockCount) numbers"
      )
    }
    return (name, type, shape, try integer(UInt64.self, what))
  }
}
