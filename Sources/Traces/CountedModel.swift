/// A model whose parameters are counted: its name, its sizes, and how the sizes are known.
public struct CountedModel: Sendable, Equatable {
  /// How a model's sizes are known.
  public enum Source: Sendable, Equatable {
    /// From the paper named; the weights are not public.
    case paper(String)
    /// From the checkpoint that was published with the paper named.
    case published(String)
    /// From a checkpoint's configuration, held against the tensors of its files.
    case checkpoint(StoredTensors)
    /// They are the reader's own.
    case own
  }

  /// The name it is called by on the command line and in files: `gpt-3`.
  public var name: String
  /// The name it is called by in a sentence: `GPT-3`; nothing for the reader's own model.
  public var title: String?
  /// Its sizes.
  public var sizes: ModelSizes
  /// How they are known.
  public var source: Source

  /// Makes a counted model.
  ///
  /// - Precondition: the sizes have no ``ModelSizes/problem``.
  public init(name: String, title: String?, sizes: ModelSizes, source: Source) {
    precondition(sizes.problem == nil, "sizes whose weights can be counted")
    self.name = name
    self.title = title
    self.sizes = sizes
    self.source = source
  }

  /// The eight categories, and everything the model learned: for a checkpoint, what its files hold.
  public var count: ParameterCount {
    var count = ParameterCount(sizes)
    if case .checkpoint(let stored) = source { count.parameters = stored.parameters }
    return count
  }
}

/// What the tensors of a checkpoint's files come to.
public struct StoredTensors: Sendable, Equatable {
  /// Some tensors that a GPT-2 of the configuration does not have.
  public struct Extra: Sendable, Equatable {
    /// The first tensor's name.
    public var name: String
    /// How many tensors there are.
    public var tensors: Int
    /// Their elements.
    public var elements: Int64

    /// Describes tensors.
    public init(name: String, tensors: Int, elements: Int64) {
      self.name = name
      self.tensors = tensors
      self.elements = elements
    }
  }

  /// How many tensors the files hold.
  public var tensors: Int
  /// The elements of all of them.
  public var elements: Int64
  /// Causal masks that old checkpoints keep beside the weights: constants, not learned.
  public var masks: Extra?
  /// A tied unembedding that is stored all the same.
  public var repeated: Extra?
  /// Tensors of another purpose: a classifier's head, for example.
  public var others: Extra?

  /// Describes a checkpoint's tensors.
  public init(
    tensors: Int,
    elements: Int64,
    masks: Extra? = nil,
    repeated: Extra? = nil,
    others: Extra? = nil
  ) {
    self.tensors = tensors
    self.elements = elements
    self.masks = masks
    self.repeated = repeated
    self.others = others
  }

  /// The elements that were learned, each counted once.
  public var parameters: Int64 { elements - (masks?.elements ?? 0) - (repeated?.elements ?? 0) }
}
