// The names of the machine's parts, of constant size, where they fit.

class MachineNames extends MachinePanels {
  drawNames() {
    const machine = this.machine;
    for (const panel of machine.panels) {
      if (machine.shows(panel) && panel.light > 0.5) this.drawName(panel);
    }
    this.drawParts();
  }

  drawName(panel) {
    const machine = this.machine;
    const { camera, colors } = this;
    const [x, y, w, h] = camera.screen(panel.frame);
    if (!this.isSeen([x, y, w, h], 60)) return;
    const part = panel.part;
    const [sign] = machine.layout.parts[part];
    const scale = camera.scale;
    const alpha = panel.light;
    const isSmall = camera.width < 560;
    if (part === "WE" || part === "WU" || part === "Wpos") {
      const size = isSmall ? 12 : Math.max(13, Math.min(22, 70 * scale));
      this.label(sign, x + w / 2, Math.max(y - size, size), { size, weight: 650, align: "center", alpha, isFormula: true });
      if (w > 60) this.label(`${grouped(panel.rows)} × ${panel.columns}`, x + w / 2, Math.max(y - size, size) - size * 1.05, { size: 12, color: colors.muted, align: "center", alpha });
      this.drawRowNames(panel, [x, y, w, h]);
    } else if (panel.kind === "weight" && panel.rows > 1) {
      if (w < 56 || h < 20) return;
      const size = Math.max(11, Math.min(22, h * 0.3, w * 0.2));
      const middle = h > camera.height ? Math.max(y + size, Math.min(y + h - size, camera.covered.top + 24)) : y + h / 2;
      this.tag(sign, x + 6, middle, size, alpha);
    } else if (panel.isSquare) {
      const text = machine.showsScores(panel) ? machine.layout.parts.S[1] : "";
      if (w > 80 && text) this.label(text, x + w / 2, y + h + 14, { size: 13, weight: 600, color: colors.muted, align: "center", alpha });
      this.drawPatternNames(panel, [x, y, w, h]);
    } else if (panel.axes[1] === "t" && sign) {
      if (w > 26) this.label(sign, x + w / 2, Math.max(y - 9, 12), { size: Math.min(19, Math.max(12, w * 0.2)), weight: 600, align: "center", alpha });
    } else if (sign && panel.lanes && scale > 0.55) {
      this.label(sign, x + w + 9, y - 10 > 8 ? y - 10 : 12, { size: Math.min(18, Math.max(13, 9 * scale)), weight: 600, align: "right", alpha });
    } else if (panel.rows === 1 && scale > 1.4) {
      this.label(sign, x - 10, y + h / 2, { size: Math.min(18, h), weight: 600, align: "right", alpha });
    } else if (part === "logits" || part === "prob") {
      this.label(sign, x + w / 2, Math.min(y + h + 13, camera.height - camera.covered.bottom - 12), { size: 12, weight: 550, color: colors.muted, align: "center", alpha: w > 24 ? alpha : 0 });
    }
    if (panel.lanes) this.drawLaneNames(panel, [x, y, w, h]);
  }

  /** A sign upon the panel it names. */
  tag(sign, x, y, size, alpha) {
    const { pen } = this;
    pen.font = `650 ${size}px ${this.machine.font}`;
    const width = pen.measureText(sign.replace("_", "")).width + size * 0.5;
    pen.globalAlpha = 0.88 * alpha;
    pen.fillStyle = this.colors.page;
    pen.beginPath();
    pen.roundRect(x, y - size * 0.75, width, size * 1.55, 4);
    pen.fill();
    this.label(sign, x + size * 0.25, y, { size, weight: 650, alpha, isFormula: true });
  }

  /** Tokens beside the rows of W_E and W_U, once there is room. */
  drawRowNames(panel, place) {
    const machine = this.machine;
    const [x, y, , h] = place;
    const size = h / panel.rows;
    if (size < 9 || !machine.word) return;
    const { rows } = this.cellsOnScreen(place, panel);
    const mine = new Set(panel.part === "WE" ? machine.layout.tokens.map((token) => token.token_id) : machine.layout.next.slice(0, 1).map((token) => token.token_id));
    for (let row = rows[0]; row < rows[1]; row++) {
      const isMine = mine.has(row);
      this.label(visibleText(machine.word(row)), x - 10, y + (row + 0.5) * size, {
        size: Math.min(16, size * 0.72), weight: isMine ? 700 : 450,
        color: isMine ? this.colors.accent : this.colors.muted, align: "right", alpha: panel.light,
      });
    }
  }

  drawLaneNames(panel, [x, y, , h]) {
    const machine = this.machine;
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

  drawPatternNames(panel, [x, y, w]) {
    const machine = this.machine;
    const cell = w / panel.columns;
    if (!machine.isOpen(panel)) return;
    const { pen, colors } = this;
    const isSmall = this.camera.width < 560;
    const size = Math.max(isSmall ? 10 : 11, Math.min(isSmall ? 11 : 16, cell * 0.6));
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
  drawParts() {
    const machine = this.machine;
    const { camera, colors } = this;
    const scale = camera.scale;
    const isSmall = camera.width < 560;
    if (scale < 1.1) {
      const alpha = Math.min(1, (1.1 - scale) / 0.3);
      for (const block of machine.blocks) this.drawBlockNames(block, alpha, isSmall);
    }
    if (scale < 0.3 || scale > 2.4) return;
    for (const { layer, head, frame, light } of machine.heads) {
      const [x, y] = camera.screen(frame);
      if (!this.isSeen([x, y, 60, 20]) || light < 0.5) continue;
      const isOpen = layer === machine.layout.layer && head === machine.layout.head;
      this.label(machine.say("head", { h: head }), Math.max(x, 10), y - Math.max(9, 14 * scale), {
        size: Math.min(18, Math.max(11, 22 * scale)), weight: 600, color: isOpen ? colors.accent : colors.muted,
      });
    }
  }

  drawBlockNames({ layer, attention, mlp, bay, isOpen, light }, strength, isSmall) {
    const machine = this.machine;
    const { camera, colors } = this;
    const scale = camera.scale;
    const alpha = strength * light;
    if (alpha < 0.3) return;
    const size = isSmall ? 9 : Math.min(20, Math.max(11, 62 * scale));
    const [ax, ay, aw] = camera.screen(attention);
    const [mx, my, mw, mh] = camera.screen(mlp);
    const width = Math.min(aw, mw);
    if (isOpen) {
      if (!isSmall && aw > size * 5.2) this.label(machine.say("attention"), ax + aw / 2, ay - size * 1.1 - (scale > 0.3 ? 14 : 0), { size, weight: 620, align: "center", alpha });
      this.label(machine.say("mlp"), mx + mw / 2, my + mh + size, { size, weight: 620, align: "center", alpha });
    } else if (width > 13 || layer % 5 === 0) {
      this.label(String(layer), ax + aw / 2, ay - size, { size: 11, color: colors.muted, align: "center", alpha });
    }
    if (!isOpen) return;
    const [x, y, w] = camera.screen(bay);
    if (w < 48) return;
    const big = Math.min(30, Math.max(isSmall ? 10 : 11, w * 0.15));
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
}
