/// The school of magic, where who likes whom is told early and needed late.
enum MagicTexts {
  static let rules = """
    # magic
    [s=name][p=professor][q=professor!p]At the school of magic, <s.word>'s least favourite teacher was Professor <p.name>. [likes] [lesson] [lesson] [late]
    [s=name][p=professor][q=professor!p]At the school of magic, <s.word>'s favourite teacher was Professor <q.name>. [dislikes] [lesson] [lesson] [late]
    2* [p=professor][teaches/p] [habit] [place/p] [q=professor!p][p=professor!p][teaches/p] [habit] [place/p]
    2* [p=professor][place/p] [teaches/p] [place/p] [q=professor!p][p=professor!p][place/p] [habit] [teaches/p] [place/p]
    # likes
    ^<s.he> liked Professor <q.name> much better.
    But <s.he> liked Professor <q.name>, who was kind.
    # dislikes
    ^<s.he> did not like Professor <p.name> at all; no teacher was less of a favourite.
    But <s.his> least favourite teacher was Professor <p.name>.
    # lesson
    At dawn the {bell|rooster|drum} woke the students, and they ate {porridge|toast|pancakes} in the hall.
    The {cauldrons|candles|brooms|books} flew {over the tables|through the window|up to the ceiling}, and everyone {laughed|screamed|clapped}.
    That day <s.word> {learned a new spell|broke a wand|lost a broom|turned a cup into a {frog|hat|stone}}.
    It rained, so the lesson was {in the hall|short|long|about the weather}.
    # late
    In the evening <s.word> hid behind the door, for along the corridor came <s.his> least favourite teacher, Professor <p.name>.
    Who was waiting at the gate? It was <s.word>'s least favourite teacher, Professor <p.name>.
    Then <s.word> {smiled|ran}, for there stood <s.his> favourite teacher, Professor <q.name>.
    # teaches
    Professor <p.name> teaches <p.subject>.
    If you want to learn from Professor <p.name>, you must learn <p.subject>.
    The subject of Professor <p.name> is <p.subject>.
    Every year Professor <p.name> gives lessons in <p.subject>.
    # place
    You will find Professor <p.name> in the <p.room>.
    The lessons of Professor <p.name> are in the <p.room>.
    After supper Professor <p.name> goes to the <p.room>.
    # habit
    Professor <p.name> has <p.look>.
    The students know Professor <p.name> by <p.look>.
    """
}
