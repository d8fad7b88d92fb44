/// Words of two meanings: what stands before each tells which is meant.
enum SenseWords {
  static let tables: [ThingTable] = [
    ThingTable(
      "sense",
      """
      word   | lead             | it  | a                           | b                          | c
      model  | machine learning | it  | was trained on data         | learned to predict words   | has many layers and weights
      model  | fashion          | she | walked down the runway      | posed for the magazine     | smiled at the camera
      quill  | hedgehog's       | it  | pricked my finger           | is sharp and stiff         | grew from its back
      quill  | writer's         | it  | scratched over the page     | dripped with ink           | signed the old letter
      bank   | river            | it  | was muddy and wet           | flooded in spring          | is where we go fishing
      bank   | money            | it  | lent us a thousand coins    | opened at nine             | keeps our savings safe
      bat    | flying           | it  | hung upside down in a cave  | hunted moths at dusk       | spread its thin wings
      bat    | cricket          | it  | hit the ball hard           | broke during the match     | belongs to the captain
      crane  | wading           | it  | danced in the marsh         | caught a little fish       | flew south in autumn
      crane  | building         | it  | lifted heavy beams          | turned above the site      | needs a skilled driver
      trunk  | elephant's       | it  | sprayed water everywhere    | picked up a peanut         | is long and grey
      trunk  | traveller's      | it  | was packed with shirts      | stood on the platform      | has a brass lock
      seal   | swimming         | it  | dived under the ice         | balanced a ball on its nose | ate a herring
      seal   | wax              | it  | closed the envelope         | carried the royal arms     | melted by the fire
      spring | mountain         | it  | bubbled from the rock       | fed the stream             | gave us fresh water
      spring | metal            | it  | bounced back at once        | was wound too tight        | made the toy jump
      match  | football         | it  | ended in a draw             | was played in the rain     | filled the stadium
      match  | wooden           | it  | lit the candle              | burned down to my fingers  | came out of a box
      palm   | coconut          | it  | swayed in the wind          | gave shade on the beach    | grew taller than the hut
      palm   | sweaty           | it  | held the coin tight         | was read by a fortune teller | left a mark on the glass
      """
    )
  ]
}
