// The time of what is done at a step, and what all that is done there needs: parts that are made, outlines, things that fly.

class MachineTime {
  /** From 0 to 1. */
  time = 1;
  isPlaying = false;
  /** Is told of the time while it runs. */
  changed = () => {};
  machine;
  place = null;
  parts = new Map();
  overlays = [];
  outlines = [];
  scores = new Map();
  /** What stands in the glass now. */
  glass = null;
  /** How bright a panel should be, where what is done says so; and how bright the answers. */
  goal = null;
  answersGoal = null;

  /** How long each takes, in milliseconds. */
  static durations = {
    way: 9000, flow: 5000, tokens: 2600, rows: 3600, pick: 4200, add: 4200, norm: 4600, read: 7000, meet: 8000, mask: 2600,
    share: 5200, weigh: 5200, write: 4600, fire: 5200, columns: 4200, patterns: 6000, guesses: 4200, ask: 6000,
    normalize: 4600, draw: 3000, append: 3600, weights: 4200,
  };

  constructor(machine) { this.machine = machine; }

  /** Starts what is done at a place; at its end, if motion is not wanted. */
  start(place) {
    this.place = place;
    this.isPlaying = !this.machine.isStill;
    this.seek(this.isPlaying ? 0 : 1);
  }

  play() {
    if (this.time >= 1) this.seek(0);
    this.isPlaying = true;
    this.machine.redraw();
  }

  pause() { this.isPlaying = false; }

  /** Shows it as it is at a time. */
  seek(time) {
    this.time = Math.max(0, Math.min(1, time));
    this.changed(this.time);
    this.machine.redraw();
  }

  /** Moves on by some milliseconds; whether there is more to come. */
  move(elapsed) {
    if (!this.place) return false;
    if (this.isPlaying && elapsed > 0) {
      this.time = Math.min(1, this.time + elapsed / MachineTime.durations[this.place.action]);
      if (this.time >= 1) this.isPlaying = false;
      this.changed(this.time);
    }
    this.prepare();
    return this.isPlaying;
  }

  /** Works out what this moment shows. */
  prepare() {
    this.parts.clear();
    this.scores.clear();
    this.glass = this.goal = this.answersGoal = null;
    this.overlays = [];
    this.outlines = [];
    const operands = this.place.with.map((id) => this.machine.byId.get(id)).filter(Boolean);
    const { action } = this.place;
    this[`do${action[0].toUpperCase()}${action.slice(1)}`]?.(this.time, ...operands);
  }

  // What drawing asks

  /** How much of a panel has been made by now: `{rows, columns, row, only}`; nothing if it is all there. */
  part(panel) { return this.parts.get(panel.id); }

  /** How many cells of a row are there. */
  static shown(part, row, panel) {
    if (!part) return panel.columns;
    if (part.row !== undefined) return row < part.row ? panel.columns : row > part.row ? 0 : part.columns ?? 0;
    if (part.rows !== undefined && row >= part.rows) return 0;
    return part.columns ?? panel.columns;
  }

  /** How much of a panel of bars is there, 0…1. */
  filled(panel) {
    const rows = this.parts.get(panel.id)?.rows;
    return rows === undefined ? 1 : rows / panel.rows;
  }

  /** How far the bars of the answers have grown. */
  grown() {
    if (this.place?.action === "draw") return eased(share(this.time, 0, 0.5));
    if (this.place?.action === "normalize") return eased(share(this.time, 0.4, 0.9));
    return 1;
  }

  hides(position) {
    return this.place?.action === "tokens" && position > this.time * this.machine.layout.tokens.length * 1.2;
  }

  /** Whether scores stand where shares would, and whether the shares do. */
  showsScores(id) { return this.scores.has(id); }
  showsShares(id) { return !this.scores.has(id) || this.scores.get(id).shares; }
  /** How far the mask of a pattern has fallen. */
  fallen(panel) { return this.scores.get(panel.over ?? panel.id)?.mask ?? 1; }
  draw(drawing) {
    for (const overlay of this.overlays) overlay(drawing);
    for (const { rectangle, isFollowed, width } of this.outlines) {
      drawing.frame(rectangle, isFollowed ? drawing.colors.accent : drawing.colors.ink, width ?? 2);
    }
  }

  // Helpers

  get position() { return this.machine.layout.position; }
  get count() { return this.machine.layout.tokens.length; }

  mark(panel, row, column, toRow, toColumn, isFollowed = true) {
    this.outlines.push({ rectangle: this.machine.cellFrame(panel, row, column, toRow, toColumn), isFollowed });
  }

  markRow(panel, row, isFollowed) { this.mark(panel, row, 0, row + 1, panel.columns, isFollowed); }
  markColumn(panel, column, isFollowed) { this.mark(panel, 0, column, panel.rows, column + 1, isFollowed); }

  /** A picture of some cells on its way from one place to another. */
  ghost(panel, [row, column, rows, columns], from, to, t, alpha = 1) {
    this.overlays.push((drawing) => {
      const numbers = this.machine.numbers(panel);
      if (numbers.state !== "ready") return;
      const picture = numbers.picture(0, 0, drawing.colors, () => true);
      const [x, y, w, h] = drawing.camera.screen(between(from, to, t));
      const { pen } = drawing;
      const [down, across] = numbers.steps;
      pen.globalAlpha = alpha;
      pen.imageSmoothingEnabled = false;
      pen.drawImage(picture, Math.floor(column / across), Math.floor(row / down), Math.max(1, columns / across), Math.max(1, rows / down),
        x, y, Math.max(2, w), Math.max(2, h));
      pen.strokeStyle = drawing.colors.accent;
      pen.lineWidth = 1.5;
      pen.strokeRect(x - 0.5, y - 0.5, Math.max(2, w) + 1, Math.max(2, h) + 1);
      pen.globalAlpha = 1;
    });
  }

  dot(x, y, size = 6) {
    this.overlays.push(({ pen, camera, colors }) => {
      const [a, b] = [camera.screenX(x), camera.screenY(y)];
      pen.fillStyle = colors.accent;
      for (const [radius, alpha] of [[2.2, 0.22], [1, 1]]) {
        pen.globalAlpha = alpha;
        pen.beginPath();
        pen.arc(a, b, size * radius, 0, 7);
        pen.fill();
      }
      pen.globalAlpha = 1;
    });
  }

  /** A point on a line, by its share of the whole length. */
  static along(points, lengths, t) {
    const goal = t * lengths[lengths.length - 1];
    let i = lengths.findIndex((length) => length >= goal);
    if (i < 1) i = 1;
    const part = (goal - lengths[i - 1]) / (lengths[i] - lengths[i - 1] || 1);
    return [0, 1].map((axis) => between(points[2 * i - 2 + axis], points[2 * i + axis], part));
  }

  static lengths(points) {
    const lengths = [0];
    for (let i = 2; i < points.length; i += 2) {
      lengths.push(lengths[lengths.length - 1] + Math.hypot(points[i] - points[i - 2], points[i + 1] - points[i - 1]));
    }
    return lengths;
  }

  /** Actions that need the glass, for which the camera leaves room. */
  static glasses = new Set(["pick", "add", "norm", "read", "meet", "share", "weigh", "ask", "write", "fire"]);

  /** The row of the followed token, or of the one row there is, of some panels, in the glass. */
  rowsInGlass(panels, line, shown) {
    const { glass } = this.machine;
    const rows = panels.map((panel) => glass.vector(panel, true, panel.axes[0] === "t" ? this.position : 0));
    this.glass = { rows, line, shown };
  }

  number(panel, row, column, digits = 3) {
    const value = this.machine.numbers(panel).at(row, column);
    return Number.isNaN(value) ? "…" : fixed(value, digits);
  }
}
