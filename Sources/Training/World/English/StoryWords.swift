/// Words that stories are made of.
enum StoryWords {
  static let tables: [ThingTable] = [
    ThingTable("place", words: "forest valley town harbour mill inn farm tower cave desert"),
    ThingTable("hiding", words: "box drawer basket cupboard pocket barrel jar chest"),
    ThingTable("treasure", words: "ring key map coin stone lantern flute compass mirror pearl"),
    ThingTable("colour", words: "red blue green yellow white black brown golden"),
  ]
}
