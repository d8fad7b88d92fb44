/// Files that tests read, beside the tests in the source tree.
public enum Fixtures {
  /// A small GPT-2 with random weights, and every activation as PyTorch computes it.
  public static let tinyGPT2 = path("tiny-gpt2")
  /// A still smaller one, with a tokenizer of its own: a checkpoint for folders that differ in one file.
  public static let smallGPT2 = path("small-gpt2")

  /// The path of a file or folder in `Tests/Fixtures`.
  public static func path(_ name: String) -> String {
    let tests = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    return tests.joined(separator: "/") + "/Fixtures/" + name
  }
}
