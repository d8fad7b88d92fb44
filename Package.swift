// swift-tools-version: 6.2
import PackageDescription

// Data flows one way, left to right; a target imports only what stands to its left.
//
//   prompt ─► Tokenization ─► Transformer ─► Traces ─► Walkthrough ─► Pages ─► page · figures · tables
//                                  │                       └─ Graphics ─┘
//                              Training
//
// All of this is the core: it opens no file and imports no Foundation. Files, TrainingFiles and ChatTemplates, the
// edges, bring bytes in; the command carries results out.

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
    .target(name: "CPlatform"),
    .target(name: "CAssets", exclude: ["Files"]),
    .target(name: "CBenchmarks"),

    // MARK: - The core: from prompt to page, without files; it compiles to WebAssembly as it is
    room("Platform", imports: ["CPlatform"]),
    room("Formats", settings: fastInDebug),
    room(
      "Tensors",
      imports: ["CSystem", "Platform", "Formats", "CKernels"],
      settings: fastInDebug
    ),
    room("Tokenization", imports: ["Platform", "Formats"], settings: fastInDebug),
    room("Embeddings", imports: ["Platform", "Formats", "Tensors"], settings: fastInDebug),
    room("Sampling", imports: ["Platform", "Tensors"], settings: fastInDebug),
    room("Traces", imports: ["Platform", "Formats", "Tensors"], settings: fastInDebug),
    room(
      "Transformer",
      imports: [
        "Platform", "Formats", "Tensors", "Tokenization", "Embeddings", "Sampling", "Traces",
      ],
      settings: fastInDebug
    ),
    room(
      "Attribution",
      imports: ["Platform", "Tensors", "Tokenization", "Traces", "Transformer"],
      settings: fastInDebug
    ),

    // The explanation is made from a trace alone, never from the transformer.
    room("Graphics", imports: ["Platform"]),
    room("Packing", imports: ["Platform"], settings: fastInDebug),
    room(
      "Walkthrough",
      imports: ["Platform", "Traces", "Tensors", "Embeddings", "Graphics"]
    ),
    room(
      "Pages",
      imports: [
        "Platform", "Formats", "Traces", "Walkthrough", "Graphics", "Packing", "CAssets",
      ]
    ),

    // What pages ask of the programs that they carry: of a model, and of a network that learns.
    room("Calls", imports: ["Formats", "Walkthrough"]),
    room(
      "Engine",
      imports: [
        "Platform", "Formats", "Tensors", "Tokenization", "Embeddings", "Sampling", "Traces",
        "Transformer", "Attribution", "Walkthrough", "Pages", "Calls",
      ]
    ),
    room(
      "Training",
      imports: [
        "Platform", "Formats", "Tensors", "Tokenization", "Embeddings", "Sampling", "Traces",
        "Transformer",
      ],
      settings: fastInDebug
    ),
    room(
      "LessonEngine",
      imports: [
        "Formats", "Tensors", "Tokenization", "Sampling", "Transformer", "Training", "Walkthrough",
        "Pages", "Calls",
      ]
    ),

    // MARK: - The edges: files, chat templates
    room("ChatTemplates", imports: ["Formats", "Tokenization"], settings: fastInDebug),
    room(
      "Files",
      imports: [
        "CSystem", "Platform", "Formats", "Tensors", "Tokenization", "Embeddings", "Traces",
        "Transformer", "ChatTemplates",
      ],
      settings: fastInDebug
    ),

    room(
      "TrainingFiles",
      imports: ["Platform", "Formats", "Tensors", "Traces", "Transformer", "Training", "Files"],
      settings: fastInDebug
    ),

    // MARK: - Lessons: articles that run a model, or train one, while they are told
    room(
      "Lessons",
      imports: [
        "Platform", "Tensors", "Tokenization", "Embeddings", "Sampling", "Traces", "Transformer",
        "Training", "LessonEngine", "Graphics", "Walkthrough",
      ],
      settings: fastInDebug
    ),

    // MARK: - The command
    room(
      "ExplainCLI",
      imports: [
        "Platform", "Formats", "Tensors", "Tokenization", "Embeddings", "Sampling", "Traces",
        "Transformer", "Attribution", "Training", "TrainingFiles", "LessonEngine", "Lessons",
        "Graphics", "Walkthrough", "Pages", "Engine", "Files", "ChatTemplates", "CAssets",
        "CSystem",
      ]
    ),
    .executableTarget(
      name: "explain",
      dependencies: ["ExplainCLI", "Platform"],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "Platform", "Tensors", "Tokenization", "Embeddings", "Sampling", "Traces", "Transformer",
        "Training", "Files", "Graphics", "CKernels", "CBenchmarks",
      ],
      swiftSettings: strict
    ),

    // MARK: - Tests
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    tests(of: "Platform"),
    tests(of: "Formats"),
    tests(of: "Tensors", alsoImporting: ["CKernels", "Formats", "Files", "Platform", "Sampling"]),
    tests(
      of: "Tokenization",
      alsoImporting: ["ChatTemplates", "Files", "Formats", "Sampling"],
      resources: [.copy("Fixtures")]
    ),
    tests(
      of: "ChatTemplates",
      alsoImporting: ["Formats", "Tokenization", "Sampling"],
      resources: [.copy("Fixtures")]
    ),
    tests(of: "Embeddings", alsoImporting: ["Files", "Tensors"]),
    tests(of: "Files", alsoImporting: ["Embeddings", "Formats", "Tensors", "Transformer"]),
    tests(of: "Sampling", alsoImporting: ["Tensors"]),
    tests(of: "Traces", alsoImporting: ["Formats", "Files", "Tensors"]),
    tests(
      of: "Transformer",
      alsoImporting: ["Files", "Sampling", "Tensors", "Traces", "Tokenization"]
    ),
    tests(
      of: "Attribution",
      alsoImporting: ["Files", "Sampling", "Tensors", "Traces", "Transformer"]
    ),
    tests(
      of: "Training",
      alsoImporting: [
        "Formats", "Files", "Sampling", "Tensors", "Tokenization", "Traces", "TrainingFiles",
        "Transformer",
      ]
    ),
    tests(of: "TrainingFiles", alsoImporting: ["Training"]),
    tests(of: "LessonEngine", alsoImporting: ["Formats", "Packing", "Training"]),
    tests(
      of: "Engine",
      alsoImporting: [
        "Attribution", "Files", "Formats", "Packing", "Sampling", "Tensors", "Tokenization",
        "Traces", "Transformer",
      ]
    ),
    tests(
      of: "Lessons",
      alsoImporting: [
        "CAssets", "Embeddings", "Files", "Formats", "Graphics", "Pages", "Sampling", "Tensors",
        "Tokenization", "Training", "Transformer", "Walkthrough",
      ]
    ),
    tests(of: "Graphics", exclude: ["Goldens"]),
    tests(of: "Packing"),
    tests(
      of: "Walkthrough",
      alsoImporting: [
        "Attribution", "Files", "Traces", "Tensors", "Embeddings", "Graphics", "Transformer",
        "Tokenization",
      ]
    ),
    tests(
      of: "Pages",
      alsoImporting: [
        "Files", "Formats", "Walkthrough", "Graphics", "Packing", "Tensors", "Embeddings",
        "Tokenization", "Traces", "Transformer",
      ],
      exclude: ["Goldens"]
    ),
    tests(
      of: "ExplainCLI",
      alsoImporting: [
        "explain", "ChatTemplates", "Files", "Formats", "Lessons", "Tensors", "Tokenization",
        "Traces", "Graphics",
      ]
    ),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .c2x
)

// The sanitizers look at what computes and what reads files; nothing else need be built for them. Of the tests there may
// be those of some targets alone.
if let named = Context.environment["EXPLAIN_TARGETS"] {
  let numeric = [
    "Formats", "Tensors", "Tokenization", "ChatTemplates", "Embeddings", "Sampling", "Traces",
    "Transformer", "Attribution", "Files", "Training", "TrainingFiles",
  ]
  let tested = named == "numeric" ? numeric : named.split(separator: ",").map(String.init)
  let kept =
    numeric + tested.map { "\($0)Tests" }
    + ["CKernels", "CPlatform", "CSystem", "Platform", "TestSupport"]
  package.products = []
  package.targets.removeAll { !kept.contains($0.name) }
}
