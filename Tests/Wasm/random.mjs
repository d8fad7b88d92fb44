// Random prompts through the program that a page carries: scripts of all kinds, emoji, control characters, lone
// surrogates as a page's text field may hold them, very long words, 100,000 characters. Whatever is asked gets a reply; a
// trap ends this with code 1 and the prompt.
//
//   node random.mjs explain.wasm MODEL_FOLDER COUNT SEED
import { readFileSync } from 'node:fs';

const [file, folder, count = '200', seed = '1'] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(file));
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) {
  (imports[from] ??= {})[name] = () => { throw new Error(`${from}.${name} was called`); };
}

let state = Number(seed) >>> 0;
const random = (limit) => {
  // Mulberry32.
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % limit;
};
const pick = (list) => list[random(list.length)];
const from = (low, high) => String.fromCodePoint(low + random(high - low + 1));

const pieces = [
  () => pick(['The ', 'king', ' queen', ' capital of Italy is', 'model', '. ', ', ', '"', '<b>', '&amp;', '\\', '</script>']),
  () => from(0x20, 0x7e), () => from(0, 0x1f), () => from(0x7f, 0xff), () => from(0x300, 0x36f), () => from(0x590, 0x6ff),
  () => from(0x900, 0xdff), () => from(0x3040, 0x30ff), () => from(0x4e00, 0x9fff), () => from(0xac00, 0xd7a3),
  () => from(0xd800, 0xdfff), () => from(0xe000, 0xffff), () => from(0x1f300, 0x1faff), () => from(0x10000, 0x10ffff),
  () => pick(['\u200d', '\ufeff', '\u202e', '\u2028', '\0', '\r\n', '\t', '👩‍👩‍👧‍👦', '🏳️‍🌈', 'e\u0301']),
];
function prompt(number) {
  if (number % 500 === 499) return pick(['a', 'x ', 'あ', '🗼', ' ', '\n', 'ab', '\ud800']).repeat(100000).slice(0, 100000);
  if (number % 50 === 49) return pick(pieces)().repeat(1 + random(3000));
  const kinds = [pick(pieces), pick(pieces), pick(pieces)];
  return Array.from({ length: random(random(8) === 0 ? 200 : 24) }, () => pick(kinds)()).join('');
}

const { exports } = new WebAssembly.Instance(module, imports);
const put = (bytes) => {
  const address = exports.allocate(bytes.length);
  new Uint8Array(exports.memory.buffer).set(bytes, address);
  return [address, bytes.length];
};
const ask = (call) => {
  const length = exports.respond(...put(new TextEncoder().encode(JSON.stringify(call))));
  return new TextDecoder('utf-8', { fatal: call.call !== 'followed' }).decode(
    new Uint8Array(exports.memory.buffer, exports.reply(), length));
};
for (const name of ['config.json', 'model.safetensors', 'vocab.json', 'merges.txt', 'token_counts.json']) {
  exports.take(...put(new TextEncoder().encode(name)), ...put(readFileSync(`${folder}/${name}`)));
}
JSON.parse(ask({ call: 'load', name: 'explain-world' }));

let [longest, slowest, runs] = [0, '', 0];
for (let number = 0; number < Number(count); number++) {
  const text = prompt(number);
  const language = pick(['en', 'ja']);
  const others = [
    { call: 'edition', language, languages: [language] }, { call: 'facts', language }, { call: 'machine', language },
    { call: 'followed', language }, { call: 'draw', seed: number }, { call: 'score', text: text.slice(0, 300), language },
    { call: 'words', language, parts: text.slice(0, 60).split(' '), action: pick(['nearest', 'direction', 'map']) },
    { call: 'words', language, position: random(9), action: pick(['nearest', 'direction', 'map']) },
    { call: 'parameters', language, layers: random(9), width: 64, heads: random(9), mlp_width: random(1e9), vocabulary: 9, context: text.slice(0, 9) },
  ];
  const begun = performance.now();
  try {
    const reply = JSON.parse(ask({ call: 'run', last: true, prompt: text }));
    if (!reply.error) {
      runs += 1;
      // What was read is what was typed; a long text's end is what the model takes.
      const typed = text.toWellFormed();
      if (reply.tokens.length < 128 && reply.prompt !== typed) throw new Error(`read as ${JSON.stringify(reply.prompt)}`);
    }
    for (const call of number % 10 === 0 ? others : [pick(others)]) {
      const answer = ask(call);
      if (answer.length === 0 && call.call !== 'followed') throw new Error(`no reply to ${call.call}`);
    }
  } catch (error) {
    console.error(`${error}\nprompt ${number}: ${JSON.stringify(text.slice(0, 300))} (${text.length} characters)`);
    process.exit(1);
  }
  const took = performance.now() - begun;
  if (took > longest) [longest, slowest] = [took, `${JSON.stringify(text.slice(0, 20))}, ${text.length} characters`];
}
console.log(`${count} prompts, ${runs} runs, ${exports.memory.buffer.byteLength / 1e6} MB; the slowest, ${slowest}: ${Math.round(longest)} ms`);
