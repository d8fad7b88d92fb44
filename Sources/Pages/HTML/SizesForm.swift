public import Traces
public import Walkthrough

/// Where a reader types the sizes of a model of their own: the program counts it, beside the model they started from.
public struct SizesForm {
  private let base: String
  private let sizes: ModelSizes
  private let language: Language

  /// Prepares the form with sizes to start from.
  ///
  /// - Parameters:
  ///   - base: The published model that it stands beside.
  ///   - sizes: What the fields hold first.
  ///   - language: The language to tell it in.
  public init(beside base: CountedModel, _ sizes: ModelSizes, in language: Language) {
    (self.base, self.sizes, self.language) = (base.name, sizes, language)
  }

  private func say(_ en: String, _ ja: String) -> String { language == .en ? en : ja }

  var form: HTML {
    let fields: [(name: String, label: String, value: Int64)] = [
      ("layers", say("layers", "レイヤー"), sizes.layers),
      ("heads", say("heads", "ヘッド"), sizes.heads),
      ("width", say("width D", "幅 D"), sizes.width),
      ("mlp_width", say("MLP width F", "MLP の幅 F"), sizes.mlpWidth),
      ("vocabulary", say("vocabulary V", "語彙 V"), sizes.vocabulary),
      ("context", say("context C", "文脈長 C"), sizes.context),
    ]
    let inputs = fields.map { field -> HTML in
      #"""
      <label>\#(field.label)<input type="text" inputmode="numeric" name="\#(field.name)" value="\#(String(field.value))" autocomplete="off"/></label>

      """#
    }
    let models = CountedModel.published.map { model -> HTML in
      let chosen: HTML = model.name == base ? #" selected="selected""# : .nothing
      return #"<option value="\#(model.name)"\#(chosen)>\#(model.title ?? model.name)</option>"#
    }
    return AskingForm(
      call: "parameters",
      language: language,
      fields: #"""
        <p class="bar">\#(inputs.joined())<label>\#(say("beside", "比べるモデル"))<select name="beside">\#(models.joined())</select></label>
        <button type="submit">\#(say("Count", "数える"))</button></p>

        """#
    ).html
  }
}
