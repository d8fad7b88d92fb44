/// When colours are wanted.
enum ColorWish: String, CaseIterable {
  /// On a terminal that shows them.
  case auto
  /// Everywhere, in files too.
  case always
  /// Nowhere.
  case never
}
