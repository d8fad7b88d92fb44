// The machine's panels: slabs, cells or numbers, whichever there is room for.

class MachinePanels extends MachineWires {
  drawPanel(panel) {
    const machine = this.machine;
    const shown = machine.shows(panel);
    if (!shown) return;
    const place = this.camera.screen(panel.frame);
    if (!this.isSeen(place)) return;
    const { pen } = this;
    pen.globalAlpha = panel.light;
    const numbers = machine.numbers(panel);
    const [x, y, w, h] = place;
    if (numbers.state === "absent") this.drawAbsent(place, panel);
    else if (panel.style === "bars") this.drawSideBars(place, panel, numbers);
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
      if (panel.lanes) this.drawLanes(place, panel, numbers, part);
      else this.drawCells(place, panel, numbers, part);
      if (panel.isSquare) this.drawMask(place, panel);
      if (numbers.isSampled) this.drawTiles(place, panel, numbers);
    }
    pen.globalAlpha = 1;
  }

  /** Of a matrix too large to be fetched whole, the pieces that are looked at closely. */
  drawTiles(place, panel, whole) {
    const [, , w, h] = place;
    if (w / panel.columns < 3 || h / panel.rows < 2) return;
    const { rows, columns } = this.cellsOnScreen(place, panel);
    for (let row = rows[0] - (rows[0] % 64); row < rows[1]; row += 64) {
      for (let column = columns[0] - (columns[0] % 128); column < columns[1]; column += 128) {
        const tile = this.machine.tile(panel, row, column);
        const numbers = this.machine.numbers(tile);
        if (numbers.state !== "ready") continue;
        [numbers.limit, numbers.mean] = [whole.limit, whole.mean];
        this.drawCells(this.camera.screen(tile.frame), tile, numbers, null);
      }
    }
  }

  drawCells([x, y, w, h], panel, numbers, part) {
    const { pen } = this;
    const [cw, ch] = [w / numbers.columns, h / numbers.rows];
    const picture = this.picture(numbers, this.halvings(cw, 7), this.halvings(ch, 10));
    if (!picture) {
      pen.fillStyle = this.colors.ground;
      pen.fillRect(x, y, w, h);
      return;
    }
    pen.imageSmoothingEnabled = cw * this.machine.density < 1.5 && ch * this.machine.density < 1.5;
    const [fx, fy] = [(part?.columns ?? panel.columns) / panel.columns, (part?.rows ?? panel.rows) / panel.rows];
    if (fx > 0 && fy > 0) {
      pen.drawImage(picture, 0, 0, picture.width * fx, picture.height * fy, x, y, w * fx, h * fy);
    }
    const cells = this.cellsOnScreen([x, y, w, h], panel);
    const [pw, ph] = [w / panel.columns, h / panel.rows];
    if (pw >= 6 && ph >= 6) this.drawHairlines([x, y, w, h], cells, pw, ph);
    else if (panel.axes[1] === "t" && pw >= 4 && panel.columns > 1) {
      this.drawHairlines([x, y, w, h], { ...cells, rows: [0, -1] }, pw, ph);
    }
    if (pw < (panel.kind === "weight" ? 38 : 34) || ph < 12) return;
    const size = Math.min(ph * 0.62, pw / (panel.kind === "data" ? 4.2 : 3.5), panel.isSquare ? 24 : 15);
    if (size < 8) return;
    pen.font = `500 ${size}px ${this.machine.font}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (let row = cells.rows[0]; row < Math.min(cells.rows[1], Math.floor(part?.rows ?? panel.rows)); row++) {
      for (let column = cells.columns[0]; column < Math.min(cells.columns[1], Math.floor(part?.columns ?? panel.columns)); column++) {
        const value = numbers.at(row, column);
        if (Number.isNaN(value) || (panel.isSquare && column > row)) continue;
        pen.fillStyle = this.colors.upon(numbers, value);
        pen.fillText(fixed(value), x + (column + 0.5) * pw, y + (row + 0.5) * ph, pw * 0.92);
      }
    }
  }

  drawHairlines([x, y, w, h], { rows, columns }, cw, ch) {
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
  drawLanes([x, y, w, h], panel, numbers, part) {
    const { pen, camera } = this;
    const [cw, ch] = [w / numbers.columns, h / panel.rows];
    const across = this.halvings(cw, 7);
    pen.imageSmoothingEnabled = cw * this.machine.density < 1.5;
    if (ch < 4 && !part) {
      const picture = this.picture(numbers, across, this.halvings(ch, 9));
      if (picture) pen.drawImage(picture, x, y, w, h);
      return;
    }
    const isBars = cw >= 4 && ch >= 14;
    const picture = isBars ? null : this.picture(numbers, across, 0);
    if (!isBars && !picture) return;
    const gap = ch * 0.16;
    for (let row = 0; row < panel.rows; row++) {
      const top = y + row * ch + gap / 2;
      if (top > camera.height || top + ch < 0) continue;
      const shown = MachineActs.shown(part, row, panel);
      if (shown <= 0) continue;
      if (isBars) this.drawBars(x, top, cw, ch - gap, numbers, row, shown);
      else {
        const filled = shown / panel.columns;
        pen.drawImage(picture, 0, row, picture.width * filled, 1, x, top, w * filled, Math.max(0.6, ch - gap));
      }
    }
  }

  drawBars(x, y, cw, height, numbers, row, count) {
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
    pen.font = `500 11px ${this.machine.font}`;
    pen.textAlign = "center";
    pen.textBaseline = "bottom";
    pen.fillStyle = colors.ink;
    for (let column = from; column < to; column++) {
      pen.fillText(fixed(numbers.at(row, column)), x + (column + 0.5) * cw, y + height - 1);
    }
  }

  /** Bars from a line to the side, one for each token of the vocabulary. */
  drawSideBars([x, y, w, h], panel, numbers) {
    const { pen, colors, camera } = this;
    pen.fillStyle = colors.line;
    if (numbers.state !== "ready") return;
    const { low, high } = panel.ends(numbers);
    const zero = x + (w * -low) / (high - low);
    const size = h / numbers.rows;
    const together = Math.max(1, Math.floor(0.9 / (size * this.machine.density)));
    const first = Math.max(0, Math.floor(-y / size / together) * together);
    const last = Math.min(numbers.rows * this.machine.acts.filled(panel), (camera.height - y) / size);
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
  drawAbsent([x, y, w, h], panel) {
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
    pen.fillStyle = this.hatched();
    pen.fillRect(x, y, w, h);
    pen.strokeStyle = colors.line;
    pen.lineWidth = 1;
    pen.strokeRect(x + 0.5, y + 0.5, w - 1, h - 1);
    if (w > 150 && h > 60) {
      this.label(this.machine.say("absent"), x + w / 2, y + h / 2 + 12, { size: 12, color: colors.muted, align: "center", alpha });
    }
    pen.globalAlpha = alpha;
  }

  /** What lies ahead is masked: hatched, not white. */
  drawMask([x, y, w, h], panel) {
    const { pen, colors } = this;
    const count = panel.columns;
    const cell = w / count;
    const alpha = pen.globalAlpha;
    pen.strokeStyle = colors.line;
    pen.lineWidth = 1;
    pen.strokeRect(x - 0.5, y - 0.5, w + 1, h + 1);
    if (count === 1 || w < 24) return;
    const mask = this.machine.acts.fallen(panel);
    pen.save();
    pen.beginPath();
    for (let row = 0; row < count - 1; row++) pen.rect(x + (row + 1) * cell, y + row * cell, w - (row + 1) * cell, cell);
    pen.clip();
    pen.fillStyle = colors.page;
    pen.fillRect(x, y, w, h);
    pen.globalAlpha = alpha * 0.8;
    pen.fillStyle = this.hatched();
    pen.fillRect(x, y, w, h * mask);
    pen.restore();
  }

  outlineFollowed() {
    const machine = this.machine;
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
      if (!this.isSeen([x, y, w, h]) || (isThin && panel.id !== "WE") || machine.layout.tokens.length === 1) continue;
      pen.globalAlpha = panel.light;
      pen.strokeRect(x, y, w, Math.max(2, h));
    }
    pen.globalAlpha = 1;
  }
}
