/// Countries, and what belongs to each.
enum CountryWords {
  static let tables: [ThingTable] = [
    ThingTable(
      "country",
      """
      country | capital | tongue    | food     | leader | product
      Italy   | Rome    | Italian   | pasta    | Marco  | olives
      Germany | Berlin  | German    | sausage  | Otto   | beer
      Japan   | Tokyo   | Japanese  | sushi    | Kenji  | rice
      France  | Paris   | French    | cheese   | Pierre | wine
      Spain   | Madrid  | Spanish   | paella   | Carlos | oranges
      Greece  | Athens  | Greek     | feta     | Nikos  | figs
      Russia  | Moscow  | Russian   | borscht  | Ivan   | furs
      China   | Beijing | Chinese   | noodles  | Wei    | silk
      India   | Delhi   | Hindi     | curry    | Raj    | spices
      Egypt   | Cairo   | Arabic    | falafel  | Omar   | dates
      England | London  | English   | pudding  | Arthur | coal
      Norway  | Oslo    | Norwegian | salmon   | Erik   | skis
      """
    ),
    ThingTable(
      "aspect",
      """
      form    | kind     | s                          | t
      country | country  | has borders and a flag     | lies between its neighbours
      capital | city     | has streets and a station  | is full of traffic
      tongue  | language | has words and a grammar    | is spoken and written
      food    | dish     | is cooked with salt        | tastes good at supper
      leader  | leader   | gave a speech              | shook hands with the crowd
      product | product  | fill the ships             | cost much at the market
      """
    ),
    ThingTable(
      "building",
      """
      name         | town   | stuff
      Iron Tower   | Paris  | iron
      Clock Tower  | London | brick
      Leaning Tower | Rome  | marble
      Red Tower    | Moscow | granite
      Glass Tower  | Tokyo  | glass
      Old Bridge   | Athens | stone
      Green Temple | Beijing | bamboo
      Great Hall   | Oslo   | oak
      """
    ),
  ]
}
