/// The names that GGUF files give to a model's tensors, beside those of Hugging Face.
///
/// `blk.L.` stands for `model.layers.L.`, and after it, with `.weight` or `.bias`:
///
/// | GGUF | Hugging Face |
/// |---|---|
/// | `token_embd` · `output_norm` · `output` | `model.embed_tokens` · `model.norm` · `lm_head` |
/// | `attn_norm` | `input_layernorm` |
/// | `attn_q` · `attn_k` · `attn_v` · `attn_output` | `self_attn.q_proj` · `k_proj` · `v_proj` · `o_proj` |
/// | `attn_q_norm` · `attn_k_norm` | `self_attn.q_norm` · `k_norm` |
/// | `ffn_gate` · `ffn_up` · `ffn_down` | `mlp.gate_proj` · `up_proj` · `down_proj` |
/// | `ffn_norm` | `post_attention_layernorm`; of Gemma 2 `pre_feedforward_layernorm` |
/// | `post_attention_norm` · `post_ffw_norm` | Gemma 2: `post_attention_layernorm` · `post_feedforward_layernorm` |
///
/// What differs in the numbers: rows of `attn_q` and `attn_k` of the architecture `llama` stand in another
/// order, gains of Gemma's norms have 1 added, and `rope_freqs.weight` holds by what each rotary speed
/// is divided. Without `output.weight` the unembedding is the embedding.
///
/// - SeeAlso: `tensor_mapping.py` in <https://github.com/ggml-org/llama.cpp/tree/master/gguf-py>.
public enum GGUFNames {
  /// What a GGUF file calls a tensor that has this name with Hugging Face.
  ///
  /// - Parameters:
  ///   - name: Such as `model.layers.0.self_attn.q_proj.weight`.
  ///   - architecture: `general.architecture`.
  /// - Returns: Such as `blk.0.attn_q.weight`; nil for a name that is not in the table.
  public static func name(ofHuggingFace name: String, architecture: String) -> String? {
    let parts = name.split(separator: ".").map { String($0) }
    guard let suffix = parts.last else { return nil }
    if parts.count > 3, parts[0] == "model", parts[1] == "layers" {
      let part = parts[3..<parts.count - 1].joined(separator: ".")
      let found = (architecture == "gemma2" ? gemma : []) + layer
      return found.first { $0.theirs == part }.map { "blk.\(parts[2]).\($0.ours).\(suffix)" }
    }
    let part = parts.dropLast().joined(separator: ".")
    return whole.first { $0.theirs == part }.map { "\($0.ours).\(suffix)" }
  }

  private typealias Pair = (ours: String, theirs: String)

  private static var whole: [Pair] {
    [
      ("token_embd", "model.embed_tokens"), ("output_norm", "model.norm"), ("output", "lm_head"),
    ]
  }

  private static var layer: [Pair] {
    [
      ("attn_norm", "input_layernorm"), ("attn_q", "self_attn.q_proj"),
      ("attn_k", "self_attn.k_proj"), ("attn_v", "self_attn.v_proj"),
      ("attn_output", "self_attn.o_proj"), ("attn_q_norm", "self_attn.q_norm"),
      ("attn_k_norm", "self_attn.k_norm"), ("ffn_norm", "post_attention_layernorm"),
      ("ffn_gate", "mlp.gate_proj"), ("ffn_up", "mlp.up_proj"), ("ffn_down", "mlp.down_proj"),
    ]
  }

  private static var gemma: [Pair] {
    [
      ("post_attention_norm", "post_attention_layernorm"),
      ("ffn_norm", "pre_feedforward_layernorm"), ("post_ffw_norm", "post_feedforward_layernorm"),
    ]
  }
}
