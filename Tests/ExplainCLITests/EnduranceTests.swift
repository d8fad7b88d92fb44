import Foundation
import Graphics
import TestSupport
import Testing

/// What a hostile world does to the program: files that shrink, memory and open files that run out, a sudden end.
@Suite struct EnduranceTests {
  @Test func `a model's file that becomes shorter while it is read is told in a line`() throws {
    let explain = try ExplainProcess()
    try FileManager.default.copyItem(atPath: Fixtures.tinyGPT2, toPath: explain.path("model"))
    // The program waits for its prompt once it has begun; only then is the file cut off.
    let input = Pipe()
    let (output, errors) = (Pipe(), Pipe())
    let process = Process()
    process.executableURL = URL(fileURLWithPath: ExplainProcess.path)
    process.arguments = ["chat", "--model", "model", "--plain", "--temperature", "0"]
    process.currentDirectoryURL = URL(fileURLWithPath: explain.folder.path)
    (process.standardInput, process.standardOutput, process.standardError) = (input, output, errors)
    try process.run()
    Thread.sleep(forTimeInterval: 1)
    #expect(truncate(explain.path("model/model.safetensors"), 4096) == 0)
    input.fileHandleForWriting.write(Data("hello\n".utf8))
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 74)
    #expect(said.hasPrefix("explain: model/model.safetensors: cannot be read to its end"))
    #expect(said.split(separator: "\n").count == 1)
  }

  @Test(arguments: [4, 5, 6, 8, 12])
  func `with few open files there is a page or a line`(limit: Int) throws {
    let explain = try ExplainProcess()
    let result = try explain.shell("ulimit -n \(limit); exec \"$explain\" 'The king' -o page")
    #expect([0, 66, 73, 74].contains(result.code), "\(result.code): \(result.errors)")
    if result.code != 0 {
      #expect(result.errorLines.count == 1 && result.errors.hasPrefix("explain: "))
      #expect(explain.names().isEmpty)
    }
  }

  @Test func `training tells in a line that too few files may be open`() throws {
    let explain = try ExplainProcess()
    let result = try explain.shell("ulimit -n 4; exec \"$explain\" train --steps 1 -o run")
    #expect(result.code == 73)
    #expect(result.errorLines.count == 1)
    #expect(result.errors.hasPrefix("explain: run: cannot be created: Too many open files"))
    #expect(explain.names().isEmpty)
  }

  @Test func `a page that is replaced is the old one or the new one, also after kill -9`() throws {
    let explain = try ExplainProcess()
    #expect(try explain("The king", "--seed", "1", "-o", "a").code == 0)
    #expect(try explain("The king", "--seed", "2", "-o", "b").code == 0)
    #expect(try explain.shell("cp -r a page && echo mine > page/notes").code == 0)
    func isWhole(_ other: String) throws -> Bool {
      try explain.shell("diff -r -x notes page \(other) > /dev/null").code == 0
    }
    var ends: Set<String> = []
    for delay in stride(from: 0.0, to: 0.6, by: 0.02) {
      let process = try explain.start(["The king", "--seed", "2", "-o", "page"])
      Thread.sleep(forTimeInterval: delay)
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let (old, new) = (try isWhole("a"), try isWhole("b"))
      #expect(old || new)
      #expect(try explain.text("page/notes") == "mine\n")
      ends.insert(old ? "old" : "new")
      _ = try explain.shell("rm -rf page .explain-*; cp -r a page; echo mine > page/notes")
    }
    #expect(ends.contains("old"))
  }

  @Test func `other files in a page's folder, and its mode, outlive its replacement`() throws {
    let explain = try ExplainProcess()
    #expect(try explain("The king", "-o", "page").code == 0)
    let prepared = try explain.shell(
      "mkdir -p page/more/deep && echo 1 > page/more/deep/x && ln -s x page/link && chmod 750 page"
    )
    #expect(prepared.code == 0)
    #expect(try explain("The king", "--seed", "9", "-o", "page").code == 0)
    #expect(
      explain.names(in: "page")
        == ["figures", "index.html", "link", "more", "trace.safetensors"]
    )
    #expect(try explain.text("page/more/deep/x") == "1\n")
    let mode = try FileManager.default.attributesOfItem(atPath: explain.path("page"))
    #expect((mode[.posixPermissions] as? NSNumber)?.intValue == 0o750)
    #expect(explain.names() == ["page"])
  }

  #if os(Linux)
    @Test func `a full disk is told in a line`() throws {
      let explain = try ExplainProcess()
      for command in ["score 'The king'", "steps 'The king'", "generate -q 'The king'"] {
        let result = try explain.shell("exec \"$explain\" \(command) > /dev/full")
        #expect(result.code == 74)
        #expect(result.errorLines.count == 1 && result.errors.contains("No space left"))
      }
    }

    @Test(arguments: [60_000, 70_000, 80_000])
    func `memory that runs out is told in a line`(kilobytes: Int) throws {
      let explain = try ExplainProcess()
      let prompt = String(repeating: "the king and the queen ", count: 24)
      let result = try explain.shell(
        "ulimit -v \(kilobytes); exec \"$explain\" page '\(prompt)' -o page"
      )
      #expect([0, 66, 71, 74].contains(result.code), "\(result.code): \(result.errors)")
      if result.code == 71 {
        #expect(result.errorLines.count == 1)
        #expect(result.errors.hasPrefix("explain: not enough memory"))
      }
      if result.code != 0 { #expect(explain.names().isEmpty) }
      #expect(!result.errors.contains("Program crashed"))
    }
  #endif

  // MARK: Text that would act on a terminal

  private static let hostile = "The \u{1B}[2J king\u{9B}31m \u{202E}queen\u{7}"

  private func acts(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      ["\u{1B}", "\u{9B}", "\u{202E}", "\u{7}"].contains(scalar)
    }
  }

  @Test func `text that is read on stays as it is, text that is looked at is harmless`() throws {
    let explain = try ExplainProcess()
    let piped = try explain("generate", "-q", "--tokens", "2", "--", Self.hostile)
    #expect(piped.output.hasPrefix(Self.hostile))
    let shown = try explain(
      "generate",
      "-q",
      "--tokens",
      "2",
      "--color",
      "always",
      "--",
      Self.hostile
    )
    #expect(shown.output.hasPrefix("The ␛[2J king⟨U+009B⟩31m ⟨U+202E⟩queen␇"))
    #expect(!acts(shown.output))
  }

  @Test(arguments: [
    ["steps", "--stage", "tokens"], ["score"], ["generate", "--tokens", "1"], ["words", "nearest"],
    ["heatmap", "--format", "text", "--layer", "0", "--head", "0"], ["parameters"], ["inspect"],
    ["page", "--layer"],
  ])
  func `no command lets a text act on the terminal`(_ command: [String]) throws {
    let explain = try ExplainProcess()
    let result = try explain.run(command + ["--", Self.hostile])
    #expect(!acts(result.output) && !acts(result.errors), "\(command): \(result.errors)")
  }
}
