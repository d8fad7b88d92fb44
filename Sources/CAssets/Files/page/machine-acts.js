// What is done at each step, as pure functions of a time from 0 to 1, so that it can be played, stopped and scrubbed.

class MachineActs extends MachineTime {
  doWay(t) {
    const { way } = this.machine.wires;
    if (t >= 1 || way.length < 4) return;
    const lengths = MachineTime.lengths(way);
    const e = t * t * (3 - 2 * t);
    const tail = Array.from({ length: 26 }, (_, i) => MachineTime.along(way, lengths, Math.max(0, e - (25 - i) * 0.0022)));
    // What it has passed is bright.
    const front = tail[25][0];
    this.goal = (panel) => (panel.frame[0] <= front + 10 ? 1 : 0.3);
    this.answersGoal = e > 0.97 ? 1 : 0.15;
    this.overlays.push(({ pen, camera, colors }) => {
      pen.strokeStyle = colors.accent;
      pen.lineCap = pen.lineJoin = "round";
      for (const [start, width, alpha] of [[0, 9, 0.28], [12, 5, 0.8]]) {
        pen.lineWidth = width;
        pen.globalAlpha = alpha;
        pen.beginPath();
        for (const [x, y] of tail.slice(start)) pen.lineTo(camera.screenX(x), camera.screenY(y));
        pen.stroke();
      }
      pen.lineCap = "butt";
      pen.globalAlpha = 1;
    });
    this.dot(...tail[25]);
  }

  doFlow(t) {
    if (t >= 1) return;
    const { lanes, tokens, box } = this.machine.layout;
    const first = this.machine.byId.get("embed")?.frame ?? box;
    const last = this.machine.byId.get("xf")?.frame ?? box;
    const camera = this.machine.camera;
    const from = Math.max(first[0], camera.worldX(0));
    const to = Math.min(last[0] + last[2], camera.worldX(camera.width));
    const x = from + (to - from) * eased(t);
    tokens.forEach((_, position) => {
      const y = lanes[0] + lanes[1] * (position + 0.5);
      const isMine = position === this.position;
      this.overlays.push(({ pen, camera: { scale }, colors, camera }) => {
        const height = Math.max(2, lanes[1] * 0.84 * scale);
        const blend = pen.createLinearGradient(camera.screenX(x) - 90, 0, camera.screenX(x), 0);
        const color = isMine ? colors.accent : colors.ink;
        blend.addColorStop(0, "transparent");
        blend.addColorStop(1, color);
        pen.fillStyle = blend;
        pen.globalAlpha = isMine ? 0.6 : 0.22;
        pen.fillRect(camera.screenX(x) - 90, camera.screenY(y) - height / 2, 90, height);
        pen.globalAlpha = 1;
      });
    });
  }

  doRows(t, table) {
    const { tokens } = this.machine.layout;
    const many = Math.ceil(t * tokens.length);
    const size = 10 / this.machine.camera.scale;
    tokens.slice(0, many).forEach(({ token_id: id }, index) => {
      const [x, y, w, h] = this.machine.cellFrame(table, id, 0, id + 1, table.columns);
      const isMine = index === this.position;
      if (isMine || index === many - 1) {
        this.outlines.push({ rectangle: [x, y + h / 2 - size / 4, w, size / 2], isFollowed: isMine });
      }
    });
  }

  doPick(t, table, vectors) {
    const { tokens } = this.machine.layout;
    const count = tokens.length;
    let done = -1;
    tokens.forEach(({ token_id: id }, index) => {
      const start = (index / count) * 0.6;
      const e = share(t, start, start + 0.4);
      if (e >= 1) done = index;
      else if (e > 0) {
        const [x, y, w, h] = this.machine.cellFrame(table, id, 0, id + 1, table.columns);
        const tall = Math.max(h, 16);
        const to = this.machine.cellFrame(vectors, index, 0, index + 1, vectors.columns);
        this.ghost(table, [id, 0, 1, table.columns], [x, y + h / 2 - tall / 2, w, tall], to, eased(e));
      }
    });
    if (t < 1) this.parts.set(vectors.id, { row: done + 1, columns: 0 });
    const { glass } = this.machine;
    const id = tokens[this.position].token_id;
    this.glass = {
      rows: [glass.vector(table, true, id), glass.vector(vectors, true, this.position)],
      line: [0, 1, 2, 3].map((i) => this.number(vectors, this.position, i)).join(", ") + ", …",
      shown: done >= this.position || t >= 1 ? Infinity : 0,
    };
  }

  doAdd(t, first, second, sum) {
    // Where positions turn queries and keys, nothing is added to an embedding.
    if (!sum) return;
    const column = Math.min(sum.columns, Math.floor(share(t, 0.08, 0.95) * sum.columns));
    const row = this.position;
    // In the end it is the number that the words tell of.
    const at = t >= 1 ? 0 : Math.min(sum.columns - 1, column);
    const rows = [first, second, sum].map((panel) => this.machine.glass.vector(panel, true, row));
    const [a, b, c] = [first, second, sum].map((panel) => this.number(panel, row, at));
    this.glass = { rows, line: `[${at}]  ${a} + ${b.startsWith("−") ? `(${b})` : b} = ${c}`, shown: t >= 1 ? Infinity : column };
    if (t >= 1) return;
    this.parts.set(sum.id, { columns: column });
    if (column >= sum.columns) return;
    for (const panel of [first, second, sum]) {
      if (panel.axes[0] === "t") this.mark(panel, 0, column, panel.rows, column + 1);
      else this.mark(panel, this.position, column, this.position + 1, column + 1);
    }
  }

  doNorm(t, stream, gain, ...rest) {
    // Not every norm has a bias.
    const result = rest.at(-1);
    if (!result) return;
    const row = this.position;
    const column = Math.min(result.columns, Math.floor(share(t, 0.12, 0.95) * result.columns));
    this.markRow(stream, row);
    const at = t >= 1 ? 0 : Math.min(result.columns - 1, column);
    const line = `[${at}]  ${this.number(stream, row, at)} → ${this.number(result, row, at)}`;
    this.rowsInGlass([stream, gain, result], line, t >= 1 ? Infinity : column);
    if (t >= 1) return;
    this.parts.set(result.id, { columns: column });
    if (t < 0.12 || column >= result.columns) return;
    for (const panel of [stream, result]) this.mark(panel, row, column, row + 1, column + 1);
    for (const panel of [gain, bias]) this.mark(panel, 0, column, 1, column + 1, false);
  }

  /** The rows of a panel that are on the screen at this step: all, or those around one. */
  window(panel) {
    if (this.place.row === null) return [0, panel.rows];
    const [, y, , h] = this.place.frame;
    const at = (place) => Math.round(((place - panel.frame[1]) / panel.frame[3]) * panel.rows);
    return [Math.max(0, at(y)), Math.min(panel.rows, at(y + h))];
  }

  /** Rows of weights read a vector: `read, weights…, results…`. */
  doRead(t, read, ...others) {
    const half = others.length / 2;
    const [weights, results] = [others.slice(0, half), others.slice(half)];
    const turn = Math.min(half - 1, Math.floor(t * half));
    const part = t >= 1 ? 1 : t * half - turn;
    results.forEach((result, index) => {
      if (t >= 1 || index < turn) return;
      this.parts.set(result.id, { rows: index > turn ? 0 : Math.floor(part * result.rows) });
    });
    this.markRow(read, this.position);
    const [start, end] = this.window(results[turn]);
    const row = t >= 1 ? this.place.row ?? 0 : Math.min(end - 1, start + Math.floor(part * (end - start)));
    if (t < 1 && start > 0) this.parts.set(results[turn].id, { rows: row });
    const panel = results[t >= 1 ? 0 : turn];
    this.glass = this.machine.glass.of({ panel, row, column: this.position });
    if (t >= 1) {
      if (this.place.row !== null) {
        this.markRow(weights[0], row, false);
        this.mark(panel, row, this.position, row + 1, this.position + 1);
      }
      return;
    }
    this.markRow(weights[turn], row, false);
    this.mark(results[turn], row, this.position, row + 1, this.position + 1);
  }

  /** The followed query meets the keys, one after another. */
  doMeet(t, query, keys, scores) {
    this.scores.set(scores.over, { mask: 0, shares: false });
    const row = this.position;
    this.markColumn(query, row);
    const key = t >= 1 && this.place.row !== null ? this.place.row : Math.min(row, Math.floor(t * (row + 1)));
    const glass = this.machine.glass.of({ panel: scores, row, column: key });
    const part = share(t * (row + 1) - key, 0, 0.8);
    this.glass = { ...glass, shown: t >= 1 ? Infinity : Math.round(part * query.rows), line: part < 1 ? "" : this.place.line ?? glass.line };
    this.markColumn(keys, key, false);
    if (t >= 1) return;
    const cell = this.machine.cellFrame(scores, row, key);
    this.hideCells(scores, row, t * (row + 1) - key > 0.8 ? key + 1 : key, row + 1);
    this.outlines.push({ rectangle: cell, isFollowed: true });
    this.overlays.push(({ pen, camera, colors }) => {
      pen.strokeStyle = colors.accent;
      pen.lineWidth = 2;
      pen.globalAlpha = 0.6;
      pen.beginPath();
      for (const [panel, column] of [[query, row], [keys, key]]) {
        const [x, y, w, h] = this.machine.cellFrame(panel, 0, column, panel.rows, column + 1);
        const [a, b] = [camera.screenX(x + w), camera.screenY(y + h * (t * (row + 1) - key))];
        const [c, d] = [camera.screenX(cell[0]), camera.screenY(cell[1] + cell[3] / 2)];
        pen.moveTo(a, b);
        pen.bezierCurveTo((a + c) / 2, b, (a + c) / 2, d, c, d);
      }
      pen.stroke();
      pen.globalAlpha = 1;
    });
  }

  /** Cells of a row that are not made yet. */
  hideCells(panel, row, from, to) {
    this.overlays.push(({ pen, camera, colors }) => {
      for (let column = from; column < to; column++) {
        const [x, y, w, h] = camera.screen(this.machine.cellFrame(panel, row, column));
        pen.fillStyle = colors.page;
        pen.fillRect(x + 0.5, y + 0.5, w - 1, h - 1);
        if (w < 8) continue;
        pen.strokeStyle = colors.line;
        pen.lineWidth = 1;
        pen.strokeRect(x + 1.5, y + 1.5, w - 3, h - 3);
      }
    });
  }

  /** The mask falls over what lies ahead. */
  doMask(t, scores) {
    this.scores.set(scores.over, { mask: eased(share(t, 0.05, 0.9)), shares: false });
  }

  /** Row after row of scores becomes shares. */
  doShare(t, scores, pattern) {
    const rows = t >= 1 ? pattern.rows : t * pattern.rows;
    const at = t >= 1 ? this.position : Math.min(pattern.rows - 1, Math.floor(rows));
    const { glass } = this.machine;
    this.glass = { rows: [scores, pattern].map((panel) => glass.vector(panel, true, at)), line: "" };
    for (const row of this.glass.rows) row.values = row.values.slice(0, at + 1);
    if (t < 1) {
      this.scores.set(pattern.id, { mask: 1, shares: true });
      this.parts.set(pattern.id, { rows: Math.floor(rows), isClear: true });
      this.markRow(pattern, Math.min(pattern.rows - 1, Math.floor(rows)), Math.floor(rows) === this.position);
    }
  }

  /** Values fly together, each as strong as its share. */
  doWeigh(t, values, pattern, result) {
    const row = this.position;
    this.markRow(pattern, row);
    const { glass } = this.machine;
    this.glass = { rows: [glass.vector(pattern, true, row), glass.vector(result, false, row)], line: "", shown: t < 1 ? 0 : Infinity };
    if (t >= 1) return;
    this.parts.set(result.id, { rows: 0 });
    const numbers = this.machine.numbers(pattern);
    const to = this.machine.cellFrame(result, 0, row, result.rows, row + 1);
    for (let key = 0; key <= row; key++) {
      const e = eased(share(t, 0.1 + (key / (row + 1)) * 0.5, 0.4 + (key / (row + 1)) * 0.5));
      const strength = numbers.at(row, key);
      if (e <= 0 || !(strength > 0.004)) continue;
      const from = this.machine.cellFrame(values, 0, key, values.rows, key + 1);
      const alpha = between(0.9, Math.min(1, strength ** 0.7), e);
      this.ghost(values, [0, key, values.rows, 1], from, to, e, alpha);
      if (e < 1) {
        const [x, y, w, h] = this.machine.cellFrame(pattern, row, key);
        this.outlines.push({ rectangle: [x, y, w, h], isFollowed: true });
      }
    }
  }

  /** Results fall into one; or neurons write, each its row. */
  doWrite(t, ...panels) {
    const result = panels[panels.length - 1];
    const row = this.position;
    if (panels[1]?.part === "Wout") {
      const [fired, weights] = panels;
      const [start, end] = this.window(weights);
      const neuron = t >= 1 ? this.place.row ?? 0 : Math.min(end - 1, start + Math.floor(t * (end - start)));
      const { glass } = this.machine;
      this.markRow(weights, neuron, false);
      this.mark(fired, neuron, row, neuron + 1, row + 1);
      const line = `${this.machine.say("neuron", { i: neuron })}: ${this.number(fired, neuron, row)}`;
      this.glass = { rows: [glass.vector(weights, true, neuron), glass.vector(result, true, row)], line };
      return;
    }
    if (t < 1) this.parts.set(result.id, { columns: 0 });
    const parts = panels.slice(0, -1);
    const open = parts.find((panel) => panel.head === this.machine.layout.head) ?? parts[0];
    this.rowsInGlass([open, result], "", t < 0.95 ? 0 : Infinity);
    const to = this.machine.cellFrame(result, row, 0, row + 1, result.columns);
    parts.forEach((panel, index) => {
      const start = ((parts.length - 1 - index) / parts.length) * 0.5;
      const e = eased(share(t, start, start + 0.45));
      if (e > 0 && t < 1) {
        this.ghost(panel, [row, 0, 1, panel.columns], this.machine.cellFrame(panel, row, 0, row + 1, panel.columns), to, e, 0.9);
      }
    });
  }

  /** Neuron after neuron lets through what it found. */
  doFire(t, ...panels) {
    const result = panels[panels.length - 1];
    const [start, end] = this.window(result);
    const neuron = t >= 1 ? this.place.row ?? 0 : Math.min(end - 1, start + Math.floor(t * (end - start)));
    if (t < 1) this.parts.set(result.id, { rows: neuron });
    const [before, after] = [panels[0], result].map((panel) => this.number(panel, neuron, this.position));
    this.glass = {
      rows: [panels[0], result].map((panel) => this.machine.glass.vector(panel, false, this.position)),
      line: `${this.machine.say("neuron", { i: neuron })}: ${before} → ${after}`,
      shown: t < 1 ? neuron : Infinity,
    };
    for (const panel of panels) this.mark(panel, neuron, this.position, neuron + 1, this.position + 1);
  }

  /** Every token's column alone. */
  doColumns(t, ...panels) {
    if (t >= 1) return;
    const column = Math.min(this.count - 1, Math.floor(t * this.count));
    for (const panel of panels) this.markColumn(panel, column, column === this.position);
  }

  doPatterns(t, open) {
    const all = this.machine.panels.filter((panel) => panel.part === "P");
    const panel = t >= 1 ? open : all[Math.min(all.length - 1, Math.floor(t * all.length))];
    const [x, y, w, h] = panel.frame;
    this.outlines.push({ rectangle: [x - 5, y - 5, w + 10, h + 10], isFollowed: panel === open });
  }

  doGuesses(t, last) {
    const { lens, predicted } = this.machine.layout;
    if (last) return this.predict(t, last, predicted);
    const count = t >= 1 ? lens.length : Math.floor(t * lens.length + 1);
    lens.slice(0, count).forEach((guess) => {
      const station = this.machine.byId.get(`s.${guess.place + 1}`);
      if (!station) return;
      this.overlays.push((drawing) => {
        const [x, y, w, h] = drawing.camera.screen(station.frame);
        if (w < 18) return;
        const size = Math.max(11, Math.min(20, w * 0.3));
        drawing.label(visibleText(guess.token), x + w / 2, y - size * 2.1, { size, weight: 650, align: "center" });
        drawing.label(percent(guess.probability), x + w / 2, y - size * 0.9, {
          size: size * 0.8, color: drawing.colors.muted, align: "center",
        });
      });
    });
  }

  /** What is expected after each position, beside its lane. */
  predict(t, last, predicted) {
    const count = Math.ceil(t * predicted.length);
    this.overlays.push((drawing) => {
      const [x, y, w, h] = drawing.camera.screen(last.frame);
      const pitch = h / last.rows;
      const size = Math.max(11, Math.min(20, pitch * 0.5));
      const every = Math.ceil((size * 1.1) / pitch);
      for (const { place, token, probability } of predicted.slice(0, count)) {
        const isMine = place === this.position;
        if (!isMine && (place % every !== 0 || Math.abs(place - this.position) < every)) continue;
        const at = y + (place + 0.5) * pitch;
        const width = drawing.label(`→ ${visibleText(token)}`, x + w + 16, at, { size, weight: isMine ? 700 : 500 });
        drawing.label(percent(probability), x + w + 24 + width, at, { size: size * 0.8, color: drawing.colors.muted });
      }
    });
  }

  /** The last vector meets every row of W_U. */
  doAsk(t, vector, weights, logits) {
    this.markRow(vector, this.position);
    if (!logits) return;
    const best = this.machine.layout.next[0]?.token_id ?? 0;
    const row = t >= 1 ? best : Math.min(logits.rows - 1, Math.floor(eased(t) * logits.rows));
    this.glass = this.machine.glass.of({ panel: logits, row, column: 0 });
    if (t >= 1) return;
    this.parts.set(logits.id, { rows: row });
    const probabilities = this.machine.byId.get("prob");
    if (probabilities) this.parts.set(probabilities.id, { rows: 0 });
    const [x, y, w, h] = this.machine.cellFrame(weights, row, 0, row + 1, weights.columns);
    const tall = 3 / this.machine.camera.scale;
    this.outlines.push({ rectangle: [x, y + h / 2 - tall / 2, w, tall], isFollowed: false });
  }

  doNormalize(t, logits, probabilities) {
    if (t < 1 && probabilities) this.parts.set(probabilities.id, { rows: Math.floor(eased(share(t, 0.1, 0.9)) * probabilities.rows) });
  }

  /** The next token goes to the end of the prompt. */
  doAppend(t) {
    const { drawn, next, answers, prompt, tokens } = this.machine.layout;
    if (!drawn) return;
    const rank = Math.max(0, next.findIndex(({ token }) => token === drawn));
    const pitch = tokens.length > 1 ? tokens[1].y - tokens[0].y : 150;
    const from = [answers[0] + 60, next[rank]?.y ?? answers[1]];
    const to = [prompt[0] + prompt[2], tokens[tokens.length - 1].y + pitch];
    const e = eased(share(t, 0.1, 0.9));
    const [x, y] = between(from, to, e);
    const arc = -Math.sin(Math.PI * e) * this.machine.layout.box[3] * 0.3;
    this.overlays.push((drawing) => {
      const size = Math.max(12, Math.min(24, Math.abs(pitch) * drawing.camera.scale * 0.62));
      drawing.label(visibleText(drawn), drawing.camera.screenX(x), drawing.camera.screenY(y + arc), {
        size, weight: 700, align: e > 0.5 ? "right" : "left", isKept: true,
      });
    });
  }

  /** What was learned lights up from left to right, then what flows through. */
  doWeights(t) {
    if (t >= 1) return;
    const kinds = this.place.with;
    const { box } = this.machine.layout;
    const turn = Math.min(kinds.length - 1, Math.floor(t * kinds.length));
    const x = box[0] + box[2] * eased(t * kinds.length - turn) * 1.1;
    this.goal = (panel) => ((panel.kind === "weight") === (kinds[turn] === "weight") && panel.frame[0] < x ? 1 : 0.2);
  }
}
