// Pointing at the machine: by mouse, finger or keys; a cell says what it is, its number, and what it is made of.

class MachinePointer {
  #machine;
  #fingers = new Map();
  #travelled = 0;
  /** The cell that is pointed at. */
  cell = null;
  /** Whether the glass shows what it is made of. */
  #isInGlass = false;
  /** Whether the arrow keys go from cell to cell. */
  #isByKeys = false;

  constructor(machine) {
    this.#machine = machine;
    const { canvas } = machine;
    canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    canvas.addEventListener("pointerdown", (event) => this.#down(event));
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, (event) => this.#up(event));
    canvas.addEventListener("pointerleave", () => { if (this.#fingers.size === 0 && !this.#isByKeys) this.leave(); });
    canvas.addEventListener("dblclick", (event) => this.#zoom(...this.#at(event), 2.5, 300));
    canvas.addEventListener("keydown", (event) => this.#key(event));
    canvas.addEventListener("blur", () => this.#byCells(false));
  }

  // The camera

  /** Where the pointer is, in the camera's pixels. */
  #at({ offsetX, offsetY }) {
    const { type } = this.#machine.camera;
    return [offsetX / type, offsetY / type];
  }

  #zoom(x, y, factor, duration = 0) {
    const { camera, isStill, smallest } = this.#machine;
    this.#machine.letGo();
    camera.fly(camera.zoomed(x, y, factor, smallest), { duration: isStill ? 0 : duration });
    this.#machine.redraw();
  }

  #wheel(event) {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 18 : 1;
    this.#zoom(...this.#at(event), Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0016)));
  }

  #down(event) {
    try { this.#machine.canvas.setPointerCapture(event.pointerId); } catch { /* a pointer made by a script cannot be held */ }
    this.#fingers.set(event.pointerId, this.#at(event));
    if (this.#fingers.size === 1) this.#travelled = 0;
  }

  #move(event) {
    const [x, y] = this.#at(event);
    const before = this.#fingers.get(event.pointerId);
    if (!before) return this.point(x, y);
    const [dx, dy] = [x - before[0], y - before[1]];
    this.#travelled += Math.abs(dx) + Math.abs(dy);
    this.#fingers.set(event.pointerId, [x, y]);
    const { camera } = this.#machine;
    if (this.#fingers.size === 2) {
      const [, other] = [...this.#fingers].find(([id]) => id !== event.pointerId);
      const far = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
      this.#zoom((x + other[0]) / 2, (y + other[1]) / 2, far([x, y], other) / Math.max(1, far(before, other)));
    } else if (this.#travelled > 4) {
      this.#machine.letGo();
      camera.pan(dx, dy);
      this.leave();
    }
    this.#machine.redraw();
  }

  #up(event) {
    this.#fingers.delete(event.pointerId);
    if (event.type === "pointerup" && this.#travelled <= 4 && this.#fingers.size === 0) this.#press(...this.#at(event));
  }

  /** Says in words what a step shows, for who does not see it. */
  describe() {
    const machine = this.#machine;
    const { tokens, position, next, parts } = machine.layout;
    const lit = machine.panels.filter((panel) => machine.isLit(panel.id)).map((panel) => parts[panel.part][1]);
    const what = lit.length === machine.panels.length ? machine.say("whole") : [...new Set(lit)].join(", ") || machine.say("next");
    const guess = next[0] ? ` ${machine.say("next")} ${visibleText(next[0].token)} (${percent(next[0].probability ?? 0)})` : "";
    const followed = `${machine.say("followed")}: ${visibleText(tokens[position].token)}.`;
    machine.canvas.setAttribute("aria-label", `${machine.say("picture", { what })} ${followed}${guess}`);
  }

  /** A click follows what it hits; on the map it goes there. */
  #press(x, y) {
    const machine = this.#machine;
    if (machine.isMapShown) {
      const [left, top, w, h] = machine.mapFrame;
      if (x >= left - 8 && x <= left + w + 8 && y >= top - 8 && y <= top + h + 8) {
        const [bx, by, bw] = machine.layout.box;
        const { scale } = machine.camera;
        machine.letGo();
        machine.camera.fly({ x: bx + ((x - left) / w) * bw, y: by + ((y - top) / w) * bw, scale }, { duration: machine.isStill ? 0 : 300 });
        return machine.redraw();
      }
    }
    this.point(x, y);
    if (this.cell) this.#choose();
    else {
      const token = this.#tokenAt(x, y);
      if (token >= 0) machine.choose({ token });
    }
  }

  /** The token of the prompt at a place on the screen, −1 if there is none. */
  #tokenAt(x, y) {
    const { camera, layout } = this.#machine;
    const [left, , w] = layout.prompt;
    const [a, b] = [camera.worldX(x), camera.worldY(y)];
    if (a < left - 40 / camera.scale || a > left + w + 40) return -1;
    const pitch = layout.tokens.length > 1 ? layout.tokens[1].y - layout.tokens[0].y : 100;
    return layout.tokens.findIndex((token) => Math.abs(token.y - b) <= pitch / 2);
  }

  /** What a cell is of is followed from now on. */
  #choose() {
    const { panel, row, column } = this.cell;
    const choice = {};
    if (panel.axes[0] === "t") choice.token = row;
    else if (panel.axes[1] === "t") choice.token = column;
    if (panel.layer !== null && panel.part !== "s") choice.layer = panel.layer;
    if (panel.head !== null) choice.head = panel.head;
    if (Object.keys(choice).length > 0) this.#machine.choose(choice);
  }

  // Cells

  /** The cell at a place on the screen. */
  cellAt(x, y) {
    const machine = this.#machine;
    const [a, b] = [machine.camera.worldX(x), machine.camera.worldY(y)];
    for (let i = machine.panels.length - 1; i >= 0; i--) {
      const panel = machine.panels[i];
      const [left, top, w, h] = panel.frame;
      if (a < left || b < top || a >= left + w || b >= top + h || !machine.shows(panel)) continue;
      return {
        panel,
        row: Math.min(panel.rows - 1, Math.floor(((b - top) / h) * panel.rows)),
        column: Math.min(panel.columns - 1, Math.floor(((a - left) / w) * panel.columns)),
      };
    }
    return null;
  }

  /** The middle of a cell on the screen. */
  placeOf(panel, row, column) {
    const { camera } = this.#machine;
    const [x, y, w, h] = this.#machine.cellFrame(panel, row, column);
    return [camera.screenX(x + w / 2), camera.screenY(y + h / 2)];
  }

  /** What the cell that is pointed at is made of, if it is made of vectors. */
  get glass() { return this.#isInGlass ? this.#machine.glass.of(this.cell) : null; }

  point(x, y) {
    const cell = this.#machine.layout ? this.cellAt(x, y) : null;
    if (!cell) return this.leave();
    this.#show(cell, x, y);
  }

  leave() {
    this.cell = null;
    this.#isInGlass = false;
    this.#machine.tip.hidden = true;
    this.#machine.outlines = [];
    this.#machine.redraw();
  }

  #show(cell, x, y) {
    const machine = this.#machine;
    this.cell = cell;
    const { panel, row, column } = cell;
    const least = 4 / machine.camera.scale;
    const outline = (of, from, start, to, end, isFollowed) => {
      const [a, b, w, h] = machine.cellFrame(of, from, start, to, end);
      const [width, height] = [Math.max(w, least), Math.max(h, least)];
      return { rectangle: [a - (width - w) / 2, b - (height - h) / 2, width, height], isFollowed };
    };
    machine.outlines = this.inputs(cell).map(([of, ...cells]) => outline(of, ...cells, false));
    machine.outlines.push(outline(panel, row, column, row + 1, column + 1, true));
    this.#isInGlass = this.inputs(cell).some(([, from, start, to, end]) => (to - from) * (end - start) > 1);
    const { tip } = machine;
    tip.innerHTML = this.#words(cell);
    tip.hidden = false;
    const { width, height, type, before } = machine.camera;
    const [w, h] = [tip.offsetWidth / type, tip.offsetHeight / type];
    const foot = height - before.bottom - (this.#isInGlass ? 150 : 0);
    tip.style.left = `${type * Math.max(8, x + 18 + w > width ? x - w - 16 : x + 18)}px`;
    tip.style.top = `${type * Math.max(8, Math.min(y + 16, foot - h - 8))}px`;
    machine.redraw();
  }

  /** What a cell is made of: panels, and from which row and column to which. */
  inputs({ panel, row, column }) {
    const machine = this.#machine;
    return (panel.of ?? []).flatMap(([id, letters]) => {
      const source = machine.byId.get(id);
      if (!source || !machine.shows(source) && source.part !== "P") return [];
      const range = (letter, count) => {
        const at = {
          r: row, c: column, 0: 0, f: machine.layout.position, t: machine.layout.tokens[row]?.token_id,
        }[letter];
        return letter === "*" ? [0, count] : [at, at + 1];
      };
      const [from, to] = range(letters[0], source.rows);
      const [start, end] = range(letters[1], source.columns);
      return to > source.rows || end > source.columns ? [] : [[source, from, start, to, end]];
    });
  }

  /** Where a cell stands in its tensor: `blocks.0.attn.hook_q[4,1,17]`. */
  static address({ name, shape, at: [start, down, across] }, row, column) {
    let rest = start + row * down + column * across;
    const indices = shape.map(() => 0);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      indices[axis] = rest % shape[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    return `${name}[${indices.join(",")}]`;
  }

  #words({ panel, row, column }) {
    const machine = this.#machine;
    const { tokens, parts } = machine.layout;
    const numbers = machine.numbers(panel);
    const value = machine.value(panel, row, column);
    const name = (index) => escaped(visibleText(tokens[index]?.token ?? ""));
    const lines = [];
    const where = [
      panel.layer !== null && panel.part !== "s" ? machine.say("block", { l: panel.layer }) : "",
      panel.head !== null ? machine.say("head", { h: panel.head }) : "",
    ].filter(Boolean).join(" · ");
    if (panel.isSquare) {
      const pair = { a: name(row), b: name(column) };
      lines.push(column > row ? machine.say("masked", pair) : machine.say("looks", pair));
    } else {
      const axis = (letter, index) => ({
        t: name(index), p: machine.say("place", { i: index }), n: machine.say("neuron", { i: index }),
        d: machine.say("number", { i: index }),
        v: machine.word ? escaped(visibleText(machine.word(index) ?? "")) : machine.say("row", { i: index }),
        1: "",
      })[letter];
      lines.push([axis(panel.axes[0], row), axis(panel.axes[1], column)].filter(Boolean).join(" · "));
    }
    const digits = Math.abs(value) >= 100 ? 1 : 3;
    const shown = panel.isSquare && column > row ? "" : Number.isNaN(value)
      ? escaped(machine.say(numbers.state === "ready" ? "sampled" : "absent", { n: Math.max(...numbers.steps) }))
      : `<b>${fixed(value, digits)}</b>`;
    const kind = escaped(parts[panel.part][1]);
    return `<div>${kind}${where ? ` · ${where}` : ""}</div><div>${lines.join("<br>")}</div><div>${shown}</div>
      <code>${escaped(MachinePointer.address(panel, row, column))}</code>`;
  }

  // Keys

  #byCells(isByKeys) {
    this.#isByKeys = isByKeys;
    if (!isByKeys) this.leave();
  }

  #key(event) {
    const machine = this.#machine;
    const { camera } = machine;
    const arrows = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    const arrow = arrows[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.#isByKeys && arrow) this.#step(...arrow);
    else if (this.#isByKeys && event.key === "Enter") this.#choose();
    else if (this.#isByKeys && event.key === "Escape") this.#byCells(false);
    else if (event.key === "Enter") this.#enter();
    else if (event.shiftKey && arrow) {
      machine.letGo();
      camera.pan(-arrow[1] * 80, -arrow[0] * 80);
      machine.redraw();
    } else if (event.key === "+" || event.key === "=") machine.zoom(1.6);
    else if (event.key === "-") machine.zoom(0.625);
    else if (event.key === "0") machine.zoom(0);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Starts at the cell in the middle of the panel that is nearest to the middle of the screen. */
  #enter() {
    const machine = this.#machine;
    const { camera } = machine;
    const far = (panel) => {
      const [x, y] = this.placeOf(panel, Math.floor(panel.rows / 2), Math.floor(panel.columns / 2));
      return Math.hypot(x - camera.width / 2, y - camera.height / 2);
    };
    const lit = machine.panels.filter((panel) => machine.shows(panel) && machine.isLit(panel.id));
    const panel = lit.sort((a, b) => far(a) - far(b))[0];
    if (!panel) return;
    this.#isByKeys = true;
    this.#goTo(panel, Math.floor(panel.rows / 2), Math.floor(panel.columns / 2));
  }

  #step(down, across) {
    if (!this.cell) return this.#enter();
    const { panel, row, column } = this.cell;
    const [nextRow, nextColumn] = [row + down, column + across];
    if (nextRow >= 0 && nextColumn >= 0 && nextRow < panel.rows && nextColumn < panel.columns) {
      return this.#goTo(panel, nextRow, nextColumn);
    }
    // Beyond the edge stands another panel, or none.
    const { camera } = this.#machine;
    const [x, y] = this.placeOf(panel, row, column);
    for (let step = 4; step < 1200; step += 4) {
      const cell = this.cellAt(x + across * step, y + down * step);
      if (cell && cell.panel !== panel) return this.#goTo(cell.panel, cell.row, cell.column);
      if (Math.max(x + across * step, y + down * step) > Math.max(camera.width, camera.height)) return;
    }
  }

  #goTo(panel, row, column) {
    const { camera } = this.#machine;
    const [x, y] = this.placeOf(panel, row, column);
    if (x < 20 || y < 20 || x > camera.width - 20 || y > camera.height - 20) {
      camera.pan(camera.width / 2 - x, camera.height / 2 - y);
    }
    this.#show({ panel, row, column }, ...this.placeOf(panel, row, column));
  }
}
