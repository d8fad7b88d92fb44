public import Formats
import Graphics
public import Traces
public import Walkthrough

/// Where a reader types the sizes of a model of their own: the program counts it.
public struct SizesForm {
  private let sizes: ModelSizes
  private let language: Language

  /// Prepares the form with sizes to start from.
  ///
  /// - Parameters:
  ///   - sizes: What the fields hold first.
  ///   - language: The language to tell it in.
  public init(_ sizes: ModelSizes, in language: Language) {
    (self.sizes, self.language) = (sizes, language)
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
    let form = AskingForm(
      call: "parameters",
      language: language,
      fields: #"""
        <p class="bar">\#(inputs.joined())<button type="submit">\#(say("Count", "数える"))</button></p>

        """#
    )
    return #"\#(form.html)<div class="answer">\#n\#(table)</div>\#n"#
  }

  /// The eight kinds, with the counts of the sizes that the fields hold.
  private var table: HTML {
    let count = ParameterCount(sizes)
    let names =
      language == .en
      ? count.categories.map { $0.name }
      : ["埋め込み", "キー", "クエリ", "バリュー", "アテンションの出力", "アップ射影", "ダウン射影", "逆埋め込み"]
    func cell(_ name: String) -> HTML { #"<td data-part="\#(name)"></td>"# }
    let rows = count.categories.indices.map { index -> HTML in
      let cells = ["product", "weights", "share"].map { cell("\(index)-\($0)") }
      return #"<tr><th scope="row">\#(names[index])</th>\#(cells.joined())</tr>\#n"#
    }
    return #"""
      <div class="card table" hidden="hidden"><div class="scroll" role="group" tabindex="0" aria-label="\#(say("Your model", "あなたのモデル"))">
      <table>
      <thead><tr><th scope="col" class="w">\#(say("your model", "あなたのモデル"))</th><th scope="col">\#(say("rows × columns × matrices", "行 × 列 × 行列の数"))</th>\#
      <th scope="col">\#(say("weights", "重み"))</th><th scope="col">%</th></tr></thead>
      <tbody>
      \#(rows.joined())<tr><th scope="row">\#(say("all eight", "8 種の合計"))</th><td></td>\#(cell("total-weights"))<td></td></tr>
      </tbody>
      </table>
      </div></div>

      """#
  }

  /// The counts by the names of their cells: of each of the eight kinds, and of all.
  public static func parts(of count: ParameterCount, in language: Language) -> [JSON.Member] {
    var parts: [JSON.Member] = []
    func add(_ name: String, _ quantity: Quantity) {
      parts.append(JSON.Member(name, .string(Markup.number(quantity).text)))
    }
    let whole = count.weights
    for (index, kind) in count.categories.enumerated() {
      let sizes = [kind.rows, kind.columns, kind.matrices]
      var product = ""
      for size in sizes { product += (product.isEmpty ? "" : " × ") + size.groupedInThrees }
      let origin = Origin.derived(product)
      parts.append(JSON.Member("\(index)-product", .string(product)))
      add(
        "\(index)-weights",
        Quantity(kind.weights, written: kind.weights.groupedInThrees, origin: origin)
      )
      let share = 100 * Double(kind.weights) / Double(whole)
      add("\(index)-share", Quantity(share, digits: 1, origin: .derived("share of all weights")))
    }
    add(
      "total-weights",
      Quantity(whole, written: whole.groupedInThrees, origin: .derived("sum of the eight"))
    )
    return parts
  }
}
