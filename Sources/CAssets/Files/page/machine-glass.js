// The glass: one panel at the foot of the picture in which two vectors and their products stand number above number. What
// is done at a step and what is pointed at use the same one, so that it is learned once.

class MachineGlass {
  #machine;
  #products = new Map();

  constructor(machine) { this.#machine = machine; }

  /** What a cell is made of: the vectors among its inputs, and their products if they are two. */
  of(cell) {
    const machine = this.#machine;
    const vectors = machine.pointer.inputs(cell).flatMap(([panel, from, start, to, end]) => {
      const isRow = to - from === 1 && end - start > 1;
      const isColumn = end - start === 1 && to - from > 1;
      // Where positions turn queries and keys, they meet as they are turned.
      const met = cell.panel.axes === "tt" && panel.turned ? { ...panel, name: panel.turned } : panel;
      return isRow || isColumn ? [this.vector(met, isRow, isRow ? from : start)] : [];
    });
    const [first, second] = vectors;
    const rows = vectors.slice(0, 2);
    if (second && first.count === second.count) {
      const values = this.#productsOf(first, second);
      if (values) rows.push({ name: `${first.sign} × ${second.sign}`, values, kind: "data" });
    }
    const { panel, row, column } = cell;
    const value = machine.value(panel, row, column);
    return { rows, line: Number.isNaN(value) ? "" : `${this.#name(panel, row, column)} = ${fixed(value, 3)}` };
  }

  /** A row or a column of a panel. */
  vector(panel, isRow, index) {
    const numbers = this.#machine.numbers(panel);
    const { at: [start, down, across], rows, columns } = panel;
    const [sign] = this.#machine.layout.parts[panel.part];
    const axis = panel.axes[isRow ? 0 : 1];
    return {
      sign,
      name: `${sign || this.#machine.layout.parts[panel.part][1]} ${this.#index(axis, index)}`,
      isFollowed: axis === "t" && index === this.#machine.layout.position,
      values: numbers.state === "ready" ? (isRow ? numbers.row(index) : numbers.column(index)) : [],
      kind: panel.kind,
      limit: numbers.limit,
      count: isRow ? columns : rows,
      call: { name: panel.name, at: isRow ? [start + index * down, across] : [start + index * across, down] },
    };
  }

  #index(axis, index) {
    const machine = this.#machine;
    if (axis === "1") return "";
    if (axis === "t") return visibleText(machine.layout.tokens[index].token);
    if (axis === "v") return machine.word ? visibleText(machine.word(index) ?? "") : String(index);
    return String(index);
  }

  #name(panel, row, column) {
    const [sign, text] = this.#machine.layout.parts[panel.part];
    const indices = [[panel.axes[0], row], [panel.axes[1], column]].filter(([axis]) => axis !== "1");
    return `${sign || text} [${indices.map(([axis, index]) => this.#index(axis, index)).join(", ")}]`;
  }

  /** The products of two vectors, which the program works out; nothing until it has. */
  #productsOf(first, second) {
    const call = { call: "products", count: first.count, ...first.call, by: second.call.name, by_at: second.call.at };
    const key = JSON.stringify(call);
    if (!this.#products.has(key)) {
      if (this.#products.size > 400) this.#products.clear();
      this.#products.set(key, null);
      this.#machine.askNumbers(call).then((values) => {
        this.#products.set(key, values);
        this.#machine.redraw();
      }, () => {});
    }
    return this.#products.get(key);
  }

  /** Forgets the run before. */
  forget() { this.#products.clear(); }

  static height(rows, isSmall) { return rows * (isSmall ? 22 : 30) + (isSmall ? 34 : 44); }

  /** Draws it; `shown` is how many numbers of the last row are there. */
  draw(drawing, { rows, line, shown = Infinity }) {
    const { pen, colors, camera } = drawing;
    const { isSmall, before } = camera;
    const room = camera.width - before.left;
    const width = Math.min(room - (isSmall ? 16 : 40), 880);
    const pitch = isSmall ? 22 : 30;
    const height = MachineGlass.height(rows.length, isSmall);
    const [left, top] = [before.left + (room - width) / 2, camera.height - before.bottom - height - (isSmall ? 8 : 14)];
    pen.fillStyle = colors.card;
    pen.strokeStyle = colors.line;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.roundRect(left, top, width, height, 12);
    pen.fill();
    pen.stroke();
    const names = isSmall ? 78 : Math.max(...rows.map(({ name }) => name.length)) > 15 ? 200 : 150;
    rows.forEach((row, index) => {
      const middle = top + 10 + pitch * (index + 0.5);
      drawing.label(row.name, left + 14, middle, {
        size: isSmall || row.name.length > 15 ? 12 : 15, weight: row.isFollowed ? 650 : 500, isFormula: /\bW_/.test(row.name),
        color: row.isFollowed ? colors.accent : colors.ink, room: names - 20,
      });
      const count = index === rows.length - 1 ? Math.min(shown, row.values.length) : row.values.length;
      this.#bars(drawing, row, [left + names, middle, width - names - 16, pitch], count);
    });
    drawing.label(line, left + 14, top + height - (isSmall ? 15 : 20), { size: isSmall ? 13 : 17, room: width - 28 });
  }

  #bars({ pen, colors }, { values, kind, limit }, [x, middle, width, pitch], count) {
    const cell = width / Math.max(1, values.length);
    const gap = values.length > 200 ? 0 : cell * 0.12;
    let most = 1e-12;
    for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value));
    if (kind !== "data") {
      const scale = { kind, limit: kind === "probability" ? 1 : limit };
      for (let i = 0; i < count; i++) {
        if (Number.isNaN(values[i])) continue;
        pen.fillStyle = colors.css(scale, values[i]);
        pen.fillRect(x + i * cell, middle - pitch * 0.4, cell - gap + 0.3, pitch * 0.8);
      }
      return;
    }
    pen.fillStyle = colors.line;
    pen.fillRect(x, middle - 0.5, width, 1);
    for (const sign of [1, -1]) {
      pen.fillStyle = sign > 0 ? colors.up : colors.down;
      pen.beginPath();
      for (let i = 0; i < count; i++) {
        const size = (Math.abs(values[i]) / most) * pitch * 0.45;
        if (values[i] * sign > 0 && Number.isFinite(size)) {
          pen.rect(x + i * cell + gap / 2, sign > 0 ? middle - size : middle, Math.max(0.6, cell - gap), size);
        }
      }
      pen.fill();
    }
  }
}
