import Files
import Formats
import Foundation
import Pages
import TestSupport
import Testing
import Tokenization
import Traces
import Transformer
import Walkthrough

/// A page that carries the program and the model.
@Suite struct LivingTests {
  private static let names = ["config.json", "model.safetensors", "vocab.json", "merges.txt"]
  /// A file in the gzip format that holds `program`, made by `gzip`.
  private static let program = Data(
    base64Encoded: "H4sIAAAAAAAC/ysoyk8vSswFAIR37ZIHAAAA"
  )

  private func trace(_ prompt: String) throws -> Trace {
    let model = try Model(folder: Fixtures.tinyGPT2)
    return try model.record(prompt, tokens: model.tokenizer.encode(prompt), RecordingOptions())
  }

  private func living(carriesModel: Bool) throws -> Living {
    let files = try Self.names.map { name in
      let data = try Data(contentsOf: URL(filePath: "\(Fixtures.tinyGPT2)/\(name)"))
      return (name: name, bytes: Bytes(copying: data))
    }
    let model = Living.CarriedModel(
      name: "tiny",
      trainedOn: nil,
      files: files,
      knowsExamples: carriesModel
    )
    return Living(
      program: Bytes(copying: try #require(Self.program)),
      model: carriesModel ? model : nil
    )
  }

  @Test func `what a page carries is unpacked to the files that it was made of`() throws {
    guard let python = Tool("python3") else { try Test.cancel("this machine has no Python") }
    let walkthrough = Walkthrough(of: try trace("The king"), in: .en)
    let html = HTMLPage(walkthrough, living: try living(carriesModel: true)).html
    let folder = try TemporaryFolder()
    try html.write(toFile: "\(folder.path)/page.html", atomically: true, encoding: .utf8)
    let script = Fixtures.path("unpack_living.py")
    let result = try python.run([script, "\(folder.path)/page.html", folder.path])
    #expect(result.status == 0, "\(result.output)")
    for name in Self.names {
      let original = try Data(contentsOf: URL(filePath: "\(Fixtures.tinyGPT2)/\(name)"))
      #expect(try Data(contentsOf: URL(filePath: "\(folder.path)/\(name)")) == original, "\(name)")
    }
    #expect(try String(contentsOfFile: "\(folder.path)/program", encoding: .utf8) == "program")
  }

  @Test func `nothing but the program may run, and nothing may be loaded`() throws {
    let walkthrough = Walkthrough(of: try trace("The king"), in: .en)
    let html = HTMLPage(walkthrough, living: try living(carriesModel: true)).html
    let policy = try #require(
      html.firstMatch(of: /Content-Security-Policy" content="([^"]*)"/)?.1
    )
    #expect(policy.contains("default-src 'none'"))
    #expect(policy.contains("'wasm-unsafe-eval'; worker-src blob:"))
    #expect(!policy.contains("'unsafe-eval'") && policy.ranges(of: "'sha256-").count == 1)
    #expect(!HTMLPage(walkthrough).html.contains("wasm-unsafe-eval"))
  }

  @Test(arguments: ["\" onfocus=alert(1) x=\"", "</script><script>alert(1)</script>", "&amp; <b>"])
  func `a prompt is data in every place where it stands`(prompt: String) throws {
    let walkthrough = Walkthrough(of: try trace(prompt), in: .en)
    let html = HTMLPage(walkthrough, living: try living(carriesModel: true)).html
    let shown = html.replacing(/<script[^>]*>[\s\S]*?<\/script>/, with: "")
    #expect(!shown.contains("<script") && !shown.contains("</script"))
    #expect(!html.contains("<script>alert") && !html.contains("\" onfocus=alert(1) x=\""))
    let written = try #require(html.firstMatch(of: /data-state="article" data-prompt="([^"]*)"/)?.1)
    let read = written.replacing("&quot;", with: "\"").replacing("&lt;", with: "<")
      .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    #expect(read == prompt)
  }

  @Test(arguments: Language.allCases)
  func `a page of a model that is not carried lets one be opened, and follows its own run`(
    language: Language
  ) throws {
    let trace = try trace("The king")
    let html = HTMLPage(
      Walkthrough(of: trace, in: language),
      following: Following(of: trace, in: language),
      living: try living(carriesModel: false)
    ).html
    #expect(html.contains(#"id="open-model""#) && html.contains(#"id="page-numbers""#))
    #expect(!html.contains("model.safetensors") && !html.contains("data-example=\"0\""))
  }
}
