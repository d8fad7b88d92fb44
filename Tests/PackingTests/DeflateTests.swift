import Foundation
import Packing
import TestSupport
import Testing

@Suite struct DeflateTests {
  /// What Python's zlib makes of packed bytes.
  private func unpacked(_ packed: [UInt8]) throws -> [UInt8] {
    guard let python = Tool("python3") else { try Test.cancel("this machine has no Python") }
    let folder = try TemporaryFolder()
    try Data(packed).write(to: URL(filePath: "\(folder.path)/packed"))
    let result = try python.run([
      "-c",
      """
      import sys, zlib
      unpacker = zlib.decompressobj(-15)
      data = unpacker.decompress(open(sys.argv[1], "rb").read()) + unpacker.flush()
      assert unpacker.eof and not unpacker.unused_data
      open(sys.argv[2], "wb").write(data)
      """, "\(folder.path)/packed", "\(folder.path)/data",
    ])
    #expect(result.status == 0, "\(result.output)")
    return [UInt8](try Data(contentsOf: URL(filePath: "\(folder.path)/data")))
  }

  private static let texts: [(String, [UInt8])] = [
    ("nothing", []), ("one byte", [7]), ("two", [1, 2]), ("three of a kind", [9, 9, 9]),
    ("a run longer than a copy", [UInt8](repeating: 65, count: 1000)),
    ("every byte", (0...255).map { UInt8($0) }),
    ("noise", noise(100_000)),
    ("texts that differ in numbers", variants),
    ("copies from further back than the window", noise(40_000) + noise(40_000)),
    ("counts like Fibonacci's, which ask for long words", skewed),
  ]

  /// Bytes of a generator, the same each time.
  private static func noise(_ count: Int) -> [UInt8] {
    var state: UInt64 = 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
  }

  private static let variants = (0..<3000).flatMap { index in
    Array(
      "<span data-from=\"blocks.0.hook_embed[\(index % 97),3]\">\(index * 31 % 1009)</span>".utf8
    )
  }

  private static let skewed: [UInt8] = {
    var counts = [1, 1]
    while counts.count < 22 { counts.append(counts[counts.count - 1] + counts[counts.count - 2]) }
    return counts.enumerated().flatMap { index, count in
      (0..<count).flatMap { [UInt8(index), UInt8(($0 * 7919 + index * 104729) % 251)] }
    }
  }()

  @Test(arguments: texts.indices)
  func `what was packed, zlib unpacks`(index: Int) throws {
    let (name, bytes) = Self.texts[index]
    #expect(try unpacked(Deflate.pack(bytes)) == bytes, "\(name)")
    #expect(try unpacked(Deflate.packNumbers(bytes)) == bytes, "\(name)")
  }

  @Test func `texts that differ in a few numbers take a small part of their size`() {
    #expect(Deflate.pack(Self.variants).count * 10 < Self.variants.count)
  }

  @Test func `noise grows by less than a hundredth`() {
    #expect(Deflate.pack(Self.noise(100_000)).count < 101_000)
  }
}
