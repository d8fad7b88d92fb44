import Platform
import CSystem
import Synchronization

/// Ends the program cleanly when it is asked to end: Ctrl-C, a terminal that closes, a service that
/// stops.
///
/// The signals are blocked and a thread of its own waits for them, so what they set off is ordinary
/// code, not a signal handler, and may remove half-written files.
enum Interruption {
  private static let lastDeed = Mutex<(@Sendable () -> Void)?>(nil)

  /// Says what is to be done, last of all, when a signal ends the program.
  static func atEnd(_ deed: @escaping @Sendable () -> Void) { lastDeed.withLock { $0 = deed } }

  /// Starts to wait.
  ///
  /// To be called before any other thread is started, since threads inherit what is blocked.
  static func prepare() {
    // A reader that leaves is reported by `write`; it is no reason to die.
    signal(SIGPIPE, SIG_IGN)
    // So is a file that grows beyond the limit set for it.
    signal(SIGXFSZ, SIG_IGN)
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(number) { sigaddset(&signals, number) }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    #if canImport(Glibc)
      var thread = pthread_t()
    #else
      var thread: pthread_t?
    #endif
    let failure = pthread_create(&thread, nil, { _ in Interruption.wait() }, nil)
    csystem_tell_of_memory()
    guard failure == 0 else {
      pthread_sigmask(SIG_UNBLOCK, &signals, nil)
      return
    }
    if sigismember(&signals, SIGTERM) == 1 { csystem_end_faults_with(SIGTERM) }
  }

  /// Whether whoever started us wants us to live through the signal, as `nohup` does.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    #if canImport(Glibc)
      let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    #else
      let handler = unsafeBitCast(action.__sigaction_u.__sa_handler, to: Int.self)
    #endif
    return handler == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private static func wait() -> Never {
    var signals = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &signals)
    var number: Int32 = 0
    while sigwait(&signals, &number) != 0 {}
    let fault = csystem_fault_code()
    if fault != 0 { Temporaries.removeAllAndExit(fault) }
    lastDeed.withLock { $0 }?()
    Temporaries.removeAllAndExit(128 + number)
  }
}
