// Holds a program that a page carries against the one built for this machine: for each prompt the same calls, and of
// each reply every byte. The program that learns takes no model.
//
//   node compare.mjs explain.wasm MODEL_FOLDER < calls.jsonl > replies.jsonl
//   node compare.mjs lessons.wasm < calls.jsonl > replies.jsonl
//
// Each line read is an object with `calls`; each line written is the list of the replies' SHA-256.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [file, folder] = process.argv.slice(2);
const module = new WebAssembly.Module(readFileSync(file));
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) {
  // The C library can write to files; the program never does.
  (imports[from] ??= {})[name] = () => { throw new Error(`${from}.${name} was called`); };
}
const { exports } = new WebAssembly.Instance(module, imports);

const put = (bytes) => {
  const address = exports.allocate(bytes.length);
  new Uint8Array(exports.memory.buffer).set(bytes, address);
  return [address, bytes.length];
};
const ask = (call) => {
  const count = exports.respond(...put(new TextEncoder().encode(JSON.stringify(call))));
  return new Uint8Array(exports.memory.buffer, exports.reply(), count).slice();
};

if (folder) {
  for (const name of ['config.json', 'model.safetensors', 'vocab.json', 'merges.txt', 'token_counts.json']) {
    exports.take(...put(new TextEncoder().encode(name)), ...put(readFileSync(`${folder}/${name}`)));
  }
  const loaded = new TextDecoder().decode(ask({ call: 'load', name: 'explain-world', trained_on: 'a small made-up world' }));
  if (loaded.includes('"error"')) throw new Error(loaded);
}

for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const hashes = JSON.parse(line).calls.map((call) => createHash('sha256').update(ask(call)).digest('hex'));
  console.log(JSON.stringify(hashes));
}
