import ChatTemplates
import Embeddings
import Formats
import Lessons
import Tensors
import Tokenization
import Traces
import Training
import Transformer

/// The one place where the errors of other targets are put into Japanese, beside their own English.
///
/// The core has no room for a second language, so its errors are told here, case by case. What is wrong within a
/// file's bytes is a matter for who wrote that file: there the English reason stands behind a Japanese sentence.
extension LocalizedText {
  private static func noFile(_ file: String) -> String { "\(file.printable)：そのようなファイルはありません。" }

  private static func unreadable(_ file: String, _ reason: String) -> String {
    "\(file.printable)：読めません（\(systemReason(saying: reason).ja)）。"
  }

  private static func damaged(_ file: String, _ what: String, _ reason: String) -> String {
    "\(file.printable)：\(what)（\(reason.printable)）。"
  }

  init(_ error: SafetensorsError) {
    let ja =
      switch error {
      case .notFound(let file): Self.noFile(file)
      case .unreadable(let file, let reason): Self.unreadable(file, reason)
      case .malformed(let file, let reason):
        Self.damaged(file, "safetensors ファイルとして正しくありません", reason)
      case .foreign(let file, let advice): Self.damaged(file, "別の種類のファイルです", advice)
      case .invalidTensor(let file, let tensor, let reason):
        Self.damaged(file, "テンソル「\(tensor.printable)」を読めません", reason)
      case .missingTensor(let file, let tensor):
        "\(file.printable)：テンソル「\(tensor.printable)」がありません。"
      case .notCreated(let file, let reason):
        "\(file.printable)：作れません（\(systemReason(saying: reason).ja)）。"
      case .notWritten(let file, let reason):
        "\(file.printable)：書き込めませんでした（\(systemReason(saying: reason).ja)）。"
      }
    self.init(en: error.description, ja: ja)
  }

  init(_ error: GGUFError) {
    let ja =
      if error.isMissing, error.reason == "no such file" { Self.noFile(error.file) } else {
        Self.damaged(error.file, "GGUF ファイルとして読めません", error.reason)
      }
    self.init(en: error.description, ja: ja)
  }

  init(_ error: TraceError) {
    let ja =
      switch error {
      case .file(let error): LocalizedText(error).ja
      case .noActivations(let file):
        "\(file)：フックポイントの名前（blocks.0.hook_resid_pre など）のテンソルがないので、トレースではありません。"
      case .unknownFormat(let file, let found):
        "\(file)：形式「\(found)」は知りません。このプログラムが読むのは \(Trace.format) です。"
      case .metadata(let file, let key, let expected):
        Self.damaged(file, "メタデータ「\(key)」が正しくありません", "expected: \(expected)")
      case .shape(let file, let tensor, let expected, let found):
        "\(file)：\(tensor) の形状は \(found) ですが、\(expected) のはずです。"
      }
    self.init(en: error.description, ja: ja)
  }

  init(_ error: TokenizationError) {
    let ja =
      switch error {
      case .missing(let path, let wanted): "\(path)：\(wanted) がありません。"
      case .unreadable(let path, let reason): Self.unreadable(path, reason)
      case .malformed(let file, let line, let reason):
        Self.damaged(file, line.map { "\($0) 行目が正しくありません" } ?? "正しくありません", reason)
      case .unsupported(let file, let reason):
        Self.damaged(file, "このプログラムが知らない種類のトークナイザーです", reason)
      }
    self.init(en: error.description, ja: ja)
  }

  init(_ error: CheckpointError) {
    let ja =
      switch error {
      case .missing(let path, let hint): Self.missing(path, hint)
      case .unreadable(let path, let reason): Self.unreadable(path, reason)
      case .malformed(let file, let problem): Self.damaged(file, "正しくありません", problem)
      case .setting(let file, let key, let problem):
        Self.damaged(file, "「\(key)」の値に問題があります", problem)
      case .unsupported(let file, let what):
        "\(file)：このプログラムでは動かせません（\(what)）。動かせるのは "
          + Family.all.map { $0.title }.joined(separator: "、") + " です。"
      case .weights(let error): LocalizedText(error).ja
      case .gguf(let error): LocalizedText(error).ja
      case .tensorMissing(let file, let name): "\(file)：テンソル \(name) がありません。"
      case .blockLeftOver(let file, let name, let layerCount):
        "\(file)：テンソル \(name) がありますが、config.json ではレイヤーは \(layerCount) 個です。"
      case .tensorShape(let file, let name, let expected, let found):
        "\(file)：テンソル \(name) の形状は \(found) ですが、\(expected) のはずです。"
      case .tensorNotFinite(let file, let name, let index):
        "\(file)：テンソル \(name) の \(index) 番目の要素が有限の数ではありません。"
      case .tokenizer(let error): LocalizedText(error).ja
      }
    self.init(en: error.description, ja: ja)
  }

  /// A model, or a file of one, that is not there, and what to do.
  private static func missing(_ path: String, _ hint: String) -> String {
    let advice: String? =
      if hint.contains("`hf download") {
        "Hugging Face のキャッシュにも、その名前のモデルはありません。`hf download \(path)` で取得できます。"
      } else {
        hints[hint]
      }
    return "\(path)：ありません" + (advice.map { "。\($0)" } ?? "（\(hint)）。")
  }

  /// What other targets advise, and the same in Japanese.
  private static let hints = [
    "a model is a folder with config.json, model.safetensors and a tokenizer, or a GGUF file":
      "モデルは、config.json、model.safetensors、トークナイザーの入ったフォルダーか、GGUF ファイルです。",
    "a model folder holds config.json, model.safetensors and a tokenizer":
      "モデルのフォルダーには config.json、model.safetensors、トークナイザーが必要です。",
    "weights are read from safetensors files": "重みは safetensors ファイルから読みます。",
    "the cache holds no snapshot of this model": "キャッシュにこのモデルの中身がありません。",
  ]

  init(_ error: RunError) {
    let ja =
      switch error {
      case .logitsNotFinite(let model): "\(model)：モデルのロジットが有限の数になりません。"
      }
    self.init(en: error.description, ja: ja)
  }

  init(_ error: PromptError) {
    let ja =
      switch error {
      case .noTokens(let model): "\(model) の語彙には、このプロンプトを表せるトークンが1つもありません。"
      case .strayToken(let id, let vocabulary):
        "トークナイザーはトークン ID \(id) を返しましたが、モデルの語彙は \(vocabulary) トークンです。"
      case .tooLong(let count, let limit, let model):
        "プロンプトは \(count) トークンあり、\(model) の文脈長 \(limit) を超えています。"
      }
    self.init(en: error.description, ja: ja)
  }

  init(_ error: LessonError) {
    let ja =
      switch error {
      case .noToken(let word, let model): "\(model) には「\(word)」というトークンがありません。"
      }
    self.init(en: error.description, ja: ja)
  }

  init(_ error: SteeringError) {
    let japanese =
      switch error {
      case .noVector(let site):
        "「\(site)」には位置ごとのベクトルがないので、足すことができません。たとえば blocks.0.hook_resid_pre にはあります。"
      case .width(let site, let expected, let found):
        "ベクトルの数は \(found) 個ですが、「\(site)」には位置ごとに \(expected) 個あります。"
      }
    self.init(en: error.description, ja: japanese)
  }

  init(_ error: SiteError) {
    let ja =
      switch error {
      case .unknown(let text, let near):
        "「\(text)」という場所はありません。"
          + (near.isEmpty
            ? "blocks.0.attn.head.1、blocks.0.mlp、フックポイントの名前などを指定してください。"
            : Spelling.suggestion(near).ja)
      case .outOfRange(let text, let what, let number, let count):
        "「\(text)」：\(Self.parts[what] ?? what) \(number) はありません。\(count) 個あり、番号は 0 から \(count - 1) までです。"
      case .position(let text):
        "「\(text)」：@ の後は位置です。0 以上の整数を指定してください。"
      }
    self.init(en: error.description, ja: ja)
  }

  private static let parts = ["layer": "レイヤー", "head": "ヘッド", "neuron": "ニューロン"]

  init(_ error: DerivationError) {
    let ja =
      switch error {
      case .unknown(let name): "「\(name)」という名前の数はありません。"
      case .outOfRange(let name, let indices, let shape, let starts):
        "\(name)\(indices) はありません。番号の範囲は "
          + zip(starts, shape).map { "\($0)〜\($0 + $1 - 1)" }.joined(separator: "、") + " です。"
      case .underived(let name): "\(name) は、トレースの中のほかの数から計算されたものではありません。"
      case .setFromOutside(let place): "\(place) は外から設定した数です。"
      case .unbounded(let name): "「\(name)」がどこまで続くか決まりません。"
      case .notation(let text, let error): "「\(text)」を式として読めません（\(error)）。"
      }
    self.init(en: error.description, ja: ja)
  }

  init(_ error: WordExpressionError) {
    let ja =
      switch error {
      case .noWords: "単語がありません。単語の間に + か - を書いてください。"
      case .twoSigns(let first, let second):
        "符号「\(first) \(second)」が続いています。間に単語が必要です。"
      case .endsWith(let sign): "「\(sign)」で終わっています。後に単語が必要です。"
      case .noSign(let word, let other):
        "「\(other.printable)」と「\(word.printable)」の間に符号がありません。+ か - を書いてください。"
      case .openQuote: "引用符が閉じられていません。"
      case .emptyQuote: "引用符の間に何もありません。"
      }
    self.init(en: error.description, ja: ja)
  }

  init(_ error: WordVectorsError) {
    let ja =
      switch error {
      case .file(let error): LocalizedText(error).ja
      case .line(let file, let line, let reason):
        Self.damaged(file, "\(line) 行目を読めません", reason)
      case .malformed(let file, let reason): Self.damaged(file, "正しくありません", reason)
      case .tooLarge(let file, _, _):
        "\(file.printable)：ベクトルがこのマシンのメモリーに収まりません。NumPy で .npy として保存すれば、"
          + "メモリーに読み込まずに使えます。"
      case .noWords(let file, let tried):
        "\(file.printable)：行列に単語の一覧がありません。1行に1語を行の順に書いたファイルを --words FILE で指定してください"
          + "（探したファイル：\(tried.map { $0.printable }.joined(separator: "、"))）。"
      }
    self.init(en: error.description, ja: ja)
  }

  init(_ error: ChatTemplateError) {
    let ja =
      switch error {
      case .malformed(let line, let reason):
        "チャットテンプレートの \(line) 行目が正しくありません（\(reason)）。"
      case .unsupported(let line, let what):
        "チャットテンプレートの \(line) 行目にある \(what) には対応していません。"
      case .refused(let message): "チャットテンプレートはこの会話を受け付けません（\(message)）。"
      }
    self.init(en: error.description, ja: ja)
  }

  init(_ error: TrainingError) {
    let ja =
      switch error {
      case .missing(let path): "\(path)：そのようなファイルはありません。学習にはテキストファイルを使います。"
      case .unreadable(let path, let reason): Self.unreadable(path, reason)
      case .corpus(let path, let problem): Self.damaged(path, "学習に使えません", problem)
      case .settings(let problem): "設定に問題があります（\(problem)）。"
      case .lossNotFinite(let step):
        "ステップ \(step) で損失が数でなくなりました。--learning-rate を下げてみてください。"
      case .checkpoint(let path, let problem):
        Self.damaged(path, "チェックポイントを扱えません", problem)
      case .file(let error): LocalizedText(error).ja
      case .tokenizer(let error): LocalizedText(error).ja
      }
    self.init(en: error.description, ja: ja)
  }
}
