// The map of the whole, in a corner where it hides nothing of what a step shows.

class MachineMap {
  #machine;
  #corner = 0;

  constructor(machine) { this.#machine = machine; }

  get isShown() {
    const { layout, camera } = this.#machine;
    return layout !== null && camera.isNear(layout.box) && this.frame !== null;
  }

  get frame() { return this.#frameIn(this.#corner); }

  /** At the top right, the top left, or at the foot; nowhere if all of them are taken. */
  #frameIn(corner) {
    const { camera, layout: { box: [, , w, h] } } = this.#machine;
    const width = Math.min(200, Math.max(130, camera.width * 0.15));
    const height = (width * h) / w;
    const { bottom, left } = camera.covered;
    const [right, foot] = [camera.width - width - 20, camera.height - height - bottom - 4];
    const [x, y] = [[right, 16], [left + 4, 16], [right, foot], [left + 4, foot]][corner] ?? [];
    return x === undefined ? null : [x, y, width, height];
  }

  /** Finds the corner that is free at a view of what a step lights. */
  place({ x, y, scale }) {
    const { panels, camera, layout: { answers } } = this.#machine;
    const isLit = (id) => this.#machine.isLit(id);
    const shown = panels.filter(({ id }) => isLit(id)).map(({ to }) => to);
    // What may come next stands beside the picture's end.
    if (["prob", "logits", "WU"].some(isLit)) shown.push(answers);
    // What is written around it takes its room, too.
    const seen = shown.map(([left, top, width, height]) =>
      [(left - x) * scale + camera.width / 2 - 24, (top - y) * scale + camera.height / 2 - 24, width * scale + 48, height * scale + 48]);
    const covers = ([x, y, w, h]) => seen.some(([a, b, c, d]) => a < x + w && a + c > x && b < y + h && b + d > y);
    this.#corner = [0, 1, 2, 3, 4].find((corner) => corner === 4 || !covers(this.#frameIn(corner)));
  }
}
