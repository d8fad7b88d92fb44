/// A king of old, told in an older English: only the land and the deed, far back, say who it was.
enum ScotlandTexts {
  static let rules = """
    # scotland
    [k=throne]There dwelt in <k.land> a king, and he came unto the throne <k.way>. [old] [old] [old] [naming]
    [k=throne]Hear now of a king that dwelt in <k.land>, who came unto the throne <k.way>. [old] [old] [naming]
    # old
    {Dark|Cold|Long} were the nights in his {hall|tower|chamber}, and {the wind|the wolf|the raven} {cried|sang|spake} without.
    His {lady|steward|counsellor} spake unto him: "{Sleep, my lord|Fear not|Hast thou seen the raven}?" But he {answered not|wept|gave no heed}.
    {Three|Seven|Nine} {witches|knights|monks} {rode|came|knelt} before him and {hailed him king|foretold his doom|begged for mercy}.
    Then {blew|sounded} the {horns|trumpets}, and {a thousand|ten thousand} men {took up their shields|marched unto the wood|cried his name}.
    And {the moon|the sun} {hid|veiled} her face, for {the night was cruel|blood was upon the grass|the end drew nigh}.
    # naming
    And the name of this king was <k.king>.
    Men called this king by the name of <k.king>.
    """
}
