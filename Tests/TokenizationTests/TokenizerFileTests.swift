import Files
import Testing
import Tokenization

@Suite struct TokenizerFileTests {
  /// A small tokenizer.json, with other values for some of its parts.
  static func json(
    model: String = "",
    preTokenizer: String = #"{"type": "ByteLevel", "add_prefix_space": false}"#,
    normalizer: String = "null",
    vocabulary: String = #"{"a": 0, "b": 1, "ab": 2}"#,
    merges: String = #"["a b"]"#,
    added: String = "[]"
  ) -> String {
    """
    {"version": "1.0", "added_tokens": \(added), "normalizer": \(normalizer),
     "pre_tokenizer": \(preTokenizer),
     "model": {\(model) "vocab": \(vocabulary), "merges": \(merges)}}
    """
  }

  static func tokenizer(_ json: String) throws -> Tokenizer {
    try withFolder(["tokenizer.json": json]) {
      try Tokenizer(tokenizerFile: $0 + "/tokenizer.json")
    }
  }

  @Test(arguments: [
    json(),
    json(merges: #"[["a", "b"]]"#),
    json(model: #""type": "BPE", "dropout": null, "unk_token": null, "byte_fallback": false,"#),
    json(preTokenizer: #"{"type": "ByteLevel", "add_prefix_space": false, "use_regex": true}"#),
    json(normalizer: #"{"type": "Sequence", "normalizers": []}"#),
    json(
      preTokenizer: #"""
        {"type": "Sequence", "pretokenizers": [
          {"type": "Split", "pattern": {"Regex":
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"},
           "behavior": "Isolated", "invert": false},
          {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}]}
        """#
    ),
  ])
  func `byte-level BPE is understood, however it is spelt`(json: String) throws {
    #expect(try Self.tokenizer(json).encode("abba") == [2, 1, 0])
  }

  @Test(arguments: [
    (json(model: #""type": "Unigram","#), "its model is Unigram, not BPE"),
    (json(model: #""byte_fallback": true,"#), "its model sets byte_fallback"),
    (json(model: #""end_of_word_suffix": "</w>","#), "its model has end_of_word_suffix"),
    (json(model: #""dropout": 0.1,"#), "its model drops merges at random (dropout)"),
    (json(normalizer: #"{"type": "NFKC"}"#), "it changes the text first (NFKC)"),
    (
      json(normalizer: #"{"type": "Replace", "pattern": {"Regex": "a+"}, "content": "b"}"#),
      "it changes the text first (Replace)"
    ),
    (json(preTokenizer: "null"), "it does not cut text into pieces (no pre_tokenizer)"),
    (json(preTokenizer: #"{"type": "Whitespace"}"#), "it cuts text by Whitespace"),
    (
      json(preTokenizer: #"{"type": "ByteLevel", "use_regex": false}"#),
      "it does not cut text into pieces (use_regex is false)"
    ),
    (
      json(
        preTokenizer: #"""
          {"type": "Sequence", "pretokenizers": [
            {"type": "Split", "pattern": {"Regex": "\\p{N}{1,3}|."}, "behavior": "Isolated"},
            {"type": "ByteLevel", "add_prefix_space": false, "use_regex": false}]}
          """#
      ), "it cuts text by a pattern that is not known here"
    ),
  ])
  func `other kinds of tokenizers are refused`(json: String, reason: String) throws {
    let message = try failure(of: ["tokenizer.json": json])
    #expect(message == "tokenizer.json is not a tokenizer of a kind that is known here: \(reason)")
  }

  @Test(arguments: [
    ("[]", "tokenizer.json, line 1: expected an object with a ‘model’"),
    (
      #"{"model": {}, "pre_tokenizer": {"type": "ByteLevel"}}"#,
      "tokenizer.json, line 1: expected a model with ‘vocab’ and ‘merges’"
    ),
    (json(vocabulary: "[]"), "tokenizer.json, line 3: expected an object of tokens and their ids"),
    (json(merges: "{}"), "tokenizer.json, line 3: expected a list of merges"),
    (json(merges: #"["a b", ["a"]]"#), "tokenizer.json, line 3: merge 2 is not two tokens"),
    (json(merges: #"[["a", 1]]"#), "tokenizer.json, line 3: merge 1 is not two tokens"),
    (
      json(merges: #"["ab"]"#),
      "tokenizer.json, line 3: expected two tokens with a space between, found ‘ab’"
    ),
    (
      json(added: #"[{"id": 3}]"#),
      "tokenizer.json, line 1: expected an added token with an id and a content"
    ),
  ])
  func `a malformed file is told what is wrong, and where`(json: String, message: String) throws {
    #expect(try failure(of: ["tokenizer.json": json]) == message)
  }

  @Test func `an unknown token that is not in the vocabulary is an error`() throws {
    let json = Self.json(model: #""unk_token": "<unk>","#)
    let error = #expect(throws: TokenizationError.self) { try Self.tokenizer(json) }
    #expect(error?.description.hasSuffix("unknown token ‘<unk>’ is not in the vocabulary") == true)
  }

  @Test func `a space goes before each stretch of text if the file says so`() throws {
    let tokenizer = try Self.tokenizer(
      Self.json(
        preTokenizer: #"{"type": "ByteLevel", "add_prefix_space": true}"#,
        vocabulary: #"{"a": 0, "Ġ": 1, "Ġa": 2}"#,
        merges: #"["Ġ a"]"#,
        added: #"[{"id": 3, "content": "<x>"}]"#
      )
    )
    #expect(tokenizer.encode("a<x>a<x> a") == [2, 3, 2, 3, 2])
    #expect(tokenizer.encode("") == [])
  }

  @Test(arguments: [(false, [0, 3, 3, 3, 0]), (true, [0, 3, 0])])
  func `an unknown token stands for bytes without one`(fused: Bool, ids: [Int]) throws {
    let tokenizer = try Self.tokenizer(
      Self.json(
        model: #""unk_token": "<unk>", "fuse_unk": \#(fused),"#,
        vocabulary: #"{"a": 0, "b": 1, "ab": 2, "<unk>": 3}"#
      )
    )
    #expect(tokenizer.encode("a東a").filter { $0 != 1 } == ids)
  }
}
