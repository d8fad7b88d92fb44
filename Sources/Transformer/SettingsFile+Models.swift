import Formats
import Traces

// What the configurations of models have in common.

extension SettingsFile {
  /// A size of the model: a whole number, so that what is not one can be named.
  ///
  /// - Parameters:
  ///   - key: Its key.
  ///   - otherKeys: Others that it may stand under; of several, the first counts most, and all more than `key`.
  ///   - size: What it is if it is not given.
  /// - Returns: The size.
  /// - Throws: ``CheckpointError/setting(file:key:problem:)`` if it is missing, not whole, or out of range.
  func size(
    _ key: String,
    _ otherKeys: [String] = [],
    otherwise size: Int? = nil
  ) throws(CheckpointError) -> Int {
    var value = try number(key)
    for key in otherKeys.reversed() { value = try number(key) ?? value }
    value = value ?? size.map { Double($0) }
    guard let value else {
      throw .setting(file: file, key: key, problem: "is missing, expected a whole number")
    }
    guard let size = Int64(exactly: value), 1...Int64(Self.largestSize) ~= size else {
      let found = Int64(exactly: value).map { "\($0)" } ?? "\(value)"
      throw .setting(
        file: file,
        key: key,
        problem: "is \(found), expected a whole number from 1 to \(Self.largestSize)"
      )
    }
    return Int(size)
  }

  /// Keeps every product of three sizes within 64 bits.
  private static let largestSize = 1 << 20

  /// A number above zero; `nil` if there is none.
  func above0(_ key: String) throws(CheckpointError) -> Double? {
    guard let value = try number(key) else { return nil }
    guard value > 0, Float(value).isFinite else {
      throw .setting(file: file, key: key, problem: "is \(value), expected more than 0")
    }
    return value
  }

  /// What would be left out if it were not refused: each by its name.
  func refuseWhatNoFamilyHas() throws(CheckpointError) {
    let refused: [(key: String, what: String)] = [
      ("add_cross_attention", "the model has cross-attention"),
      ("use_bidirectional_attention", "the model looks ahead (“use_bidirectional_attention”)"),
    ]
    for (key, what) in refused where try flag(key) == true {
      throw .unsupported(file: file, what: what)
    }
    for key in ["num_local_experts", "num_experts"] where self[key]?.number ?? 0 > 1 {
      throw .unsupported(file: file, what: "the model has experts (“\(key)”)")
    }
    if self["quantization_config"] != nil {
      throw .unsupported(file: file, what: "the weights are quantised (“quantization_config”)")
    }
  }

  /// How queries and keys are turned, in either of two spellings: `rope_parameters`, or `rope_theta` with `rope_scaling`.
  ///
  /// - Parameters:
  ///   - headWidth: A head's width.
  ///   - share: How much of a head is turned if the file does not say; all of it, and nothing else, if `nil`.
  /// - Returns: How they are turned.
  /// - Throws: ``CheckpointError`` that names what is not supported.
  func rotary(_ headWidth: Int, share: Double?) throws(CheckpointError) -> Rotary {
    let newer = try part("rope_parameters")
    let scaling = try part("rope_scaling") ?? newer
    var base = 10000.0
    for (key, holder) in [
      ("rotary_emb_base", self), ("rope_theta", self), ("rope_theta", newer),
      ("rope_theta", scaling),
    ] { base = try holder?.above0(key) ?? base }
    var turned = share ?? 1
    for (key, holder) in [
      ("rotary_pct", self), ("partial_rotary_factor", self), ("partial_rotary_factor", newer),
    ] where share != nil || key != "rotary_pct" { turned = try holder?.above0(key) ?? turned }
    guard turned <= 1, share != nil || turned == 1, base > 1 else {
      throw .unsupported(
        file: file,
        what: base > 1
          ? "“partial_rotary_factor” is \(turned)" : "“rope_theta” is \(base)"
      )
    }
    let dimensions = Int(Double(headWidth) * turned)
    guard dimensions > 0, dimensions.isMultiple(of: 2) else {
      throw .unsupported(file: file, what: "\(dimensions) numbers of each head are rotated")
    }
    return Rotary(dimensions: dimensions, base: base, scaling: try scaling?.scaling())
  }

  /// How speeds are changed, as the settings of a `rope_scaling` say.
  private func scaling() throws(CheckpointError) -> Rotary.Scaling? {
    func factor(_ key: String) throws(CheckpointError) -> Double {
      guard let value = try above0(key) else {
        throw .setting(file: file, key: key, problem: "is missing")
      }
      return value
    }
    // The older spelling counts where the newer one is not there.
    let (newer, older) = (try text("rope_type"), try text("type"))
    let kind = newer ?? older ?? "default"
    switch kind {
    case "default": return nil
    case "linear": return .linear(factor: try factor("factor"))
    case "llama3":
      let (low, high) = (try factor("low_freq_factor"), try factor("high_freq_factor"))
      guard low < high else {
        throw .setting(
          file: file,
          key: "low_freq_factor",
          problem: "is \(low), expected less than “high_freq_factor”, \(high)"
        )
      }
      return .llama3(
        factor: try factor("factor"),
        low: low,
        high: high,
        original: try factor("original_max_position_embeddings")
      )
    default: throw .unsupported(file: file, what: "rope_type is “\(kind)”")
    }
  }
}
