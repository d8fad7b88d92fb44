import Platform

/// What `transform` makes of each element, worked out on all cores, in the order of the elements.
package func concurrently<Element: Sendable, Result: Sendable>(
  _ elements: [Element],
  _ transform: @Sendable (Element) -> Result
) -> [Result] {
  Cores.map(count: elements.count) { transform(elements[$0]) }
}
