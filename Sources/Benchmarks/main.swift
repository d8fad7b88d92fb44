// Measures what this package does most of its work with. Every suite first checks that its results
// are right, and then how long they take.
//
//     swift run -c release Benchmarks [suite[=folder] …]

import Foundation

#if DEBUG
  stop("figures of a debug build mislead; use swift run -c release Benchmarks", code: 64)
#else
  Suite.run(CommandLine.arguments.dropFirst().map { $0 })
#endif
