// The machine: the whole run as one picture on a canvas, with every number real. The program says where everything stands
// and what the numbers are; here they are drawn, and what is done at each step is shown.
//
//   const machine = new Machine(place, { ask, askNumbers, word, choose, step });
//   await machine.open({ language, token, layer, head });   after every run, and when another is followed
//   machine.go("stage-attention-scores");                    a step of the page, or "opening"
//
// `ask` and `askNumbers` are what the program answers; `word` names a token by its id; `choose` is told what a reader
// points out to be followed; `step` is told of the keys that go from step to step;
// `off` says which heads and MLPs are switched off, by their sites.

class Machine {
  camera = new MachineCamera();
  layout = null;
  panels = [];
  byId = new Map();
  wires = null;
  grounds = [];
  blocks = [];
  heads = [];
  outlines = [];
  colors = null;
  density = 1;
  /** How far the rest is dimmed, and how far the answers and the prompt are. */
  dimness = 0;
  answersLight = 1;
  promptLight = true;
  /** The frames drawn so far, and how long they took, in milliseconds. */
  times = [];
  #place = null;
  #name = "opening";
  #known = new Map();
  #isAsked = false;
  #last = 0;
  #isFree = false;
  #morph = null;
  /** How often a drawing was asked for, and whether the run is another than the one that is drawn. */
  #turn = 0;
  #isOld = false;

  constructor(root, { ask, askNumbers, word = null, choose = () => {}, step = () => {}, off = () => [] }) {
    Object.assign(this, { root, ask, askNumbers, word, choose, step, off });
    root.innerHTML = `<div class="machine-view"><canvas role="img" tabindex="0"></canvas>
      <div class="machine-tip" role="status" hidden></div></div><div class="machine-controls"><input type="range" min="0" max="1000"><button type="button" data-play>↻</button>
      <button type="button" data-zoom="1.6">+</button>
      <button type="button" data-zoom="0.625">−</button><button type="button" data-zoom="0"></button></div>`;
    this.view = root.querySelector(".machine-view");
    this.canvas = root.querySelector("canvas");
    this.tip = root.querySelector(".machine-tip");
    this.font = getComputedStyle(root).fontFamily || "system-ui, sans-serif";
    this.drawing = new MachineDrawing(this, this.canvas);
    this.acts = new MachineActs(this);
    this.glass = new MachineGlass(this);
    this.map = new MachineMap(this);
    this.pointer = new MachinePointer(this);
    new ResizeObserver(() => this.#resize()).observe(this.view);
    const renew = () => this.#renewColors();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", renew);
    new MutationObserver(renew).observe(document.documentElement, { attributeFilter: ["data-theme", "class"] });
    for (const button of root.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.zoom(Number(button.dataset.zoom)));
    }
    this.slider = root.querySelector("input");
    this.slider.addEventListener("input", () => {
      this.acts.pause();
      this.acts.seek(this.slider.value / 1000);
    });
    this.acts.changed = (time) => { this.slider.value = time * 1000; };
    root.querySelector("[data-play]").addEventListener("click", () => {
      this.acts.seek(0);
      this.acts.play();
    });
    this.#renewColors();
    this.#resize();
  }

  get isStill() { return matchMedia("(prefers-reduced-motion: reduce)").matches; }

  /** A text of the picture, `{…}` replaced. */
  say(name, parts = {}) {
    return (this.layout?.words[name] ?? "").replace(/\{(\w+)\}/g, (whole, part) => parts[part] ?? whole);
  }

  /** Takes the run that the program has now, and what is followed in it. */
  async open({ language = "en", token, layer, head, isNewRun = false } = {}) {
    const turn = ++this.#turn;
    this.#isOld ||= isNewRun;
    const layout = await this.ask({ call: "machine", language, position: token, layer, head });
    if (layout.error) throw new Error(layout.error);
    // Another was asked for meanwhile.
    if (turn !== this.#turn) return;
    const isAnother = this.#isOld;
    this.#isOld = false;
    if (isAnother) {
      this.glass.forget();
      MachineNumbers.forgetRun(this.#known);
    }
    const before = new Map(this.panels.map((panel) => [panel.id, panel]));
    const isFirst = this.layout === null;
    const isSame = !isFirst && !isAnother && this.layout.box.every((side, i) => side === layout.box[i]);
    this.layout = layout;
    this.panels = layout.panels.map((panel) => this.#panel(panel, before.get(panel.id)));
    // Near enough that every cell has room for its number.
    this.camera.closest = Math.min(4000, Math.max(90, ...this.panels.map(
      ({ to: [, , w, h], rows, columns, kind }) => (kind === "weight" ? Math.max((44 * columns) / w, (14 * rows) / h) : 0))));
    // What takes another's place is drawn below what is left of that.
    this.panels.sort((a, b) => (b.over ? 1 : 0) - (a.over ? 1 : 0));
    this.byId = new Map(this.panels.map((panel) => [panel.id, panel]));
    this.#arrange();
    this.drawing.renew();
    this.root.querySelector('[data-zoom="0"]').textContent = this.say("whole");
    const names = { '[data-zoom="1.6"]': "in", '[data-zoom="0.625"]': "out", "[data-play]": "play", input: "step" };
    for (const [part, name] of Object.entries(names)) this.root.querySelector(part).setAttribute("aria-label", this.say(name));
    if (!isSame && !isFirst && !this.isStill) this.#morph = performance.now();
    if (!this.#morph) for (const panel of this.panels) panel.frame = panel.to;
    this.go(this.#name, { isInstant: isFirst, isKept: true });
  }

  /** A panel as it is drawn: it may be on its way from where it stood before. */
  #panel(panel, before) {
    const [part, layer, head] = panel.id.split(".");
    return Object.assign(panel, {
      part,
      layer: layer === undefined ? null : Number(layer),
      head: head === undefined ? null : Number(head),
      isSquare: panel.axes === "tt",
      style: panel.axes === "v1" ? "bars" : "cells",
      from: before?.frame ?? panel.frame,
      to: panel.frame,
      frame: before?.frame ?? panel.frame,
      light: before?.light ?? 1,
      ends: (numbers) => {
        if (panel.kind === "probability") return { low: 0, high: 1 };
        numbers.range ??= numbers.values.reduce(
          ({ low, high }, value) => ({ low: Math.min(low, value), high: Math.max(high, value) }), { low: 0, high: 1e-9 });
        return numbers.range;
      },
    });
  }

  /** What follows from where the panels stand: grounds, names, wires by their kind. */
  #arrange() {
    const { layout, byId } = this;
    const kinds = () => ({ lanes: [], bus: [], tick: [], curve: [], plus: [] });
    this.wires = { gray: kinds(), amber: kinds(), cones: [], way: [] };
    for (const wire of layout.wires) {
      const [style, isFollowed] = wire;
      if (style === "cone") this.wires.cones.push(wire);
      else if (style === "way") this.wires.way = wire.slice(2);
      else this.wires[isFollowed ? "amber" : "gray"][style].push(wire);
    }
    const [top, pitch] = layout.lanes;
    const bottom = top + pitch * layout.tokens.length;
    this.grounds = [];
    this.blocks = [];
    this.heads = [];
    const ground = (ids, from, to) => {
      const panels = ids.map((id) => byId.get(id)).filter(Boolean);
      if (panels.length === 0) return;
      const { to: [x, , w] } = panels[0];
      this.grounds.push({ rectangle: [x, from(panels), w, to(panels) - from(panels)], panels });
    };
    const above = (panels) => Math.min(...panels.map((panel) => panel.to[1]));
    const below = (panels) => Math.max(...panels.map((panel) => panel.to[1] + panel.to[3]));
    const layers = new Set(this.panels.filter((panel) => panel.part === "P").map((panel) => panel.layer));
    for (const layer of layers) {
      const isOpen = byId.has(`x1.${layer}`);
      ground([`WQ.${layer}.0`, `x1.${layer}`, `s.${layer}`], above, () => top);
      ground([`r.${layer}.0`, `ao.${layer}`, `m.${layer}`], above, () => top);
      ground([`Win.${layer}`, `x2.${layer}`], () => bottom, below);
      ground([`Wout.${layer}`, `mo.${layer}`], () => bottom, below);
      const patterns = this.panels.filter((panel) => panel.part === "P" && panel.layer === layer);
      if (!isOpen) ground([`P.${layer}.0`, `post.${layer}`], above, below);
      const read = (isOpen ? byId.get(`WQ.${layer}.0`) : patterns[0]).to;
      const write = (isOpen ? byId.get(`r.${layer}.0`) : patterns[0]).to;
      const neurons = byId.get(isOpen ? `Win.${layer}` : `post.${layer}`)?.to ?? read;
      const last = byId.get(isOpen ? `Wout.${layer}` : `post.${layer}`)?.to ?? read;
      const middle = byId.get(`s.${layer}`)?.to ?? read;
      this.blocks.push({
        layer, isOpen,
        attention: [read[0], read[1], write[0] + write[2] - read[0], read[3]],
        mlp: [neurons[0], neurons[1], last[0] + last[2] - neurons[0], neurons[3]],
        bay: [middle[0] + middle[2], bottom + 90, Math.max(0, write[0] - middle[0] - middle[2]), 400],
        get light() { return Math.max(...patterns.map((panel) => panel.light)); },
      });
      if (isOpen) {
        for (const pattern of patterns) {
          const frame = byId.get(`WQ.${layer}.${pattern.head}`)?.to ?? pattern.to;
          this.heads.push({ layer, head: pattern.head, frame, get light() { return pattern.light; } });
        }
      }
    }
    const first = byId.get("m.0") ?? byId.get("s.0");
    const start = byId.get("embed")?.to ?? first.to;
    const deep = Math.max(...this.blocks.map((block) => block.mlp[1] + block.mlp[3]));
    this.keyFrame = first ? [start[0], bottom + 300, first.to[0] - start[0] - 30, Math.max(0, deep - bottom - 300)] : null;
  }

  // What is shown

  /** Whether a panel is drawn: scores take the place of shares while they are spoken of. */
  shows(panel) {
    if (panel.over) return this.acts.showsScores(panel.over);
    return panel.part !== "P" || this.acts.showsShares(panel.id);
  }

  showsScores(panel) { return panel.part === "S"; }

  /** Whether a panel is of a head or an MLP that is switched off. */
  isOff({ part, layer, head }) {
    const isNeurons = ["Win", "Wgate", "lin", "pre", "post", "Wout", "mo"].includes(part);
    const site = head !== null ? `blocks.${layer}.attn.head.${head}` : isNeurons ? `blocks.${layer}.mlp` : null;
    return site !== null && this.off().includes(site);
  }
  isOpen(panel) { return this.byId.has(`x1.${panel.layer}`); }

  /** The numbers of a panel; asked for when they are first wanted. */
  numbers(panel) {
    const key = [panel.name, panel.at, panel.rows, panel.columns].join();
    let numbers = this.#known.get(key);
    if (!numbers) {
      numbers = new MachineNumbers(panel, this.askNumbers, () => this.redraw());
      this.#known.set(key, numbers);
    }
    return numbers;
  }

  /** A piece of a panel too large to be fetched whole: 64 × 128 of its cells. */
  tile(panel, row, column) {
    const [top, left] = [row - (row % 64), column - (column % 128)];
    const [rows, columns] = [Math.min(64, panel.rows - top), Math.min(128, panel.columns - left)];
    const [start, down, across] = panel.at;
    return {
      ...panel, rows, columns, missing: undefined, at: [start + top * down + left * across, down, across],
      frame: this.cellFrame(panel, top, left, top + rows, left + columns),
    };
  }

  /** The number of a cell of a panel, from a piece of it where the whole is too large; nothing until it is there. */
  value(panel, row, column) {
    const numbers = this.numbers(panel);
    if (!numbers.isSampled || !Number.isNaN(numbers.at(row, column))) return numbers.at(row, column);
    return this.numbers(this.tile(panel, row, column)).at(row % 64, column % 128);
  }

  get isReady() { return [...this.#known.values()].every((numbers) => numbers.state !== "asked"); }

  /** The rectangle of some cells of a panel. */
  cellFrame(panel, row, column, toRow = row + 1, toColumn = column + 1) {
    const [x, y, w, h] = panel.frame;
    const [cw, ch] = [w / panel.columns, h / panel.rows];
    const gap = panel.lanes ? ch * 0.16 : 0;
    return [x + column * cw, y + row * ch + gap / 2, (toColumn - column) * cw, (toRow - row) * ch - gap];
  }

  isLit(id) {
    const lit = this.#place?.lit ?? [];
    return lit.length === 0 || lit.some((one) => one === id || (one.endsWith(".") && id.startsWith(one)));
  }

  // Steps

  /** The place of a step of the page; of an unknown one that of its stage. */
  #placeOf(name) {
    const places = this.layout.places;
    const parts = name.replace(/^(.*?)stage-/, "");
    return places[parts] ?? places[parts.split("-")[0]] ?? places.opening;
  }

  /** Goes to a step: lights what is of it, flies there, and shows what is done. */
  go(name, { isInstant = false, isKept = false } = {}) {
    this.#name = name;
    if (!this.layout) return;
    this.#place = this.#placeOf(name);
    this.#isFree = false;
    this.#cover();
    this.acts.start(this.#place);
    const still = isInstant || this.isStill;
    const view = this.camera.around(this.#place.frame, this.layout.box);
    this.map.place(view);
    this.camera.fly(view, { duration: still ? 0 : isKept ? 450 : 600 });
    if (still) this.#light(1e9);
    this.pointer.describe();
    this.pointer.leave();
    this.redraw();
  }

  /** Goes home: the whole. */
  zoom(factor) {
    const { camera } = this;
    const view = factor === 0
      ? camera.around(this.layout.box)
      : camera.zoomed(camera.width / 2, camera.height / 2, factor, this.smallest);
    this.#isFree = true;
    camera.fly(view, { duration: this.isStill ? 0 : 300 });
    this.redraw();
  }

  /** The reader moves the picture by hand. */
  letGo() { this.#isFree = true; }

  get smallest() { return this.layout ? this.camera.around(this.layout.box).scale * 0.6 : 0.01; }

  // The map

  get isMapShown() { return this.map.isShown; }
  get mapFrame() { return this.map.frame; }

  #resize() {
    const { width, height } = this.view.getBoundingClientRect();
    if (width === 0 || height === 0) return;
    const pixels = Math.min(2, devicePixelRatio || 1);
    this.camera.resize(width, height);
    this.density = pixels * this.camera.type;
    Object.assign(this.canvas, { width: Math.round(width * pixels), height: Math.round(height * pixels) });
    this.drawing.renew();
    this.#settle(this.camera.isFlying ? 450 : 0);
    if (this.layout) this.drawing.draw();
  }

  /** Takes what the page puts before the picture: how many pixels at its left and at its foot. */
  cover({ left, bottom }) {
    const { before, type } = this.camera;
    if (before.left * type === left && before.bottom * type === bottom) return;
    this.camera.before = { left: left / type, bottom: bottom / type };
    this.#settle(600);
  }

  /** Brings the step into what is not covered, unless the reader holds the camera. */
  #settle(duration) {
    this.#cover();
    if (this.#place && !this.#isFree) {
      const view = this.camera.around(this.#place.frame, this.layout.box);
      this.map.place(view);
      this.camera.fly(view, { duration: this.isStill ? 0 : duration });
    }
    this.redraw();
  }

  #cover() { this.camera.cover(MachineActs.glasses.has(this.#place?.action) ? 3 : 0); }

  #renewColors() {
    this.colors = new MachineColors(this.root);
    for (const numbers of this.#known.values()) numbers.forget();
    this.drawing.renew();
    this.redraw();
  }

  redraw() {
    if (this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame((now) => this.#frame(now));
  }

  /** Brings everything nearer to what it should be; whether there is more to come. */
  #light(elapsed) {
    const change = elapsed / 350;
    let isMoving = false;
    const toward = (value, goal) => {
      const next = Math.abs(goal - value) <= change ? goal : value + Math.sign(goal - value) * change;
      isMoving ||= next !== goal;
      return next;
    };
    const goal = this.acts.goal ?? ((panel) => (this.isLit(panel.id) ? 1 : 0.2));
    for (const panel of this.panels) panel.light = toward(panel.light, goal(panel));
    const lit = this.#place?.lit ?? [];
    this.dimness = toward(this.dimness, lit.length === 0 ? 0 : 1);
    const isAtEnd = lit.length === 0 || this.isLit("prob") || this.isLit("logits");
    this.answersLight = toward(this.answersLight, this.acts.answersGoal ?? (isAtEnd ? 1 : 0.25));
    this.promptLight = lit.length === 0 || this.isLit("WE") || this.isLit("none");
    return isMoving;
  }

  #frame(now) {
    this.#isAsked = false;
    // Where it is not shown there is nothing to draw; being shown again asks for it.
    if (this.root.getClientRects().length === 0) return;
    const elapsed = Math.min(100, now - this.#last);
    this.#last = now;
    const start = performance.now();
    let isMoving = this.camera.move(now);
    if (this.#morph !== null) {
      const t = Math.min(1, (now - this.#morph) / 600);
      for (const panel of this.panels) panel.frame = between(panel.from, panel.to, eased(Math.max(0, t)));
      if (t >= 1) this.#morph = null;
      isMoving = true;
    }
    if (this.acts.move(this.camera.isFlying ? 0 : elapsed)) isMoving = true;
    if (this.#light(elapsed)) isMoving = true;
    this.drawing.draw();
    this.times.push(performance.now() - start);
    if (this.times.length > 600) this.times.shift();
    if (isMoving || this.drawing.isUnfinished) this.redraw();
  }
}
