import Testing

@testable import ExplainCLI

@Suite struct SteeringTextTests {
  @Test(
    arguments: [
      (#"embed="a"-"b"*2"#, "embed", .prompts("a", minus: "b"), 2),
      (#"embed = "a" - "b" * -0.5"#, "embed ", .prompts("a", minus: "b"), -0.5),
      (#"embed@3="a""#, "embed@3", .prompts("a", minus: nil), 1),
      (#"embed="say \"hi\" \\ now"-"*"*3"#, "embed", .prompts(#"say "hi" \ now"#, minus: "*"), 3),
      ("embed=v.json", "embed", .file("v.json", tensor: nil, row: nil), 1),
      ("embed=a*b.json*1e1", "embed", .file("a*b.json", tensor: nil, row: nil), 10),
      ("embed=a*b.json", "embed", .file("a*b.json", tensor: nil, row: nil), 1),
      ("embed=t.safetensors#x.y[4]*2", "embed", .file("t.safetensors", tensor: "x.y", row: 4), 2),
      ("embed=t=u.safetensors#x", "embed", .file("t=u.safetensors", tensor: "x", row: nil), 1),
    ] as [(String, String, SteeringText.Source, Double)]
  )
  func `a site, a vector and a scale are read`(
    _ text: String,
    _ place: String,
    _ source: SteeringText.Source,
    _ scale: Double
  ) throws {
    let read = try #require(SteeringText(text))
    #expect(read.place == place)
    #expect(read.source == source)
    #expect(read.scale == scale)
  }

  @Test(arguments: [
    "", "embed", "embed=", #"embed="a"#, #"embed="a"-"#, #"embed="a"-b"#, #"embed="a"*x"#,
    #"embed="a"*inf"#, #"embed="a""b""#, "embed=#x", "embed=t#", "embed=t#x[-1]", "embed=*2",
  ])
  func `what is of no such form is not read`(_ text: String) {
    #expect(SteeringText(text) == nil)
  }
}
