import Files
package import Tensors
import Traces
package import Training
package import Transformer

/// The files of a model folder in the Hugging Face layout, beside those of its vocabulary.
package enum ModelFiles {
  /// `config.json`.
  ///
  /// - Parameters:
  ///   - c: The model's sizes and choices.
  ///   - endOfText: The token that ends a text.
  /// - Returns: The file's text.
  /// - SeeAlso: `GPT2Config`, <https://huggingface.co/docs/transformers/model_doc/gpt2>.
  package static func configuration(_ c: Configuration, endOfText: Int) -> String {
    """
    {
      "activation_function": "\(c.activation.rawValue)",
      "architectures": ["GPT2LMHeadModel"],
      "attn_pdrop": 0.0,
      "bos_token_id": \(endOfText),
      "embd_pdrop": 0.0,
      "eos_token_id": \(endOfText),
      "layer_norm_epsilon": \(c.epsilon),
      "model_type": "gpt2",
      "n_embd": \(c.dModel),
      "n_head": \(c.headCount),
      "n_inner": \(c.dMLP),
      "n_layer": \(c.layerCount),
      "n_positions": \(c.contextLength),
      "resid_pdrop": 0.0,
      "tie_word_embeddings": \(c.isTied),
      "vocab_size": \(c.dVocab)
    }

    """
  }

  /// Writes `model.safetensors`.
  ///
  /// - Parameters:
  ///   - parameters: θ, `[N]`.
  ///   - layout: Where in θ each matrix stands.
  ///   - isHalf: Whether each number is rounded to a 16-bit float.
  ///   - path: The file to make or to replace.
  /// - Throws: ``TrainingError/file(_:)`` if it cannot be written.
  package static func writeWeights(
    _ parameters: Tensor,
    _ layout: ParameterLayout,
    asHalf isHalf: Bool,
    to path: String
  ) throws(TrainingError) {
    let column = parameters.reshaped(to: [parameters.count, 1])
    let tensors = layout.parts.map { part in
      (
        name: (part.parameter.role == .unembedding ? "" : layout.table.family.prefix) + part.name,
        tensor: column.rows(part.range).reshaped(to: part.shape)
      )
    }
    do {
      // Python's transformers wants to know whose layout it is.
      try Safetensors.write(tensors, metadata: ["format": "pt"], asHalf: isHalf, to: path)
    } catch {
      throw .file(error)
    }
  }
}
