"""Writes references.json, tiny/tokenizer.json and tiny-added/tokenizer.json: what Hugging Face's tokenizers make of
some hundred texts with the two small vocabularies beside this script.

Needs: transformers, tokenizers.   Usage: python make_references.py
"""
import json, os, random
from tokenizers import AddedToken
from transformers import GPT2TokenizerFast

HERE = os.path.dirname(os.path.abspath(__file__))
TEXTS = [
    "", " ", "  ", "   a", "a   ", "\n", "'", "'s", " 's", "  's", "''s", "x",
    "The king and the queen",
    "A machine learning model, not a fashion model!",
    "  two  spaces,\n\ttabs, it's 12345 o'clock — naïve café 東京 🗼",
    "I'm, you're, he'd, she'll, we've, don't, it's; I'M, YOU'RE, HE'D, SHE'LL, WE'VE, DON'T, IT'S; 'tis, 'second",
    "اللغة العربية جميلة، والقطط تنام ١٢٣٤٥ ؟ مُحَمَّد",
    "עברית שפה יפה, שָׁלוֹם 123",
    "ภาษาไทยเขียนติดกันไม่มีช่องว่าง ๑๒๓ กำลัง",
    "हिन्दी में लिखा हुआ वाक्य १२३ क्षत्रिय ज्ञान",
    "日本語の文章です。東京タワー🗼は、赤い。カタカナ ﾊﾝｶｸ １２３ 一二三",
    "한국어 문장입니다. 서울 123 조선말 각각",
    "中文句子,没有空格。北京 一千二百三十四 𠮷野家",
    "Русский язык: съешь ещё этих мягких французских булок ё е́",
    "Ελληνικά: ἄνθρωπος, Ὀδυσσεύς",
    "Tiếng Việt có nhiều dấu: ắ ằ ẵ ậ ợ",
    "Türkçe İstanbul ığdır çöğüş",
    "ქართული ენა አማርኛ ቋንቋ தமிழ் மொழி తెలుగు ಕನ್ನಡ മലയാളം සිංහල",
    "монгол ᠮᠣᠩᠭᠣᠯ བོད་ཡིག ភាសាខ្មែរ ລາວ မြန်မာ",
    "👨‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 🇯🇵🇩🇪 1️⃣ ☃️ 😀😃 🤷🏻‍♂️",
    "e\u0301 é A\u030a Å \u212b ﬁ ﷺ ½ ² ③ Ⅷ ⅷ ൧ ௩ 𝟘𝟙",
    "a\r\nb\r\n\r\nc\n\n\nd\te\t\tf\x0bg\x0ch\x85i\u2028j\u2029k",
    "x\u00a0y\u2003z\u3000w\u202fv\u205fu\u1680t\u200bs\ufeffr\u180eq  \u00a0 \u2003\u2003 a",
    "\x00\x01\x1b[31mred\x1b[0m\x7f\x80\x9f\x1c\x1d\x1e\x1f",
    "def f(x):\n    return x**2  # comment\n\n\tif not x:\n\t\tpass   ",
    "<|endoftext|> a<|endoftext|>b <|endoftext|><|endoftext|>\n<|endoftext|ENDOFTEXT|> <|endoftext",
    "Z̷̡͎̀a̴͚̽l̵̙͗g̸̱̈o̶͉̽ ﬃ ǅ ʰ ˈ ` ´ ¨",
    "\U000e0001\U0010ffff\ue000\ufdd0\uffff",
    "The <mask> sat, <mask>. A  <mask>\n <end>  \n the end<end>.<end>",
    "cat, cats, concat, cat_, 1cat, cat's, a cat. cat",
    "東京東京 <pad><pad>  <pad> <pa<pad>>",
]


def more(count):
    """Random pieces of the texts above, put together."""
    pick = random.Random(20240401)
    characters = "".join(TEXTS) + " " * 40 + "'" * 10
    for _ in range(count):
        yield "".join(pick.choice(characters) for _ in range(pick.randrange(1, 30)))
    for _ in range(count):
        parts = [pick.choice(TEXTS[11:]) for _ in range(3)]
        yield "".join(part[(i := pick.randrange(len(part))):i + pick.randrange(12)] for part in parts)


def tokenizer(name, **options):
    return GPT2TokenizerFast(vocab=f"{HERE}/{name}/vocab.json", merges=f"{HERE}/{name}/merges.txt", **options)


def main():
    tiny, starter = tokenizer("tiny"), tokenizer("starter")
    prefixed = tokenizer("starter", add_prefix_space=True)
    added = tokenizer("tiny")
    added.add_tokens(["東京", AddedToken("cat", single_word=True), "  "])
    added.add_special_tokens({"pad_token": "<pad>", "additional_special_tokens": [
        AddedToken("<mask>", lstrip=True), AddedToken("<end>", rstrip=True)]})
    os.makedirs(f"{HERE}/tiny-added", exist_ok=True)
    for name, one in [("tiny", tiny), ("tiny-added", added)]:
        with open(f"{HERE}/{name}/tokenizer.json", "w") as file: file.write(one.backend_tokenizer.to_str())
    cases = [{"text": text, "tiny": tiny(text).input_ids, "starter": starter(text).input_ids,
              "prefixed": prefixed(text).input_ids, "added": added(text).input_ids}
             for text in TEXTS + list(more(60))]
    with open(f"{HERE}/references.json", "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")


if __name__ == "__main__": main()
