/// People: what men and women are called, and names.
enum PeopleWords {
  static let tables: [ThingTable] = [
    ThingTable("role", rows: pairs.things.flatMap(bothOf)),
    ThingTable("boyname", words: boyNames),
    ThingTable("girlname", words: girlNames),
    ThingTable("name", rows: names(boyNames, masculine) + names(girlNames, feminine)),
  ]

  /// A pair of words, and what people called so do, whether men or women.
  private static let pairs = ThingTable(
    "pair",
    """
    m           | f           | a                            | b                       | c
    king        | queen       | wore the golden crown        | sat on the throne       | ruled the land
    prince      | princess    | lived in the palace          | rode the white horse    | danced at the ball
    man         | woman       | worked in the office         | drove the old car       | paid the rent
    boy         | girl        | went to school               | played with a toy       | learned to read
    father      | mother      | fed the children             | cooked the dinner       | washed the clothes
    brother     | sister      | shared the bedroom           | fought over the blanket | kept the secret
    uncle       | aunt        | came to visit on Sunday      | brought presents        | sent a postcard
    husband     | wife        | wore the wedding ring        | cut the wedding cake    | kissed at the wedding
    actor       | actress     | stood on the stage           | learned the part        | played in the film
    grandfather | grandmother | slept in the rocking chair   | told tales of long ago  | forgot the glasses
    son         | daughter    | left home                    | wrote a letter home     | came home again
    wizard      | witch       | waved the wand               | stirred the potion      | cast a spell
    waiter      | waitress    | carried the tray             | brought the menu        | served the soup
    hero        | heroine     | fought the dragon            | saved the village       | drew the sword
    """
  )

  private static let masculine = [
    "he": "he", "him": "him", "his": "his", "himself": "himself", "gentleman": "gentleman",
    "beard": "beard", "suit": "suit", "sir": "sir", "names": "boyname",
  ]
  private static let feminine = [
    "he": "she", "him": "her", "his": "her", "himself": "herself", "gentleman": "lady",
    "beard": "hair", "suit": "dress", "sir": "madam", "names": "girlname",
  ]

  private static func bothOf(_ pair: Thing) -> [[String: String]] {
    func one(_ own: String, _ other: String, _ gender: [String: String]) -> [String: String] {
      var facts = pair.facts.completed(by: gender)
      facts["word"] = pair[own]
      facts["other"] = pair[other]
      return facts
    }
    return [one("m", "f", masculine), one("f", "m", feminine)]
  }

  private static func names(_ words: String, _ gender: [String: String]) -> [[String: String]] {
    ThingTable("", words: words).things.map { $0.facts.completed(by: gender) }
  }

  private static let boyNames = """
    Tom Ben Sam Max Leo Finn Hugo Paul Jack Oscar Felix Noah Adam Peter Simon David Luke Martin
    Henry Robin Theo Victor Walter Edgar
    """
  private static let girlNames = """
    Anna Mia Lily Emma Rosa Clara Ella Sophie Lucy Nora Alice Julia Sarah Maria Eva Hannah Ruth
    Laura Helen Grace Ida Vera Olga Molly
    """
}
