/// What is told of words of two meanings.
enum SenseTexts {
  static let rules = """
    # senses
    [w=sense][meaning] [meaning] [w=sense!w][meaning] [w=sense!w][meaning] [meaning]
    [w=sense][meaning] [v=sense!w][contrast] [meaning]
    # meaning
    The [named-<w.kind>] [happening].
    This [named-<w.kind>] [happening], and <w.it> [happening].
    Our [named-<w.kind>] [happening], because <w.it> was {new|old|the best|ready}.
    Yesterday the [named-<w.kind>] [happening].
    Look at the [named-<w.kind>] that [happening]!
    # named-bare
    <w.lead> <w.word>
    # named-placed
    <w.lead> <w.word> {<w.p>|<w.q>}
    # happening
    {<w.a>|<w.b>|<w.c>}
    # contrast
    A <w.lead> <w.word> is not a <v.lead> <v.word>: the first [happening].
    """
}
