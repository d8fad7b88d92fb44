import Calls
import Formats
import Pages

/// What a page asks of the lessons' program: what a reader moves, types or lets run is told anew.
///
/// Calls and replies are JSON objects; nothing of a model is needed.
public struct LessonEngine {
  /// The network that learns, if there is one.
  var pupil: Pupil?

  /// Starts without a network.
  public init() {}

  /// Answers a call.
  ///
  /// - Parameter request: A JSON object.
  /// - Returns: The reply, a JSON object: the `parts` of the page, and the `fields` of the form where they have changed; what
  ///   cannot be done is answered by `{"error": "…"}`.
  public mutating func respond(to request: [UInt8]) -> [UInt8] {
    let reply: JSON
    do throws(EngineError) {
      let call = try EngineCall(request)
      reply =
        switch call.name {
        case "learn": try learn(call)
        case "go": try go(call)
        case "line": try line(call)
        case "arrows": try arrows(call)
        case "softmax": try softmax(call)
        case "merges": try merges(call)
        default: throw EngineError("there is no call “\(call.name)”")
        }
    } catch {
      reply = ["error": .string(error.message)]
    }
    return Array(reply.line.utf8)
  }
}

extension EngineCall {
  /// The place of a drawing that something was moved to, if there is one.
  func place() throws(EngineError) -> (x: Double, y: Double)? {
    guard let at = try numbers("at") else { return nil }
    guard at.count == 2 else { throw EngineError("“at” is not two numbers") }
    return (at[0], at[1])
  }
}
