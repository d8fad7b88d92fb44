import Files
import Foundation
import Sampling
import Tensors
import Testing

@Suite struct SafetensorsTests {
  @Test func `halves are the nearest ones, and every half is kept as it is`() throws {
    let path = NSTemporaryDirectory() + "explain-halves-\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    func kept(_ values: [Float]) throws -> [Float] {
      let tensor = Tensor(shape: [values.count], values: values)
      try Safetensors.write([("x", tensor)], metadata: [:], asHalf: true, to: path)
      return try SafetensorsFile(contentsOf: path).tensor(named: "x").values
    }
    let values: [Float] = [
      0, -0.0, 1, -2, 0x1p-24, 0x1p-14, 65504, 65519, 65520, -1e9, .infinity, 1 + 0x1p-11,
      1 + 0x3p-11, 0x1p-25, 0x3p-25, 2047.5, 0.1,
    ]
    let nearest: [Float] = [
      0, -0.0, 1, -2, 0x1p-24, 0x1p-14, 65504, 65504, .infinity, -.infinity, .infinity, 1,
      1 + 0x1p-9, 0, 0x1p-23, 2048, 0x1.998p-4,
    ]
    #expect(try kept(values) == nearest)
    #expect(try kept([.nan])[0].isNaN)
    var generator = SeededGenerator(seed: 8)
    let random = (0..<5000).map { _ in Float.random(in: -70000...70000, using: &generator) }
    let once = try kept(random)
    #expect(try kept(once) == once)
    for (value, half) in zip(random, once) where abs(value) < 65000 {
      #expect(abs(value - half) <= abs(value) * 0x1p-11)
    }
  }

  private static let sample: [(name: String, tensor: Tensor)] = [
    ("z", Tensor(shape: [2, 2], values: [1, -0.0, .infinity, 0x1p-140])),
    ("quote\" \\ \u{1} é 東京", Tensor(shape: [], values: [7])),
    ("empty", Tensor(shape: [0, 3], values: [])),
    ("a", Tensor(shape: [3], values: [0.1, 0.2, 0.3])),
  ]
  private static let notes = ["b": "line\nline", "a": "\u{7f} \"é\" 🗼", "": "\u{0}"]

  @Test func `what is written is read back, bit for bit`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "s.safetensors").path
      try Safetensors.write(Self.sample, metadata: Self.notes, to: path)
      let file = try SafetensorsFile(contentsOf: path)
      #expect(file.metadata == Self.notes)
      #expect(file.entries.map(\.name) == Self.sample.map(\.name))
      for (name, tensor) in Self.sample {
        let read = try file.tensor(named: name)
        #expect(read.shape == tensor.shape)
        #expect(read.values.map(\.bitPattern) == tensor.values.map(\.bitPattern))
      }
    }
  }

  @Test func `the bytes are as the format says`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "s.safetensors")
      let tensors = [(name: "x", tensor: Tensor(shape: [1, 2], values: [1, 2]))]
      try Safetensors.write(tensors, metadata: ["b": "2", "a": "1\n"], to: path.path)
      let header =
        #"{"__metadata__":{"a":"1\u000a","b":"2"},"#
        + #""x":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}"# + " "
      try #require(header.utf8.count % 8 == 0)
      let data = [Float(1), 2].withUnsafeBytes { Array($0) }
      #expect(try Array(Data(contentsOf: path)) == safetensors(header: header, data: data))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 1)
    }
  }

  @Test(arguments: [["x", "x"], ["__metadata__"]])
  func `a name that cannot be written is refused before anything is`(names: [String]) throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "s.safetensors").path
      let tensors = names.map { (name: $0, tensor: Tensor(shape: [1], values: [1])) }
      let error = #expect(throws: SafetensorsError.self) {
        try Safetensors.write(tensors, metadata: [:], to: path)
      }
      #expect(error?.description.contains("tensor \"\(names[0])\"") == true)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left.isEmpty)
    }
  }

  @Test func `an existing file is replaced, and its mapping keeps the old values`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "s.safetensors").path
      func write(_ value: Float) throws {
        let tensor = Tensor(shape: [1], values: [value])
        try Safetensors.write([("x", tensor)], metadata: [:], to: path)
      }
      try write(1)
      let old = try SafetensorsFile(contentsOf: path)
      try write(2)
      #expect(try old.tensor(named: "x").values == [1])
      #expect(try SafetensorsFile(contentsOf: path).tensor(named: "x").values == [2])
    }
  }

  @Test func `failing to write leaves nothing behind`() throws {
    try withTemporaryFolder { folder in
      let taken = folder.appending(path: "taken")
      try FileManager.default.createDirectory(at: taken, withIntermediateDirectories: true)
      #expect(
        throws: SafetensorsError.notCreated(file: taken.path, reason: "it is a folder")
      ) { try Safetensors.write(Self.sample, metadata: [:], to: taken.path) }
      let nowhere = folder.appending(path: "no/such/folder.safetensors").path
      #expect(
        throws: SafetensorsError.notCreated(file: nowhere, reason: "no such file or directory")
      ) { try Safetensors.write(Self.sample, metadata: [:], to: nowhere) }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["taken"])
    }
  }

  @Test(.enabled(if: hasFullDevice, "needs /dev/full"))
  func `a full disk is reported`() throws {
    #expect(
      throws: SafetensorsError.notWritten(file: "/dev/full", reason: "no space left on device")
    ) { try Safetensors.write(Self.sample, metadata: [:], to: "/dev/full") }
  }

  /// The child process limits its files to 64 bytes; it exits with success if all is as it should
  /// be.
  @Test func `a file that cannot be finished is removed, and the old one stays`() async {
    await #expect(processExitsWith: .success) {
      try withTemporaryFolder { folder in
        let path = folder.appending(path: "s.safetensors").path
        try Safetensors.write([], metadata: [:], to: path)
        let before = FileManager.default.contents(atPath: path)
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: 64, rlim_max: 64)
        setrlimit(fileSizeLimit, &limit)
        let error = #expect(throws: SafetensorsError.self) {
          try Safetensors.write(Self.sample, metadata: Self.notes, to: path)
        }
        guard case .notWritten = error else { exit(2) }
        guard FileManager.default.contents(atPath: path) == before else { exit(3) }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        guard names == ["s.safetensors"] else { exit(4) }
      }
    }
  }

  @Test(.enabled(if: Python.hasSafetensors, "needs python3 with safetensors and numpy"))
  func `Python reads what is written`() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "s.safetensors").path
      try Safetensors.write(Self.sample, metadata: Self.notes, to: path)
      let output = try Python.run(
        """
        import sys
        from safetensors import safe_open
        with safe_open(sys.argv[1], "np") as f:
            notes = f.metadata()
            for key in sorted(notes): print(ascii(key), ascii(notes[key]))
            for key in sorted(f.keys()):
                t = f.get_tensor(key)
                print(ascii(key), t.dtype, t.shape, t.tobytes().hex())
        """,
        path
      )
      #expect(
        output == #"""
          '' '\x00'
          'a' '\x7f "\xe9" \U0001f5fc'
          'b' 'line\nline'
          'a' float32 (3,) cdcccc3dcdcc4c3e9a99993e
          'empty' float32 (0, 3) 
          'quote" \\ \x01 \xe9 \u6771\u4eac' float32 () 0000e040
          'z' float32 (2, 2) 0000803f000000800000807f00020000

          """#
      )
    }
  }
}

private let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")

#if canImport(Glibc)
  private let fileSizeLimit = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
#else
  private let fileSizeLimit = RLIMIT_FSIZE
#endif
