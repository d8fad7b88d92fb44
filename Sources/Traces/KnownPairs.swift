/// Words of which it is known what sets them apart: a relation, and English and Japanese pairs of it.
///
/// - SeeAlso: Mikolov, Yih & Zweig 2013, *Linguistic Regularities in Continuous Space Word Representations*.
public enum KnownPairs: Sendable, CaseIterable {
  /// A country, and its capital.
  case capital
  /// What a man is called, and what a woman is.
  case gender
  /// One, and many.
  case number
  /// An animal, and its young.
  case young

  /// The pairs, all the same way round.
  public var pairs: [(from: String, to: String)] {
    let text =
      switch self {
      case .capital:
        """
        France Paris, Italy Rome, Germany Berlin, Japan Tokyo, Spain Madrid, Greece Athens, Russia Moscow, China Beijing, \
        Egypt Cairo, England London, Norway Oslo, Poland Warsaw, Austria Vienna, Ireland Dublin, Canada Ottawa, \
        フランス パリ, イタリア ローマ, ドイツ ベルリン, 日本 東京, スペイン マドリード, ギリシャ アテネ, ロシア モスクワ, 中国 北京, \
        エジプト カイロ, イギリス ロンドン, ノルウェー オスロ, カナダ オタワ, 韓国 ソウル, インド デリー, タイ バンコク
        """
      case .gender:
        """
        king queen, man woman, boy girl, father mother, son daughter, brother sister, uncle aunt, husband wife, \
        prince princess, actor actress, he she, him her, himself herself, \
        王 女王, 男 女, 男の子 女の子, 父 母, 息子 娘, 兄 姉, 弟 妹, おじ おば, 夫 妻, 王子 王女, 少年 少女, 彼 彼女, \
        お父さん お母さん, おじいさん おばあさん, 俳優 女優
        """
      case .number:
        """
        cat cats, dog dogs, car cars, tree trees, book books, house houses, bird birds, horse horses, flower flowers, \
        boat boats, table tables, star stars, king kings, student students
        """
      case .young:
        """
        cat kitten, dog puppy, cow calf, sheep lamb, horse foal, lion cub, duck duckling, goat kid, \
        猫 子猫, 犬 子犬, 馬 子馬, 牛 子牛, 羊 子羊, 象 子象, 鳥 小鳥, 豚 子豚, きつね 子ぎつね
        """
      }
    return text.split(separator: ",").map { pair in
      let words = pair.split(separator: " ").map(String.init)
      return (words[0], words[1])
    }
  }

  /// The relation that a pair of tokens' texts is of, spaces around them aside.
  ///
  /// - Parameters:
  ///   - from: A token's text.
  ///   - to: Another's.
  public init?(from: String, to: String) {
    let wanted = [from, to].map { $0.filter { $0 != " " } }
    guard
      let relation = Self.allCases.first(where: { relation in
        relation.pairs.contains { [$0.from, $0.to] == wanted }
      })
    else { return nil }
    self = relation
  }
}
