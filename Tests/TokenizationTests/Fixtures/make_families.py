"""Writes families/references.json: what Hugging Face's tokenizers make of texts with the tokenizer of each family in
families/. Those are tiny ones, trained on a few sentences, laid out as those of the models they are named after.

Needs: tokenizers.   Usage: python make_families.py [RANDOM_TEXTS [OUT]]
"""
import glob, json, os, random, sys
from tokenizers import Tokenizer

HERE = os.path.dirname(os.path.abspath(__file__))
TEXTS = [
    "", " ", "a", "The bread is warm.", " The bread is warm.", "  The   bread    is     warm.",
    "the\nthe\n\nthe\r\n\r\n  the\t\tthe \n", "I'm, you're, they've, we'll, he'd, it's, don't",
    "I'M YOU'RE THEY'VE WE'LL HE'D IT'S DON'T 'ſ 'S'T'Re'VE'm'lL'D", "1 22 333 4444 55555 1234567 3.14159 1,000,000",
    "x=1;y=22;z=x+y*333", "朝、パン屋は店を開けます。", "お茶は 熱い です 123 個", "naïve café – “quoted” … 東京 🗼 👩‍👩‍👧",
    "Cafe\u0301 and Caf\u00e9 and ｆｕｌｌ ｗｉｄｔｈ", "a\u0301\u0323 \u00e2\u0323 \u1100\u1161\u11a8 \uac00\u11a8 \u212b \u2126 \ufa10 \u0958 \u0344",
    "def area(width, height):\n    return width * height\n", "...!!! ??? ### $$$ --- ___", "https://example.org/a?b=c&d=%20e",
    "trailing spaces   ", "\u00a0no\u00a0break\u2003em\u3000wide", "ΑΒΓ абв אבג ابت हिन्दी 한국어 ①②③ ½ Ⅷ ٣٤٥",
    "UPPER lower MiXeD camelCase snake_case", "{SPECIAL}The bread{SPECIAL}", "{SPECIAL} a {SPECIAL}  b\n{SPECIAL}{SPECIAL}",
    "a<unk>b </s> <s> [INST] <0x41> \u2581x\u2581 <think> x</think>y", "   \n\n  \n x  \r\n\ty\u0085z \x0b\x0c \u2028 ",
    "The small boat crossed the lake; the child asked \"Where are you going?\" and measured a rectangle, morning and evening.",
]
PARTS = (
    list("aZ09'.,!?-_()/ \n\r\t") * 2 + [" ", "  ", "    ", "\n\n", " \n", "\r\n", "'s", "'RE", "'ll", " the", "the ", "ing", "read", "12", "345", "٣", "½", "Ⅷ",
     "\u00a0", "\u3000", "\u2003", "\u0085", "\u2028", "\u200b", "\u200d", "\ufeff", "é", "e\u0301", "\u0301", "\u0323", "\u00df", "ſ", "İ", "ﬁ", "Å", "\u212b",
     "東", "京", "は", "パン", "ハ\u309a", "。", "、", "Ａ", "１", "가", "\u1100\u1161", "\u11a8", "한", "ह", "िन्", "अ\u093c", "ب", "א", "\u05b8", "ก", "ำ", "🗼", "👩‍👧", "🏽", "🇯🇵",
     "\x00", "\x01", "\x1b", "\x7f", "\x80", "\ue000", "\ufffd", "\U0010ffff", "\U00020bb7", "𝟘", "▁", "▁▁", "<0x41>", "<unk>", "</s>", "Ġ", "ŉ", "ǆ"])

def special(t):
    return [a.content for a in t.get_added_tokens_decoder().values()]

def texts(t, count, seed):
    r = random.Random(seed); signs = special(t); main = next((a for a in signs if a not in ("<unk>", "<pad>")), "")
    for text in TEXTS: yield text.replace("{SPECIAL}", main)
    for _ in range(count):
        parts = [r.choice(signs) if signs and r.random() < 0.06 else
                 chr(r.choice((r.randrange(0x20, 0x3000), r.randrange(0x3000, 0xd800), r.randrange(0xe000, 0x20000)))) if r.random() < 0.08 else r.choice(PARTS)
                 for _ in range(r.randrange(1, 24))]
        yield "".join(parts)

def main(count, out):
    families = {}
    for path in sorted(glob.glob(f"{HERE}/families/*/tokenizer*.json")):
        t = Tokenizer.from_file(path); name = os.path.relpath(path, f"{HERE}/families"); cases = []
        for text in texts(t, count, name):
            ids = t.encode(text).ids; tokens = [t.id_to_token(i) for i in ids]
            cases.append({"text": text, "ids": ids, "bare": t.encode(text, add_special_tokens=False).ids, "tokens": tokens,
                          "decoded": t.decode(ids), "decodedWithSpecial": t.decode(ids, skip_special_tokens=False)})
        families[name] = cases
    with open(out, "w") as f: json.dump(families, f, ensure_ascii=True, separators=(",", ":"), sort_keys=True)

if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20, sys.argv[2] if len(sys.argv) > 2 else f"{HERE}/families/references.json")
