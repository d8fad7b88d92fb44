// One head of attention, worked out from its queries, keys and values.

const heads = new Map();

/** The head that is opened up; made once for each layer and head. */
function openHead(layer = chosen.layer, head = chosen.head) {
  const key = `${layer},${head}`;
  if (!heads.has(key)) heads.set(key, new AttentionHead(layer, head));
  return heads.get(key);
}

/** Where in a layer's pattern a row begins: row i has i + 1 shares, the first row is that of the first position. */
function patternStart(position) {
  const before = (count) => (count * (count + 1)) / 2;
  return before(position) - before(facts.first);
}

/** The shares a head gives from a position to each one up to it. */
function shares(layer, head, position) {
  const name = `blocks.${layer}.attn.hook_pattern`;
  const [, perHead] = tensors.shape(name);
  const start = head * perHead + patternStart(position);
  return tensors.values(name).subarray(start, start + position + 1);
}

class AttentionHead {
  constructor(layer, head) {
    this.layer = layer;
    this.head = head;
    this.at = `blocks.${layer}.attn.`;
    this.width = tensors.shape(`${this.at}hook_k`)[2];
  }

  #vector(name, position, first) {
    return tensors.row(`${this.at}${name}`, position - first, this.head);
  }
  q(i) { return this.#vector("hook_q", i, facts.first); }
  k(j) { return this.#vector("hook_k", j, 0); }
  v(j) { return this.#vector("hook_v", j, 0); }
  z(i) { return this.#vector("hook_z", i, facts.first); }

  /** The name of a number of the query, key, value or sum of a position. */
  place(letter, position, n) {
    return `${this.at}hook_${letter}[${position},${this.head},${n}]`;
  }

  product(i, j) {
    const [q, k] = [this.q(i), this.k(j)];
    let sum = 0;
    for (let n = 0; n < q.length; n++) sum += q[n] * k[n];
    return sum;
  }

  /** The score of a key, before the mask. */
  score(i, j) {
    if (facts.scoresAreProducts) return this.product(i, j) / Math.sqrt(this.width);
    const name = facts.unmaskedScores.replace("{layer}", this.layer);
    const missing = facts.tokens.length - tensors.shape(name)[1];
    return tensors.row(name, this.head, i - missing)[j];
  }

  /** The names of a score before and after the mask, and of a share. */
  scorePlace(i, j, isMasked) {
    const name = (isMasked ? facts.scores : facts.unmaskedScores).replace("{layer}", this.layer);
    return `${name}[${this.head},${i},${j}]`;
  }
  sharePlace(i, j) { return `${this.at}hook_pattern[${this.head},${i},${j}]`; }

  shares(i) { return shares(this.layer, this.head, i); }
  share(i, j) { return recorded(this.shares(i)[j], this.sharePlace(i, j)); }

  scores(i) { return Array.from({ length: i + 1 }, (_, j) => this.score(i, j)); }

  /** The key that gets most of a query's attention; of shares that are carried as alike, the one with the highest score. */
  attended(i) {
    const [row, scores] = [this.shares(i), this.scores(i)];
    return scores.reduce((top, s, j) => row[j] > row[top] || (row[j] === row[top] && s > scores[top]) ? j : top, 0);
  }

  sum(i, j) {
    const [q, k] = [this.place("q", i, "n"), this.place("k", j, "n")];
    return derived(this.product(i, j), `Σₙ ${q} · ${k}`);
  }

  // The arithmetic of one cell, a line each, as HTML.

  /** The dot product term by term, the first `count` of them, and what the others come to. */
  productLine(i, j, count = 3) {
    const [q, k] = [this.q(i), this.k(j)];
    const terms = Array.from({ length: Math.min(count, q.length) }, (_, n) => {
      const left = recorded(q[n], this.place("q", i, n));
      const right = recorded(k[n], this.place("k", j, n));
      return `${n > 0 ? signed(left) : number(left)} · ${signed(right)}`;
    });
    const others = q.length - count;
    const rest = q.slice(count).reduce((sum, x, n) => sum + x * k[count + n], 0);
    const from = `Σ_{n≥${count}} ${this.place("q", i, "n")} · ${this.place("k", j, "n")}`;
    const more = others > 0 ? ` + … ${some("otherProducts", others, number(derived(rest, from)))}` : "";
    return `q·k = ${terms.join(" + ")}${more} = ${number(this.sum(i, j))}`;
  }

  scaleLine(i, j) {
    const sum = this.sum(i, j);
    const score = recorded(this.score(i, j), this.scorePlace(i, j, false));
    if (!facts.scoresAreProducts) return `q·k = ${number(sum)} → ${number(score)}`;
    const root = derived(Math.sqrt(this.width), `√d with d = ${this.width}`);
    return `${number(sum)} ÷ ${number(root)} = ${number(score)}`;
  }

  /** Softmax of a row, for one key: exponentiate, sum, divide. */
  softmaxLines(i, j) {
    const row = this.scores(i);
    const name = this.scorePlace(i, j, true);
    const whole = name.replace(/\d+\]$/, "·]");
    const top = Math.max(...row);
    // As the model itself does, take away the largest score, unless the sum is a readable number without.
    const shift = top >= -2 && top <= 10 ? 0 : top;
    const less = shift === 0 ? "" : " − max";
    const score = recorded(row[j], name);
    const exponent = shift === 0 ? score : derived(row[j] - shift, `${name} − max ${whole}`);
    const raised = derived(Math.exp(exponent.value), `e^(${name}${less})`);
    const total = derived(row.reduce((sum, s) => sum + Math.exp(s - shift), 0), `Σ e^(${whole}${less})`);
    const power = `<math><msup><mi>e</mi><mn ${origin(exponent)}>${written(exponent)}</mn></msup></math>`;
    const shifted = shift === 0
      ? [] : [`s − max = ${number(score)} − ${signed(derived(top, `max ${whole}`))} = ${number(exponent)}`];
    return [
      ...shifted, `${power} = ${number(raised)}`, `Σ = ${number(total)}`,
      `${number(raised)} ÷ ${number(total)} = ${number(this.share(i, j))}`,
    ];
  }

  /** The share that all keys but the given ones get together, from the scores, which are carried exactly. */
  restShare(i, keys) {
    const row = this.scores(i);
    const top = Math.max(...row);
    const raised = row.map((s) => Math.exp(s - top));
    const total = raised.reduce((sum, x) => sum + x, 0);
    const rest = raised.reduce((sum, x, j) => sum + (keys.includes(j) ? 0 : x), 0) / total;
    return derived(rest, `Σ ${this.sharePlace(i, "j")} over the other j`);
  }

  /** The first number of the weighted sum: the largest shares' terms, and how much attention the others get. */
  sumLine(i) {
    const keys = this.strongest(i, 3).sort((a, b) => a - b);
    const terms = keys.map((j) => {
      const value = recorded(this.v(j)[0], this.place("v", j, 0));
      return `${number(this.share(i, j))} · ${signed(value)}`;
    });
    const others = i + 1 - keys.length;
    const rest = others > 0 ? ` + … ${some("otherPositions", others, number(this.restShare(i, keys)))}` : "";
    return `z₀ = ${terms.join(" + ")}${rest} = ${number(recorded(this.z(i)[0], this.place("z", i, 0)))}`;
  }

  /** The keys with the largest shares, largest first. */
  strongest(i, count) {
    const row = this.shares(i);
    return [...row.keys()].sort((a, b) => row[b] - row[a] || a - b).slice(0, count);
  }

  /** The largest product of the query's and the key's numbers, by size. */
  largestTerm(i, j) {
    const [q, k] = [this.q(i), this.k(j)];
    let best = 0;
    for (let n = 1; n < q.length; n++) {
      if (Math.abs(q[n] * k[n]) > Math.abs(q[best] * k[best])) best = n;
    }
    const formula = `${this.place("q", i, best)} · ${this.place("k", j, best)}`;
    return { n: best, term: derived(q[best] * k[best], formula) };
  }

  /** The length of the query of a position. */
  queryLength(i) {
    return Math.sqrt(this.q(i).reduce((sum, x) => sum + x * x, 0));
  }
}

/** So many others of a sum, and what they come to, in parentheses. */
const some = (name, count, amount) => say(count === 1 ? `${name}One` : name, { count, amount });

/** A position as a sentence names it: with its number where the prompt has the same token twice. */
function mention(position) {
  const { id, text } = facts.tokens[position];
  const isUnique = facts.tokens.filter((other) => other.id === id).length === 1;
  if (position === chosen.token || isUnique) return token(text);
  return say("mention", { token: token(text), n: position });
}

/** The same in words alone, for titles. */
function mentionWords(position) {
  const { id, text } = facts.tokens[position];
  const isUnique = facts.tokens.filter((other) => other.id === id).length === 1;
  const words = say("token", { token: text });
  return position === chosen.token || isUnique ? words : say("mention", { token: words, n: position });
}

/** What the texts that follow a head say now: pieces by name, as HTML. */
function pieces(i = chosen.token) {
  const head = openHead();
  const j = head.attended(i);
  const lengths = Array.from({ length: facts.headCount }, (_, h) => openHead(chosen.layer, h).queryLength(i));
  const longest = lengths.indexOf(Math.max(...lengths));
  const largest = head.largestTerm(i, j);
  const own = { ...head.share(i, i), digits: 3 };
  const [q, k] = [head.q(i), head.k(j)];
  const strongest = head.strongest(i, Math.min(5, i + 1));
  const products = Math.max(...q.map((x, n) => Math.abs(x * k[n])));
  return {
    token: token(facts.tokens[i].text),
    layer: String(chosen.layer),
    head: String(chosen.head),
    attended: mention(j),
    longest: String(longest),
    longestLength: number(derived(lengths[longest], `‖${head.at}hook_q[${i},${longest}]‖`)),
    largest: String(largest.n),
    largestTerm: number(largest.term),
    productsEnd: number(derived(products, "largest absolute value in this figure")),
    score: number(recorded(head.score(i, j), head.scorePlace(i, j, false))),
    share: number(head.share(i, j)),
    restCount: String(i + 1 - strongest.length),
    restShare: number(head.restShare(i, strongest)),
    ownShare: number(own),
    otherShares: number(derived(1 - own.value, `1 − ${own.from}`, 3)),
  };
}

/** Which of two wordings hold now. */
function wordings(i = chosen.token) {
  const lengths = Array.from({ length: facts.headCount }, (_, h) => openHead(chosen.layer, h).queryLength(i));
  return {
    inner: chosen.layer > 0,
    attendedIsSelf: openHead().attended(i) === i,
    longestIsOpen: lengths.indexOf(Math.max(...lengths)) === chosen.head,
    isFirst: i === 0,
    hasRest: i >= 5,
    productIsNegative: written(openHead().sum(i, openHead().attended(i))).startsWith("−"),
  };
}
