/// What kinds of texts there are in the Japanese world, and how many of each.
enum JapaneseDocuments {
  static let rules = """
    # document
    4* [story]
    4* [people]
    4* [animals]
    6* [countries]
    3* [senses]
    3* [magic]
    6* [memory]
    4* [conversation]
    5* [things]
    2* [opposites]
    1* [rhyme]
    3* [days]
    2* [sums]
    6* [acts]
    2* [greetings]
    2* [selves]
    3* [answers]
    4* [counting]
    2* [lives]
    24* [twice]
    """
}
