/// Which token is asked about, and which it is compared with.
public struct Contrast: Sendable, Equatable {
  /// The id of the token that is asked about.
  public var token: Int
  /// The id of the token that it is compared with; without one, its plain logit is asked about.
  public var against: Int?

  /// Makes a contrast; ids are below V.
  public init(_ token: Int, against: Int?) { (self.token, self.against) = (token, against) }
}
