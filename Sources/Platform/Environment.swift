/// A variable of the environment; nil where there is none of that name, or no environment.
package func environment(_ name: String) -> String? {
  #if !arch(wasm32)
    getenv(name).map { String(cString: $0) }
  #else
    nil
  #endif
}
