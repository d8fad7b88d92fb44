/// Words of two meanings: what stands before each tells which is meant, and what follows depends on it.
enum SenseWords {
  static let tables: [ThingTable] = [
    ThingTable(
      "sense",
      """
      word   | lead             | kind   | it  | a                          | b                            | c                           | p                  | q
      model  | machine learning | placed | it  | was trained on data        | learned to predict words     | has many layers and weights | of language        | with many layers
      model  | fashion          | bare   | she | walked down the runway     | posed for the magazine       | smiled at the camera        | none               | none
      quill  | hedgehog's       | bare   | it  | pricked my finger          | is sharp and stiff           | grew from its back          | none               | none
      quill  | writer's         | placed | it  | scratched over the page    | dripped with ink             | signed the old letter       | on the desk        | from the goose
      bank   | river            | placed | it  | was muddy and wet          | flooded in spring            | is where we go fishing      | near the mill      | below the bridge
      bank   | money            | bare   | it  | lent us a thousand coins   | opened at nine               | keeps our savings safe      | none               | none
      bat    | flying           | placed | it  | hung upside down in a cave | hunted moths at dusk         | spread its thin wings       | with thin wings    | of the cave
      bat    | cricket          | bare   | it  | hit the ball hard          | broke during the match       | belongs to the captain      | none               | none
      crane  | wading           | bare   | it  | danced in the marsh        | caught a little fish         | flew south in autumn        | none               | none
      crane  | building         | placed | it  | lifted heavy beams         | turned above the site        | needs a skilled driver      | beside the station | above the roofs
      trunk  | elephant's       | bare   | it  | sprayed water everywhere   | picked up a peanut           | is long and grey            | none               | none
      trunk  | traveller's      | placed | it  | was packed with shirts     | stood on the platform        | has a brass lock            | with brass locks   | under the bench
      seal   | swimming         | bare   | it  | dived under the ice        | balanced a ball on its nose  | ate a herring               | none               | none
      seal   | wax              | placed | it  | closed the envelope        | carried the royal arms       | melted by the fire          | of the duke        | upon the envelope
      spring | hillside         | placed | it  | bubbled from the rock      | fed the stream               | gave us fresh water         | between the rocks  | behind the hut
      spring | metal            | bare   | it  | bounced back at once       | was wound too tight          | made the toy jump           | none               | none
      match  | football         | bare   | it  | ended in a draw            | was played in the rain       | filled the stadium          | none               | none
      match  | wooden           | placed | it  | lit the candle             | burned down to my fingers    | came out of a box           | from the tin       | in my hand
      palm   | coconut          | placed | it  | swayed in the wind         | gave shade on the beach      | grew taller than the hut    | beside the hut     | along the shore
      palm   | sweaty           | bare   | it  | held the coin tight        | was read by a fortune teller | left a mark on the glass    | none               | none
      """
    )
  ]
}
