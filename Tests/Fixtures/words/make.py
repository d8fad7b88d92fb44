"""Writes the files beside it: word vectors in every format, and what is found in them.

    python3 make.py        needs numpy and gensim; expected.json says which versions
"""

import json
import os

import gensim
import numpy as np
from gensim.models import KeyedVectors

os.chdir(os.path.dirname(os.path.abspath(__file__)))

rng = np.random.default_rng(20)
words = ["the", "king", "queen", "man", "woman", "well-known", "naïve", "東京", "👑", "2", "cat", "cats"]
v = np.round(rng.normal(size=(len(words), 6)) * 2, 4).astype(np.float32)
# queen lies near king - man + woman
v[2] = np.round(v[1] - v[3] + v[4] + rng.normal(size=6) * 0.2, 4).astype(np.float32)

with open("glove.txt", "w") as f:
    for w, r in zip(words, v):
        f.write(w + " " + " ".join("%.4f" % x for x in r) + "\n")

kv = KeyedVectors(6)
kv.add_vectors(words, v)
kv.save_word2vec_format("word2vec.txt", binary=False)
kv.save_word2vec_format("word2vec.bin", binary=True)

# As word2vec.c writes it: a line end after every vector.
with open("word2vec-c.bin", "wb") as f:
    f.write(b"%d %d\n" % v.shape)
    for w, r in zip(words, v):
        f.write(w.encode() + b" " + r.tobytes() + b"\n")

# As fastText writes it: a blank at the end of every line.
with open("fasttext.vec", "w") as f:
    f.write("%d %d\n" % v.shape)
    for w, r in zip(words, v):
        f.write(w + " " + " ".join("%.5g" % x for x in r) + " \n")

np.save("matrix.npy", v)
np.save("fortran.npy", np.asfortranarray(v))
np.save("double.npy", v.astype(np.float64))
np.save("half.npy", v.astype(np.float16))
with open("words.txt", "w") as f:
    f.write("\n".join(words) + "\n")

near = kv.most_similar("cat", topn=4)
q = v[1].astype(float) - v[3] + v[4]
c = v @ q / np.linalg.norm(v, axis=1) / np.linalg.norm(q)
order = [i for i in np.argsort(-c) if words[i] not in ("king", "man", "woman")]
direction = v[11].astype(float) - v[10]
with open("expected.json", "w") as f:
    json.dump(
        {
            "gensim": gensim.__version__,
            "numpy": np.__version__,
            "words": words,
            "vectors": v.astype(float).round(4).tolist(),
            "nearest_cat": [[w, float(s)] for w, s in near],
            "analogy": [[words[i], float(c[i])] for i in order[:4]],
            "direction": [[w, float(v[i] @ direction)] for i, w in enumerate(words)],
        },
        f,
        ensure_ascii=False,
        indent=1,
    )
