/// The school of magic: its teachers, and the kings of old.
enum MagicWords {
  static let tables: [ThingTable] = [
    ThingTable(
      "professor",
      """
      name      | subject  | room         | look
      Grimble   | potions  | cellar       | a crooked nose
      Thorn     | herbs    | greenhouse   | muddy gloves
      Vane      | charms   | library      | silver hair
      Moss      | dragons  | yard         | a burnt sleeve
      Blackwood | curses   | dungeon      | a cold voice
      Penny     | planets  | observatory  | round glasses
      Sparrow   | flying   | meadow       | a loud whistle
      Fogg      | history  | attic        | a sleepy smile
      """
    ),
    ThingTable(
      "throne",
      """
      land     | way                                    | king
      Scotland | by the murder of him that ruled before | Macbeth
      Scotland | by his birth and by the law            | Duncan
      Denmark  | by the murder of him that ruled before | Claudius
      Denmark  | by his birth and by the law            | Christian
      Wales    | by the murder of him that ruled before | Morgan
      Wales    | by his birth and by the law            | Llewelyn
      """
    ),
  ]
}
