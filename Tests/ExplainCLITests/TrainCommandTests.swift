import Files
import Foundation
import Tensors
import TestSupport
import Testing

/// `explain train`, as the shell sees it.
@Suite struct TrainCommandTests {
  private let explain: ExplainProcess

  init() throws {
    explain = try ExplainProcess()
    let text = String(repeating: "the cat sat on the mat, the dog sat on the log. ", count: 80)
    try Data(text.utf8).write(to: URL(filePath: explain.path("corpus.txt")))
  }

  /// A run that takes a moment.
  private static func small(_ more: String...) -> [String] {
    [
      "train", "--corpus", "corpus.txt", "--layers", "1", "--heads", "2", "--width", "16",
      "--context", "12", "--batch", "4", "--tokenizer-size", "280", "--learning-rate", "0.01",
    ] + more
  }

  @Test func `the exam can be put to a model that sees four tokens, whatever it writes`() throws {
    let sizes = ["--layers", "1", "--heads", "1", "--width", "8", "--context", "4", "--batch", "2"]
    let rest = ["--steps", "2", "--tokenizer-size", "300", "-o", "tiny"]
    #expect(try explain.run(["train"] + sizes + rest).code == 0)
    let outcome = try explain.run(["evaluate", "--model", "tiny"])
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("stories"))
    #expect(!outcome.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }

  @Test func `a trained folder opens as any other model`() throws {
    let outcome = try explain.run(Self.small("--steps", "40", "-o", "deep/model"))
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    #expect(outcome.output.hasSuffix("deep/model\n"))
    #expect(
      explain.names(in: "deep/model") == [
        "checkpoint.safetensors", "config.json", "loss.svg", "merges.txt", "model.safetensors",
        "token_counts.json", "vocab.json",
      ]
    )
    #expect(try explain.text("deep/model/loss.svg").contains("The loss while learning"))
    let continued = try explain.run(
      ["generate", "--model", "deep/model", "--temperature", "0", "--tokens", "4", "-q", "the cat"]
    )
    #expect(continued.code == 0 && continued.output.hasPrefix("the cat"), "\(continued.errors)")
  }

  @Test(arguments: ["en", "ja"])
  func `a page tells how the model learned`(language: String) throws {
    let outcome = try explain.run(
      Self.small("--steps", "200", "--page", "--language", language, "-o", "told")
    )
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.hasSuffix("told\ntold/index.html\n"))
    let page = try explain.text("told/index.html")
    for step in ["line", "loss", "prediction", "attention", "embeddings"] {
      #expect(page.contains("id=\"learning-\(step)\""), "\(step)")
    }
    #expect(page.contains("lang=\"\(language)\""))
    #expect(
      explain.names(in: "told/moments")
        == [0, 2, 20, 200].map { "step-\($0).safetensors" }.sorted()
    )
    // Every number says where it came from.
    #expect(page.contains("data-derived=\"ln "))
    #expect(page.contains("after step 200"))
  }

  @Test func `the same settings give the same bytes`() throws {
    for folder in ["a", "b"] { _ = try explain.run(Self.small("--steps", "6", "-o", folder)) }
    for name in explain.names(in: "a") {
      let files = try ["a", "b"].map {
        try Data(contentsOf: URL(filePath: explain.path("\($0)/\(name)")))
      }
      #expect(files[0] == files[1], "\(name)")
    }
    _ = try explain.run(Self.small("--steps", "6", "--seed", "1", "-o", "c"))
    #expect(try weights("a") != weights("c"))
  }

  private func weights(_ folder: String) throws -> Data {
    try Data(contentsOf: URL(filePath: explain.path("\(folder)/model.safetensors")))
  }

  @Test func `a run killed at any moment goes on bit for bit`() throws {
    let steps = ["--steps", "400"]
    let whole = try explain.run(Self.small() + steps + ["-o", "whole"])
    #expect(whole.code == 0, "\(whole.errors)")
    let process = try explain.start(Self.small() + steps + ["-o", "killed"])
    let checkpoint = explain.path("killed/checkpoint.safetensors")
    while process.isRunning, !FileManager.default.fileExists(atPath: checkpoint) { usleep(500) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    let resumed = try explain.run(["train", "--resume", "-o", "killed"])
    #expect(resumed.code == 0, "\(resumed.errors)")
    #expect(try weights("whole") == weights("killed"))
    // What follows is what would have followed.
    #expect(whole.output.hasSuffix(resumed.output.replacing("killed\n", with: "whole\n")))
  }

  @Test func `a quiet run prints its folder alone`() throws {
    let outcome = try explain.run(Self.small("--steps", "3", "--quiet", "-o", "quiet"))
    #expect(outcome.code == 0 && outcome.output == "quiet\n" && outcome.errors.isEmpty)
  }

  @Test func `a run that is done is resumed to nothing`() throws {
    _ = try explain.run(Self.small("--steps", "3", "-o", "done"))
    let before = try weights("done")
    let outcome = try explain.run(["train", "--resume", "-o", "done"])
    #expect(outcome.code == 0 && outcome.output == "done\n", "\(outcome.errors)")
    #expect(try weights("done") == before)
  }

  @Test func `what cannot be trained is said in one line`() throws {
    try Data([0x61, 0xFF]).write(to: URL(filePath: explain.path("bytes.txt")))
    try Data("short".utf8).write(to: URL(filePath: explain.path("short.txt")))
    try Data().write(to: URL(filePath: explain.path("empty.txt")))
    let cases: [(words: [String], code: Int32, message: String)] = [
      (["--corpus", "none.txt"], 66, "none.txt: no such file"),
      (["--corpus", "empty.txt"], 65, "empty.txt: the file is empty"),
      (["--corpus", "bytes.txt"], 65, "bytes.txt: byte 1 is not UTF-8"),
      (["--corpus", "short.txt"], 65, "short.txt: has"),
      (["--corpus", "."], 66, "not a plain file"),
      (["--width", "100", "--heads", "3"], 64, "--width 100 is not a multiple of --heads 3"),
      (["--context", "1"], 64, "--context 1 is out of range"),
      (["--learning-rate", "fast"], 64, "--learning-rate “fast”"),
      (["--learning-rate", "-1"], 64, "--learning-rate “-1”"),
      (["--resume"], 66, "holds no training run"),
    ]
    for (words, code, message) in cases {
      let outcome = try explain.run(["train"] + words + ["-o", "out"])
      #expect(outcome.code == code, "\(words): \(outcome.errors)")
      #expect(
        outcome.errorLines.count == 1 && outcome.errors.contains(message),
        "\(outcome.errors)"
      )
      #expect(!FileManager.default.fileExists(atPath: explain.path("out")), "\(words)")
    }
  }

  @Test func `nothing of somebody else's is overwritten`() throws {
    _ = try explain.run(Self.small("--steps", "3", "-o", "mine"))
    let before = try weights("mine")
    let again = try explain.run(Self.small("--steps", "3", "-o", "mine"))
    #expect(again.code == 73 && again.errors.contains("--resume"), "\(again.errors)")
    #expect(try weights("mine") == before)
    let settings = try explain.run(["train", "--resume", "--width", "32", "-o", "mine"])
    #expect(settings.code == 64 && settings.errors.contains("--width"), "\(settings.errors)")
    try FileManager.default.removeItem(atPath: explain.path("mine/checkpoint.safetensors"))
    let model = try explain.run(Self.small("--steps", "3", "-o", "mine"))
    #expect(model.code == 73 && model.errors.contains("config.json"), "\(model.errors)")
    let file = try explain.run(Self.small("--steps", "3", "-o", "corpus.txt"))
    #expect(file.code == 73, "\(file.errors)")
  }

  @Test func `a changed corpus and a checkpoint cut off are noticed`() throws {
    _ = try explain.run(Self.small("--steps", "3", "-o", "run"))
    let checkpoint = URL(filePath: explain.path("run/checkpoint.safetensors"))
    let whole = try Data(contentsOf: checkpoint)
    try whole.prefix(whole.count / 2).write(to: checkpoint)
    let cut = try explain.run(["train", "--resume", "-o", "run"])
    #expect(cut.code == 65 && cut.errors.contains("checkpoint.safetensors"), "\(cut.errors)")
    try whole.write(to: checkpoint)
    try Data(String(repeating: "another text ", count: 90).utf8)
      .write(to: URL(filePath: explain.path("corpus.txt")))
    let changed = try explain.run(["train", "--resume", "-o", "run"])
    #expect(changed.code == 65 && changed.errors.contains("has changed"), "\(changed.errors)")
  }

  @Test func `a loss that is no number stops the run and keeps the last checkpoint`() throws {
    let outcome = try explain.run(
      Self.small("--steps", "4000", "-o", "wild").map { $0 == "0.01" ? "1e18" : $0 }
    )
    #expect(outcome.code == 65 && outcome.errors.contains("at step"), "\(outcome.errors)")
    for name in explain.names(in: "wild") where name.hasSuffix("safetensors") {
      let file = try SafetensorsFile(contentsOf: explain.path("wild/\(name)"))
      for entry in file.entries {
        #expect(try file.tensor(named: entry.name).values.allSatisfy(\.isFinite), "\(name)")
      }
    }
  }

  @Test func `a disk that is full during a checkpoint leaves the last one`() throws {
    // Files of more than 40 blocks of 512 bytes cannot be written: the checkpoint is longer.
    let words = Self.small("--steps", "3", "-o", "full").joined(separator: " ")
    let outcome = try explain.shell("ulimit -f 40; \"$explain\" \(words)")
    #expect(outcome.code == 74, "\(outcome.errors)")
    #expect(!explain.names(in: "full").contains { $0.contains("partial") })
    #expect(!explain.names(in: "full").contains("checkpoint.safetensors"))
  }
}
