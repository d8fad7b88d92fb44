// Draws the machine on its canvas: panels as slabs, cells or numbers, whichever there is room for; wires; names.

class MachineDrawing {
  #machine;
  #pen;
  #hatch = null;
  #map = null;
  /** Until when pictures may be made in this frame, and whether some were left for the next. */
  #until = 0;
  isUnfinished = false;

  constructor(machine, canvas) {
    this.#machine = machine;
    this.#pen = canvas.getContext("2d", { alpha: false });
  }

  get pen() { return this.#pen; }
  get colors() { return this.#machine.colors; }
  get camera() { return this.#machine.camera; }

  /** Colours or panels are others. */
  renew() {
    this.#hatch = null;
    this.#map = null;
  }

  draw() {
    const { machine, pen, camera, colors } = { machine: this.#machine, pen: this.#pen, camera: this.camera, colors: this.colors };
    this.#until = performance.now() + 14;
    this.isUnfinished = false;
    pen.setTransform(machine.density, 0, 0, machine.density, 0, 0);
    pen.fillStyle = colors.page;
    pen.fillRect(0, 0, camera.width, camera.height);
    if (!machine.layout) return;
    this.#drawGrounds();
    this.#drawWires();
    for (const panel of machine.panels) this.#drawPanel(panel);
    this.#outlineFollowed();
    this.#drawAnswers();
    this.#drawPrompt();
    this.#drawNames();
    machine.acts.draw(this);
    this.#outline(machine.outlines);
    if (machine.isMapShown) this.#drawMap();
    this.#drawKey();
    const glass = machine.pointer.glass ?? machine.acts.glass;
    if (glass?.rows.length > 0) machine.glass.draw(this, glass);
  }

  // Small helpers

  /** Text with a margin in the ground's colour; `W_E` with its letter lowered. */
  label(text, x, y, { size = 13, weight = 500, color = this.colors.ink, align = "left", alpha = 1, isFormula = false, room = Infinity } = {}) {
    const pen = this.#pen;
    const [main, low = "", rest = ""] = isFormula ? text.split(/_(\w+)/) : [text];
    const small = size * 0.68;
    const measured = (part, points) => {
      pen.font = `${weight} ${points}px ${this.#machine.font}`;
      return part === "" ? 0 : pen.measureText(part).width;
    };
    let shown = main;
    while (shown.length > 2 && measured(shown, size) > room) shown = `${[...shown].slice(0, -2).join("")}…`;
    const parts = [[shown, size, 0], [low, small, size * 0.26], [rest, size, 0]].filter(([part]) => part !== "");
    const whole = parts.reduce((sum, [part, points]) => sum + measured(part, points), 0);
    let left = x - (align === "center" ? whole / 2 : align === "right" ? whole : 0);
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
    this.#pen.strokeStyle = color;
    this.#pen.lineWidth = width;
    this.#pen.strokeRect(x - 1, y - 1, Math.max(2, w) + 2, Math.max(2, h) + 2);
  }

  #isSeen([x, y, w, h], room = 0) {
    return x < this.camera.width + room && y < this.camera.height + room && x + w > -room && y + h > -room;
  }

  #outline(outlines) {
    for (const { rectangle, isFollowed } of outlines) {
      this.frame(rectangle, isFollowed ? this.colors.accent : this.colors.ink, 2);
    }
  }

  // Grounds and wires

  /** What is read and what is added stands on a ground that reaches to the stream. */
  #drawGrounds() {
    const { pen } = this;
    pen.fillStyle = this.colors.ground;
    for (const { rectangle, panels } of this.#machine.grounds) {
      const [x, y, w, h] = this.camera.screen(rectangle);
      if (!this.#isSeen([x, y, w, h])) continue;
      pen.globalAlpha = Math.max(...panels.map((panel) => panel.light));
      pen.fillRect(x, y, w, h);
    }
    pen.globalAlpha = 1;
  }

  #drawWires() {
    const machine = this.#machine;
    const { pen, camera, colors } = this;
    const scale = camera.scale;
    const dim = 1 - 0.58 * machine.dimness;
    const thin = Math.max(1, Math.min(3, 3 * scale));
    const [top, pitch] = machine.layout.lanes;
    const stroke = (color, width, alpha, wires, trace) => {
      pen.strokeStyle = color;
      pen.lineWidth = width;
      pen.globalAlpha = alpha * dim;
      pen.beginPath();
      for (const wire of wires) trace(wire.slice(2));
      pen.stroke();
    };
    const line = (points) => {
      for (let i = 0; i < points.length; i += 2) {
        const [x, y] = [camera.screenX(points[i]), camera.screenY(points[i + 1])];
        if (i === 0) pen.moveTo(x, y); else pen.lineTo(x, y);
      }
    };
    const curve = ([x0, y0, x1, y1]) => {
      const [a, b, c, d] = [camera.screenX(x0), camera.screenY(y0), camera.screenX(x1), camera.screenY(y1)];
      pen.moveTo(a, b);
      pen.bezierCurveTo((a + c) / 2, b, (a + c) / 2, d, c, d);
    };
    const { cones, gray, amber } = machine.wires;
    for (const [, , x, y, edge, from, to] of cones) {
      pen.fillStyle = colors.accent;
      pen.globalAlpha = 0.1 * dim;
      pen.beginPath();
      const half = pitch * 0.4;
      const middle = camera.screenX((x + edge) / 2);
      pen.moveTo(camera.screenX(x), camera.screenY(y - half));
      pen.bezierCurveTo(middle, camera.screenY(y - half), middle, camera.screenY(from), camera.screenX(edge), camera.screenY(from));
      pen.lineTo(camera.screenX(edge), camera.screenY(to));
      pen.bezierCurveTo(middle, camera.screenY(to), middle, camera.screenY(y + half), camera.screenX(x), camera.screenY(y + half));
      pen.fill();
    }
    const many = machine.layout.tokens.length > 12 ? 0.55 : 1;
    stroke(colors.lane, Math.max(0.8, Math.min(4, 5 * scale)) * (many < 1 ? 0.7 : 1), many, gray.curve, curve);
    stroke(colors.lane, Math.max(0.8, 2 * scale), 1, gray.tick, line);
    const height = pitch * 0.34;
    machine.layout.tokens.forEach((_, position) => {
      const isMine = position === machine.layout.position;
      pen.fillStyle = isMine ? colors.accent : colors.lane;
      pen.globalAlpha = isMine ? dim : dim * Math.min(1, Math.max(0.25, (height * scale) / 0.6));
      const thick = isMine ? Math.max(height * scale, 2.4) : Math.max(0.6, height * scale);
      const y = camera.screenY(top + pitch * (position + 0.5)) - thick / 2;
      for (const [, , from, to] of gray.lanes) pen.fillRect(camera.screenX(from), y, (to - from) * scale, thick);
    });
    stroke(colors.accent, Math.max(1.4, Math.min(4, 4 * scale)), 1, amber.curve, curve);
    stroke(colors.accent, thin, 0.9, amber.bus, line);
    stroke(colors.accent, thin, 0.9, amber.tick, line);
    pen.fillStyle = colors.accent;
    pen.globalAlpha = dim;
    for (const wire of amber.bus) this.#arrow(wire.slice(2));
    for (const [, , x, y] of amber.plus) this.#plus(camera.screenX(x), camera.screenY(y));
    pen.globalAlpha = 1;
  }

  /** An arrowhead in the middle of the longest piece of a line. */
  #arrow(points) {
    let [best, at] = [0, 0];
    for (let i = 0; i + 3 < points.length; i += 2) {
      const length = Math.hypot(points[i + 2] - points[i], points[i + 3] - points[i + 1]);
      if (length > best) [best, at] = [length, i];
    }
    const size = Math.max(3.6, Math.min(8, 20 * this.camera.scale));
    if (best * this.camera.scale < 4 * size) return;
    const [x0, y0, x1, y1] = points.slice(at, at + 4);
    const [x, y] = [this.camera.screenX((x0 + x1) / 2), this.camera.screenY((y0 + y1) / 2)];
    const [dx, dy] = [(x1 - x0) / best, (y1 - y0) / best];
    const { pen } = this;
    pen.beginPath();
    pen.moveTo(x + dx * size, y + dy * size);
    pen.lineTo(x - dx * size * 0.6 - dy * size * 0.8, y - dy * size * 0.6 + dx * size * 0.8);
    pen.lineTo(x - dx * size * 0.6 + dy * size * 0.8, y - dy * size * 0.6 - dx * size * 0.8);
    pen.fill();
  }

  #plus(x, y) {
    const { pen, colors } = this;
    const radius = Math.max(4, Math.min(16, 9 * this.camera.scale));
    pen.beginPath();
    pen.arc(x, y, radius, 0, 7);
    pen.fillStyle = colors.page;
    pen.fill();
    pen.moveTo(x - radius * 0.6, y);
    pen.lineTo(x + radius * 0.6, y);
    pen.moveTo(x, y - radius * 0.6);
    pen.lineTo(x, y + radius * 0.6);
    pen.strokeStyle = colors.accent;
    pen.lineWidth = Math.max(1.4, Math.min(2.5, 2 * this.camera.scale));
    pen.stroke();
  }

  // Panels

  #drawPanel(panel) {
    const machine = this.#machine;
    const shown = machine.shows(panel);
    if (!shown) return;
    const place = this.camera.screen(panel.frame);
    if (!this.#isSeen(place)) return;
    const { pen } = this;
    pen.globalAlpha = panel.light;
    const numbers = machine.numbers(panel);
    const [x, y, w, h] = place;
    if (numbers.state === "absent") this.#drawAbsent(place, panel);
    else if (panel.style === "bars") this.#drawSideBars(place, panel, numbers);
    else if (numbers.state === "asked") {
      pen.fillStyle = this.colors.ground;
      pen.fillRect(x, y, w, h);
    } else {
      const part = machine.acts.part(panel);
      if (part && !part.isClear) {
        pen.fillStyle = this.colors.ground;
        pen.fillRect(x, y, w, h);
        pen.strokeStyle = this.colors.line;
        pen.lineWidth = 1;
        pen.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1);
      }
      if (panel.lanes) this.#drawLanes(place, panel, numbers, part);
      else this.#drawCells(place, panel, numbers, part);
      if (panel.isSquare) this.#drawMask(place, panel);
    }
    pen.globalAlpha = 1;
  }

  /** How many times cells are halved until they are no smaller than a pixel. */
  #halvings(size, most) {
    const pixels = size * this.#machine.density;
    return pixels < 0.75 ? Math.min(most, Math.ceil(Math.log2(0.75 / pixels))) : 0;
  }

  #picture(numbers, across, down) {
    const picture = numbers.picture(across, down, this.colors, () => performance.now() < this.#until);
    if (!picture) this.isUnfinished = true;
    return picture;
  }

  #drawCells([x, y, w, h], panel, numbers, part) {
    const { pen } = this;
    const [cw, ch] = [w / numbers.columns, h / numbers.rows];
    const picture = this.#picture(numbers, this.#halvings(cw, 7), this.#halvings(ch, 10));
    if (!picture) {
      pen.fillStyle = this.colors.ground;
      pen.fillRect(x, y, w, h);
      return;
    }
    pen.imageSmoothingEnabled = cw * this.#machine.density < 1.5 && ch * this.#machine.density < 1.5;
    const [fx, fy] = [(part?.columns ?? panel.columns) / panel.columns, (part?.rows ?? panel.rows) / panel.rows];
    if (fx > 0 && fy > 0) {
      pen.drawImage(picture, 0, 0, picture.width * fx, picture.height * fy, x, y, w * fx, h * fy);
    }
    const cells = this.#cellsOnScreen([x, y, w, h], panel);
    const [pw, ph] = [w / panel.columns, h / panel.rows];
    if (pw >= 6 && ph >= 6) this.#drawHairlines([x, y, w, h], cells, pw, ph);
    else if (panel.axes[1] === "t" && pw >= 4 && panel.columns > 1) {
      this.#drawHairlines([x, y, w, h], { ...cells, rows: [0, -1] }, pw, ph);
    }
    if (pw < (panel.kind === "weight" ? 38 : 34) || ph < 12) return;
    const size = Math.min(ph * 0.62, pw / (panel.kind === "data" ? 4.2 : 3.5), panel.isSquare ? 24 : 15);
    if (size < 8) return;
    pen.font = `500 ${size}px ${this.#machine.font}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (let row = cells.rows[0]; row < Math.min(cells.rows[1], Math.floor(part?.rows ?? panel.rows)); row++) {
      for (let column = cells.columns[0]; column < Math.min(cells.columns[1], Math.floor(part?.columns ?? panel.columns)); column++) {
        const value = numbers.at(row, column);
        if (Number.isNaN(value) || (panel.isSquare && column > row)) continue;
        pen.fillStyle = this.colors.upon(numbers, value);
        pen.fillText(fixed(value), x + (column + 0.5) * pw, y + (row + 0.5) * ph);
      }
    }
  }

  #cellsOnScreen([x, y, w, h], { rows, columns }) {
    const range = (start, size, count, end) => [
      Math.max(0, Math.floor((-start / size) * count)),
      Math.min(count, Math.ceil(((end - start) / size) * count)),
    ];
    return { rows: range(y, h, rows, this.camera.height), columns: range(x, w, columns, this.camera.width) };
  }

  #drawHairlines([x, y, w, h], { rows, columns }, cw, ch) {
    const { pen, camera } = this;
    pen.strokeStyle = this.colors.page;
    pen.lineWidth = Math.min(2, Math.max(0.6, cw * 0.06));
    pen.beginPath();
    for (let column = columns[0]; column <= columns[1]; column++) {
      pen.moveTo(x + column * cw, Math.max(0, y));
      pen.lineTo(x + column * cw, Math.min(camera.height, y + h));
    }
    for (let row = rows[0]; row <= rows[1]; row++) {
      pen.moveTo(Math.max(0, x), y + row * ch);
      pen.lineTo(Math.min(camera.width, x + w), y + row * ch);
    }
    pen.stroke();
  }

  /** Rows that stand apart, one a token: bars up and down where there is room, so that a sign needs no hue. */
  #drawLanes([x, y, w, h], panel, numbers, part) {
    const { pen, camera } = this;
    const [cw, ch] = [w / numbers.columns, h / panel.rows];
    const across = this.#halvings(cw, 7);
    pen.imageSmoothingEnabled = cw * this.#machine.density < 1.5;
    if (ch < 4 && !part) {
      const picture = this.#picture(numbers, across, this.#halvings(ch, 9));
      if (picture) pen.drawImage(picture, x, y, w, h);
      return;
    }
    const isBars = cw >= 4 && ch >= 14;
    const picture = isBars ? null : this.#picture(numbers, across, 0);
    if (!isBars && !picture) return;
    const gap = ch * 0.16;
    for (let row = 0; row < panel.rows; row++) {
      const top = y + row * ch + gap / 2;
      if (top > camera.height || top + ch < 0) continue;
      const shown = MachineActs.shown(part, row, panel);
      if (shown <= 0) continue;
      if (isBars) this.#drawBars(x, top, cw, ch - gap, numbers, row, shown);
      else {
        const filled = shown / panel.columns;
        pen.drawImage(picture, 0, row, picture.width * filled, 1, x, top, w * filled, Math.max(0.6, ch - gap));
      }
    }
  }

  #drawBars(x, y, cw, height, numbers, row, count) {
    const { pen, colors, camera } = this;
    const alpha = pen.globalAlpha;
    const from = Math.max(0, Math.floor(-x / cw));
    const to = Math.min(count, Math.ceil((camera.width - x) / cw), numbers.columns);
    pen.fillStyle = colors.ground;
    pen.fillRect(x, y, cw * numbers.columns, height);
    const middle = y + height / 2;
    for (const sign of [1, -1]) {
      pen.fillStyle = sign > 0 ? colors.up : colors.down;
      pen.beginPath();
      for (let column = from; column < to; column++) {
        const value = numbers.at(row, column * numbers.steps[1]);
        if (!(value * sign > 0)) continue;
        const length = Math.min(1, Math.abs(value) / (numbers.limit * 1.2)) * (height / 2);
        pen.rect(x + column * cw + cw * 0.08, sign > 0 ? middle - length : middle, cw * 0.84, length);
      }
      pen.fill();
    }
    pen.fillStyle = colors.muted;
    pen.globalAlpha = alpha * 0.5;
    pen.fillRect(x, middle - 0.5, cw * numbers.columns, 1);
    pen.globalAlpha = alpha;
    if (cw < 36 || height < 26) return;
    pen.font = `500 11px ${this.#machine.font}`;
    pen.textAlign = "center";
    pen.textBaseline = "bottom";
    pen.fillStyle = colors.ink;
    for (let column = from; column < to; column++) {
      pen.fillText(fixed(numbers.at(row, column)), x + (column + 0.5) * cw, y + height - 1);
    }
  }

  /** Bars from a line to the side, one for each token of the vocabulary. */
  #drawSideBars([x, y, w, h], panel, numbers) {
    const { pen, colors, camera } = this;
    pen.fillStyle = colors.line;
    if (numbers.state !== "ready") return;
    const { low, high } = panel.ends(numbers);
    const zero = x + (w * -low) / (high - low);
    const size = h / numbers.rows;
    const together = Math.max(1, Math.floor(0.9 / (size * this.#machine.density)));
    const first = Math.max(0, Math.floor(-y / size / together) * together);
    const last = Math.min(numbers.rows * this.#machine.acts.filled(panel), (camera.height - y) / size);
    const isShare = panel.kind === "probability";
    pen.fillStyle = isShare ? colors.share : colors.down;
    pen.beginPath();
    for (let row = first; row < last; row += together) {
      let [least, most] = [0, 0];
      for (let i = row; i < Math.min(row + together, numbers.rows); i++) {
        const value = numbers.values[i];
        if (value > most) most = value;
        if (value < least) least = value;
      }
      const [left, right] = [least, most].map((value) => zero + (value / (high - low)) * w);
      const height = Math.max(isShare && right - left > 6 ? 2 : 0.5, together * size * 0.9);
      if (right - left > 0.3) pen.rect(left, y + row * size, right - left, height);
    }
    pen.fill();
    pen.fillStyle = colors.line;
    pen.fillRect(zero - 0.5, y, 1, h);
  }

  /** A matrix whose numbers are not here: its place and size, hatched. */
  #drawAbsent([x, y, w, h], panel) {
    const { pen, colors } = this;
    const alpha = pen.globalAlpha;
    if (panel.kind === "weight") {
      const ramp = colors.ramps.weight;
      const blend = pen.createLinearGradient(x, 0, x + w, 0);
      blend.addColorStop(0, `rgb(${ramp[0]})`);
      blend.addColorStop(1, `rgb(${ramp[12]})`);
      pen.fillStyle = blend;
      pen.globalAlpha = alpha * 0.2;
      pen.fillRect(x, y, w, h);
      pen.globalAlpha = alpha;
    }
    pen.fillStyle = this.#hatched();
    pen.fillRect(x, y, w, h);
    pen.strokeStyle = colors.line;
    pen.lineWidth = 1;
    pen.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1);
    if (w > 150 && h > 60) {
      this.label(this.#machine.say("absent"), x + w / 2, y + h / 2 + 12, { size: 12, color: colors.muted, align: "center", alpha });
    }
    pen.globalAlpha = alpha;
  }

  #hatched() {
    if (this.#hatch) return this.#hatch;
    const tile = document.createElement("canvas");
    tile.width = tile.height = 7;
    const pen = tile.getContext("2d");
    pen.strokeStyle = this.colors.line;
    pen.beginPath();
    pen.moveTo(-1, 8);
    pen.lineTo(8, -1);
    pen.stroke();
    this.#hatch = this.#pen.createPattern(tile, "repeat");
    return this.#hatch;
  }

  /** What lies ahead is masked: hatched, not white. */
  #drawMask([x, y, w, h], panel) {
    const { pen, colors } = this;
    const count = panel.columns;
    const cell = w / count;
    const alpha = pen.globalAlpha;
    pen.strokeStyle = colors.line;
    pen.lineWidth = 1;
    pen.strokeRect(x - 0.5, y - 0.5, w + 1, h + 1);
    if (count === 1 || w < 24) return;
    const mask = this.#machine.acts.fallen(panel);
    pen.save();
    pen.beginPath();
    for (let row = 0; row < count - 1; row++) pen.rect(x + (row + 1) * cell, y + row * cell, w - (row + 1) * cell, cell);
    pen.clip();
    pen.fillStyle = colors.page;
    pen.fillRect(x, y, w, h);
    pen.globalAlpha = alpha * 0.8;
    pen.fillStyle = this.#hatched();
    pen.fillRect(x, y, w, h * mask);
    pen.restore();
  }

  #outlineFollowed() {
    const machine = this.#machine;
    const { pen, colors } = this;
    pen.strokeStyle = colors.accent;
    pen.lineWidth = Math.max(1, Math.min(2.5, this.camera.scale * 1.6));
    const position = machine.layout.position;
    for (const panel of machine.panels) {
      if (!machine.shows(panel) || panel.light < 0.5) continue;
      let rectangle = null;
      if (panel.axes[0] === "t") rectangle = machine.cellFrame(panel, position, 0, position + 1, panel.columns);
      else if (panel.axes[1] === "t") rectangle = machine.cellFrame(panel, 0, position, panel.rows, position + 1);
      else if (panel.id === "WE") {
        const row = machine.layout.tokens[position].token_id;
        rectangle = machine.cellFrame(panel, row, 0, row + 1, panel.columns);
      } else continue;
      const [x, y, w, h] = this.camera.screen(rectangle);
      const isThin = Math.min(w, h) < 4.5 || Math.max(w, h) < 14;
      if (!this.#isSeen([x, y, w, h]) || (isThin && panel.id !== "WE") || machine.layout.tokens.length === 1) continue;
      pen.globalAlpha = panel.light;
      pen.strokeRect(x, y, w, Math.max(2, h));
    }
    pen.globalAlpha = 1;
  }

  // Names

  #drawPrompt() {
    const machine = this.#machine;
    const { tokens, position, prompt } = machine.layout;
    const { camera, colors } = this;
    const pitch = tokens.length > 1 ? (tokens[1].y - tokens[0].y) * camera.scale : 60;
    const isSmall = camera.width < 560;
    const least = isSmall ? 9 : 11;
    const size = Math.max(least, Math.min(isSmall ? 15 : 40, pitch * 0.62, 26 + pitch * 0.1));
    // Where not all have room, every fifth or tenth is named, with its position.
    const all = pitch >= size * 0.95;
    const every = all ? 1 : Math.ceil((size * 1.5) / pitch / 5) * 5;
    const right = camera.screenX(prompt[0] + prompt[2]);
    if (right < 0) return;
    const room = Math.max(60, prompt[2] * camera.scale + 40);
    const alpha = machine.promptLight ? 1 : 0.35;
    tokens.forEach(({ token, token_id: id, y }, index) => {
      const isMine = index === position;
      const isNear = !all && Math.abs(index - position) * pitch < size * 1.4;
      if ((!isMine && (index % every !== 0 || isNear)) || machine.acts.hides(index)) return;
      const middle = camera.screenY(y);
      const text = all ? visibleText(token) : `${index} ${visibleText(token)}`;
      this.label(text, right, middle, {
        size: isMine ? Math.max(size, least + 2) : size,
        weight: isMine ? 700 : 500,
        color: isMine ? colors.accent : colors.ink,
        align: "right", alpha, room,
      });
      if (pitch > 70) this.label(String(id), right, middle + size * 0.95, { size: 13, color: colors.muted, align: "right", alpha });
    });
  }

  #drawAnswers() {
    const machine = this.#machine;
    const { next, answers } = machine.layout;
    const { camera, colors, pen } = this;
    const [x, y, w, h] = camera.screen(answers);
    if (x > camera.width || x + w < -200 || next.length === 0) return;
    const pitch = h / next.length;
    const isSmall = camera.width < 560;
    const size = Math.max(isSmall ? 9 : 11, Math.min(22, pitch * 0.5));
    const alpha = machine.answersLight;
    const grown = machine.acts.grown();
    if (!isSmall) {
      this.label(machine.say("next"), x, y - Math.max(14, size * 0.8), {
        size: Math.max(13, size * 0.9), weight: 600, alpha, color: colors.muted,
      });
    }
    next.forEach(({ token, probability, y: place }, rank) => {
      const middle = camera.screenY(place);
      const isFirst = rank === 0;
      // Of lines that stand too close every other one is left out.
      if (!isFirst && (isSmall || (pitch * 0.86 < size * 1.05 && rank % 2 === 0))) return;
      const points = isFirst ? Math.min(40, size * (isSmall ? 1.4 : 1.8)) : size;
      const width = this.label(visibleText(token), x, middle - (isFirst ? size * 0.3 : 0), {
        size: points, weight: isFirst ? 750 : 500, alpha, room: isFirst ? Math.max(w, camera.width - x - 4) : w * 0.5,
      });
      if (probability === null) return;
      if (!isFirst) {
        return this.label(percent(probability), x + Math.max(width + 8, w * 0.5), middle, {
          size: Math.max(11, points * 0.86), weight: 450, color: colors.muted, alpha,
        });
      }
      // A bar below says the same.
      const [length, below] = [isSmall ? 0 : probability * grown * w * 0.62, middle + points * (isSmall ? 1 : 0.72)];
      pen.globalAlpha = alpha;
      pen.fillStyle = colors.share;
      pen.beginPath();
      if (!isSmall) pen.roundRect(x, below - size * 0.2, Math.max(1, length), size * 0.4, 2);
      pen.fill();
      pen.globalAlpha = 1;
      this.label(percent(probability), x + (isSmall ? 0 : length + 7), below, { size: Math.max(isSmall ? 11 : 12, size * 0.95), weight: 650, alpha });
    });
  }

  #drawNames() {
    const machine = this.#machine;
    for (const panel of machine.panels) {
      if (machine.shows(panel) && panel.light > 0.5) this.#drawName(panel);
    }
    this.#drawParts();
  }

  #drawName(panel) {
    const machine = this.#machine;
    const { camera, colors } = this;
    const [x, y, w, h] = camera.screen(panel.frame);
    if (!this.#isSeen([x, y, w, h], 60)) return;
    const part = panel.part;
    const [sign] = machine.layout.parts[part];
    const scale = camera.scale;
    const alpha = panel.light;
    const isSmall = camera.width < 560;
    if (part === "WE" || part === "WU" || part === "Wpos") {
      const size = isSmall ? 12 : Math.max(13, Math.min(22, 70 * scale));
      this.label(sign, x + w / 2, Math.max(y - size, size), { size, weight: 650, align: "center", alpha, isFormula: true });
      if (w > 60) this.label(`${grouped(panel.rows)} × ${panel.columns}`, x + w / 2, Math.max(y - size, size) - size * 1.05, { size: 12, color: colors.muted, align: "center", alpha });
      this.#drawRowNames(panel, [x, y, w, h]);
    } else if (panel.kind === "weight" && panel.rows > 1) {
      if (w < 56 || h < 20) return;
      const size = Math.max(11, Math.min(22, h * 0.3, w * 0.2));
      const middle = h > camera.height ? Math.max(y + size, Math.min(y + h - size, camera.covered.top + 24)) : y + h / 2;
      this.#tag(sign, x + 6, middle, size, alpha);
    } else if (panel.isSquare) {
      const text = machine.showsScores(panel) ? machine.layout.parts.S[1] : "";
      if (w > 80 && text) this.label(text, x + w / 2, y + h + 14, { size: 13, weight: 600, color: colors.muted, align: "center", alpha });
      this.#drawPatternNames(panel, [x, y, w, h]);
    } else if (panel.axes[1] === "t" && sign) {
      if (w > 26) this.label(sign, x + w / 2, Math.max(y - 9, 12), { size: Math.min(19, Math.max(12, w * 0.2)), weight: 600, align: "center", alpha });
    } else if (sign && panel.lanes && scale > 0.55) {
      this.label(sign, x + w + 9, y - 10 > 8 ? y - 10 : 12, { size: Math.min(18, Math.max(13, 9 * scale)), weight: 600, align: "right", alpha });
    } else if (panel.rows === 1 && scale > 1.4) {
      this.label(sign, x - 10, y + h / 2, { size: Math.min(18, h), weight: 600, align: "right", alpha });
    } else if (part === "logits" || part === "prob") {
      this.label(sign, x + w / 2, Math.min(y + h + 13, camera.height - camera.covered.bottom - 12), { size: 12, weight: 550, color: colors.muted, align: "center", alpha: w > 24 ? alpha : 0 });
    }
    if (panel.lanes) this.#drawLaneNames(panel, [x, y, w, h]);
  }

  /** A sign upon the panel it names. */
  #tag(sign, x, y, size, alpha) {
    const { pen } = this;
    pen.font = `650 ${size}px ${this.#machine.font}`;
    const width = pen.measureText(sign.replace("_", "")).width + size * 0.5;
    pen.globalAlpha = 0.88 * alpha;
    pen.fillStyle = this.colors.page;
    pen.beginPath();
    pen.roundRect(x, y - size * 0.75, width, size * 1.55, 4);
    pen.fill();
    this.label(sign, x + size * 0.25, y, { size, weight: 650, alpha, isFormula: true });
  }

  /** Tokens beside the rows of W_E and W_U, once there is room. */
  #drawRowNames(panel, place) {
    const machine = this.#machine;
    const [x, y, , h] = place;
    const size = h / panel.rows;
    if (size < 9 || !machine.word) return;
    const { rows } = this.#cellsOnScreen(place, panel);
    const mine = new Set(panel.part === "WE" ? machine.layout.tokens.map((token) => token.token_id) : machine.layout.next.slice(0, 1).map((token) => token.token_id));
    for (let row = rows[0]; row < rows[1]; row++) {
      const isMine = mine.has(row);
      this.label(visibleText(machine.word(row)), x - 10, y + (row + 0.5) * size, {
        size: Math.min(16, size * 0.72), weight: isMine ? 700 : 450,
        color: isMine ? this.colors.accent : this.colors.muted, align: "right", alpha: panel.light,
      });
    }
  }

  #drawLaneNames(panel, [x, y, , h]) {
    const machine = this.#machine;
    const pitch = h / panel.rows;
    const isFirst = panel.id === "embed";
    if (pitch < 13 || (!isFirst && this.camera.scale < 0.9)) return;
    machine.layout.tokens.forEach(({ token }, index) => {
      const isMine = index === machine.layout.position;
      const at = y + (index + 0.5) * pitch;
      if (at < -20 || at > this.camera.height + 20) return;
      this.label(visibleText(token), x - 20, at, {
        size: Math.min(16, pitch * 0.7), weight: isMine ? 650 : 450,
        color: isMine ? this.colors.accent : this.colors.muted, align: "right", alpha: panel.light,
      });
    });
  }

  #drawPatternNames(panel, [x, y, w]) {
    const machine = this.#machine;
    const cell = w / panel.columns;
    if (!machine.isOpen(panel)) return;
    const { pen, colors } = this;
    const isSmall = this.camera.width < 560;
    const size = Math.max(isSmall ? 10 : 11, Math.min(16, cell * 0.6));
    const room = 34 * this.camera.scale + 4;
    if (room < (isSmall ? 30 : 40)) return;
    // Where not all have room, the followed one is named, of the others every tenth by its position.
    const all = cell >= size * 0.98;
    machine.layout.tokens.forEach(({ token }, index) => {
      const isMine = index === machine.layout.position;
      if (!all && !isMine && (index % 10 !== 0 || cell * 10 < 16 || Math.abs(index - machine.layout.position) * cell < 13)) return;
      const text = all || isMine ? visibleText(token) : String(index);
      const style = { size, weight: isMine ? 650 : 450, color: isMine ? colors.accent : colors.muted, alpha: panel.light };
      this.label(text, x - 8, y + (index + 0.5) * cell, { ...style, align: "right", room });
      const middle = x + (index + 0.5) * cell;
      if (cell > 60 || (!all && !isMine)) {
        this.label(text, middle, y - 13, { ...style, color: colors.muted, align: "center", room: all ? cell : 40 });
      } else {
        pen.save();
        pen.translate(middle, y - 8);
        pen.rotate(-0.97);
        this.label(text, 0, 0, { ...style, color: colors.muted });
        pen.restore();
      }
    });
  }

  /** What parts are called, from afar. */
  #drawParts() {
    const machine = this.#machine;
    const { camera, colors } = this;
    const scale = camera.scale;
    const isSmall = camera.width < 560;
    if (scale < 1.1) {
      const alpha = Math.min(1, (1.1 - scale) / 0.3);
      for (const block of machine.blocks) this.#drawBlockNames(block, alpha, isSmall);
    }
    if (scale < 0.3 || scale > 2.4) return;
    for (const { layer, head, frame, light } of machine.heads) {
      const [x, y] = camera.screen(frame);
      if (!this.#isSeen([x, y, 60, 20]) || light < 0.5) continue;
      const isOpen = layer === machine.layout.layer && head === machine.layout.head;
      this.label(machine.say("head", { h: head }), Math.max(x, 10), y - Math.max(9, 14 * scale), {
        size: Math.min(18, Math.max(11, 22 * scale)), weight: 600, color: isOpen ? colors.accent : colors.muted,
      });
    }
  }

  #drawBlockNames({ layer, attention, mlp, bay, isOpen, light }, strength, isSmall) {
    const machine = this.#machine;
    const { camera, colors } = this;
    const scale = camera.scale;
    const alpha = strength * light;
    if (alpha < 0.3) return;
    const size = isSmall ? 9 : Math.min(20, Math.max(11, 62 * scale));
    const [ax, ay, aw] = camera.screen(attention);
    const [mx, my, mw, mh] = camera.screen(mlp);
    const width = Math.min(aw, mw);
    if (isOpen) {
      if (!isSmall) this.label(machine.say("attention"), ax + aw / 2, ay - size * 1.1 - (scale > 0.3 ? 14 : 0), { size, weight: 620, align: "center", alpha });
      this.label(machine.say("mlp"), mx + mw / 2, my + mh + size, { size, weight: 620, align: "center", alpha });
    } else if (width > 13 || layer % 5 === 0) {
      this.label(String(layer), ax + aw / 2, ay - size, { size: 11, color: colors.muted, align: "center", alpha });
    }
    if (!isOpen) return;
    const [x, y, w] = camera.screen(bay);
    if (w < 44) return;
    const big = Math.min(30, Math.max(isSmall ? 10 : 13, w * 0.15));
    const middle = x + w / 2;
    this.label(machine.say("block", { l: layer }), middle, y + big * 0.6, { size: big, weight: 700, align: "center", alpha });
    const guess = machine.layout.lens.find((one) => one.place === layer);
    if (!guess || isSmall || w < 44) return;
    const small = Math.max(11, big * 0.62);
    let at = y + big * 1.9;
    if (w > 130) {
      this.label(machine.say("lens"), middle, at, { size: small, color: colors.muted, align: "center", alpha });
      at += small * 1.5;
    }
    this.label(visibleText(guess.token), middle, at, { size: small * 1.2, weight: 650, align: "center", alpha, room: w });
    this.label(percent(guess.probability), middle, at + small * 1.45, { size: small, weight: 450, color: colors.muted, align: "center", alpha });
  }

  // Map and key

  #drawMap() {
    const machine = this.#machine;
    const { pen, camera, colors } = this;
    const [x, y, w, h] = machine.mapFrame;
    const box = machine.layout.box;
    const scale = w / box[2];
    if (!this.#map) {
      this.#map = document.createElement("canvas");
      this.#map.width = w * machine.density;
      this.#map.height = h * machine.density;
      const small = this.#map.getContext("2d");
      small.scale(machine.density * scale, machine.density * scale);
      small.translate(-box[0], -box[1]);
      let isWhole = true;
      for (const panel of machine.panels) {
        if (panel.over) continue;
        const numbers = machine.numbers(panel);
        const [px, py, pw, ph] = panel.frame;
        const down = this.#halvings((ph * scale) / numbers.rows, 10);
        const picture = numbers.state === "ready" && panel.style !== "bars"
          ? this.#picture(numbers, this.#halvings((pw * scale) / numbers.columns, 7), down) : null;
        if (picture) small.drawImage(picture, px, py, pw, ph);
        else {
          small.fillStyle = colors.lane;
          small.fillRect(px, py, pw, ph);
        }
        isWhole &&= picture !== null || numbers.state === "absent" || panel.style === "bars";
      }
      if (!isWhole) {
        this.isUnfinished ||= machine.panels.some((panel) => machine.numbers(panel).state === "ready");
        queueMicrotask(() => { this.#map = null; });
      }
    }
    pen.fillStyle = colors.card;
    pen.fillRect(x - 8, y - 8, w + 16, h + 16);
    pen.strokeStyle = colors.line;
    pen.lineWidth = 1;
    pen.strokeRect(x - 8.5, y - 8.5, w + 17, h + 17);
    if (this.#map) pen.drawImage(this.#map, x, y, w, h);
    pen.save();
    pen.beginPath();
    pen.rect(x - 8, y - 8, w + 16, h + 16);
    pen.clip();
    pen.strokeStyle = colors.accent;
    pen.lineWidth = 2;
    pen.strokeRect(
      x + (camera.worldX(0) - box[0]) * scale, y + (camera.worldY(0) - box[1]) * scale,
      Math.max(5, (camera.width / camera.scale) * scale), Math.max(5, (camera.height / camera.scale) * scale),
    );
    pen.restore();
  }

  /** What the colours mean, where the picture leaves room for it. */
  #drawKey() {
    const machine = this.#machine;
    const { pen, camera, colors } = this;
    const place = machine.keyFrame;
    if (camera.width < 560 || machine.dimness > 0.5 || camera.scale > 0.5 || !place) return;
    const [x, y, w, h] = camera.screen(place);
    if (w < 110) return;
    const size = Math.min(15, Math.max(11, w * 0.075));
    const width = Math.min(80, w * 0.4);
    ["weight", "data", "probability", "followed"].forEach((kind, index) => {
      const top = y + h - size * 1.8 * (4 - index);
      if (kind === "followed") {
        pen.strokeStyle = colors.accent;
        pen.lineWidth = 2;
        pen.strokeRect(x + 1, top - size * 0.4, width - 2, size * 0.8);
      } else {
        colors.ramps[kind].forEach((color, level) => {
          pen.fillStyle = `rgb(${color.map(Math.round)})`;
          pen.fillRect(x + (level * width) / 13, top - size * 0.42, width / 13 + 0.5, size * 0.84);
        });
      }
      const name = kind === "probability" && machine.layout.tokens.length > 12 ? "root" : kind;
      this.label(machine.say(name), x + width + 8, top, { size, color: colors.muted });
    });
  }
}

/** A token as it is shown: its blanks and line ends as signs. */
const visibleText = (text) => text.replace(/ /g, "·").replace(/\n/g, "⏎").replace(/\t/g, "⇥") || "∅";
/** A share in percent. */
const percent = (share) => (share > 0 && share < 0.0005 ? "<0.1 %" : `${fixed(share * 100, 1)} %`);
const grouped = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
