/// The command line of `explain`.
public enum ExplainCLI {
  /// Runs one command and returns its exit code.
  ///
  /// - Parameter arguments: The words after the program's name.
  /// - Returns: An exit code of sysexits: 0, 64 usage, 65 bad data, 66 no such input, 73 cannot create, 74 I/O.
  public static func run(_ arguments: [String]) -> Int32 { 0 }
}
