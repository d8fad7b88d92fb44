/// Things named once and asked for later.
enum MemoryTexts {
  static let rules = """
    # memory
    2* [n=name]My {friend|neighbour|cousin|teacher} is called <n.word>. [talk-on] [ask-name]
    2* [n=name]The name on the door was <n.word>. [talk-on] [ask-door]
    [n=name][t=treasure][h=hiding]<n.word> put the <t.word> into the <h.word>. [talk-on] [ask-thing]
    [n=name][t=treasure][m=name!n]<n.word> has a <t.word>, and <m.word> has a [u=treasure!t]<u.word>. [chatter] [chatter] [ask-owner]
    2* [n=name][m=name!n][meeting-two] [chatter] [parting]
    [n=name][m=name!n][meeting-two] [talk-on] [parting]
    2* [n=name][knock] [talk-on] [leave]
    # meeting-two
    <n.word> met <m.word> {in the street|at the market|near the mill}. "[greeting], <m.word>," said <n.word>. "[greeting], <n.word>," said <m.word>.
    "[greeting], <n.word>," said <m.word>. "[greeting], <m.word>," answered <n.word>.
    # parting
    "Goodbye, <m.word>," said <n.word>. "Goodbye, <n.word>," said <m.word>.
    "Come back soon, <n.word>," said <m.word>, and <n.word> smiled. "Goodbye, <m.word>," said <n.word>.
    # knock
    Someone knocked at the door. "Who is there?" they asked. "It is <n.word>." "Come in, <n.word>!" And <n.word> came in.
    One {morning|evening|night}, <n.word> came to the inn. "What is your name?" they asked. "My name is <n.word>." "Sit down, <n.word>!"
    # leave
    "Goodbye, <n.word>," they said. "Come back soon, <n.word>!"
    At midnight <n.word> went home. "Where is <n.word>?" they asked.
    # greeting
    {Good morning|Good evening|Hello|Good night}
    # talk-on
    2* [chatter]
    [chatter] [chatter]
    [chatter] [chatter] [chatter]
    [chatter] [chatter] [chatter] [chatter]
    [chatter] [chatter] [chatter] [chatter] [chatter]
    # chatter
    Outside it was {cold|warm|dark|raining|snowing}, and the {wind|church bells|children|dogs} could be heard {all day|in the street|from far away}.
    In the kitchen there was {soup|bread|tea|cake} for everyone, and a {fire|lamp|candle} burned near the {window|stairs|door}.
    Someone {sang|laughed|knocked|whistled}, {then|and} the {door|window|gate} was {opened|closed} again.
    We talked about the {weather|harvest|news|holidays|price of bread} for {an hour|a long time|two hours}.
    The {piano|radio|kettle} was {broken|loud|new}, so we {waited|listened|read a book} until {noon|midnight|four}.
    # memory-name
    [n=name]My friend is called <n.word>.
    [n=name]The name on the door was <n.word>.
    # memory-chatter
     [chatter]
    # memory-question
     What was the name again? It was
    # ask-name
    What is my {friend|neighbour|cousin|teacher} called? The name is <n.word>.
    What was the name again? It was <n.word>.
    # ask-thing
    Where is the <t.word>? It is in the <h.word>. Who put it there? It was <n.word>.
    Who put the <t.word> there? It was <n.word>. And where is it? It is in the <h.word>.
    # ask-owner
    Who has the <t.word>? It is <n.word>. And who has the <u.word>? It is <m.word>.
    Who has the <u.word>? It is <m.word>. And who has the <t.word>? It is <n.word>.
    # ask-door
    What was the name on the door? It was <n.word>.
    What was the name again? It was <n.word>.
    Do you remember the door? The name is <n.word>.
    """
}
