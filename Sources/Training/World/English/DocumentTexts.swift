/// What kinds of texts there are, and how many of each.
enum DocumentTexts {
  static let rules = """
    # document
    4* [story]
    4* [people]
    5* [nouns]
    2* [animals]
    6* [countries]
    3* [senses]
    1* [buildings]
    3* [magic]
    1* [scotland]
    7* [memory]
    3* [conversation]
    """
}
