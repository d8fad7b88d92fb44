import Platform

/// A colour of the screen (sRGB).
public struct RGB: Sendable, Equatable, Hashable {
  /// Red, green, blue, 0 to 255.
  public var red: UInt8, green: UInt8, blue: UInt8

  /// The colour `0xRRGGBB`.
  public init(_ hex: UInt32) {
    red = UInt8(truncatingIfNeeded: hex >> 16)
    green = UInt8(truncatingIfNeeded: hex >> 8)
    blue = UInt8(truncatingIfNeeded: hex)
  }

  /// As CSS writes it: `#1d2229`.
  public var css: String {
    "#"
      + [red, green, blue].map { part in
        let digits = String(part, radix: 16)
        return digits.count < 2 ? "0" + digits : digits
      }.joined()
  }

  /// Relative luminance, 0 (black) to 1 (white).
  ///
  /// - SeeAlso: WCAG 2.2, <https://www.w3.org/TR/WCAG22/#dfn-relative-luminance>.
  public var luminance: Double {
    0.2126 * Self.linear(red) + 0.7152 * Self.linear(green) + 0.0722 * Self.linear(blue)
  }

  /// The contrast ratio to another colour, 1 to 21.
  public func contrast(to other: RGB) -> Double {
    let (first, second) = (luminance, other.luminance)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  fileprivate static func linear(_ part: UInt8) -> Double {
    let value = Double(part) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }

  fileprivate static func encoded(_ value: Double) -> UInt8 {
    let value = min(1, max(0, value))
    let encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055
    return UInt8((encoded * 255).rounded())
  }
}

/// A colour in OKLab, where equal distances look equal.
///
/// - SeeAlso: Björn Ottosson 2020, <https://bottosson.github.io/posts/oklab/>.
struct OKLab {
  var lightness: Double
  var a: Double
  var b: Double

  init(_ rgb: RGB) {
    let (r, g, b) = (RGB.linear(rgb.red), RGB.linear(rgb.green), RGB.linear(rgb.blue))
    let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
    a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
    self.b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
  }

  /// The nearest colour of the screen.
  var rgb: RGB {
    let l = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3)
    let m = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3)
    let s = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3)
    var rgb = RGB(0)
    rgb.red = RGB.encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
    rgb.green = RGB.encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
    rgb.blue = RGB.encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)
    return rgb
  }

  /// The colour `share` of the way to `other`.
  func mixed(with other: OKLab, share: Double) -> OKLab {
    var mixed = self
    mixed.lightness += (other.lightness - lightness) * share
    mixed.a += (other.a - a) * share
    mixed.b += (other.b - b) * share
    return mixed
  }
}
