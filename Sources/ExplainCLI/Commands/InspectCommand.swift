import Files
import Formats
import Graphics
import Pages
import Tensors
import Traces
import Walkthrough

/// `explain inspect FILE`.
struct InspectCommand: Command {
  let name = "inspect"
  let summary = say(
    en:
      "list what is in a trace or a checkpoint, print one tensor, check a trace's laws, or show how a "
      + "number came about",
    ja: "トレースやチェックポイントの中身を一覧にします。テンソルを1つ表示したり、トレースの法則を確かめたり、"
      + "1つの数がどう計算されたかをたどったりもできます"
  )
  let arguments = [
    ArgumentSpec(
      "FILE",
      help: say(
        en: "a safetensors or GGUF file, or a folder that holds safetensors files",
        ja: "safetensors か GGUF のファイル、または safetensors ファイルが入ったフォルダー"
      ),
      offer: .files
    )
  ]
  let options = specs(tensor, check, why, depth, top, madeBy, .language, format)
  let examples = [
    "explain inspect trace.safetensors",
    "explain inspect trace.safetensors --tensor blocks.0.attn.hook_pattern --format json",
    "explain inspect model.gguf --tensor token_embd.weight --format csv",
    "explain inspect trace.safetensors --check",
    "explain inspect trace.safetensors --why 'blocks.0.attn.hook_pattern[2,4,3]'",
    "explain inspect trace.safetensors --why 'logits[4,7]' --depth 3 --top 2",
  ]

  private static let tensor: Option<String?> = Option(
    "tensor",
    .text("NAME"),
    help: say(en: "print the values of this tensor", ja: "このテンソルの値を表示します")
  )
  private static let check = Option(
    flag: "check",
    help: say(
      en: "check the laws that every trace obeys; exit code 65 if one is broken",
      ja: "どのトレースでも成り立つはずの法則を確かめます。1つでも成り立たなければ終了コードは 65 です"
    )
  )
  private static let why: Option<String?> = Option(
    "why",
    .text("CELL"),
    help: say(
      en: "print how this number came about: NAME[i,j], or another expression as in data-derived",
      ja: "この数がどう計算されたかを表示します。NAME[i,j]、または data-derived にあるような式で指定します"
    )
  )
  private static let depth = Option(
    "depth",
    .integer("N", 1...100),
    default: 1,
    help: say(
      en: "follow it back so many steps, as a tree",
      ja: "この段数だけさかのぼり、木の形で表示します"
    ),
    told: {
      say(
        en: "\($0): what the number itself is made of",
        ja: "\($0)（その数自身が何からできているか）"
      )
    }
  )
  /// How many terms are told one by one to a reader: of a number, and of each number of a tree.
  private static let (termsAlone, termsInTree) = (10, 2)
  private static let top: Option<Int?> = Option(
    "top",
    .integer("N", 1...1_000_000),
    help: say(
      en: "tell so many terms of a sum one by one, the largest, and the others together",
      ja: "和の項のうち大きいものから N 個を1つずつ示し、残りはまとめます"
    ),
    otherwise: say(
      en: "\(termsAlone); \(termsInTree) with --depth; all in JSON",
      ja: "\(termsAlone)。--depth を付けると \(termsInTree)、JSON ではすべて"
    )
  )
  private static let madeBy: Option<String?> = Option(
    "model",
    .text("PATH", .filesOr(BuiltInModel.all.map(\.word))),
    help: say(
      en:
        "the model that made the trace, whose weights --why reads; --check then tests every number's "
        + "formula",
      ja: "トレースを作ったモデル。--why はその重みを読み、--check はすべての数を式で確かめます"
    ),
    otherwise: say(
      en: "the built-in teaching model, where it made the trace",
      ja: "組み込みモデルが作ったトレースなら、そのモデル"
    )
  )
  private static let format = Option.format(.text, .csv, .json)

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let path = invocation.arguments[0].text
    let format = invocation[Self.format]
    let style = console.style(for: invocation)
    let asked = specs(Self.check, Self.tensor, Self.why).filter { invocation.has($0) }.map(\.typed)
    guard asked.count < 2 else {
      let names = "\(asked.dropLast().joined(separator: ", ")) and \(asked.last ?? "")"
      throw CLIError.usage(
        en: "\(names) ask for different things; give one of them",
        ja: "\(asked.joined(separator: "、")) は別々のことを求めます。どれか1つにしてください。"
      )
    }
    if let cell = invocation[Self.why] {
      return try tellWhy(cell, path, invocation, style, on: console)
    }
    for option in specs(Self.depth, Self.top) where invocation.has(option) {
      throw CLIError.usage(
        en: "\(option.typed) goes with --why",
        ja: "\(option.typed) は --why と一緒に使います。"
      )
    }
    if invocation[Self.check] {
      return try checkLaws(of: path, invocation, style, on: console)
    }
    guard !invocation.has(Self.madeBy) else {
      throw CLIError.usage(
        en: "--model goes with --why or --check",
        ja: "--model は --why か --check と一緒に使います。"
      )
    }
    let contents = try TensorFiles(at: path)
    if let name = invocation[Self.tensor] {
      let listing = TensorListing(name: name, tensor: try contents.tensor(named: name))
      switch format {
      case .json: try console.write((listing.json.text + "\n").utf8)
      case .csv: try listing.writeCSV(on: console)
      default: try console.print(listing.lines(style))
      }
      return .success
    }
    let summary = FileSummary(of: contents)
    switch format {
    case .json: try console.write((summary.json.text + "\n").utf8)
    case .csv: try console.write(summary.csv.utf8)
    default: try console.print(summary.lines(style, in: invocation.language))
    }
    return .success
  }

  private func tellWhy(
    _ cell: String,
    _ path: String,
    _ invocation: Invocation,
    _ style: TerminalStyle,
    on console: Console
  ) throws -> ExitCode {
    guard invocation[Self.format] != .csv else {
      throw CLIError.usage(
        en: "--why comes as text or json",
        ja: "--why の結果の形式は text か json です。"
      )
    }
    let isJSON = invocation[Self.format] == .json
    let trace = try Trace(contentsOf: try TensorFiles.traceFile(at: path, for: Self.why.typed))
    let question = try CellQuestion(
      cell,
      of: trace,
      modelAt: invocation[Self.madeBy],
      on: console
    )
    let depth = invocation[Self.depth]
    let few = depth > 1 ? Self.termsInTree : Self.termsAlone
    let limit = invocation[Self.top] ?? (isJSON ? nil : few)
    let (json, lines): (JSON, [String])
    do throws(DerivationError) {
      if let (name, place) = question.cell {
        let account = try CellAccount(
          of: name,
          at: place,
          in: trace,
          invocation.language,
          from: question.numbers,
          limit: limit,
          depth: depth
        )
        let report = CellReport(
          account: account,
          hasWeights: question.model != nil,
          language: invocation.language
        )
        (json, lines) = (account.json, report.lines(style))
      } else {
        let arithmetic = try Arithmetic(
          of: question.expression,
          from: question.numbers,
          limit: limit
        )
        (json, lines) = (arithmetic.json, CellReport.lines(arithmetic, style, invocation.language))
      }
    } catch { throw question.failure(error) }
    if isJSON {
      try console.write((json.text + "\n").utf8)
    } else {
      try console.print(lines)
    }
    return .success
  }

  private func checkLaws(
    of path: String,
    _ invocation: Invocation,
    _ style: TerminalStyle,
    on console: Console
  ) throws -> ExitCode {
    let path = try TensorFiles.traceFile(at: path)
    let trace = try Trace(contentsOf: path)
    let model = try invocation[Self.madeBy].map {
      try CellQuestion.model(of: trace, at: $0, on: console)
    }
    let report = CheckReport(of: trace, by: model ?? nil)
    switch invocation[Self.format] {
    case .json: try console.write((report.json.text + "\n").utf8)
    case .csv: try console.write(report.csv.utf8)
    default: try console.print(report.lines(style, in: invocation.language))
    }
    let broken = report.brokenCount
    guard broken == 0 else {
      throw CLIError(
        .badData,
        en:
          "\(path): \(broken) of \(report.checks.count) laws \(broken == 1 ? "is" : "are") broken",
        ja: "\(path)：\(report.checks.count) 個の法則のうち \(broken) 個が成り立ちません。"
      )
    }
    return .success
  }
}
