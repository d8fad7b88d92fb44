import Sampling
import Tensors
import Testing

@Suite struct SafetensorsHeaderTests {
  @Test(arguments: [
    // (header, bytes of data, what the error says)
    (#"["x"]"#, 0, #"does not begin with "{""#),
    (#"{"#, 0, "expected a string at byte 1"),
    (#"{} x"#, 0, "something follows the end"),
    (#"{}"#, 3, "3 bytes at the end belong to no tensor"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},}"#, 4, "expected a string"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}"#, 4, "the file ends where ‘}’"),
    (#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "4 bytes, but F32 of shape"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 3, "is it cut off?"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 8, "leaves 4 bytes unused"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 8, "a start and an end"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, 8, "a start and an end"),
    (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4,4]}}"#, 4, "a start and an end"),
    (#"{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "no list of whole numbers"),
    (#"{"x":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}}"#, 4, "no list of whole numbers"),
    (#"{"x":{"dtype":"F32","shape":[1e0],"data_offsets":[0,4]}}"#, 4, "no list of whole numbers"),
    (#"{"x":{"dtype":"F32","shape":[01],"data_offsets":[0,4]}}"#, 4, "begins with 0"),
    (#"{"x":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}"#, 4, "no list of whole numbers"),
    (
      #"{"x":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}"#, 4,
      "no list of whole numbers"
    ),
    (
      #"{"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#, 0,
      "too large"
    ),
    (
      #"{"x":{"dtype":"F32","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}}"#, 0,
      "too large"
    ),
    (
      #"{"x":{"dtype":"U8","shape":[1],"data_offsets":[9223372036854775806,9223372036854775807]}}"#,
      0, "beyond the end"
    ),
    (#"{"x":{"dtype":7,"shape":[2],"data_offsets":[0,1]}}"#, 1, "that is no string"),
    (#"{"x":{"shape":[1],"data_offsets":[0,4]}}"#, 4, #"has no "dtype""#),
    (#"{"x":{"dtype":"F32","data_offsets":[0,4]}}"#, 4, #"has no "shape""#),
    (#"{"x":{"dtype":"F32","shape":[1]}}"#, 4, #"has no "data_offsets""#),
    (#"{"x":{"dtype":"F32","dtype":"F32"}}"#, 4, #"has two "dtype""#),
    (#"{"x":null}"#, 0, "is described by no object"),
    (
      #"{"x":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"#
        + #""x":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#, 2, "occurs twice"
    ),
    (
      #"{"x":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"#
        + #""y":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#, 3, "overlaps"
    ),
    (#"{"__metadata__":{"a":1}}"#, 0, "are no string"),
    (#"{"__metadata__":{"a":{}}}"#, 0, "are no string"),
    (#"{"__metadata__":"a"}"#, 0, "is no object"),
    (#"{"__metadata__":{},"__metadata__":{}}"#, 0, "a second"),
    (#"{"__metadata__":{"a":"1","a":"2"}}"#, 0, "occurs twice"),
    (#"{"__metadata__":{"a":"\ud800"}}"#, 0, "half of a surrogate pair"),
    (#"{"__metadata__":{"a":"\udc00"}}"#, 0, "half of a surrogate pair"),
    (#"{"__metadata__":{"a":"\u12"}}"#, 0, "four hexadecimal digits"),
    (#"{"__metadata__":{"a":"\x"}}"#, 0, "unknown escape"),
    ("{\"__metadata__\":{\"a\":\"\n\"}}", 0, "control character within a string"),
    (#"{"__metadata__":{"a":"#, 0, "ends where a value"),
    (#"{"__metadata__":{"a":"b"#, 0, "ends within a string"),
  ])
  func `a wrong header is refused`(header: String, dataCount: Int, message: String) throws {
    let bytes = safetensors(header: header, data: Array(repeating: 0, count: dataCount))
    let error = #expect(throws: SafetensorsError.self) { try open(bytes) }
    let description = try #require(error?.description)
    #expect(description.hasPrefix("test: ") && description.contains(message), "\(description)")
  }

  @Test(arguments: [
    #"{"x\n":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
    #"{"x\n":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
    #"{"x\n":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
    #"{"x\n":[]}"#,
  ])
  func `an error about one tensor names it, safely`(header: String) throws {
    let error = #expect(throws: SafetensorsError.self) {
      try open(safetensors(header: header, data: [0, 0, 0, 0]))
    }
    #expect(error?.description.hasPrefix(#"test: tensor "x\u{a}" "#) == true, "\(error as Any)")
  }

  @Test func `bytes that are not UTF-8 are refused`() throws {
    let header = Array(#"{"__metadata__":{"a":""#.utf8) + [0xff] + Array(#""}}"#.utf8)
    let error = #expect(throws: SafetensorsError.self) { try open(safetensors(header: header)) }
    #expect(error?.description.contains("not valid UTF-8") == true)
  }

  @Test(arguments: [100_000_000, 100_000_001, UInt64.max, 13])
  func `a header longer than the file is refused`(claim: UInt64) throws {
    let bytes = withUnsafeBytes(of: claim.littleEndian) { Array($0) } + Array("{\"a\":{}}    ".utf8)
    try #require(bytes.count == 20)
    let error = #expect(throws: SafetensorsError.self) { try open(bytes) }
    #expect(error?.description.contains("claims a header of \(claim) bytes") == true)
  }

  @Test(arguments: 0..<8)
  func `fewer bytes than the length takes are refused`(count: Int) {
    #expect(throws: SafetensorsError.self) { try open(Array(repeating: 0, count: count)) }
  }

  @Test func `unknown members are skipped, but not at any depth`() throws {
    func header(depth: Int) -> String {
      let nested =
        String(repeating: "[", count: depth) + "-1.5e3" + String(repeating: "]", count: depth)
      return
        #"{"x":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"note":{"a":[true,null,\#(nested)]}}}"#
    }
    #expect(try open(safetensors(header: header(depth: 20))).entries.count == 1)
    let error = #expect(throws: SafetensorsError.self) {
      try open(safetensors(header: header(depth: 1_000_000)))
    }
    #expect(error?.description.contains("levels of nesting") == true)
  }

  @Test func `escapes and space are read as JSON says`() throws {
    let header =
      "{ \"__metadata__\" : { \"a\\u0041\" :\t\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\\uDDFC\" } }\r\n "
    let file = try open(safetensors(header: header))
    #expect(file.metadata == ["aA": "\"\\/\u{8}\u{c}\n\r\t🗼"])
  }

  @Test(arguments: UInt64(0)..<40)
  func `a mutated file is read or refused, never a crash`(seed: UInt64) throws {
    let header =
      #"{"__metadata__":{"k":"v\u00e9"},"a.b":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"#
      + #""c":{"dtype":"BF16","shape":[],"data_offsets":[24,26]},"#
      + #""d":{"dtype":"I64","shape":[1,0],"data_offsets":[26,26]}}"#
    let original = safetensors(header: header, data: Array(repeating: 0x3f, count: 26))
    _ = try open(original)
    var generator = SeededGenerator(seed: seed)
    let telling = Array(#"{}[]",:\u0123456789-+.eE "#.utf8) + [0, 0x1b, 0x80, 0xc3, 0xff]
    for _ in 0..<250 {
      var bytes = original
      for _ in 0...Int.random(in: 0..<4, using: &generator) {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes[position] = telling.randomElement(using: &generator) ?? 0
        case 2: bytes.remove(at: position)
        case 3: bytes.insert(telling.randomElement(using: &generator) ?? 0, at: position)
        default: bytes.removeSubrange(position..<min(position + 9, bytes.count))
        }
        if bytes.isEmpty { break }
      }
      // A changed length would stop most mutants at the first check.
      if bytes.count > 34, Bool.random(using: &generator) {
        let length = UInt64(bytes.count - 8 - 26)
        bytes.replaceSubrange(0..<8, with: withUnsafeBytes(of: length.littleEndian) { Array($0) })
      }
      do throws(SafetensorsError) {
        let file = try open(bytes)
        for entry in file.entries {
          let tensor = try file.tensor(named: entry.name)
          #expect(tensor.values.count == tensor.count && tensor.rows >= 0)
        }
      } catch {
        #expect(!error.description.unicodeScalars.contains { $0.value < 32 })
      }
    }
  }
}
