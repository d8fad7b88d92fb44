// The machine drawn, from back to front; its two ends, the map of the whole, and the key to its colours.

class MachineDrawing extends MachineNames {
  draw() {
    const { machine, pen, camera, colors } = { machine: this.machine, pen: this.pen, camera: this.camera, colors: this.colors };
    this.until = performance.now() + 14;
    this.isUnfinished = false;
    pen.setTransform(machine.density, 0, 0, machine.density, 0, 0);
    pen.fillStyle = colors.page;
    pen.fillRect(0, 0, camera.width, camera.height);
    if (!machine.layout) return;
    this.drawGrounds();
    this.drawWires();
    for (const panel of machine.panels) this.drawPanel(panel);
    this.darkenOff();
    this.outlineFollowed();
    this.drawAnswers();
    this.drawPrompt();
    this.drawNames();
    machine.acts.draw(this);
    this.outline(machine.outlines);
    if (machine.isMapShown) this.drawMap();
    this.drawKey();
    const glass = machine.pointer.glass ?? machine.acts.glass;
    if (glass?.rows.length > 0) machine.glass.draw(this, glass);
  }

  /** What is switched off is dark. */
  darkenOff() {
    const { machine, pen, camera, colors } = this;
    pen.fillStyle = colors.ink;
    pen.globalAlpha = 0.72;
    for (const panel of machine.panels) {
      if (machine.shows(panel) && machine.isOff(panel)) pen.fillRect(...camera.screen(panel.frame));
    }
    pen.globalAlpha = 1;
  }

  drawPrompt() {
    const machine = this.machine;
    const { tokens, position, prompt } = machine.layout;
    const { camera, colors, pen } = this;
    const pitch = tokens.length > 1 ? (tokens[1].y - tokens[0].y) * camera.scale : 60;
    const { isSmall } = camera;
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
      const [points, weight] = isMine ? [Math.max(size, least + 2), 700] : [size, 500];
      // On a phone a word may be wider than what is left of its place: it stands within the screen all the same.
      pen.font = `${weight} ${points}px ${machine.font}`;
      const end = isSmall && right > 0 ? Math.max(right, Math.min(room, pen.measureText(text).width) + 3) : right;
      this.label(text, end, middle, {
        size: points, weight,
        color: isMine ? colors.accent : colors.ink,
        align: "right", alpha, room,
      });
      if (pitch > 70) this.label(String(id), right, middle + size * 0.95, { size: 13, color: colors.muted, align: "right", alpha });
    });
  }

  drawAnswers() {
    const machine = this.machine;
    const { next, answers } = machine.layout;
    const { camera, colors, pen } = this;
    const [x, y, w, h] = camera.screen(answers);
    if (x > camera.width || x + w < -200 || next.length === 0) return;
    const pitch = h / next.length;
    const { isSmall } = camera;
    const size = Math.max(isSmall ? 9 : 11, Math.min(22, pitch * 0.5));
    const alpha = machine.answersLight;
    const grown = machine.acts.grown();
    if (!isSmall) {
      const question = machine.say("next");
      const points = Math.max(13, size * 0.9);
      pen.font = `600 ${points}px ${machine.font}`;
      // Where the room ends before the question does, it ends there.
      const isLong = x + pen.measureText(question).width > camera.width - 8;
      this.label(question, isLong ? camera.width - 8 : x, y - Math.max(14, size * 0.8), {
        size: points, weight: 600, alpha, color: colors.muted, align: isLong ? "right" : "left",
      });
    }
    // Of lines that stand too close only every so-manieth is written, none beneath the first one's bar; of those that stand
    // much too close, only the first.
    const every = Math.ceil((size * 1.05) / pitch);
    const isCrowded = !isSmall && pitch < size * 0.9;
    next.forEach(({ token, probability, y: place }, rank) => {
      const middle = camera.screenY(place);
      const isFirst = rank === 0;
      if (!isFirst && (isCrowded || (!isSmall && w < 8 * size))) return;
      if (!isFirst && pitch * 0.86 < size * 1.05 && (isSmall || rank * pitch < size * 2 || rank % every !== 0)) return;
      const points = isFirst ? Math.min(40, size * (isSmall ? 1.4 : 1.8)) : size;
      const width = this.label(visibleText(token), x, middle - (isFirst ? size * 0.3 : 0), {
        size: points, weight: isFirst ? 750 : 500, alpha, isKept: isFirst && isSmall,
        room: isFirst ? Math.max(w, camera.width - x - 4) : w * 0.5,
      });
      if (probability === null) return;
      if (!isFirst) {
        const start = x + Math.max(width + 8, w * 0.5);
        const isCut = isSmall && start + 40 > camera.width;
        return this.label(percent(probability), isCut ? camera.width - 3 : start, middle, {
          size: Math.max(11, points * 0.86), weight: 450, color: colors.muted, alpha, align: isCut ? "right" : "left",
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
      this.label(percent(probability), x + (isSmall ? 0 : length + 7), below, { size: Math.max(isSmall ? 11 : 12, size * 0.95), weight: 650, alpha, isKept: isSmall });
    });
  }

  // Map and key

  drawMap() {
    const machine = this.machine;
    const { pen, camera, colors } = this;
    const [x, y, w, h] = machine.mapFrame;
    const box = machine.layout.box;
    const scale = w / box[2];
    // Until all of it is there it is drawn anew, but not with every frame.
    if (!this.map || (this.isMapDue && performance.now() > this.mapTime + 200)) {
      this.map ??= document.createElement("canvas");
      this.map.width = w * machine.density;
      this.map.height = h * machine.density;
      this.mapTime = performance.now();
      const small = this.map.getContext("2d");
      small.scale(machine.density * scale, machine.density * scale);
      small.translate(-box[0], -box[1]);
      let isWhole = true;
      for (const panel of machine.panels) {
        if (panel.over) continue;
        const numbers = machine.numbers(panel);
        const [px, py, pw, ph] = panel.frame;
        const down = this.halvings((ph * scale) / numbers.rows, 10);
        const picture = numbers.state === "ready" && panel.style !== "bars"
          ? numbers.picture(this.halvings((pw * scale) / numbers.columns, 7), down, colors, () => performance.now() < this.mapTime + 20)
          : null;
        if (picture) small.drawImage(picture, px, py, pw, ph);
        else {
          small.fillStyle = colors.lane;
          small.fillRect(px, py, pw, ph);
        }
        isWhole &&= picture !== null || numbers.state === "absent" || panel.style === "bars";
      }
      this.isMapDue = !isWhole;
      if (!isWhole) setTimeout(() => machine.redraw(), 210);
    }
    pen.fillStyle = colors.card;
    pen.fillRect(x - 8, y - 8, w + 16, h + 16);
    pen.strokeStyle = colors.line;
    pen.lineWidth = 1;
    pen.strokeRect(x - 8.5, y - 8.5, w + 17, h + 17);
    if (this.map) pen.drawImage(this.map, x, y, w, h);
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
  drawKey() {
    const machine = this.machine;
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
