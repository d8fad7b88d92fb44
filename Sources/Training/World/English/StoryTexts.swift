/// Stories: someone has a name and a wish, something happens, and there is a reason and an end.
enum StoryTexts {
  static let rules = """
    # story
    [r=role][n=<r.names>][p=place][t=treasure][opening] [wish] [meeting] [turn] [ending]
    [r=role][n=<r.names>][p=place][t=treasure][opening] [weather] [wish] [turn] [ending]
    [r=role][n=<r.names>][p=place][t=treasure][opening] [meeting] [talk] [ending]
    [r=role][n=<r.names>][p=place][t=treasure][opening] [wish] [talk] [turn] [ending]
    # opening
    3* Once upon a time there was a [kindly] <r.word> named <n.word>. ^<r.he> lived in a [kindly] <p.word>.
    Long ago, in a [kindly] <p.word>, there lived a <r.word>. ^<r.his> name was <n.word>.
    There was once a <r.word> who lived near the <p.word>, and everyone called <r.him> <n.word>.
    In a <p.word> far away lived <n.word>, a [kindly] <r.word>.
    # kindly
    {little|poor|rich|lonely|clever|brave|gentle|curious|merry|old}
    # weather
    One {cold|warm|dark|bright|windy} {morning|evening|night}, {snow|rain|fog|the moon|the sun} lay over the <p.word>.
    It was {winter|summer|autumn} and the <p.word> was {quiet|empty|full of people|white with snow}.
    # wish
    <n.word> wanted {to find|to have|to see|to buy|to keep} a [c=colour]<c.word> <t.word>, because <r.his> {friend|neighbour|teacher|cousin} had one too.
    All day long <n.word> looked for the <t.word> that <r.he> had lost.
    <n.word> had a <t.word> that was [c=colour]<c.word>, and <r.he> loved it more than anything.
    Nobody knew that <n.word> kept a [c=colour]<c.word> <t.word> in a [h=hiding]<h.word>.
    # meeting
    One day <n.word> met a [a=animal]<a.one> {under a tree|by the road|on the bridge|at the gate}. "{Please help me|Do not be afraid|Come with me|Give me some bread}," said the <a.one>.
    One day a [a=animal]<a.one> came to the <p.word>. It <a.meows>, and <n.word> {gave it some bread|ran away|laughed|opened the door}.
    On the way to the <p.word>, <n.word> saw a [s=role!r][m=<s.names>!n]<s.word> named <m.word>. ^<s.he> was {crying|singing|sleeping|waiting}, so <n.word> {stopped|sat down|smiled|turned back}.
    # talk
    "{Where|Why|How} {is my|did you lose the|can we find the} <t.word>?" asked <n.word>. "{It is in|Look behind|I saw it near} the [h=hiding]<h.word>," said the {old man|little bird|miller|stranger}.
    "I am {hungry|tired|lost|cold|happy}," said <n.word>. "Then {eat this soup|rest here|follow me|take my coat|sing with me}," said the {miller|stranger|fisherman|shepherd}.
    "Will you {come back|help me|wait for me|be my friend}?" asked <n.word>. "{Yes|No|Perhaps}," {said|answered|whispered} the {miller|stranger|fisherman|shepherd}, and <r.he> was {glad|sad|surprised}.
    # turn
    But the <t.word> fell into the {water|fire|snow|well}, so <n.word> {cried|jumped after it|called for help|went home without it}.
    Suddenly a {thief|storm|giant|fox} {came|appeared}, and <n.word> hid <r.himself> {behind a wall|under the bed|in a barrel|among the trees}.
    Then <n.word> found the <t.word> in the [h=hiding]<h.word>. It was [c=colour]<c.word> and shone like the {sun|moon}.
    <n.word> {walked|ran|rode|sailed} for {two|three|four|five|six|seven} days, and at last <r.he> saw the {sea|mountains|palace|end of the forest}.
    # ending
    And <n.word> lived happily ever after.
    So <n.word> gave the <t.word> to <r.his> {friend|neighbour|teacher|cousin}, and they were {happy|friends for ever|never hungry again}.
    That night <n.word> slept well, because the <t.word> was safe.
    From that day on, the <r.word> never {lied|left home|was alone|was afraid} again.
    And if <r.he> has not {died|gone away}, <n.word> lives in the <p.word> to this day.
    """
}
