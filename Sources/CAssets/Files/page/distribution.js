// From logits to the token that is drawn, as the model itself does it: temperature, top-k, top-p, a random number.

/** All tokens, largest logit first; of equal ones, the lower id first: their ids, and their logits. */
let ranked = null;

function ranking() {
  if (ranked) return ranked;
  const all = tensors.values("logits");
  // A logit and its id as one number: the bits of a float, made to fall as it rises, then 20 bits of id.
  const bits = new Uint32Array(Float32Array.from(all, (x) => x + 0).buffer);
  const keys = Float64Array.from(bits, (b, id) => (b >>> 31 ? b : ~(b | 0x80000000) >>> 0) * 2 ** 20 + id);
  const ids = Uint32Array.from(keys.sort(), (key) => key % 2 ** 20);
  ranked = { ids, logits: Float64Array.from(ids, (id) => all[id]) };
  return ranked;
}

// The tokens that may come next, likeliest first, with their probabilities.
//
// In this order: logits are divided by the temperature, the `topK` likeliest tokens are kept, of those the fewest
// that reach `topP`, and what remains is scaled up to 1 again. `held` is what the kept held of all before.
// Plain loops, for it is done over the whole vocabulary while a slider moves.
function distribution({ temperature, topK = null, topP = null }) {
  const { ids, logits } = ranking();
  const raised = new Float64Array(ids.length);
  for (let rank = 0; rank < raised.length; rank++) {
    raised[rank] = temperature > 0 ? Math.exp((logits[rank] - logits[0]) / temperature) : Number(rank === 0);
  }
  const kept = nucleus(raised.subarray(0, topK ?? raised.length), topP ?? 1);
  const whole = total(kept);
  const probabilities = new Float64Array(kept.length);
  for (let rank = 0; rank < kept.length; rank++) probabilities[rank] = kept[rank] / whole;
  return { ids: ids.subarray(0, kept.length), probabilities, held: whole / total(raised) };
}

function total(values) {
  let sum = 0;
  for (let n = 0; n < values.length; n++) sum += values[n];
  return sum;
}

/** The fewest of the largest shares that together are `p` of the whole; one at least. */
function nucleus(shares, p) {
  if (p >= 1) return shares;
  const goal = p * total(shares);
  let reached = 0;
  const rank = shares.findIndex((share) => (reached += share) >= goal);
  return rank < 0 ? shares : shares.subarray(0, rank + 1);
}

/** The rank of the token on whose share a number falls, and where that share lies. */
function tokenAt(draw, probabilities) {
  let hit = { rank: 0, low: 0, high: 0 };
  // Rounding may leave the last share short of 1: a draw behind it falls on it all the same.
  for (let rank = 0; rank < probabilities.length; rank++) {
    if (probabilities[rank] <= 0) continue;
    hit = { rank, low: hit.high, high: hit.high + probabilities[rank] };
    if (draw < hit.high) break;
  }
  return hit;
}

/** The entropy in bits: −Σ p · log₂ p. */
function entropy(probabilities) {
  let sum = 0;
  for (let n = 0; n < probabilities.length; n++) {
    if (probabilities[n] > 0) sum -= probabilities[n] * Math.log2(probabilities[n]);
  }
  return sum;
}

/** SplitMix64 (Steele, Lea & Flood 2014): the random numbers of `explain generate`. */
class SplitMix64 {
  #state;

  constructor(seed) { this.#state = BigInt.asUintN(64, BigInt(seed)); }

  next() {
    const wrapped = (n) => BigInt.asUintN(64, n);
    this.#state = wrapped(this.#state + 0x9e3779b97f4a7c15n);
    let z = this.#state;
    z = wrapped((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = wrapped((z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    return z ^ (z >> 31n);
  }

  /** A number, 0 or more and below 1: the upper 53 bits over 2⁵³. */
  unit() { return Number(this.next() >> 11n) / 2 ** 53; }
}
