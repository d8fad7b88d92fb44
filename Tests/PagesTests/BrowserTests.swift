import Foundation
import TestSupport
import Testing

/// The tests in `Tests/Browser`, which drive a real browser over real pages.
@Suite struct BrowserTests {
  /// What is missing to run them here, if anything is.
  private static var missing: String? {
    if ProcessInfo.processInfo.environment["EXPLAIN_BROWSER_TESTS"] == "elsewhere" {
      return "the browser tests are run on their own"
    }
    guard let python = Tool("python3") else { return "this machine has no Python" }
    guard Tool("chromium") != nil || Tool("chromium-browser") != nil else {
      return "this machine has no Chromium"
    }
    guard Tool("chromedriver") != nil else { return "this machine has no chromedriver" }
    let selenium = try? python.run(["-c", "import selenium"])
    return selenium?.status == 0 ? nil : "Python has no selenium"
  }

  @Test func `every step, choice and number holds in a browser`() throws {
    if let missing = Self.missing { try Test.cancel("\(missing): browser tests skipped") }
    let python = try #require(Tool("python3"))
    let tests = Fixtures.path("../Browser")
    let binary = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appendingPathComponent("explain").path
    let script =
      "import os, sys, unittest; os.environ.setdefault('EXPLAIN_BINARY', sys.argv[2]); "
      + "sys.path.insert(0, sys.argv[1]); suite = unittest.defaultTestLoader.discover(sys.argv[1]); "
      + "result = unittest.TextTestRunner(sys.stdout).run(suite); sys.exit(not result.wasSuccessful())"
    let result = try python.run(["-c", script, tests, binary])
    #expect(result.status == 0, "\(result.output.suffix(4000))")
  }
}
