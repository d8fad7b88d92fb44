// The machine's numbers and what they look like: matrices as pictures, one pixel a cell, made when they are first seen.

/** The page's colours, read from its style so that both themes are served. */
class MachineColors {
  constructor(place) {
    const style = getComputedStyle(place);
    const named = (name) => style.getPropertyValue(`--${name}`).trim();
    for (const name of ["page", "card", "ink", "muted", "line", "accent"]) this[name] = named(name);
    const ramp = (letter) => Array.from({ length: 13 }, (_, level) => MachineColors.parts(named(letter + level)));
    this.ramps = { weight: ramp("w"), data: ramp("d"), probability: ramp("p") };
    this.tables = Object.fromEntries(
      Object.entries(this.ramps).map(([kind, levels]) => [kind, MachineColors.table(levels)]),
    );
    this.isDark = MachineColors.light(MachineColors.parts(this.page)) < 128;
    const data = this.ramps.data;
    const css = ([r, g, b]) => `rgb(${r},${g},${b})`;
    const mixed = (a, b, t) => css(between(a, b, t).map(Math.round));
    const [page, line] = [this.page, this.line].map(MachineColors.parts);
    /** Bars up and down, the ground of what is read, lanes, the strongest of probabilities. */
    this.up = css(data[this.isDark ? 9 : 10]);
    this.down = css(data[this.isDark ? 6 : 4]);
    this.ground = mixed(page, line, 0.26);
    this.lane = mixed(page, line, 0.8);
    this.share = css(this.ramps.probability[8]);
  }

  static parts(text) {
    const hex = text.match(/^#(..)(..)(..)$/);
    if (hex) return hex.slice(1).map((part) => parseInt(part, 16));
    return (text.match(/[\d.]+/g) ?? [128, 128, 128]).slice(0, 3).map(Number);
  }

  static light([r, g, b]) { return 0.3 * r + 0.59 * g + 0.11 * b; }

  /** 256 colours as the bytes of pixels. */
  static table(levels) {
    const table = new Uint32Array(256);
    for (let i = 0; i < 256; i++) {
      const place = (i / 255) * (levels.length - 1);
      const low = Math.min(levels.length - 2, Math.floor(place));
      const [r, g, b] = between(levels[low], levels[low + 1], place - low).map(Math.round);
      table[i] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
    }
    return table;
  }

  /** The place of a value on its scale, 0…255. */
  static level(kind, value, limit, isRoot = false) {
    if (kind === "weight") return Math.max(0, Math.min(255, Math.round(127.5 + (value / limit) * 127.5)));
    const size = isRoot ? Math.sqrt(value) : Math.abs(value);
    return Math.max(0, Math.min(255, Math.round((size / limit) * 255)));
  }

  pixel({ kind, limit, isRoot }, value) {
    return this.tables[kind][MachineColors.level(kind, value, limit, isRoot)];
  }

  /** The colour of a value among some numbers. */
  css(numbers, value) {
    const pixel = this.pixel(numbers, value);
    return `rgb(${pixel & 255},${(pixel >> 8) & 255},${(pixel >> 16) & 255})`;
  }

  /** Ink that is read upon a cell. */
  upon(numbers, value) {
    const pixel = this.pixel(numbers, value);
    const light = MachineColors.light([pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255]);
    return light > 140 ? "#14181d" : "#ffffff";
  }
}

/** The numbers of a panel's cells, and pictures of them. */
class MachineNumbers {
  /** Whether they are `asked` for, `ready`, or `absent`. */
  state = "asked";
  values = null;
  /** Every so-manieth row and column is there. */
  rows = 0;
  columns = 0;
  steps = [1, 1];
  limit = 1;
  mean = 0;
  /** Whether shares are shaded by their square root, for in a long prompt most are small. */
  isRoot = false;
  #pictures = new Map();

  /** The most numbers that are asked for at once. */
  static most = 1 << 20;

  constructor(panel, askNumbers, done) {
    const { rows, columns } = panel;
    this.kind = panel.kind;
    this.isRoot = panel.kind === "probability" && panel.axes === "tt" && rows > 12;
    const across = Math.max(1, Math.ceil(columns / 1024));
    const down = Math.max(1, Math.ceil(rows / Math.floor(MachineNumbers.most / Math.ceil(columns / across))));
    this.steps = [down, across];
    this.rows = Math.ceil(rows / down);
    this.columns = Math.ceil(columns / across);
    if (panel.absent) this.state = "absent";
    else this.#ask(panel, askNumbers).then(done);
  }

  async #ask({ name, at: [start, row, column], missing = [0, 0] }, askNumbers) {
    // Of a long prompt, the first rows or columns may not have been recorded.
    const [top, left] = missing;
    try {
      const [rows, columns] = [this.rows - top, this.columns - left];
      const at = [start + top * row + left * column, row * this.steps[0], column * this.steps[1]];
      const numbers = await askNumbers({ call: "numbers", name, at, rows, columns });
      this.values = top + left === 0 ? numbers : new Float32Array(this.rows * this.columns).fill(NaN);
      if (top + left > 0) {
        for (let i = 0; i < rows; i++) {
          this.values.set(numbers.subarray(i * columns, (i + 1) * columns), (i + top) * this.columns + left);
        }
      }
      this.#measure();
      this.state = "ready";
    } catch {
      this.state = "absent";
    }
  }

  /** Whether there are cells between those that are there. */
  get isSampled() { return this.steps[0] * this.steps[1] > 1; }

  /** The number of a cell, if it is there. */
  at(row, column) {
    if (!this.values || row % this.steps[0] !== 0 || column % this.steps[1] !== 0) return NaN;
    return this.values[(row / this.steps[0]) * this.columns + column / this.steps[1]];
  }

  row(row) { return Array.from({ length: this.columns }, (_, column) => this.at(row, column * this.steps[1])); }
  column(column) { return Array.from({ length: this.rows }, (_, row) => this.at(row * this.steps[0], column)); }

  /** What takes the strongest colour: two and a half times the size that is usual in the panel. */
  #measure() {
    if (this.kind === "probability") return;
    const stride = Math.max(1, Math.floor(this.values.length / 8192));
    let [sum, squares, count] = [0, 0, 0];
    for (let i = 0; i < this.values.length; i += stride) {
      const value = this.values[i];
      if (!Number.isFinite(value)) continue;
      sum += value;
      squares += value * value;
      count += 1;
    }
    this.mean = count ? sum / count : 0;
    this.limit = 2.5 * Math.sqrt(count ? squares / count : 1) || 1;
  }

  /** A picture in which 2^across × 2^down cells share a pixel; `null` if it is not made yet and must not be now. */
  picture(across, down, colors, mayMake) {
    const key = across * 32 + down;
    if (this.#pictures.has(key)) return this.#pictures.get(key);
    if (!mayMake()) return null;
    const picture = this.#make(1 << across, 1 << down, colors);
    this.#pictures.set(key, picture);
    return picture;
  }

  forget() {
    for (const canvas of this.#pictures.values()) {
      const size = `${canvas.width} ${canvas.height}`;
      if (!MachineNumbers.#spare.has(size)) MachineNumbers.#spare.set(size, []);
      MachineNumbers.#spare.get(size).push(canvas);
    }
    this.#pictures.clear();
  }

  /** Canvases of pictures that are shown no more, by their size: to make a new one takes longer than to fill it. */
  static #spare = new Map();

  static #canvas(width, height) {
    const spare = MachineNumbers.#spare.get(`${width} ${height}`)?.pop();
    return spare ?? Object.assign(document.createElement("canvas"), { width, height });
  }

  /** Forgets the numbers of a run, but not the weights; of the spare canvases what was not used again is given back. */
  static forgetRun(known) {
    MachineNumbers.#spare.clear();
    for (const [key, numbers] of known) {
      if (numbers.kind === "weight") continue;
      numbers.forget();
      known.delete(key);
    }
  }

  #make(across, down, colors) {
    const [width, height] = [Math.ceil(this.columns / across), Math.ceil(this.rows / down)];
    const canvas = MachineNumbers.#canvas(width, height);
    const context = canvas.getContext("2d");
    const image = context.createImageData(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const table = colors.tables[this.kind];
    const single = across * down === 1;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const value = single ? this.values[y * this.columns + x] : this.#pooled(x * across, y * down, across, down);
        if (!Number.isNaN(value)) pixels[y * width + x] = table[MachineColors.level(this.kind, value, this.limit, this.isRoot)];
      }
    }
    context.putImageData(image, 0, 0);
    return canvas;
  }

  /** What stands for the cells that share a pixel: of shares the largest; else their mean, its spread kept visible. */
  #pooled(left, top, across, down) {
    const right = Math.min(this.columns, left + across);
    const bottom = Math.min(this.rows, top + down);
    let [sum, squares, largest, count] = [0, 0, 0, 0];
    for (let row = top; row < bottom; row++) {
      for (let place = row * this.columns + left; place < row * this.columns + right; place++) {
        const value = this.values[place];
        if (!(Math.abs(value) < 1e30)) continue;
        sum += value;
        squares += value * value;
        if (value > largest) largest = value;
        count += 1;
      }
    }
    if (count === 0) return NaN;
    if (this.kind === "probability") return largest;
    if (this.kind === "data") return Math.sqrt(squares / count);
    return this.mean + (sum / count - this.mean) * count ** 0.35;
  }
}
