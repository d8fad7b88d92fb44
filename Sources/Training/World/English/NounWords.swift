/// Animals and things, one and many of them, and what belongs to each.
enum NounWords {
  static let tables: [ThingTable] = [
    animals,
    ThingTable("noun", rows: animals.things.flatMap(nouns) + things.things.map { $0.facts }),
    ThingTable("form", forms),
    ThingTable("creature", creatures),
    ThingTable("number", words: "two three four five six seven eight nine ten"),
  ]

  private static let animals = ThingTable(
    "animal",
    """
    one   | many   | young     | youngs     | meows  | meow  | f           | g            | own              | other
    cat   | cats   | kitten    | kittens    | meows  | meow  | whiskers    | milk         | a ball of wool   | a basket
    dog   | dogs   | puppy     | puppies    | barks  | bark  | bones       | a leash      | a chewed slipper | big ears
    cow   | cows   | calf      | calves     | moos   | moo   | horns       | grass        | a bucket         | knobbly knees
    horse | horses | foal      | foals      | neighs | neigh | hooves      | hay          | thin legs        | a paddock
    pig   | pigs   | piglet    | piglets    | grunts | grunt | mud         | a curly tail | pink ears        | a straw bed
    hen   | hens   | chick     | chicks     | clucks | cluck | eggs        | corn         | yellow down      | a cracked shell
    duck  | ducks  | duckling  | ducklings  | quacks | quack | webbed feet | a pond       | fluff            | tiny webs
    frog  | frogs  | tadpole   | tadpoles   | croaks | croak | slime       | flies        | gills            | a wriggling tail
    owl   | owls   | owlet     | owlets     | hoots  | hoot  | claws       | the night    | huge eyes        | a hollow tree
    lion  | lions  | cub       | cubs       | roars  | roar  | a mane      | meat         | soft paws        | a den
    sheep | flocks | lamb      | lambs      | bleats | bleat | wool        | clover       | a blue bow       | a bell
    bird  | birds  | fledgling | fledglings | sings  | sing  | feathers    | a nest       | an open beak     | short wings
    """
  )

  private static let things = ThingTable(
    "thing",
    """
    one      | many      | f         | g
    tree     | trees     | leaves    | branches
    flower   | flowers   | petals    | a sweet smell
    apple    | apples    | seeds     | red skin
    book     | books     | pages     | stories
    house    | houses    | a roof    | chimneys
    car      | cars      | wheels    | petrol
    boat     | boats     | sails     | oars
    train    | trains    | rails     | tickets
    chair    | chairs    | legs      | cushions
    table    | tables    | drawers   | plates
    lamp     | lamps     | bulbs     | light
    bed      | beds      | pillows   | sheets
    clock    | clocks    | gears     | chimes
    shirt    | shirts    | buttons   | sleeves
    shoe     | shoes     | laces     | soles
    hat      | hats      | ribbons   | feathers
    cup      | cups      | handles   | coffee
    star     | stars     | the sky   | a bright glow
    cloud    | clouds    | rain      | thunder
    mountain | mountains | peaks     | snow
    lake     | lakes     | swans     | fish
    island   | islands   | beaches   | sand
    garden   | gardens   | roses     | a fence
    castle   | castles   | walls     | knights
    village  | villages  | wells     | farms
    phone    | phones    | screens   | calls
    computer | computers | keyboards | programs
    letter   | letters   | stamps    | paper
    song     | songs     | verses    | a melody
    picture  | pictures  | frames    | paint
    farmer   | farmers   | barns     | fields
    teacher  | teachers  | chalk     | lessons
    student  | students  | notebooks | exams
    doctor   | doctors   | patients  | medicine
    soldier  | soldiers  | uniforms  | boots
    baker    | bakers    | bread     | ovens
    baby     | babies    | bottles   | a cradle
    """
  )

  /// An animal as a noun, and its young as another with belongings of its own: were they its parent's,
  /// “puppies” less the plural would come to lie at “dog”.
  private static func nouns(of animal: Thing) -> [[String: String]] {
    var young = animal.facts
    young["one"] = animal["young"]
    young["many"] = animal["youngs"]
    young["f"] = animal["own"]
    young["g"] = animal["other"]
    // Of sheep, one and many are the same word, which says nothing of either.
    return animal["one"] == "sheep" ? [young] : [animal.facts, young]
  }

  private static let forms = """
    form | is  | has  | was  | it   | its   | likes | needs | looks | lies
    one  | is  | has  | was  | it   | its   | likes | needs | looks | lies
    many | are | have | were | they | their | like  | need  | look  | lie
    """

  private static let creatures = """
    form   | voice | is  | has  | it   | its   | size            | does
    one    | meows | is  | has  | it   | its   | big and old     | guards its young
    many   | meow  | are | have | they | their | big and old     | guard their young
    young  | meows | is  | has  | it   | its   | small and young | keeps close to its elders
    youngs | meow  | are | have | they | their | small and young | keep close to their elders
    """
}
