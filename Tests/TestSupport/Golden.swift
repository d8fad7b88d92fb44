import Foundation
public import Testing

/// Compares `text` with the golden file `name` in the folder `Goldens` beside the test.
///
/// With `EXPLAIN_RECORD=1` in the environment the file is rewritten and the test fails, so that no
/// recording run passes for a testing run.
///
/// - Parameters:
///   - text: What the code under test made.
///   - name: The file's name, with an extension that opens it in what shows it.
///   - filePath: The test's file.
///   - sourceLocation: Where a failure is reported.
public func expectGolden(
  _ text: String,
  named name: String,
  filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let folder = URL(fileURLWithPath: filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens")
  let file = folder.appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["EXPLAIN_RECORD"] == "1" {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("recorded \(file.path)", sourceLocation: sourceLocation)
    } catch {
      Issue.record("cannot record \(file.path): \(error)", sourceLocation: sourceLocation)
    }
    return
  }
  guard let data = try? Data(contentsOf: file) else {
    Issue.record(
      "no golden file \(file.path); EXPLAIN_RECORD=1 writes it",
      sourceLocation: sourceLocation
    )
    return
  }
  let golden = String(decoding: data, as: UTF8.self)
  guard golden != text else { return }
  Attachment.record(text, named: name, sourceLocation: sourceLocation)
  Issue.record(
    "\(name) differs (− golden, + now):\n\(lineDifference(from: golden, to: text))",
    sourceLocation: sourceLocation
  )
}

/// The lines that differ, marked `−` and `+`, with their numbers; at most `limit` of them.
///
/// - Parameters:
///   - old: The text as it was.
///   - new: The text as it is.
///   - limit: How many lines are listed.
/// - Returns: One line a difference, in the order of the text.
public func lineDifference(from old: String, to new: String, limit: Int = 24) -> String {
  let (before, after) = (lines(of: old), lines(of: new))
  let changes = after.difference(from: before).map { change in
    switch change {
    case .remove(let offset, let line, _):
      (offset: offset, order: 0, text: "−\(offset + 1): \(line)")
    case .insert(let offset, let line, _):
      (offset: offset, order: 1, text: "+\(offset + 1): \(line)")
    }
  }
  let sorted = changes.sorted { ($0.offset, $0.order) < ($1.offset, $1.order) }.map(\.text)
  let rest = sorted.count > limit ? ["… and \(sorted.count - limit) more"] : []
  return (sorted.prefix(limit) + rest).joined(separator: "\n")
}

private func lines(of text: String) -> [Substring] {
  text.split(separator: "\n", omittingEmptySubsequences: false)
}
