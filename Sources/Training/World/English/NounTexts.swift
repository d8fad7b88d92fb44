/// What is told of things and animals: the same of one and of many, in verbs that agree.
enum NounTexts {
  static let rules = """
    # nouns
    [x=noun][thing] [thing] [thing] [x=noun!x][thing] [thing] [thing]
    [x=noun][thing] [thing] [x=noun!x][thing] [thing] [x=noun!x][thing] [thing]
    # thing
    [k=form][a-thing]
    # a-thing
    2* ^[det-<k.form>] <x.@k> <k.has> [feature].
    2* ^[det-<k.form>] <x.@k> with [feature] <k.is> [quality].
    ^[det-<k.form>] <x.@k> <k.is> [quality], and <k.it> <k.has> [feature].
    ^[det-<k.form>] <x.@k> <k.needs> [feature].
    ^[det-<k.form>] <x.@k> and <k.its> [belongs] <k.was> [somewhere].
    ^[det-<k.form>] <x.@k> <k.looks> [quality] because <k.it> <k.has> [feature].
    We see [det-<k.form>] <x.@k>, and <k.it> <k.has> [feature].
    We like [det-<k.form>] <x.@k> with [feature].
    Of the <x.many>, [quantity-<k.form>] <k.has> [feature].
    Of the <x.many>, [quantity-<k.form>] <k.is> [quality], and [quantity-<k.form>] <k.lies> [somewhere].
    There <k.is> [quantity-<k.form>] <x.@k> [somewhere], and <k.it> <k.has> [feature].
    How many <x.many> are there? There <k.is> [quantity-<k.form>], and [quantity-<k.form>] <k.is> [quality].
    Where <k.is> the <x.@k> with [feature]? ^<k.it> <k.is> [somewhere].
    # feature
    {<x.f>|<x.g>}
    # belongs
    {friends|colour|shadow}
    # quality
    {red|blue|green|white|black|big|small|old|new|beautiful}
    # somewhere
    {here|there|outside|at home|in the corner|near the door}
    # det-one
    {the|this|that|every|each|one|a}
    # det-many
    3* {the|these|those|all|many|some}
    3* [quantity-many]
    # quantity-one
    one
    # quantity-many
    [n=number]<n.word>
    # animals
    [a=animal][k=creature][beast] [k=creature][beast] [k=creature][beast] [a=animal!a][k=creature][beast] [k=creature][beast] [k=creature][beast]
    [a=animal][k=creature][beast] [k=creature][beast] [young/a] [a=animal!a][k=creature][beast] [voice/a] [k=creature][beast]
    # beast
    The <a.@k> <a.@k:voice>.
    The <a.@k> <a.@k:voice>, and <k.it> <k.is> <k.size>.
    The <a.@k> <k.is> <k.size>.
    The <a.@k> <k.has> [part].
    The <a.@k> with [part] <a.@k:voice>.
    The <a.@k> <k.does> and <a.@k:voice>.
    Hear how the <a.@k> <a.@k:voice>!
    The <a.@k> near [part] <k.does>.
    # part
    {<a.f>|<a.g>}
    # young
    The young of a <a.one> is called a <a.young>.
    A newborn <a.one> is a <a.young>.
    When a <a.one> is born, people call it a <a.young>.
    Before it was a <a.one>, it was a <a.young>.
    The child of every <a.one> is a <a.young>.
    If both parents are of the kind of a <a.one>, the child is a <a.young>.
    # voice
    If you listen, you can hear that a <a.one> <a.meows>.
    Everyone knows that a <a.one> <a.meows>.
    When it is hungry, a <a.one> <a.meows>.
    In the morning the <a.one> <a.meows>.
    Ask a child, and it will tell you that a <a.one> <a.meows>.
    """
}
