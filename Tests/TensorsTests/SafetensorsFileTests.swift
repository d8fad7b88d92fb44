import Files
import Formats
import Foundation
import Tensors
import Testing

@Suite struct SafetensorsFileTests {
  /// A file by Hugging Face's library, with one tensor of each type it writes:
  /// `safetensors.torch.save({"f32": tensor([[1.5, -2, 0.1], [1e-40, 3e38, -inf]]), …},
  /// metadata={"who": "Ünï \"q\" \n 東京"})`.
  static let everyType = """
    8AIAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJ3aG8iOiLDnG7DryBcInFcIiBcbiDmnbHkuqwifSwiaTY0Ijp7ImR0eXBl\
    IjoiSTY0Iiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpbMCwxNl19LCJmNjQiOnsiZHR5cGUiOiJGNjQiLCJzaGFw\
    ZSI6WzFdLCJkYXRhX29mZnNldHMiOlsxNiwyNF19LCJlbXB0eSI6eyJkdHlwZSI6IkYzMiIsInNoYXBlIjpbMCwzXSwi\
    ZGF0YV9vZmZzZXRzIjpbMjQsMjRdfSwiZjMyIjp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlsyLDNdLCJkYXRhX29mZnNl\
    dHMiOlsyNCw0OF19LCJzY2FsYXIiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6W10sImRhdGFfb2Zmc2V0cyI6WzQ4LDUy\
    XX0sImJmMTYiOnsiZHR5cGUiOiJCRjE2Iiwic2hhcGUiOlszXSwiZGF0YV9vZmZzZXRzIjpbNTIsNThdfSwiZjE2Ijp7\
    ImR0eXBlIjoiRjE2Iiwic2hhcGUiOls1XSwiZGF0YV9vZmZzZXRzIjpbNTgsNjhdfSwiZTRtMyI6eyJkdHlwZSI6IkY4\
    X0U0TTMiLCJzaGFwZSI6WzNdLCJkYXRhX29mZnNldHMiOls2OCw3MV19LCJlNW0yIjp7ImR0eXBlIjoiRjhfRTVNMiIs\
    InNoYXBlIjpbM10sImRhdGFfb2Zmc2V0cyI6WzcxLDc0XX0sImk4Ijp7ImR0eXBlIjoiSTgiLCJzaGFwZSI6WzFdLCJk\
    YXRhX29mZnNldHMiOls3NCw3NV19LCJ1OCI6eyJkdHlwZSI6IlU4Iiwic2hhcGUiOlsyXSwiZGF0YV9vZmZzZXRzIjpb\
    NzUsNzddfSwiYm9vbCI6eyJkdHlwZSI6IkJPT0wiLCJzaGFwZSI6WzJdLCJkYXRhX29mZnNldHMiOls3Nyw3OV19fSAg\
    IPv/////////AAAAAAABAACamZmZmZm5PwAAwD8AAADAzczMPcIWAQDmsWF/AACA/wAA4EDAP2L/zT0APgCAAQD/ewB8\
    PP4BPvt8gAD/AQA=
    """

  @Test(arguments: [
    ("f32", [2, 3], [1.5, -2, 0.1, Float(bitPattern: 71362), 3e38, -.infinity] as [Float]),
    ("f16", [5], [1.5, -0.0, 0x1p-24, 65504, .infinity]),
    ("bf16", [3], [1.5, -0x1.c4p127, 0x1.9ap-4]),
    ("f64", [1], [0.1]),
    ("i64", [2], [-5, 0x1p40]),
    ("u8", [2], [0, 255]),
    ("i8", [1], [-128]),
    ("bool", [2], [1, 0]),
    ("e4m3", [3], [1.5, -448, 0x1p-9]),
    ("e5m2", [3], [1.5, -57344, .infinity]),
    ("scalar", [], [7]),
    ("empty", [0, 3], []),
  ])
  func `reads what Hugging Face wrote`(name: String, shape: [Int], values: [Float]) throws {
    let data = try #require(Data(base64Encoded: Self.everyType))
    try data.withUnsafeBytes { bytes in
      let file = try SafetensorsFile(Bytes(viewing: bytes), name: "every type")
      let tensor = try file.tensor(named: name)
      #expect(tensor.shape == shape)
      #expect(tensor.values.map(\.bitPattern) == values.map(\.bitPattern))
      #expect(file.metadata == ["who": "Ünï \"q\" \n 東京"])
      #expect(file.entries.map(\.bytes.lowerBound) == file.entries.map(\.bytes.lowerBound).sorted())
    }
  }

  @Test func `every half converts to its value`() throws {
    let halves = (0..<65536).map { UInt16($0).littleEndian }
    let header = #"{"h":{"dtype":"F16","shape":[65536],"data_offsets":[0,131072]}}"#
    let bytes = safetensors(header: header, data: halves.withUnsafeBytes { Array($0) })
    let values = try open(bytes).tensor(named: "h").values
    for (bits, value) in values.enumerated() {
      let (exponent, fraction) = (bits >> 10 & 31, Double(bits & 1023))
      let magnitude: Double =
        switch exponent {
        case 0: fraction * 0x1p-24
        case 31: fraction == 0 ? .infinity : .nan
        default: (1 + fraction / 1024) * scalbn(1, exponent - 15)
        }
      let expected = Float(bits < 32768 ? magnitude : -magnitude)
      #expect(value == expected || (value.isNaN && expected.isNaN), "bits \(bits)")
    }
  }

  @Test(arguments: [0, 1, 2, 3])
  func `values are right at every alignment`(padding: Int) throws {
    let spaces = String(repeating: " ", count: padding)
    let header = #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"# + spaces
    let data = [Float(1.25), -3].withUnsafeBytes { Array($0) }
    let tensor = try open(safetensors(header: header, data: data)).tensor(named: "x")
    #expect(tensor.values == [1.25, -3])
  }

  @Test func `a mapped file outlives its tensors' last use`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.safetensors").path
      let tensor = Tensor(shape: [2, 2], values: [1, 2, 3, 4])
      try Safetensors.write([("x", tensor)], metadata: [:], to: path)
      // The file value is gone after this line; its row must keep the mapping alive.
      let row = try SafetensorsFile(contentsOf: path).tensor(named: "x").slice(1)
      #expect(row.values == [3, 4])
    }
  }

  @Test func `an unknown name is an error that names file and tensor`() throws {
    let file = try open(safetensors(header: "{}"))
    #expect(throws: SafetensorsError.missingTensor(file: "test", tensor: "wte\u{1b}[2J")) {
      try file.tensor(named: "wte\u{1b}[2J")
    }
    let error = SafetensorsError.missingTensor(file: "test", tensor: "wte\u{1b}[2J")
    #expect(error.description == #"test: has no tensor "wte\u{1b}[2J""#)
  }

  @Test func `what is not a file is refused`() throws {
    try withTemporaryFolder { folder in
      let missing = folder.appending(path: "missing").path
      #expect(throws: SafetensorsError.notFound(file: missing)) {
        try SafetensorsFile(contentsOf: missing)
      }
      #expect(
        throws: SafetensorsError.unreadable(file: folder.path, reason: "it is a folder")
      ) { try SafetensorsFile(contentsOf: folder.path) }
      let pipe = folder.appending(path: "pipe").path
      try #require(mkfifo(pipe, 0o600) == 0)
      #expect(throws: SafetensorsError.unreadable(file: pipe, reason: "it is not a plain file")) {
        try SafetensorsFile(contentsOf: pipe)
      }
      let empty = folder.appending(path: "empty").path
      try Data().write(to: URL(fileURLWithPath: empty))
      let error = #expect(throws: SafetensorsError.self) {
        try SafetensorsFile(contentsOf: empty)
      }
      #expect(error?.description.hasSuffix("0 bytes are too few for a header") == true)
    }
  }
}

/// The bytes of a file with this header and data, valid or not.
func safetensors(header: String, data: [UInt8] = []) -> [UInt8] {
  safetensors(header: Array(header.utf8), data: data)
}

/// The bytes of a file with this header and data, valid or not.
func safetensors(header: [UInt8], data: [UInt8] = []) -> [UInt8] {
  withUnsafeBytes(of: UInt64(header.count).littleEndian) { Array($0) } + header + data
}

/// Reads `bytes` from a copy that lives as long as the file.
func open(_ bytes: [UInt8]) throws(SafetensorsError) -> SafetensorsFile {
  try SafetensorsFile(Bytes(copying: bytes), name: "test")
}
