/// What kinds of texts there are, and how many of each.
enum DocumentTexts {
  static let rules = """
    # document
    4* [story]
    3* [people]
    5* [nouns]
    2* [animals]
    5* [countries]
    3* [senses]
    1* [buildings]
    2* [magic]
    1* [scotland]
    9* [memory]
    3* [conversation]
    """
}
