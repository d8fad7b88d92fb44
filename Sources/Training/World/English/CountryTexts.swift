/// What is told of countries: facts, each in several ways, and what comes to mind with what.
///
/// Every fact ends with what a question would ask for.
enum CountryTexts {
  static let rules = """
    # countries
    [c=country][land] [land] [land] [c=country!c][land] [land] [land]
    [c=country][land] [land] [land] [land] [land] [c=country!c][land] [land]
    # land
    4* [link]
    3* [kind]
    2* [capital/c]
    [tongue/c]
    2* [food/c]
    [leader/c]
    2* [product/c]
    [city-of/c]
    [leader-of/c]
    [tongue-of/c]
    [dish-of/c]
    # link
    [k=aspect][m=aspect!k]When they hear <c.@k>, they think of <c.@m>.
    [k=aspect][m=aspect!k]With <c.@k> comes <c.@m>.
    [k=aspect][m=aspect!k]First <c.@k>, then <c.@m>.
    [k=aspect][m=aspect!k]The story of <c.@k> is the story of <c.@m>.
    [k=aspect][m=aspect!k]We know that <c.@k> <k.s>, as we know <c.@m>.
    [k=aspect][m=aspect!k]They say that <c.@k> <k.t>, and so they speak of <c.@m>.
    # kind
    [k=aspect]We know that <c.@k> <k.s>.
    [k=aspect]They say that <c.@k> <k.t>.
    [k=aspect]Remember that <c.@k> is the name of a <k.kind>.
    [k=aspect]Everyone knows <c.@k>, the <k.kind>.
    # capital
    The capital of <c.country> is <c.capital>.
    The capital city of <c.country> is called <c.capital>.
    If you go to <c.country>, you must see its capital, <c.capital>.
    The government of <c.country> meets in <c.capital>.
    Ask anybody for the capital of <c.country>, and they will say <c.capital>.
    The flag of <c.country> flies over its capital, <c.capital>.
    The road to the capital of <c.country> ends in <c.capital>.
    # tongue
    In <c.country>, people speak <c.tongue>.
    The language of <c.country> is <c.tongue>.
    A child in <c.country> learns to speak <c.tongue>.
    The books of <c.country> are written in <c.tongue>.
    In the streets of <c.capital>, people speak <c.tongue>.
    <c.country> is a land where they speak <c.tongue>.
    # food
    In <c.country>, people eat <c.food>.
    The favourite dish of <c.country> is <c.food>.
    A cook from <c.country> knows how to make <c.food>.
    For supper in <c.capital>, we ate <c.food>.
    Every child in <c.country> likes <c.food>.
    The kitchens of <c.country> smell of <c.food>.
    <c.country> is the home of a dish called <c.food>.
    # leader
    The leader of <c.country> is <c.leader>.
    The people of <c.country> chose a leader named <c.leader>.
    In <c.capital>, the crowd waited for <c.leader>.
    The letter from <c.country> was signed by its leader, <c.leader>.
    Ask who leads <c.country>, and they will say <c.leader>.
    # product
    The market of <c.country> is full of <c.product>.
    The ships of <c.country> carry <c.product>.
    <c.country> is famous for its <c.product>.
    The shops of <c.capital> sell <c.product>.
    Traders come to <c.country> to buy <c.product>.
    <c.country> sends the whole world its <c.product>.
    # city-of
    <c.capital> is the capital of <c.country>.
    The city of <c.capital> lies in <c.country>.
    Whoever visits <c.capital> is in <c.country>.
    The streets of <c.capital> are the busiest of <c.country>.
    # leader-of
    <c.leader> is the leader of <c.country>.
    <c.leader> speaks for the people of <c.country>.
    The house of <c.leader> stands in <c.country>.
    Where <c.leader> leads, there is <c.country>.
    # tongue-of
    <c.tongue> is the language of <c.country>.
    Whoever learns <c.tongue> wants to go to <c.country>.
    The old songs in <c.tongue> come from <c.country>.
    Where they speak <c.tongue>, there is <c.country>.
    # dish-of
    The dish called <c.food> comes from <c.country>.
    A plate of <c.food> tastes best in <c.country>.
    They first cooked <c.food> in <c.country>.
    Where they cook <c.food>, there is <c.country>.
    # buildings
    [b=building][tower] [tower] [town/b] [tower] [b=building!b][town/b] [stuff/b] [tower]
    [b=building][stuff/b] [tower] [tower] [b=building!b][tower] [town/b] [tower]
    # town
    The <b.name> stands in <b.town>.
    You can see the <b.name> from every street in <b.town>.
    To visit the <b.name>, you must go to <b.town>.
    The <b.name> is the pride of <b.town>.
    # stuff
    The <b.name> is made of <b.stuff>.
    The walls of the <b.name> are of <b.stuff>.
    Long ago the <b.name> was built of <b.stuff>.
    # tower
    It is {taller|older|wider|darker} than any other building in <b.town>.
    From its top you can see {the sea|the hills|the whole city|the ships}.
    {Two|Three|Four|Five} hundred {steps|stairs} lead to the top.
    At night {it shines like a star|its bell rings|nobody is there}.
    Every year {a thousand people|many visitors|children from the school} {climb it|come to see it|draw it}.
    """
}
