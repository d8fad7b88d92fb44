/// What kinds of texts there are, and how many of each.
enum DocumentTexts {
  static let rules = """
    # document
    4* [story]
    4* [people]
    5* [nouns]
    3* [animals]
    5* [countries]
    3* [senses]
    1* [buildings]
    2* [magic]
    1* [scotland]
    3* [memory]
    3* [conversation]
    """
}
