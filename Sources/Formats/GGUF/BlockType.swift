/// How numbers are stored in a GGUF file: plain, or in blocks of small integers with a scale for
/// each block.
///
/// Raw values are the numbers that files give them.
///
/// - SeeAlso: `ggml_type` in <https://github.com/ggml-org/ggml/blob/master/include/ggml.h>.
public enum BlockType: Int32, CaseIterable, Sendable {
  /// 32-bit floats.
  case float32 = 0
  /// IEEE 754 halves.
  case float16 = 1
  /// 32 integers of 4 bits less 8, a scale.
  case q4_0 = 2
  /// 32 integers of 4 bits, a scale, a least value.
  case q4_1 = 3
  /// 32 integers of 5 bits less 16, a scale.
  case q5_0 = 6
  /// 32 integers of 5 bits, a scale, a least value.
  case q5_1 = 7
  /// 32 integers of 8 bits, a scale.
  case q8_0 = 8
  /// 256 integers of 2 bits, in 16 groups with scales and least values of 4 bits.
  case q2K = 10
  /// 256 integers of 3 bits less 4, in 16 groups with scales of 6 bits.
  case q3K = 11
  /// 256 integers of 4 bits, in 8 groups with scales and least values of 6 bits.
  case q4K = 12
  /// 256 integers of 5 bits, in 8 groups with scales and least values of 6 bits.
  case q5K = 13
  /// 256 integers of 6 bits less 32, in 16 groups with scales of 8 bits.
  case q6K = 14
  /// 32 numbers out of a fixed list of 16, a scale.
  case iq4NL = 20
  /// 256 numbers out of a fixed list of 16, in 8 groups with scales of 6 bits.
  case iq4XS = 23
  /// The upper halves of 32-bit floats.
  case bfloat16 = 30

  /// What ggml calls it.
  public var name: String {
    switch self {
    case .float32: "F32"
    case .float16: "F16"
    case .q4_0: "Q4_0"
    case .q4_1: "Q4_1"
    case .q5_0: "Q5_0"
    case .q5_1: "Q5_1"
    case .q8_0: "Q8_0"
    case .q2K: "Q2_K"
    case .q3K: "Q3_K"
    case .q4K: "Q4_K"
    case .q5K: "Q5_K"
    case .q6K: "Q6_K"
    case .iq4NL: "IQ4_NL"
    case .iq4XS: "IQ4_XS"
    case .bfloat16: "BF16"
    }
  }

  /// How many numbers a block holds.
  public var blockCount: Int {
    switch self {
    case .float32, .float16, .bfloat16: 1
    case .q4_0, .q4_1, .q5_0, .q5_1, .q8_0, .iq4NL: 32
    case .q2K, .q3K, .q4K, .q5K, .q6K, .iq4XS: 256
    }
  }

  /// How many bytes a block takes.
  public var blockBytes: Int {
    switch self {
    case .float32: 4
    case .float16, .bfloat16: 2
    case .q4_0, .iq4NL: 18
    case .q4_1: 20
    case .q5_0: 22
    case .q5_1: 24
    case .q8_0: 34
    case .q2K: 84
    case .q3K: 110
    case .q4K: 144
    case .q5K: 176
    case .q6K: 210
    case .iq4XS: 136
    }
  }

  /// Where so many numbers, whole blocks, end.
  package func bytes(for count: Int) -> Int { count / blockCount * blockBytes }

  /// The name of a type that is not read here, for those who are told so.
  static func name(ofUnread type: UInt32) -> String {
    switch type {
    case 16: "IQ2_XXS"
    case 17: "IQ2_XS"
    case 18: "IQ3_XXS"
    case 19: "IQ1_S"
    case 21: "IQ3_S"
    case 22: "IQ2_S"
    case 29: "IQ1_M"
    case 34: "TQ1_0"
    case 35: "TQ2_0"
    case 39: "MXFP4"
    default: "\(type)"
    }
  }
}
