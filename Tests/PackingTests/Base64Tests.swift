import Foundation
import Packing
import Testing

@Suite struct Base64Tests {
  /// - SeeAlso: RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ])
  func `the examples of the standard`(text: String, expected: String) {
    #expect(Base64.text(Array(text.utf8)) == expected)
  }

  @Test func `every byte is as Foundation has it`() {
    let bytes = (0...255).map { UInt8($0) } + (0...255).reversed().map { UInt8($0) }
    for count in bytes.count - 3...bytes.count {
      let part = Array(bytes.prefix(count))
      #expect(Base64.text(part) == Data(part).base64EncodedString())
    }
  }
}
