// Draws the machine on its canvas. What all parts of that need: text, frames, pictures of numbers, hatching.

class MachinePen {
  machine;
  pen;
  hatch = null;
  /** The map of the whole, when it was drawn, and whether some of it was not there yet. */
  map = null;
  mapTime = 0;
  isMapDue = false;
  /** Until when pictures may be made in this frame, and whether some were left for the next. */
  until = 0;
  isUnfinished = false;

  constructor(machine, canvas) {
    this.machine = machine;
    this.pen = canvas.getContext("2d", { alpha: false });
  }

  get colors() { return this.machine.colors; }
  get camera() { return this.machine.camera; }

  /** Colours or panels are others. */
  renew() {
    this.hatch = null;
    this.map = null;
  }

  /** Text with a margin in the ground's colour; `W_E` with its letter lowered; one that is kept stays within the screen. */
  label(text, x, y, {
    size = 13, weight = 500, color = this.colors.ink, align = "left", alpha = 1, isFormula = false, room = Infinity, isKept = false,
  } = {}) {
    const pen = this.pen;
    const [main, low = "", rest = ""] = isFormula ? text.split(/_(\w+)/) : [text];
    const small = size * 0.68;
    const measured = (part, points) => {
      pen.font = `${weight} ${points}px ${this.machine.font}`;
      return part === "" ? 0 : pen.measureText(part).width;
    };
    let shown = main;
    while (shown.length > 2 && measured(shown, size) > room) shown = `${[...shown].slice(0, -2).join("")}…`;
    const parts = [[shown, size, 0], [low, small, size * 0.26], [rest, size, 0]].filter(([part]) => part !== "");
    const whole = parts.reduce((sum, [part, points]) => sum + measured(part, points), 0);
    let left = x - (align === "center" ? whole / 2 : align === "right" ? whole : 0);
    if (isKept) left = Math.max(3, Math.min(this.camera.width - 3 - whole, left));
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.globalAlpha = alpha;
    pen.lineWidth = 4;
    pen.lineJoin = "round";
    pen.strokeStyle = this.colors.page;
    pen.fillStyle = color;
    for (const [part, points, lower] of parts) {
      const width = measured(part, points);
      pen.strokeText(part, left, y + lower);
      pen.fillText(part, left, y + lower);
      left += width;
    }
    pen.globalAlpha = 1;
    return whole;
  }

  /** A rectangle in units, outlined. */
  frame(rectangle, color, width = 2) {
    const [x, y, w, h] = this.camera.screen(rectangle);
    this.pen.strokeStyle = color;
    this.pen.lineWidth = width;
    this.pen.strokeRect(x - 1, y - 1, Math.max(2, w) + 2, Math.max(2, h) + 2);
  }

  isSeen([x, y, w, h], room = 0) {
    return x < this.camera.width + room && y < this.camera.height + room && x + w > -room && y + h > -room;
  }

  outline(outlines) {
    for (const { rectangle, isFollowed } of outlines) {
      this.frame(rectangle, isFollowed ? this.colors.accent : this.colors.ink, 2);
    }
  }

  /** How many times cells are halved until they are no smaller than a pixel. */
  halvings(size, most) {
    const pixels = size * this.machine.density;
    return pixels < 0.75 ? Math.min(most, Math.ceil(Math.log2(0.75 / pixels))) : 0;
  }

  picture(numbers, across, down) {
    const picture = numbers.picture(across, down, this.colors, () => performance.now() < this.until);
    if (!picture) this.isUnfinished = true;
    return picture;
  }

  cellsOnScreen([x, y, w, h], { rows, columns }) {
    const range = (start, size, count, end) => [
      Math.max(0, Math.floor((-start / size) * count)),
      Math.min(count, Math.ceil(((end - start) / size) * count)),
    ];
    return { rows: range(y, h, rows, this.camera.height), columns: range(x, w, columns, this.camera.width) };
  }

  hatched() {
    if (this.hatch) return this.hatch;
    const tile = document.createElement("canvas");
    tile.width = tile.height = 7;
    const pen = tile.getContext("2d");
    pen.strokeStyle = this.colors.line;
    pen.beginPath();
    pen.moveTo(-1, 8);
    pen.lineTo(8, -1);
    pen.stroke();
    this.hatch = this.pen.createPattern(tile, "repeat");
    return this.hatch;
  }
}

/** A token as it is shown: its blanks and line ends as signs. */
const visibleText = (text) => text.replace(/ /g, "·").replace(/\n/g, "⏎").replace(/\t/g, "⇥") || "∅";
/** A share in percent. */
const percent = (share) => (share > 0 && share < 0.0005 ? "<0.1 %" : `${fixed(share * 100, 1)} %`);
const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
