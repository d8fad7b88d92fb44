import Files
import Formats
import Foundation
import TestSupport
import Testing
import Transformer

/// Hugging Face's cache as its tools lay it out.
@Suite struct ModelPlaceTests {
  /// A cache with models in it; a model's files by the names of its snapshots.
  static func cache(
    _ models: [String: [String: [String]]],
    main: [String: String] = [:]
  ) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (model, snapshots) in models {
      for (snapshot, files) in snapshots {
        let path = "\(folder.path)/\(model)/snapshots/\(snapshot)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for file in files { try Data("GGUF".utf8).write(to: URL(filePath: "\(path)/\(file)")) }
      }
    }
    for (model, snapshot) in main {
      let path = "\(folder.path)/\(model)/refs"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      try Data((snapshot + "\n").utf8).write(to: URL(filePath: path + "/main"))
    }
    return folder
  }

  static func found(
    _ word: String,
    in cache: String = "/nowhere"
  ) throws -> (path: String, name: String) {
    let place = try ModelPlace(word, cache: cache)
    switch place {
    case .folder(let folder): return (folder.name, place.name)
    case .gguf(let path): return (path, place.name)
    }
  }

  @Test func `a folder of the cache is the snapshot that main names, under the model's name`()
    throws
  {
    let cache = try Self.cache(
      [
        "models--gpt2": ["aaa": ["config.json"], "bbb": ["config.json"]],
        "models--HuggingFaceTB--SmolLM2-135M": ["ccc": ["config.json"]],
      ],
      main: ["models--gpt2": "aaa"]
    )
    let gpt2 = "\(cache.path)/models--gpt2"
    for word in [gpt2, gpt2 + "/", gpt2 + "/snapshots/aaa"] {
      let found = try Self.found(word)
      #expect(found.path == gpt2 + "/snapshots/aaa" && found.name == "gpt2", "\(word)")
    }
    let smol = try Self.found("\(cache.path)/models--HuggingFaceTB--SmolLM2-135M")
    #expect(smol.path.hasSuffix("/snapshots/ccc") && smol.name == "HuggingFaceTB/SmolLM2-135M")
  }

  @Test func `without a main that is there, the newest snapshot counts`() throws {
    let cache = try Self.cache(
      ["models--m": ["old": ["config.json"], "new": ["config.json"]]],
      main: ["models--m": "gone"]
    )
    let folder = "\(cache.path)/models--m"
    for (name, time) in [("old", 2_000), ("new", 1_000)] {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: TimeInterval(time))],
        ofItemAtPath: "\(folder)/snapshots/\(name)"
      )
    }
    #expect(try Self.found(folder).path == "\(folder)/snapshots/old")
  }

  @Test func `a name is looked up in the cache`() throws {
    let cache = try Self.cache([
      "models--gpt2": ["aaa": ["config.json"]], "models--a--b": ["x": ["b-Q4_1.gguf"]],
    ])
    #expect(
      try Self.found("gpt2", in: cache.path).path == "\(cache.path)/models--gpt2/snapshots/aaa"
    )
    #expect(try Self.found("gpt2", in: cache.path).name == "gpt2")
    let quantised = try Self.found("a/b", in: cache.path)
    #expect(quantised.path == "\(cache.path)/models--a--b/snapshots/x/b-Q4_1.gguf")
    #expect(quantised.name == "b-Q4_1")
    let error = #expect(throws: CheckpointError.self) { try ModelPlace("gpt3", cache: cache.path) }
    #expect(
      error?.description
        == "gpt3: no such file; nor is there a model of this name in \(cache.path); "
        + "`hf download gpt3` puts it there"
    )
    for path in ["./gpt2", "../x", "a/b/c", "/nowhere", "", "a b", "-x"] {
      let error = #expect(throws: CheckpointError.self) { try ModelPlace(path, cache: cache.path) }
      #expect(error?.description.contains("hf download") == false, "\(path)")
    }
  }

  @Test(arguments: [
    (["HF_HUB_CACHE": "/c", "HF_HOME": "/h", "HOME": "/u"], "/c"),
    (["HF_HUB_CACHE": "", "HF_HOME": "~/h", "HOME": "/u"], "/u/h/hub"),
    (["HOME": "/u"], "/u/.cache/huggingface/hub"),
    (["HOME": "/u", "XDG_CACHE_HOME": "/x"], "/x/huggingface/hub"),
  ])
  func `the environment says where the cache is`(variables: [String: String], path: String) {
    #expect(HubCache.path { variables[$0] } == path)
  }

  @Test func `a GGUF file is one by what it begins with`() throws {
    let file = try Self.found(Fixtures.path("gguf/llama-Q8_0.gguf"))
    #expect(file.path.hasSuffix("llama-Q8_0.gguf") && file.name == "llama-Q8_0")
  }
}
