import Graphics
import TestSupport
import Testing
import Traces
import Walkthrough

@Suite struct ParameterAccountTests {
  private static let own = CountedModel(
    name: "own",
    title: nil,
    sizes: CountedModel.gpt2.sizes.with({ $0.width = 1536 }).with({ $0.mlpWidth = 6144 }),
    source: .own
  )
  private static let checkpoint = CountedModel(
    name: "folder",
    title: "folder",
    sizes: CountedModel.gpt2.sizes,
    source: .checkpoint(
      StoredTensors(
        tensors: 150,
        elements: 124_439_808 + 12 + 768 + 50_257 * 768,
        masks: .init(name: "h.0.attn.bias", tensors: 12, elements: 12),
        repeated: .init(name: "lm_head.weight", tensors: 1, elements: 50_257 * 768),
        others: .init(name: "score.weight", tensors: 1, elements: 768)
      )
    )
  )

  private static let models = CountedModel.published + [own, checkpoint]

  private func texts(_ article: Article) -> [RichText] {
    [article.title] + article.lead + article.steps.map(\.title)
      + article.steps.flatMap(\.blocks).flatMap { block -> [RichText] in
        switch block {
        case .paragraph(let text), .found(let text), .leftOut(let text): [text]
        case .arithmetic(let lines): lines
        case .table(let table): [table.title] + table.columns.map(\.title) + table.rows.joined()
        case .figure, .equation, .panel, .switches: []
        }
      }
  }

  private func quantities(_ article: Article) -> [Quantity] {
    texts(article).flatMap(\.told).compactMap { run in
      if case .quantity(let quantity) = run { quantity } else { nil }
    }
  }

  private func bars(_ article: Article) -> [CountBars] {
    article.steps.flatMap(\.blocks).flatMap { block -> [CountBars] in
      guard case .figure(let figure) = block else { return [] }
      return figure.scene.panels.compactMap { payload(of: $0.mark) as? CountBars }
    }
  }

  @Test(arguments: models)
  func `both languages quote the same numbers`(model: CountedModel) {
    let articles = Language.allCases.map { ParameterAccount(of: model, in: $0).article }
    let origins = articles.map { quantities($0).map { "\($0.origin)" }.sorted() }
    #expect(origins[0] == origins[1])
    #expect(!origins[0].isEmpty)
  }

  @Test(arguments: models)
  func `every language says all of it in its own words`(model: CountedModel) {
    func isJapanese(_ text: String) -> Bool {
      text.unicodeScalars.contains { 0x3040...0x30FF ~= $0.value || 0x4E00...0x9FFF ~= $0.value }
    }
    for text in texts(ParameterAccount(of: model, beside: .gpt3, in: .en).article) {
      #expect(!isJapanese(text.plain), "\(text.plain)")
    }
    let japanese = ParameterAccount(of: model, beside: .gpt3, in: .ja).article
    for block in japanese.steps.flatMap(\.blocks) {
      switch block {
      case .paragraph(let text), .found(let text): #expect(isJapanese(text.plain))
      default: break
      }
    }
    for title in japanese.steps.map(\.title) { #expect(isJapanese(title.plain)) }
  }

  @Test(arguments: models, Language.allCases)
  func `the running total ends at the total`(model: CountedModel, language: Language) throws {
    let bars = try #require(bars(ParameterAccount(of: model, in: language).article).first)
    let kinds = bars.rows.dropLast()
    let sum = try #require(bars.rows.last)
    // Of GPT-3 both matrices of the vocabulary are counted, as its chapter does; elsewhere one that is both once.
    let total = model.name == "gpt-3" ? model.count.weights : model.count.distinctWeights
    #expect(sum.isSum && sum.count.text == Language.en.written(total))
    #expect(kinds.last?.total?.text == sum.count.text)
    #expect(kinds.map(\.count.value).reduce(0, +) == sum.count.value)
    for (row, next) in zip(kinds, kinds.dropFirst()) {
      #expect(row.start + row.count.value == next.start)
      #expect(row.total?.value == next.start)
    }
  }

  @Test(arguments: models)
  func `the parameters are said in the step that adds them up`(model: CountedModel) throws {
    let article = ParameterAccount(of: model, in: .en).article
    let step = try #require(article.steps.first { $0.id == "besides" })
    let table = step.blocks.compactMap { block -> Table? in
      if case .table(let table) = block { table } else { nil }
    }
    let last = try #require(table.first?.rows.last?.last)
    #expect(last.plain == Language.en.written(model.count.parameters))
  }

  @Test func `weights are blue and red, data grey, and the words say why`() throws {
    let article = ParameterAccount(of: .gpt3, in: .en).article
    let rows = bars(article).flatMap(\.rows)
    #expect(rows.filter { $0.role == .data }.map(\.label) == ["data"])
    #expect(rows.filter { $0.role == .weights }.count == 10)
    #expect(texts(article).contains { $0.plain.contains("blue and red") })
  }

  @Test func `twice the width is twice the embedding and four times each block`() throws {
    let article = ParameterAccount(of: Self.own, beside: .gpt2, in: .en).article
    let step = try #require(article.steps.first { $0.id == "beside" })
    let rows = step.blocks.compactMap { block -> [[RichText]]? in
      if case .table(let table) = block { table.rows } else { nil }
    }.joined()
    // The unembedding is the embedding again.
    #expect(rows.map { $0[6].plain } == ["× 2"] + Array(repeating: "× 4", count: 6) + ["–"])
  }

  @Test(arguments: [Int64.max / 64, 1 << 50, 1])
  func `sizes at the edge of 64 bits are told without a trap`(vocabulary: Int64) {
    let sizes = ModelSizes(
      layers: 1,
      heads: 1,
      width: 1,
      mlpWidth: 1,
      vocabulary: vocabulary,
      context: 1,
      isTied: true
    )
    let model = CountedModel(name: "own", title: nil, sizes: sizes, source: .own)
    let article = ParameterAccount(of: model, in: .en).article
    #expect(texts(article).contains { $0.plain.contains(Language.en.written(2 * vocabulary + 6)) })
  }
}
