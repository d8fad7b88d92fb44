/// What is told of words of two meanings.
enum SenseTexts {
  static let rules = """
    # senses
    [w=sense][meaning] [meaning] [w=sense!w][meaning] [w=sense!w][meaning] [meaning]
    [w=sense][meaning] [v=sense!w][contrast] [meaning]
    # meaning
    The <w.lead> <w.word> [happening].
    This <w.lead> <w.word> [happening], and <w.it> [happening].
    Our <w.lead> <w.word> [happening], because <w.it> was {new|old|the best|ready}.
    Yesterday the <w.lead> <w.word> [happening].
    Look at the <w.lead> <w.word> that [happening]!
    # happening
    {<w.a>|<w.b>|<w.c>}
    # contrast
    A <w.lead> <w.word> is not a <v.lead> <v.word>: the first [happening].
    """
}
