"""Writes special-tokens.json: small tokenizer folders in many combinations, and the ids that
transformers' AutoTokenizer gives a few texts in each. Run with transformers 5 installed."""

import copy
import json
import os
import random
import shutil
import tempfile

os.environ["HF_HUB_OFFLINE"] = "1"
import transformers
from transformers import AutoTokenizer

transformers.logging.set_verbosity_error()
NAMES = ["<s>", "</s>", "<pad>", "<|endoftext|>", "<x>", "<y>", "user", "the"]
STANDARD = ["bos_token", "eos_token", "unk_token", "pad_token", "cls_token", "sep_token"]
TEXTS = [
    "<s>the user<pad></s>",
    "the <x> user<|endoftext|>",
    "  <y>  userthe <x> ",
    "the user_the<y><s> <s>",
]
letters = [chr(c) for c in range(97, 123)] + list("<>/|_") + ["\u0120", "\u010a"]
MERGES = [("t", "h"), ("th", "e"), ("\u0120", "the"), ("u", "s"), ("e", "r"), ("us", "er")]
VOCABULARY = {"<s>": 0, "</s>": 1, "<pad>": 2}
for token in letters + ["".join(pair) for pair in MERGES]:
    VOCABULARY[token] = len(VOCABULARY)
COUNT = len(VOCABULARY)


def flags(r, content):
    names = ["lstrip", "rstrip", "single_word", "normalized"]
    return {"content": content} | {name: r.random() < 0.25 for name in names}


def written(r, content, typed=True):
    if r.random() < 0.6:
        return content
    return flags(r, content) | ({"__type": "AddedToken"} if typed else {})


def numbered(r, contents):
    after = COUNT
    for content in contents:
        if content in VOCABULARY:
            yield VOCABULARY[content], content
        else:
            yield after, content
            after += 1


def special(post):
    token = lambda name: {"SpecialToken": {"id": name, "type_id": 0}}
    text = {"Sequence": {"id": "A", "type_id": 0}}
    both = [text, {"Sequence": {"id": "B", "type_id": 1}}]
    ids = {name: {"id": name, "ids": [VOCABULARY[name]], "tokens": [name]} for name in ("<s>", "</s>")}
    single = [token("<s>"), text] + ([token("</s>")] if post else [])
    return {"type": "TemplateProcessing", "single": single, "pair": both, "special_tokens": ids}


BYTES = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": False, "use_regex": True}
PROCESSORS = [
    None, None, BYTES, special(False), special(True),
    {"type": "Sequence", "processors": [BYTES, special(False)]},
    {"type": "RobertaProcessing", "sep": ["</s>", 1], "cls": ["<s>", 0],
     "trim_offsets": True, "add_prefix_space": False},
]


def case(r):
    some = lambda most: r.sample(NAMES, r.randint(1, most))
    files = {}
    has_file = r.random() < 0.5
    if r.random() < 0.85:
        config = {}
        classes = ["GPT2Tokenizer", "GPT2TokenizerFast"] + ["PreTrainedTokenizerFast"] * has_file
        if r.random() < 0.8:
            config["tokenizer_class"] = r.choice(classes)
        for name in STANDARD:
            if r.random() < 0.35:
                config[name] = None if r.random() < 0.1 else written(r, r.choice(NAMES))
        if r.random() < 0.3:
            key = r.choice(["additional_special_tokens", "extra_special_tokens"])
            config[key] = [written(r, token) for token in some(3)]
        if r.random() < 0.1:
            config["image_token"] = r.choice(NAMES)
        if r.random() < 0.3:
            tokens = {str(i): flags(r, c) | {"special": r.random() < 0.6} for i, c in numbered(r, some(4))}
            config["added_tokens_decoder"] = tokens
        for name, chance in [("add_bos_token", 0.4), ("add_eos_token", 0.2), ("add_prefix_space", 0.2)]:
            if r.random() < chance:
                config[name] = r.random() < 0.7
        files["tokenizer_config.json"] = config
    if r.random() < 0.4:
        tokens = {name: written(r, r.choice(NAMES), False) for name in STANDARD if r.random() < 0.4}
        if r.random() < 0.3:
            tokens[r.choice(["additional_special_tokens", "extra_special_tokens"])] = some(3)
        files["special_tokens_map.json"] = tokens
    if r.random() < 0.3:
        files["added_tokens.json"] = {content: i for i, content in numbered(r, some(4))}
    if has_file:
        added = [
            {"id": i} | flags(r, content) | {"special": r.random() < 0.6}
            for i, content in numbered(r, some(4))
        ]
        files["tokenizer.json"] = {
            "version": "1.0", "truncation": None, "padding": None, "added_tokens": added,
            "normalizer": None,
            "pre_tokenizer": BYTES | {"add_prefix_space": r.random() < 0.2},
            "post_processor": r.choice(PROCESSORS), "decoder": BYTES,
            "model": {
                "type": "BPE", "dropout": None, "unk_token": None,
                "continuing_subword_prefix": None, "end_of_word_suffix": None,
                "fuse_unk": False, "byte_fallback": False, "ignore_merges": False,
                "vocab": VOCABULARY, "merges": [list(pair) for pair in MERGES],
            },
        }
    return files


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    shared = {
        "vocab.json": json.dumps(VOCABULARY),
        "merges.txt": "#version: 0.2\n" + "\n".join(" ".join(pair) for pair in MERGES) + "\n",
        "config.json": '{"model_type": "gpt2"}',
    }
    cases = []
    seed = 0
    while len(cases) < 48:
        files = case(random.Random(seed))
        seed += 1
        with tempfile.TemporaryDirectory() as folder:
            for name, text in shared.items():
                open(os.path.join(folder, name), "w").write(text)
            for name, value in files.items():
                json.dump(value, open(os.path.join(folder, name), "w"))
            try:
                tokenizer = AutoTokenizer.from_pretrained(folder)
            except TypeError:
                continue  # Objects without their type in a list: transformers refuses them.
        slim = copy.deepcopy(files)
        if "tokenizer.json" in slim:
            # The test puts the vocabulary back.
            slim["tokenizer.json"]["model"]["vocab"] = "VOCABULARY"
        cases.append({
            "seed": seed - 1,
            "files": {name: json.dumps(value) for name, value in slim.items()},
            "whole": [tokenizer(text)["input_ids"] for text in TEXTS],
            "bare": [tokenizer(text, add_special_tokens=False)["input_ids"] for text in TEXTS],
            "end": tokenizer.eos_token_id,
        })
    with open(os.path.join(here, "special-tokens.json"), "w") as file:
        json.dump({"texts": TEXTS, "files": shared, "cases": cases}, file, indent=0)


main()
