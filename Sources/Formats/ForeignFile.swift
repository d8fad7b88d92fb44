/// What a file is that stands where weights, vectors or a trace should be, told from its first
/// bytes.
package enum ForeignFile: String, Sendable, CaseIterable {
  case gitLFSPointer
  case gguf
  case html
  case zip
  case pickle
  case gzip
  case hdf5
  case numPy

  /// Looks at the beginning of a file; nil if it is none of these.
  package init?(_ bytes: UnsafeRawBufferPointer) {
    let first = Self.signatures.first { bytes.starts(with: $0.bytes) }
    if let first {
      self = first.file
      return
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = bytes.dropFirst(bytes.starts(with: mark) ? 3 : 0)
      .drop { $0 == 0x20 || 0x09...0x0D ~= $0 }
    let text = start.prefix(14).map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
    guard text.starts(with: Array("<!doctype html".utf8)) || text.starts(with: Array("<html".utf8))
    else { return nil }
    self = .html
  }

  private static let signatures: [(bytes: [UInt8], file: ForeignFile)] = [
    (Array("version https://git-lfs".utf8), .gitLFSPointer), (Array("GGUF".utf8), .gguf),
    ([0x50, 0x4B, 0x03, 0x04], .zip), ([0x80, 0x02], .pickle), ([0x80, 0x03], .pickle),
    ([0x80, 0x04], .pickle), ([0x80, 0x05], .pickle), ([0x1F, 0x8B], .gzip),
    ([0x89, 0x48, 0x44, 0x46], .hdf5),
    ([0x93] + Array("NUMPY".utf8), .numPy),
  ]

  /// What the file is and what to do, to be put behind its name.
  package var advice: String {
    switch self {
    case .gitLFSPointer:
      "is a Git LFS pointer, not the file itself; fetch it with `git lfs pull`"
    case .gguf: "is a GGUF file, which holds a model; --model opens it"
    case .html: "is a web page, not the file itself; download the file that the page shows"
    case .zip:
      "is a zip archive, as PyTorch saves its models; \(Self.resave)"
    case .pickle: "is a Python pickle, as PyTorch saved its models; \(Self.resave)"
    case .gzip: "is compressed by gzip; unpack it first"
    case .hdf5: "is an HDF5 file; \(Self.resave)"
    case .numPy: "is a NumPy array, not a safetensors file"
    }
  }

  private static let resave =
    "save it as safetensors, with save_pretrained in transformers"
}
