import Files
import Foundation
import Graphics
import Pages
import TestSupport
import Testing
import Tokenization
import Traces
import Transformer
import Walkthrough

/// What a page carries, unpacked in Python as a browser would, against the trace.
@Suite struct TensorPackingTests {
  @Test func `numbers on the page are the trace's, as exactly as they are carried`() throws {
    guard let python = Tool("python3") else { try Test.cancel("this machine has no Python") }
    let model = try Model(folder: Fixtures.tinyGPT2)
    let prompt = "The king and the queen"
    let trace = try model.record(
      prompt,
      tokens: model.tokenizer.encode(prompt),
      RecordingOptions()
    )
    let html = HTMLPage(
      Walkthrough(of: trace, in: .en),
      following: Following(of: trace, in: .en)
    ).html
    let folder = try TemporaryFolder()
    try html.write(toFile: "\(folder.path)/page.html", atomically: true, encoding: .utf8)
    try trace.write(to: "\(folder.path)/trace.safetensors")
    let script = Fixtures.path("unpack_page.py")
    let result = try python.run([script, folder.path])
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.contains("numbers alike"))
  }

  @Test(arguments: Language.allCases)
  func `a page says how exact its numbers are, and what was left out of it if anything was`(
    language: Language
  ) throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let tokens = (0..<4).map { $0 }
    let trace = try model.record("four", tokens: tokens, RecordingOptions())
    var following = try #require(Following(of: trace, in: language))
    func html() -> String {
      HTMLPage(Walkthrough(of: trace, in: language), following: following).html
    }
    let exact = language == .en ? "exact when rounded to three digits" : "小数第3位まで"
    #expect(html().contains(exact))
    #expect(!html().contains("--layer N"))
    following.layers = [0]
    #expect(html().contains("--layer N"))
    #expect(!HTMLPage(Walkthrough(of: trace, in: language)).html.contains(exact))
  }
}
