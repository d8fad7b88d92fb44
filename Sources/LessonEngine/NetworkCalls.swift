import Calls
import Formats
import Pages
import Walkthrough

// A small network that learns.

extension LessonEngine {
  /// `learn`: a fresh network, of random values, that is to learn a `text`; it will go on from a `prompt`.
  mutating func learn(_ call: EngineCall) throws(EngineError) -> JSON {
    let language = try call.language()
    var pupil = try Pupil(
      learning: try call.text("text"),
      prompt: try call.text("prompt"),
      seed: UInt64(try call.count("seed") ?? 0),
      in: language
    )
    let reply = pupil.reply(in: language, isTold: true)
    self.pupil = pupil
    return reply
  }

  /// `go`: takes `steps` steps of learning; with `told` the reply has all parts of the page, else where it stands.
  mutating func go(_ call: EngineCall) throws(EngineError) -> JSON {
    guard pupil != nil else { throw EngineError("no text is learned") }
    let language = try call.language()
    try pupil?.learn(steps: min(try call.count("steps") ?? 1, 1000), in: language)
    return pupil?.reply(in: language, isTold: call.isTrue("told")) ?? .null
  }
}
