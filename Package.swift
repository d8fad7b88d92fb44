// swift-tools-version: 6.2
import PackageDescription

// Data flows one way, left to right; a target imports only what stands to its left.
//
//   prompt ─► Tokenization ─► Transformer ─► Traces ─► Walkthrough ─► Pages ─► page · figures · tables
//                                  │                       └─ Graphics ─┘
//                              Training

let strict: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ] + (Context.environment["EXPLAIN_WARNINGS"] == "errors" ? [.treatAllWarnings(as: .error)] : [])

/// The numeric loops stay optimised in debug builds: unoptimised they are some 200 times slower.
let fastInDebug: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A Swift target under the project's common settings.
func room(
  _ name: String,
  imports: [Target.Dependency] = [],
  settings: [SwiftSetting] = []
) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: strict + settings)
}

/// The tests of one target; every test may use the helpers of `TestSupport`.
func tests(
  of name: String,
  alsoImporting others: [Target.Dependency] = [],
  exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.target(name: name), "TestSupport"] + others,
    exclude: exclude,
    resources: resources,
    swiftSettings: strict
  )
}

let package = Package(
  name: "explain",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "explain", targets: ["explain"])
  ],
  targets: [
    // MARK: - C: inner loops, calls to the system, files compiled in
    .target(
      name: "CKernels",
      cSettings: [.unsafeFlags(["-O3"], .when(configuration: .debug))]
    ),
    .target(name: "CSystem"),
    .target(name: "CAssets", exclude: ["Files"]),
    .target(name: "CBenchmarks"),

    // MARK: - The model and its record
    room("Tensors", imports: ["CKernels", "CSystem"], settings: fastInDebug),
    room("Tokenization", settings: fastInDebug),
    room("Embeddings", imports: ["Tensors"], settings: fastInDebug),
    room("Traces", imports: ["Tensors"]),
    room("Transformer", imports: ["Tensors", "Tokenization", "Embeddings", "Traces"]),

    // MARK: - Learning
    room(
      "Training",
      imports: ["Tensors", "Tokenization", "Embeddings", "Traces", "Transformer"],
      settings: fastInDebug
    ),

    // MARK: - The explanation: made from a trace alone, never from the transformer
    room("Graphics"),
    room("Packing", settings: fastInDebug),
    room("Walkthrough", imports: ["Traces", "Tensors", "Embeddings", "Graphics"]),
    room("Pages", imports: ["Walkthrough", "Graphics", "Packing", "CAssets"]),

    // MARK: - The command
    room(
      "ExplainCLI",
      imports: [
        "Tensors", "Tokenization", "Embeddings", "Traces", "Transformer", "Training",
        "Graphics", "Walkthrough", "Pages", "CAssets", "CSystem",
      ]
    ),
    .executableTarget(name: "explain", dependencies: ["ExplainCLI"], swiftSettings: strict),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Tensors", "Tokenization", "Embeddings", "Traces", "Transformer", "Training", "CKernels",
        "CBenchmarks",
      ],
      swiftSettings: strict
    ),

    // MARK: - Tests
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    tests(of: "Tensors", alsoImporting: ["CKernels"]),
    tests(of: "Tokenization", resources: [.copy("Fixtures")]),
    tests(of: "Embeddings", alsoImporting: ["Tensors"]),
    tests(of: "Traces", alsoImporting: ["Tensors"]),
    tests(of: "Transformer", alsoImporting: ["Tensors", "Traces", "Tokenization"]),
    tests(of: "Training", alsoImporting: ["Tensors", "Tokenization", "Transformer"]),
    tests(of: "Graphics", exclude: ["Goldens"]),
    tests(of: "Packing"),
    tests(
      of: "Walkthrough",
      alsoImporting: [
        "Traces", "Tensors", "Embeddings", "Graphics", "Transformer", "Tokenization",
      ]
    ),
    tests(
      of: "Pages",
      alsoImporting: [
        "Walkthrough", "Graphics", "Packing", "Tensors", "Embeddings", "Tokenization", "Traces",
        "Transformer",
      ],
      exclude: ["Goldens"]
    ),
    tests(
      of: "ExplainCLI",
      alsoImporting: ["explain", "Tensors", "Tokenization", "Traces", "Graphics"]
    ),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)

// The sanitizers look at what computes and what reads files; nothing else need be built for them.
if Context.environment["EXPLAIN_TARGETS"] == "numeric" {
  let numeric = ["Tensors", "Tokenization", "Embeddings", "Traces", "Transformer", "Training"]
  let kept = numeric + numeric.map { "\($0)Tests" } + ["CKernels", "CSystem", "TestSupport"]
  package.products = []
  package.targets.removeAll { !kept.contains($0.name) }
}
