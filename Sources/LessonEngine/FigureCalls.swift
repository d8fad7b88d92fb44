import Calls
import Formats
import Pages
import Sampling
import Training
import Walkthrough

// What is moved by hand: a line, two arrows, a temperature.

extension LessonEngine {
  /// `line`: a line of slope `w` and intercept `b`, with one end moved to a place `at` of its drawing, if there is one, and
  /// then so many `steps` downhill.
  func line(_ call: EngineCall) throws(EngineError) -> JSON {
    let language = try call.language()
    let points = LinearRegression.example(count: 12, seed: 0).points
    var line = LinearRegression(
      points: points,
      w: try call.number("w") ?? 0,
      b: try call.number("b") ?? 0
    )
    if let place = try call.place() {
      let moved = line.account(in: language).moved(to: place)
      line = LinearRegression(points: points, w: moved.w, b: moved.b)
    }
    for _ in 0..<min(try call.count("steps") ?? 0, 1000) {
      line.step(learningRate: LearningRecord.FittedLine.learningRate)
    }
    return [
      "fields": ["w": .number(line.w), "b": .number(line.b)],
      "parts": .members([TryingForm.report(line.account(in: language).article)]),
    ]
  }

  /// `arrows`: the dot product of the arrows (`ax`, `ay`) and (`bx`, `by`), of which the nearer one's tip is moved to a place
  /// `at` of the drawing, if there is one.
  func arrows(_ call: EngineCall) throws(EngineError) -> JSON {
    func coordinate(_ name: String) throws(EngineError) -> Double {
      min(max(try call.number(name) ?? 0, -ArrowsAccount.reach), ArrowsAccount.reach)
    }
    var account = ArrowsAccount(
      (try coordinate("ax"), try coordinate("ay")),
      (try coordinate("bx"), try coordinate("by")),
      in: try call.language()
    )
    if let place = try call.place() { account = account.moved(to: place) }
    return [
      "fields": [
        "ax": .number(account.a.x), "ay": .number(account.a.y), "bx": .number(account.b.x),
        "by": .number(account.b.y),
      ],
      "parts": .members([TryingForm.report(account.article)]),
    ]
  }

  /// `softmax`: the probabilities that `logits`, numbers between commas, come to at a `temperature`.
  func softmax(_ call: EngineCall) throws(EngineError) -> JSON {
    let language = try call.language()
    let texts = try call.text("logits").split { ",、，".contains($0) }
    var logits: [Float] = []
    for text in texts {
      guard let value = Float(String(text.filter { $0 != " " })), value.isFinite else {
        let shown = String(text)
        throw EngineError(language == .en ? "“\(shown)” is no number." : "「\(shown)」は数ではありません。")
      }
      logits.append(value)
    }
    guard 1...12 ~= logits.count else {
      throw EngineError(language == .en ? "Give 1 to 12 scores." : "スコアは 1〜12 個入れてください。")
    }
    let temperature = min(max(try call.number("temperature") ?? 1, 0), 100)
    let distribution = Distribution(logits: logits, temperature: temperature)
    var probabilities = [Double](repeating: 0, count: logits.count)
    for (token, probability) in zip(distribution.tokens, distribution.probabilities) {
      probabilities[token] = probability
    }
    let account = SoftmaxAccount(
      logits.map { Double($0) },
      at: temperature,
      probabilities,
      in: language
    )
    return ["parts": .members([TryingForm.report(account.article)])]
  }
}

extension LinearRegression {
  /// The line as it is told.
  fileprivate func account(in language: Language) -> LineAccount {
    LineAccount(points: points, w: w, b: b, loss: loss, gradient: gradient, in: language)
  }
}
