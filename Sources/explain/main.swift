import ExplainCLI

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

exit(ExplainCLI.run())
