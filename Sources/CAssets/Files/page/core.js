// What the page carries, and how numbers and tokens are written. Numbers that are shown anew are
// computed from the tensors of this run, and say where they came from like all others.

const root = document.documentElement;
/** The element with an id. */
const element = (id) => document.getElementById(id);
/** What an element of JSON holds, if it is there. */
const data = (id) => JSON.parse(element(id)?.textContent ?? "null");

/** The run that the file tells of, on a page that carries the program. */
const carriedRun = data("page-run");
if (carriedRun?.token_ids) document.documentElement.dataset.prompt = carriedRun.prompt;
/** The prompt, the sizes, and what is followed first; null on a page that follows one token only. */
let facts = data("page-facts");
/** The page in each of its languages; `edition` is the one that is shown. */
const editions = [...document.querySelectorAll(".edition")].map((root, index) => {
  const prefix = index === 0 ? "" : `${root.lang}-`;
  return { root, prefix, words: data(`${prefix}page-words`) };
});
let edition = editions[0];

/** The script's words in the language of the page, `{…}` replaced. */
function say(name, parts = {}) {
  return edition.words[name].replace(/\{(\w+)\}/g, (whole, part) => parts[part] ?? whole);
}

const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => escapes[sign]);

/** A number as the program itself writes it: with a real minus sign, and never like zero if it is not. */
function fixed(value, digits = 2) {
  if (Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  return value < 0 ? `−${fixedSize(size, digits)}` : fixedSize(size, digits);
}

function fixedSize(size, digits) {
  if (size === Infinity) return "∞";
  if (size >= 1e15) return size.toExponential(digits).replace("+", "");
  const text = size.toFixed(digits);
  if (size === 0 || /[1-9]/.test(text)) return text;
  const [first, places] = size.toExponential(0).split("e-");
  return places <= digits + 1 ? size.toFixed(places) : `${first}e−${places}`;
}

/** A number that stands in the trace, or one derived from it. */
const recorded = (value, place, digits = 2) => ({ value, digits, from: place });
const derived = (value, formula, digits = 2) => ({ value, digits, derived: formula });

const origin = (quantity) =>
  quantity.from ? `data-from="${escaped(quantity.from)}"` : `data-derived="${escaped(quantity.derived)}"`;
const written = (quantity) => fixed(quantity.value, quantity.digits);
const number = (quantity) => `<span ${origin(quantity)}>${written(quantity)}</span>`;
/** A number as a term after a sign: in parentheses if it is negative. */
function signed(quantity) {
  return written(quantity).startsWith("−") ? `(${number(quantity)})` : number(quantity);
}

const token = (text) => `<span class="token" dir="auto">${escaped(text)}</span>`;

/** The bytes that an element holds as text. */
function bytes(id) {
  const text = element(id).textContent;
  const result = new Uint8Array(Number(element(id).dataset.bytes));
  // Two characters are 13 bits. The characters are the printable ones but &, < and >.
  const value = (place) => {
    const code = text.charCodeAt(place);
    return code - (code > 62 ? 36 : code > 60 ? 35 : code > 38 ? 34 : 33);
  };
  let [waiting, count, length] = [0, 0, 0];
  for (let place = 0; place < text.length; place += 2) {
    waiting |= (value(place) + 91 * value(place + 1)) << count;
    for (count += 13; count >= 8 && length < result.length; count -= 8) {
      result[length++] = waiting & 255;
      waiting >>>= 8;
    }
  }
  return result;
}

/** The bytes of an element, unpacked by the browser. */
async function unpacked(id) {
  const stream = new Blob([bytes(id)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const text = async (id) => new TextDecoder().decode(await unpacked(id));
const parsed = async (id) => JSON.parse(await text(id));

/** Tensors by name; each is unpacked from its planes when it is first asked for. */
class Tensors {
  #entries;
  #data;
  #ready = new Map();

  constructor(file) {
    const length = new DataView(file.buffer).getUint32(0, true);
    const header = JSON.parse(new TextDecoder().decode(file.subarray(4, 4 + length)));
    this.#data = file.subarray(4 + length);
    this.#entries = new Map(header.map((entry) => [entry.name, entry]));
  }

  has(name) { return this.#entries.has(name); }
  shape(name) { return this.#entries.get(name)?.shape; }

  values(name) {
    if (!this.#ready.has(name)) this.#ready.set(name, this.#unpack(this.#entries.get(name)));
    return this.#ready.get(name);
  }

  /** The last axis at the given leading indices. */
  row(name, ...indices) {
    const shape = this.shape(name);
    const width = shape[shape.length - 1];
    const start = indices.reduce((sum, index, axis) => sum * shape[axis] + index, 0) * width;
    return this.values(name).subarray(start, start + width);
  }

  #unpack({ type, start, shape, digits, smallest, scales, steps }) {
    const count = shape.reduce((a, b) => a * b, 1);
    if (type === "plain") return new Float32Array(this.#data.buffer, this.#data.byteOffset + start, count);
    if (type === "f32") return new Float32Array(this.#planes(start, count, 4).buffer);
    if (type === "i16") {
      const whole = new Int16Array(this.#planes(start, count, 2).buffer);
      return Float64Array.from(whole, (step) => {
        const code = Math.abs(step) - smallest;
        if (code < 0) return step / 10 ** digits;
        return Math.sign(step) * Number(`${10 + (code % 90)}e-${2 + Math.floor(code / 90)}`);
      });
    }
    const sizes = new Float32Array(this.#planes(start, scales, 4).buffer);
    const shares = new Int8Array(this.#data.slice(start + 4 * scales, start + 4 * scales + count).buffer);
    const width = count / scales;
    return Float32Array.from(shares, (share, i) => (share / steps) * sizes[Math.floor(i / width)]);
  }

  #planes(start, count, size) {
    const result = new Uint8Array(count * size);
    for (let plane = 0; plane < size; plane++) {
      const from = start + plane * count;
      for (let i = 0; i < count; i++) result[i * size + plane] = this.#data[from + i];
    }
    return result;
  }
}

/** What is carried; set once it is unpacked. */
let tensors = null;
let vocabulary = null;

/** A vocabulary entry as it is shown, or its id if the page does not carry its text. */
const word = (id) => vocabulary?.[id] ?? `#${id}`;

/** The program that the page carries, once it is started. */
let engine = null;
/** Whether it has the model, so that it can run prompts; else it tells of the run that the page was written of. */
let hasModel = false;
/** What a page does beside that carries the program; the part of the script that starts it says what. */
const living = { start: async () => {}, adopt() {}, followAddress() {}, showEdition() {}, showStep() {}, placed() {}, isPictured: () => false, hasTwin: () => false, follow() {}, freshen: async () => {}, tellStep: async () => {}, tellOthers() {} };

/** What fills a panel, by the panel's name. */
const panels = {};

/** What the reader follows. */
let chosen = facts && { token: facts.token, layer: facts.layer, head: facts.head };
