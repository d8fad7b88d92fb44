import Foundation
import Testing

/// Where output goes, and what is left when something goes wrong.
@Suite struct OutputTests {
  @Test func `a page's folder holds the page, its figures and its trace`() throws {
    let explain = try ExplainProcess()
    let result = try explain("The capital of Italy is")
    #expect(result.code == 0)
    #expect(result.output == "output/the-capital-of-italy-is/index.html\n")
    #expect(result.errors.isEmpty)
    #expect(explain.names() == ["output"])
    #expect(explain.names(in: "output") == ["the-capital-of-italy-is"])
    let folder = "output/the-capital-of-italy-is"
    #expect(explain.names(in: folder) == ["figures", "index.html", "trace.safetensors"])
    let figures = explain.names(in: "\(folder)/figures")
    #expect(figures.count > 10)
    #expect(figures.allSatisfy { $0.hasSuffix(".svg") })
  }

  @Test func `the same run gives the same bytes`() throws {
    let explain = try ExplainProcess()
    #expect(try explain("Once upon a time", "-o", "a").code == 0)
    #expect(try explain("Once upon a time", "-o", "b").code == 0)
    let result = try explain.shell("diff -r a b")
    #expect(result.code == 0, "\(result.output.prefix(400))")
  }

  @Test func `a page is replaced by a newer one of its prompt`() throws {
    let explain = try ExplainProcess()
    _ = try explain("Hello")
    let english = try explain.text("output/hello/index.html")
    try "".write(
      toFile: explain.path("output/hello/figures/stale.svg"),
      atomically: false,
      encoding: .utf8
    )
    #expect(try explain("Hello", "--language", "ja").code == 0)
    #expect(explain.names(in: "output") == ["hello"])
    #expect(try explain.text("output/hello/index.html") != english)
    #expect(!explain.names(in: "output/hello/figures").contains("stale.svg"))
  }

  @Test func `a prompt of the same words gets a folder of its own`() throws {
    let explain = try ExplainProcess()
    let paths = try ["Hello", "hello", "Hello!", "Hello", "hello"].map { try explain($0).output }
    #expect(Set(paths).count == 3)
    #expect(paths[0] == "output/hello/index.html\n")
    #expect(paths[0] == paths[3])
    #expect(paths[1] == paths[4])
  }

  @Test func `a file that explain did not write stays`() throws {
    let explain = try ExplainProcess()
    let result = try explain.shell(
      "mkdir mine && echo mine > mine/index.html && \"$explain\" Hello -o mine"
    )
    #expect(result.code == 73)
    #expect(result.errors.contains("mine: holds “index.html”"))
    #expect(try explain.text("mine/index.html") == "mine\n")
    #expect(explain.names(in: "mine") == ["index.html"])
  }

  @Test func `a folder with other files keeps them`() throws {
    let explain = try ExplainProcess()
    let result = try explain.shell(
      "mkdir mine; echo mine > mine/notes; for i in 1 2; do \"$explain\" Hello -o mine; done"
    )
    #expect(result.code == 0)
    #expect(try explain.text("mine/notes") == "mine\n")
    #expect(explain.names(in: "mine") == ["figures", "index.html", "notes", "trace.safetensors"])
  }

  @Test func `a page alone goes to a file or to standard output`() throws {
    let explain = try ExplainProcess()
    #expect(try explain("Hello", "-o", "page.html").output == "page.html\n")
    let page = try explain("Hello", "-o", "-")
    #expect(page.output == (try explain.text("page.html")))
    #expect(page.output.hasPrefix("<!DOCTYPE html>"))
    #expect(explain.names() == ["page.html"])
  }

  @Test func `a page may be written into the current folder`() throws {
    let explain = try ExplainProcess()
    #expect(try explain("Hello", "-o", ".").output == "./index.html\n")
    #expect(explain.names() == ["figures", "index.html", "trace.safetensors"])
  }

  @Test(arguments: [
    "Hello", "Hello -o a/b/c", "trace Hello -o t", "heatmap Hello",
    "heatmap 'The king met the queen at the gate' --format csv -o t",
  ])
  func `a full disk leaves nothing behind`(_ words: String) throws {
    let explain = try ExplainProcess()
    // A limit on the size of files, in blocks of 512 bytes, stands in for a disk that is full.
    let result = try explain.shell("ulimit -f 1; \"$explain\" \(words) 2>&1 | cat >&2")
    #expect(result.errors.hasPrefix("explain: "), "\(result.errors)")
    #expect(!result.errors.contains(".partial"))
    #expect(result.errorLines.count == 1)
    #expect(explain.names().isEmpty)
  }

  @Test func `an older file survives a failure`() throws {
    let explain = try ExplainProcess()
    let result = try explain.shell("echo old > t; ulimit -f 1; \"$explain\" trace Hello -o t")
    #expect(result.code == 74)
    #expect(try explain.text("t") == "old\n")
    #expect(explain.names() == ["t"])
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full"))
  func `standard output that cannot be written is an I/O error`() throws {
    let explain = try ExplainProcess()
    let full = try explain.shell("\"$explain\" heatmap Hello --format csv > /dev/full")
    #expect(full.code == 74)
    #expect(full.errorLines.count == 1)
    let closed = try explain.shell("\"$explain\" --help >&-")
    #expect(closed.code == 74)
  }

  @Test func `a reader that leaves is no error`() throws {
    let explain = try ExplainProcess()
    let prompt = String(repeating: "to be or not ", count: 20)
    let result = try explain.shell(
      "(\"$explain\" heatmap '\(prompt)' --format csv; echo \"code $?\" >&2) | head -n 1"
    )
    #expect(result.output.hasPrefix("layer,head,"))
    #expect(result.errors == "code 0\n")
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal leaves a whole page or nothing`(_ signal: Int32) throws {
    for delay in stride(from: 0.02, to: 0.2, by: 0.02) {
      let explain = try ExplainProcess()
      let process = try explain.start(["to be or not to be", "-o", "new/page"])
      Thread.sleep(forTimeInterval: delay)
      kill(process.processIdentifier, signal)
      process.waitUntilExit()
      // Before it waits for signals, a process dies of them.
      let expected = process.terminationReason == .uncaughtSignal ? signal : 128 + signal
      #expect([0, expected].contains(process.terminationStatus))
      // A signal may also come just after the page is in its place.
      if process.terminationStatus == 0 || !explain.names().isEmpty {
        #expect(explain.names(in: "new/page") == ["figures", "index.html", "trace.safetensors"])
        #expect(explain.names(in: "new") == ["page"])
      }
    }
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
  func `a signal ends the program with 128 and its number`(_ signal: Int32) throws {
    let explain = try ExplainProcess()
    let pipe = Pipe()
    let process = try explain.start(["-"], input: pipe)
    // Time to start: then it waits for a prompt that never comes.
    Thread.sleep(forTimeInterval: 0.5)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 128 + signal)
    withExtendedLifetime(pipe) {}
  }
}
