import Foundation
import TestSupport
import Testing

@testable import Formats

@Suite struct GGUFHeaderTests {
  static func bytes(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: Fixtures.path("gguf/\(name).gguf"))))
  }

  static func header(_ bytes: [UInt8]) throws(GGUFError) -> GGUFHeader {
    try GGUFHeader(Bytes(copying: bytes), name: "model.gguf")
  }

  /// A header of values and tensors, written by the specification.
  struct Writer {
    var bytes = Array("GGUF".utf8)

    init(version: UInt32 = 3, tensors: UInt64, values: UInt64) {
      add(version)
      add(tensors)
      add(values)
    }

    mutating func add(_ number: some FixedWidthInteger) {
      withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }

    mutating func add(_ text: String) {
      add(UInt64(text.utf8.count))
      bytes += Array(text.utf8)
    }

    mutating func add(tensor name: String, _ shape: [UInt64], type: UInt32, at start: UInt64) {
      add(name)
      add(UInt32(shape.count))
      for length in shape { add(length) }
      add(type)
      add(start)
    }

    mutating func add(dataOf count: Int) {
      while bytes.count % 32 != 0 { bytes.append(0) }
      bytes += [UInt8](repeating: 0, count: count)
    }
  }

  static func failure(_ writer: Writer) -> String? {
    do throws(GGUFError) { _ = try header(writer.bytes) } catch { return error.reason }
    return nil
  }

  @Test func `metadata and tensors are read as the file states them`() throws {
    let header = try Self.header(Self.bytes("llama-tied-scaled-F16"))
    #expect(header.metadata.count == 25)
    #expect(header["general.architecture"]?.string == "llama")
    #expect(header["llama.attention.key_length"]?.integer == 16)
    #expect(header["llama.rope.freq_base"]?.number == 500_000)
    #expect(header["tokenizer.ggml.add_bos_token"]?.boolean == true)
    let tokens = try #require(header["tokenizer.ggml.tokens"]?.array?.texts)
    #expect(tokens.count == 320 && tokens[317].elementsEqual("<|begin_of_text|>".utf8))
    #expect(header["tokenizer.ggml.token_type"]?.array?.numbers?[317] == 3)
    let embedding = try #require(header.entry(named: "token_embd.weight"))
    #expect(embedding.shape == [320, 32] && embedding.type == .float16)
    #expect(embedding.bytes == 7584..<7584 + 20480)
    #expect(header.entry(named: "rope_freqs.weight")?.bytes == 7552..<7584)
    #expect(header.entry(named: "output.weight") == nil)
  }

  @Test func `values of every type are read, arrays of arrays too`() throws {
    var writer = Writer(tensors: 0, values: 5)
    writer.add("a")
    writer.add(UInt32(1))
    writer.add(Int8(-3))
    writer.add("b")
    writer.add(UInt32(11))
    writer.add(Int64(-5_000_000_000))
    writer.add("c")
    writer.add(UInt32(12))
    writer.add((0.1).bitPattern)
    writer.add("d")
    writer.add(UInt32(9))
    writer.add(UInt32(9))
    writer.add(UInt64(2))
    for text in ["x", "yz"] {
      writer.add(UInt32(8))
      writer.add(UInt64(1))
      writer.add(text)
    }
    writer.add("e")
    writer.add(UInt32(8))
    writer.add("日本")
    let header = try Self.header(writer.bytes)
    #expect(header["a"]?.integer == -3)
    #expect(header["b"]?.integer == -5_000_000_000)
    #expect(header["c"]?.number == 0.1)
    #expect(header["d"]?.array?.count == 2)
    #expect(header["e"]?.string == "日本")
  }

  @Test func `what contradicts the file is told in one line`() {
    var huge = Writer(tensors: 0, values: 1)
    huge.add("k")
    huge.add(UInt32(9))
    huge.add(UInt32(8))
    huge.add(UInt64.max)
    #expect(Self.failure(huge)?.contains("more than the file has room for") == true)
    #expect(
      Self.failure(Writer(tensors: .max, values: 0))
        == "the number of tensors at byte 8 is 18446744073709551615, more than the file has room for"
    )
    #expect(
      Self.failure(Writer(version: 4, tensors: 0, values: 0))
        == "a GGUF file of version 4; versions 2 and 3 are read"
    )
    #expect(
      Self.failure(Writer(version: 0x0300_0000, tensors: 0, values: 0))
        == "a GGUF file in big-endian order; only little-endian ones are read"
    )
    func tensor(_ shape: [UInt64], type: UInt32, at start: UInt64 = 0) -> String? {
      var writer = Writer(tensors: 1, values: 0)
      writer.add(tensor: "t", shape, type: type, at: start)
      writer.add(dataOf: 64)
      return Self.failure(writer)
    }
    #expect(tensor([16], type: 0) == nil)
    #expect(
      tensor([17], type: 0)
        == "tensor “t” takes 68 bytes from 0 on, beyond the file’s end (is it cut off?)"
    )
    #expect(tensor([16], type: 0, at: 5) == "tensor “t” starts at 5, which is no multiple of 32")
    #expect(tensor([16], type: 16) == "tensor “t” is of type IQ2_XXS, which is not read here")
    #expect(
      tensor([48], type: 8)
        == "tensor “t” has rows of 48, no whole blocks of Q8_0, which are 32 numbers"
    )
    #expect(tensor([1, 1, 1, 1, 1], type: 0) == "tensor “t” has 5 axes, more than 4")
    #expect(tensor([1 << 40, 0], type: 0) == "tensor “t” is too large")
    var twice = Writer(tensors: 2, values: 0)
    for _ in 0..<2 { twice.add(tensor: "t", [1], type: 0, at: 0) }
    twice.add(dataOf: 64)
    #expect(Self.failure(twice) == "tensor “t” occurs twice")
    var deep = Writer(tensors: 0, values: 1)
    deep.add("k")
    deep.add(UInt32(9))
    for _ in 0..<2000 {
      deep.add(UInt32(9))
      deep.add(UInt64(1))
    }
    #expect(Self.failure(deep)?.contains("arrays in arrays beyond 8 deep") == true)
  }

  /// A generator whose numbers are the same everywhere.
  struct Random {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "llama-Q8_0", "llama-sentencepiece-Q8_0", "qwen2-Q4_0", "blocks-Q6_K",
    ]
  )
  func `no header, however damaged, does harm`(name: String) throws {
    let whole = try Self.bytes(name)
    // Counts and lengths stand in the first few hundred bytes and behind the tokenizer.
    let names = try #require(whole.firstRange(of: Array("weight".utf8)))
    let places = [
      4..<min(1200, whole.count), max(4, names.lowerBound - 100)..<names.upperBound + 400,
    ]
    var random = Random(state: 7)
    var (read, refused) = (0, 0)
    for _ in 0..<3000 {
      var bytes = whole
      for _ in 0...random.next(3) {
        let range = places[random.next(2)].clamped(to: 0..<bytes.count)
        let place = range.lowerBound + random.next(max(range.count, 1))
        switch random.next(4) {
        case 0: bytes[place] = UInt8(random.next(256))
        case 1: bytes[place] ^= 1 << UInt8(random.next(8))
        case 2:
          let extremes: [UInt8] = [0, 0xFF, 0x7F, 0x80]
          for i in place..<min(place + 8, bytes.count) { bytes[i] = extremes[random.next(4)] }
        default: bytes.removeLast(random.next(bytes.count / 2))
        }
        if bytes.count < 1300 { break }
      }
      do throws(GGUFError) {
        let header = try Self.header(bytes)
        for entry in header.entries { #expect(entry.bytes.upperBound <= bytes.count) }
        for (_, value) in header.metadata {
          _ = value.array?.texts?.count
          _ = value.array?.numbers?.count
        }
        read += 1
      } catch {
        #expect(!error.description.contains("\n"))
        refused += 1
      }
    }
    #expect(read > 100 && refused > 100, "\(read) read, \(refused) refused")
  }

  @Test func `a file that ends anywhere is refused or read`() throws {
    let whole = try Self.bytes("blocks-Q4_0")
    for length in 0..<whole.count {
      #expect(throws: GGUFError.self) { try Self.header(Array(whole[..<length])) }
    }
    #expect(try Self.header(whole).entries.count == 1)
  }
}
