// The machine's camera: which part of the picture is on the screen, and how it flies from one to another.

/** Between 0 and 1, slow at both ends. */
const eased = (t) => (t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2);
/** How far `t` is on its way from `start` to `end`, 0…1. */
const share = (t, start, end) => Math.max(0, Math.min(1, (t - start) / (end - start)));
/** Between two numbers, or two lists of them. */
const between = (a, b, t) => (Array.isArray(a) ? a.map((value, i) => between(value, b[i], t)) : a + (b - a) * t);

class MachineCamera {
  /** The middle of what is seen, in units, and how many pixels a unit takes. */
  x = 0;
  y = 0;
  scale = 0.2;
  /** The size of the screen, and what of it is covered at each edge, in pixels; they are larger than the page's by `type`. */
  width = 1;
  height = 1;
  type = 1;
  /** How many pixels a unit takes at most: no cell need be larger than its number. */
  closest = 90;
  covered = { top: 0, right: 0, bottom: 0, left: 0 };
  /** What the page puts before the picture. */
  before = { left: 0, bottom: 0 };
  #flight = null;

  screenX(x) { return (x - this.x) * this.scale + this.width / 2; }
  screenY(y) { return (y - this.y) * this.scale + this.height / 2; }
  worldX(x) { return (x - this.width / 2) / this.scale + this.x; }
  worldY(y) { return (y - this.height / 2) / this.scale + this.y; }
  /** A rectangle on the screen. */
  screen([x, y, width, height]) {
    return [this.screenX(x), this.screenY(y), width * this.scale, height * this.scale];
  }
  get view() { return { x: this.x, y: this.y, scale: this.scale }; }
  set view({ x, y, scale }) { Object.assign(this, { x, y, scale }); }
  get isFlying() { return this.#flight !== null; }

  /** Takes the size of the place on the page. What is written grows with the window, so that it is read from afar. */
  resize(width, height) {
    const { left, bottom } = this.before;
    const before = this.type;
    this.type = Math.max(1, Math.min(2.5, Math.min(innerWidth / 1366, innerHeight / 768) ** 0.5));
    this.before = { left: (left * before) / this.type, bottom: (bottom * before) / this.type };
    Object.assign(this, { width: width / this.type, height: height / this.type });
  }

  /** Where the room is small, so is what is written. */
  get isSmall() { return this.width - this.before.left < 560; }

  /** Says what is covered: by the controls, by the page, by a glass of so many rows. */
  cover(rows) {
    const glass = rows > 0 ? MachineGlass.height(rows, this.isSmall) + 12 : 0;
    const [edge, top, foot] = this.isSmall ? [8, 8, 12] : [24, 20, 28];
    this.covered = { top, right: edge, bottom: foot + glass + this.before.bottom, left: edge + this.before.left };
  }

  /** Whether so little of the picture is seen that a map helps. */
  isNear(box) { return !this.isSmall && this.scale > 1.7 * this.around(box).scale; }

  /** The view that shows a rectangle whole; where there is a choice, what is in the picture rather than what is beside it. */
  around([x, y, width, height], box = null) {
    const { top, right, bottom, left } = this.covered;
    const [w, h] = [Math.max(40, this.width - left - right), Math.max(40, this.height - top - bottom)];
    const scale = Math.min(w / width, h / height, this.closest);
    const within = (place, size, covered, start, length) => {
      const middle = place + size / 2;
      if (!box) return middle;
      const half = covered / scale / 2;
      // What is wanted beyond the picture's edge is wanted.
      [start, length] = [Math.min(start, place), Math.max(start + length, place + size) - Math.min(start, place)];
      return half * 2 >= length ? Math.max(place + size - half, Math.min(place + half, start + length / 2))
        : Math.max(start + half, Math.min(start + length - half, middle));
    };
    const [bx, by, bw, bh] = box ?? [];
    return {
      x: within(x, width, w, bx, bw) + (right - left) / 2 / scale,
      y: within(y, height, h, by, bh) + (bottom - top) / 2 / scale,
      scale,
    };
  }

  /** Flies to a view; at once if motion is not wanted. */
  fly(view, { now = performance.now(), duration = 600 } = {}) {
    if (duration === 0) {
      this.view = view;
      this.#flight = null;
    } else this.#flight = { path: MachineCamera.path(this.view, view, this.width), now, duration, view };
  }

  /** Where the flight leads, or what is seen. */
  get target() { return this.#flight?.view ?? this.view; }

  /** Moves on; whether anything moved. */
  move(now) {
    if (!this.#flight) return false;
    const { path, now: start, duration, view } = this.#flight;
    const t = Math.min(1, (now - start) / duration);
    this.view = t < 1 ? path(eased(t)) : view;
    if (t === 1) this.#flight = null;
    return true;
  }

  stop() { this.#flight = null; }

  pan(dx, dy) {
    this.stop();
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
  }

  /** The view in which the point under the pointer stays where it is. */
  zoomed(x, y, factor, smallest) {
    const scale = Math.max(smallest, Math.min(this.closest, this.scale * factor));
    return {
      x: this.worldX(x) - (x - this.width / 2) / scale,
      y: this.worldY(y) - (y - this.height / 2) / scale,
      scale,
    };
  }

  /**
   * The smoothest way from one view to another: far ones rise first, so that the way is seen.
   * After van Wijk and Nuij 2003, "Smooth and efficient zooming and panning".
   */
  static path(from, to, size) {
    const [w0, w1] = [size / from.scale, size / to.scale];
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const distance = Math.hypot(dx, dy);
    const rho = 1.1;
    const at = (part, width) => ({ x: from.x + dx * part, y: from.y + dy * part, scale: size / width });
    if (distance < 1e-3 * w0) return (t) => at(t, w0 * (w1 / w0) ** t);
    const bend = (width, sign) => {
      const other = width === w0 ? w1 : w0;
      const b = (w1 * w1 - w0 * w0 + sign * rho ** 4 * distance ** 2) / (2 * width * rho ** 2 * distance);
      return other && Math.log(Math.hypot(b, 1) - b);
    };
    const [r0, r1] = [bend(w0, 1), bend(w1, -1)];
    const length = (r1 - r0) / rho;
    return (t) => {
      const r = rho * t * length + r0;
      const part = (w0 / (rho ** 2 * distance)) * (Math.cosh(r0) * Math.tanh(r) - Math.sinh(r0));
      return at(part, (w0 * Math.cosh(r0)) / Math.cosh(r));
    };
  }
}
