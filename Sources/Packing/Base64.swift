#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Bytes as letters, digits, `+` and `/`, so that they may stand in a text.
///
/// - SeeAlso: RFC 4648, section 4, <https://www.rfc-editor.org/rfc/rfc4648>.
package enum Base64 {
  /// The bytes as text.
  package static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
