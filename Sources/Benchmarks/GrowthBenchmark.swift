import Foundation
import Graphics

/// How time, memory, trace and page grow with the text, and with the model: the command itself, one process after another.
enum GrowthBenchmark {
  /// What one process took and wrote.
  private struct Cost {
    var seconds: Double
    var memory: Double
    var page: Double
    var trace: Double
  }

  /// From a million parameters to one and a half billion; the last four are GPT-2's sizes.
  private static let models = [
    RandomModel(layers: 4, heads: 4, width: 128, vocabulary: 2688, context: 128),
    RandomModel(layers: 6, heads: 6, width: 384, vocabulary: 8192), .small,
    RandomModel(layers: 24, heads: 16, width: 1024),
    RandomModel(layers: 36, heads: 20, width: 1280),
    RandomModel(layers: 48, heads: 25, width: 1600),
  ]
  private static let lengths = [4, 12, 32, 64, 128, 256, 512, 1024]

  /// Measures the `explain` that lies beside this program, and draws what it took into a folder.
  ///
  /// - Parameter folder: Where the figures go; without one, `output`.
  /// - Throws: What cannot be written or run.
  static func run(folder: String?) throws {
    let folder = folder ?? "output"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var byLength: [(x: Double, cost: Cost)] = []
    print("  \(RandomModel.small.parameters) parameters, the page of as many tokens")
    print(header("tokens"))
    try withModel(.small) { model in
      for length in lengths {
        let cost = try page(of: length, model)
        byLength.append((Double(length), cost))
        print(row("\(length)", cost))
      }
    }
    var bySize: [(x: Double, cost: Cost)] = []
    print("  12 tokens, the page of models of as many parameters")
    print(header("parameters"))
    for random in models {
      try withModel(random) { model in
        let cost = try page(of: 12, model)
        bySize.append((Double(random.parameters) * 1e-9, cost))
        print(row("\(random.parameters)", cost))
      }
    }
    for (name, costs, title) in [
      ("growth-tokens", byLength, "tokens"),
      ("growth-parameters", bySize, "billions of parameters"),
    ] {
      try draw(costs, over: title, as: name, in: folder)
    }
  }

  private static func header(_ first: String) -> String {
    "  \(first.filled(to: 12)) seconds  memory in MB  page in MB  trace in MB"
  }

  private static func row(_ first: String, _ cost: Cost) -> String {
    let numbers = [
      (cost.seconds, 7), (cost.memory * 1e-6, 13), (cost.page * 1e-6, 11), (cost.trace * 1e-6, 12),
    ]
    let cells = numbers.map { value, width in
      let text = value.padded(to: value < 10 ? 2 : 0)
      return String(repeating: " ", count: max(1, width - text.count)) + text
    }
    return "  \(first.filled(to: 12)) \(cells.joined())"
  }

  // MARK: - A process

  private static func withModel(_ model: RandomModel, _ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "growth-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try model.write(to: folder.path)
    try body(folder.path)
  }

  /// The page of so many tokens: the second time, when the weights lie in memory.
  private static func page(of length: Int, _ model: String) throws -> Cost {
    let text = String((0..<length).map { "abcdefghij klmno"[$0 % 16] })
    let output = FileManager.default.temporaryDirectory.appending(path: "page-\(UUID())")
    defer { try? FileManager.default.removeItem(at: output) }
    let arguments = ["page", "--model", model, "-o", output.path, "--", text]
    _ = try spent(on: arguments)
    var cost = try spent(on: arguments)
    func size(_ name: String) throws -> Double {
      let values = try output.appending(path: name).resourceValues(forKeys: [.fileSizeKey])
      return Double(values.fileSize ?? 0)
    }
    (cost.page, cost.trace) = (try size("index.html"), try size("trace.safetensors"))
    return cost
  }

  /// Runs the command, and waits for its end.
  private static func spent(on arguments: [String]) throws -> Cost {
    let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "explain").path
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for stream: Int32 in [1, 2] {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_WRONLY, 0)
    }
    var child: pid_t = 0
    let start = ContinuousClock.now
    guard posix_spawn(&child, program, &actions, nil, &words, environ) == 0 else {
      throw WrongResult(description: "\(program) does not start; build it first")
    }
    // What the system says at the end is no less than what this process itself has had, so the peak is asked for on the way.
    var (status, memory): (Int32, Double) = (0, 0)
    while waitpid(child, &status, WNOHANG) == 0 {
      memory = max(memory, peak(of: child))
      usleep(2000)
    }
    guard status == 0 else {
      throw WrongResult(
        description: "\(program) \(arguments.dropLast().joined(separator: " ")) failed"
      )
    }
    let time = start.duration(to: .now)
    return Cost(
      seconds: time / .seconds(1),
      memory: memory,
      page: 0,
      trace: 0
    )
  }

  /// The most memory that a process has had, in bytes, as Linux tells it.
  private static func peak(of process: pid_t) -> Double {
    let text = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    let line = text?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { $0.split(separator: " ").dropLast().last }.flatMap { Double($0) }.map {
      $0 * 1024
    } ?? 0
  }

  // MARK: - Figures

  private static func draw(
    _ costs: [(x: Double, cost: Cost)],
    over title: String,
    as name: String,
    in folder: String
  ) throws {
    func panel(_ what: String, _ caption: String, _ value: (Cost) -> Double) -> Scene.Panel {
      let points = costs.map { Point($0.x, value($0.cost)) }
      let dots = costs.reversed().map { x, cost in
        let number = Quantity(value(cost), digits: value(cost) < 10 ? 2 : 0, origin: .derived(what))
        return Curve.Dot(x: x, y: value(cost), "\(number)")
      }
      return Scene.Panel(
        Curve(points: points, dots: dots, xTitle: "\(title)", yTitle: "\(what)"),
        caption: "\(caption)"
      )
    }
    let scene = Scene(
      id: name,
      title: "What a page costs, over \(title) (\(Results.processor), 2 cores)",
      description: "Seconds and megabytes of memory of the whole process, each over \(title).",
      panels: [
        panel("seconds", "the whole process, weights in the system's cache") { $0.seconds },
        panel("MB", "memory at its peak, mapped weights included") { $0.memory * 1e-6 },
      ]
    )
    try SVG.standalone(scene).write(
      toFile: "\(folder)/\(name).svg",
      atomically: true,
      encoding: .utf8
    )
    print("  drawn: \(folder)/\(name).svg")
  }
}

extension String {
  fileprivate subscript(place: Int) -> Character { self[index(startIndex, offsetBy: place)] }
}
