// The program in the page: it runs in a worker, so that the page stays at hand while it computes.

/** What the worker runs: unpacks what the page carries, starts the program, and answers one call after another. */
function work() {
  let program;
  let files = [];
  let load;
  let instance;
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  /** Bytes of a text: two characters are 13 bits, of the printable ones but &, < and >. */
  function bytes(text, count) {
    const result = new Uint8Array(count);
    const values = new Uint8Array(128);
    for (let code = 33, value = 0; code < 127; code++) if (code !== 38 && code !== 60 && code !== 62) values[code] = value++;
    let [waiting, bits, length] = [0, 0, 0];
    for (let place = 0; place < text.length; place += 2) {
      waiting |= (values[text.charCodeAt(place)] + 91 * values[text.charCodeAt(place + 1)]) << bits;
      for (bits += 13; bits >= 8 && length < count; bits -= 8) {
        result[length++] = waiting & 255;
        waiting >>>= 8;
      }
    }
    return result;
  }

  async function unpacked({ form, text, count }) {
    const packed = bytes(text, count);
    const [packing] = form.split(" ");
    if (packing === "none") return packed;
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream(packing));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  /** The files of what is carried; of a file of numbers each part has one byte of every number. */
  async function unpackedFiles(parts) {
    const named = new Map();
    for (const part of parts) {
      if (!named.has(part.name)) named.set(part.name, []);
      named.get(part.name).push([part.form.split(" "), await unpacked(part)]);
    }
    return [...named].map(([name, slices]) => {
      if (slices.length === 1) return [name, slices[0][1]];
      const whole = new Uint8Array(slices.reduce((sum, [, data]) => sum + data.length, 0));
      for (const [[, place, width], data] of slices) {
        for (let n = 0, at = Number(place); n < data.length; n++, at += Number(width)) whole[at] = data[n];
      }
      return [name, whole];
    });
  }

  function put(data) {
    const address = instance.allocate(data.length);
    new Uint8Array(instance.memory.buffer).set(data, address);
    return [address, data.length];
  }

  function respond(call) {
    const count = instance.respond(...put(encoder.encode(JSON.stringify(call))));
    return new Uint8Array(instance.memory.buffer, instance.reply(), count).slice();
  }

  /** A fresh instance with the model. */
  async function begin() {
    const imports = {};
    for (const { module, name } of WebAssembly.Module.imports(program)) {
      // The C library could write to files; the program never does.
      (imports[module] ??= {})[name] = () => { throw new Error(`${module}.${name}`); };
    }
    instance = (await WebAssembly.instantiate(program, imports)).exports;
    if (!load) return null;
    for (const [name, data] of files) instance.take(...put(encoder.encode(name)), ...put(data));
    return decoder.decode(respond(load));
  }

  const tasks = {
    async start({ carried, role, name, trained_on }) {
      program = await WebAssembly.compile(await unpacked(carried.find((part) => part.name === role)));
      files = role === "program" ? await unpackedFiles(carried.filter(({ name }) => !["program", "lessons"].includes(name))) : [];
      load = files.length === 0 ? null
        : files.some(([file]) => file === "trace.json") ? { call: "open" } : { call: "load", name, trained_on };
      return begin();
    },
    async open({ name, opened }) {
      const before = [files, load];
      [files, load] = [opened, { call: "load", name }];
      const reply = await begin();
      if (!JSON.parse(reply).error) return reply;
      [files, load] = before;
      await begin();
      return reply;
    },
    async ask({ call }) {
      // Memory that a long prompt took is given back: an instance's never shrinks.
      if (call.call === "run" && instance.memory.buffer.byteLength > 3e8) await begin();
      return respond(call);
    },
  };

  onmessage = async ({ data: { id, task, ...rest } }) => {
    try {
      const reply = await tasks[task](rest);
      postMessage({ id, reply }, reply instanceof Uint8Array ? [reply.buffer] : []);
    } catch (error) {
      let isAlive = false;
      if (task === "ask") isAlive = await begin().then(() => true, () => false);
      postMessage({ id, trap: String(error), isAlive });
    }
  };
}

/** What the page carries, or a file beside it that several pages share. */
async function carriedParts({ carried }) {
  if (carried) {
    const script = document.createElement("script");
    script.src = carried;
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error(carried));
      document.head.append(script);
    });
    script.remove();
    return globalThis.carriedParts;
  }
  return [...document.querySelectorAll("script.carried")].map(({ dataset, textContent }) =>
    ({ name: dataset.name, form: dataset.form, count: Number(dataset.bytes), text: textContent }));
}

/** The program, from this side: a promise for each reply. */
class Engine {
  #worker;
  #waiting = new Map();
  #count = 0;
  #role;

  /** Of the programs that a page can carry, one: what runs a model, or what lessons try out. */
  constructor(role = "program") {
    this.#role = role;
    const source = new Blob([`(${work})();`], { type: "text/javascript" });
    const address = URL.createObjectURL(source);
    this.#worker = new Worker(address);
    this.#worker.onmessage = async ({ data: { id, reply, trap } }) => {
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (trap === undefined) return resolve(reply);
      await this.#recover();
      reject(new Error(trap));
    };
    this.#worker.onerror = (event) => this.#fail(event.message ?? "");
  }

  /** What a page asks of a fresh instance after a trap, which knows nothing of before. */
  restore = async () => {};
  #isRestoring = false;

  async #recover() {
    if (this.#isRestoring) return;
    this.#isRestoring = true;
    try { await this.restore(); } finally { this.#isRestoring = false; }
  }

  #fail(reason) {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }

  #post(message) {
    const id = ++this.#count;
    this.#worker.postMessage({ id, ...message });
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Starts with what the page carries; the model's facts, if one is carried. */
  async start() {
    const run = data(this.#role === "program" ? "page-run" : "page-lessons");
    const carried = await carriedParts(run);
    const { name, trained_on } = run;
    const reply = await this.#post({ task: "start", carried, role: this.#role, name, trained_on });
    return reply === null ? null : this.#checked(reply);
  }

  /** Opens a model of the reader's; `files` are pairs of name and bytes. */
  async open(name, files) { return this.#checked(await this.#post({ task: "open", name, opened: files })); }

  /** The bytes of a reply. */
  bytes(call) { return this.#post({ task: "ask", call }); }

  async text(call) { return new TextDecoder().decode(await this.bytes(call)); }

  async ask(call) { return this.#checked(await this.text(call)); }

  #checked(reply) {
    const json = JSON.parse(reply);
    if (json.error) throw new EngineError(json.error);
    return json;
  }
}

/** What cannot be done, in the program's words. */
class EngineError extends Error {}
