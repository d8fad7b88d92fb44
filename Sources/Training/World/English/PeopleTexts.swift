/// What is told of people: the same of men and of women, in words that agree.
enum PeopleTexts {
  static let rules = """
    # people
    [r=role][person] [person] [person] [r=role!r][person] [person] [person]
    [r=role][person] [person] [r=role!r][person] [person] [r=role!r][person] [person]
    # person
    The <r.word> <r.himself> [deed].
    The <r.word> [deed], and <r.he> was [glad].
    The <r.word> [deed], because <r.he> was [glad].
    The <r.word> lost <r.his> [belonging].
    The <r.word> is a [good] <r.gentleman>.
    The <r.word> with the long <r.beard> [deed].
    The <r.word> put on <r.his> {new|old|best} <r.suit> and [deed].
    "{Good morning|Good night|Thank you}, <r.sir>," they said to the <r.word>.
    The <r.word> saw <r.himself> in the mirror.
    The <r.word>, a [good] <r.gentleman>, [deed].
    A <r.word> like <r.him> [deed] every day.
    Nobody but the <r.word> [deed], and <r.he> did so alone.
    When the <r.word> [deed], they looked at <r.him>.
    That is the <r.word> who [deed]; <r.he> is [good].
    # deed
    3* <r.a>
    3* <r.b>
    3* <r.c>
    laughed
    sang a song
    slept all day
    # glad
    {glad|happy|tired|proud|sad|hungry|brave|late}
    # good
    {good|kind|brave|clever|proud|strange|quiet|famous}
    # belonging
    {ring|key|glove|coat|watch|purse|bag|umbrella}
    """
}
