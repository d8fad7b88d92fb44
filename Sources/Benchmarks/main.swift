// Measures what this package does most of its work with. Every suite first checks that its results
// are right, and then how long they take.
//
//     swift run -c release Benchmarks [suite …]

import Foundation

/// A group of measurements under one name.
struct Suite {
  let name: String
  let summary: String
  let run: () throws -> Void
}

let suites = [
  Suite(name: "kernels", summary: "matrix products and row functions", run: benchmarkKernels),
  Suite(name: "forward", summary: "a GPT-2-small-sized forward pass", run: benchmarkForward),
]

let names = CommandLine.arguments.dropFirst()
let unknown = names.filter { name in !suites.contains { $0.name == name } }
#if DEBUG
  let complaint: String? = "figures of a debug build mislead; use swift run -c release Benchmarks"
#else
  let complaint =
    unknown.isEmpty
    ? nil
    : """
    no suite named \(unknown.joined(separator: ", ")); there are:
    \(suites.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))
    """
#endif
if let complaint {
  stop(complaint, code: 64)
}

for suite in suites where names.isEmpty || names.contains(suite.name) {
  print("\(suite.name): \(suite.summary)")
  do {
    try suite.run()
  } catch {
    stop("\(suite.name): \(error)", code: 1)
  }
}

func stop(_ complaint: String, code: Int32) -> Never {
  FileHandle.standardError.write(Data("Benchmarks: \(complaint)\n".utf8))
  exit(code)
}
