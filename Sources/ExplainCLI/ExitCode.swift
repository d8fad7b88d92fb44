/// How the program ended, as sysexits numbers it.
package enum ExitCode: Int32, Sendable {
  /// All is well; also when whoever read our output stopped reading.
  case success = 0
  /// The command line is wrong.
  case usage = 64
  /// The input is wrong: a file, or what came on standard input; or a check that was asked for
  /// failed.
  case badData = 65
  /// The input is not there.
  case noInput = 66
  /// Something this program did not foresee.
  case software = 70
  /// The system has no more to give: memory, open files.
  case system = 71
  /// The output cannot be created where it was asked for.
  case cannotCreate = 73
  /// Reading or writing failed midway.
  case inputOutput = 74
}
