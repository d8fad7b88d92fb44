import ExplainCLI
import Testing
import Training
import Walkthrough

/// An option's value, its default and what the help tells of it are one declaration.
@Suite struct OptionTests {
  private enum Color: String, CaseIterable { case red, green }

  private static let help = LocalizedText(same: "")
  private static let count = Option("count", .integer("N", 1...9), default: 3, help: help)
  private static let heat = Option(
    "heat",
    .decimals("T", .from(0)),
    default: [0, 0.5, 1],
    help: help
  )
  private static let rate = Option("rate", .decimal("R", .above(0)), default: 1e-3, help: help)
  private static let color = Option("color", .choice, default: Color.green, help: help)
  private static let folder = Option("folder", .text("DIR", .folders), default: "out", help: help)
  private static let layer: Option<Int?> = Option("layer", .integer("N", 0...9), help: help)
  private static let paint: Option<Color?> = Option("paint", .choice, help: help)
  private static let files: Option<[String]?> = Option("files", .list("FILE,…", .files), help: help)
  private static let sites = Option(collecting: "site", "SITE", help: help)
  private static let quiet = Option(flag: "quiet", short: "q", help: help)

  private static let all = [
    count.spec, heat.spec, rate.spec, color.spec, folder.spec, layer.spec, paint.spec, files.spec,
    sites.spec, quiet.spec,
  ]

  private func call(_ words: String...) throws -> Invocation {
    Invocation(try ArgumentParser(options: Self.all).parse(words), language: .en)
  }

  @Test func `what is not given is the default`() throws {
    let call = try call()
    #expect(call[Self.count] == 3 && call.given(Self.count) == nil && !call.has(Self.count))
    #expect(call[Self.heat] == [0, 0.5, 1] && call[Self.rate] == 0.001)
    #expect(call[Self.color] == .green && call[Self.folder] == "out")
    #expect(call[Self.layer] == nil && call[Self.paint] == nil && call[Self.files] == nil)
    #expect(call[Self.sites] == [] && !call[Self.quiet])
  }

  @Test func `what is given has its type`() throws {
    let words = [
      "--count=4", "--heat=2,1e-1", "--rate=.5", "--color=red", "--folder=in", "--layer=0",
      "--paint=red", "--files=a,b", "--site=x", "--site=y", "-q",
    ]
    let call = Invocation(try ArgumentParser(options: Self.all).parse(words), language: .en)
    #expect(call[Self.count] == 4 && call.given(Self.count) == 4 && call.has(Self.count))
    #expect(call[Self.heat] == [2, 0.1] && call[Self.rate] == 0.5)
    #expect(call[Self.color] == .red && call[Self.folder] == "in")
    #expect(call[Self.layer] == 0 && call[Self.paint] == .red && call[Self.files] == ["a", "b"])
    #expect(call[Self.sites] == ["x", "y"] && call[Self.quiet])
  }

  @Test func `the help tells the default, as it would be typed`() {
    let told = Self.all.map { $0.defaultText?.en }
    #expect(told == ["3", "0,0.5,1", "0.001", "green", "out", nil, nil, nil, nil, nil])
  }

  @Test func `a default that is told as a number or a word is one that the option takes`() throws {
    for option in Commands.all.flatMap(\.allOptions) {
      guard let told = option.defaultText?.en else { continue }
      let text = String(told.prefix { !";:,".contains($0) })
      switch option.kind {
      case .integer, .decimal, .decimals: guard text.first?.isNumber == true else { continue }
      case .choice: guard !text.contains(" ") else { continue }
      case .flag, .text, .texts, .list: continue
      }
      let parsed = try ArgumentParser(options: [option]).parse(["--\(option.name)=\(text)"])
      #expect(parsed.values[option.name] != nil)
    }
  }

  @Test func `a new training run has the settings that the help tells`() throws {
    let train = try #require(Commands.all.first { $0.name == "train" })
    let settings = TrainingSettings()
    let told = Dictionary(
      uniqueKeysWithValues: train.options.map { ($0.name, $0.defaultText?.en) }
    )
    #expect(told["tokenizer-size"] == "\(settings.source.vocabularySize)")
    #expect(settings.source.vocabularySize == 2688)
    #expect(told["layers"] == "\(settings.layers)" && told["heads"] == "\(settings.heads)")
    #expect(told["width"] == "\(settings.width)" && told["context"] == "\(settings.context)")
    #expect(told["steps"] == "\(settings.steps)" && told["batch"] == "\(settings.batch)")
    #expect(told["learning-rate"] == "\(settings.learningRate)")
    #expect(told["seed"] == "\(settings.seed)")
  }
}
