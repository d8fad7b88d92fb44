import Files
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct ForeignFileTests {
  @Test(
    arguments: [
      (
        Array("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n".utf8),
        "a Git LFS pointer"
      ),
      (Array("GGUF".utf8) + [3, 0, 0, 0], "a GGUF file"),
      (Array("\r\n <!DOCTYPE HTML>\n<html>".utf8), "a web page"),
      (Array("<html lang=\"en\">".utf8), "a web page"),
      ([0x50, 0x4B, 3, 4, 0, 0], "a zip archive"), ([0x80, 2, 0x8A, 0x0A], "a Python pickle"),
      ([0x1F, 0x8B, 8], "compressed by gzip"), ([0x89] + Array("HDF\r\n".utf8), "an HDF5 file"),
      ([0x93] + Array("NUMPY".utf8), "a NumPy array"),
    ] as [([UInt8], String)]
  )
  func `what stands where weights should be is said in a line`(bytes: [UInt8], what: String) throws
  {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/model.safetensors"
    try Data(bytes).write(to: URL(filePath: path))
    let error = #expect(throws: SafetensorsError.self) { try SafetensorsFile(contentsOf: path) }
    guard case .foreign = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(error?.description.hasPrefix("\(path): is \(what)") == true)
    #expect(error?.description.contains("\n") == false)
  }

  @Test(arguments: ["F4", "F8_E8M0", "I4", "NEW"])
  func `a tensor of an unknown type does not block the others`(type: String) throws {
    let header =
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"# + #""b":{"dtype":""#
      + type + #"","shape":[6],"data_offsets":[4,7]}}"#
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    var bytes = withUnsafeBytes(of: UInt64(padded.utf8.count).littleEndian) { Array($0) }
    bytes += padded.utf8
    bytes += withUnsafeBytes(of: Float(2.5).bitPattern.littleEndian) { Array($0) } + [1, 2, 3]
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/mixed.safetensors"
    try Data(bytes).write(to: URL(filePath: path))
    let file = try SafetensorsFile(contentsOf: path)
    #expect(try file.tensor(named: "a").values == [2.5])
    let error = #expect(throws: SafetensorsError.self) { try file.tensor(named: "b") }
    #expect(error?.description.contains("has the unsupported dtype \"\(type)\"") == true)
  }
}
