// The machine's grounds and wires: gray what all tokens share, amber the followed one's.

class MachineWires extends MachinePen {
  /** What is read and what is added stands on a ground that reaches to the stream. */
  drawGrounds() {
    const { pen } = this;
    pen.fillStyle = this.colors.ground;
    for (const { rectangle, panels } of this.machine.grounds) {
      const [x, y, w, h] = this.camera.screen(rectangle);
      if (!this.isSeen([x, y, w, h])) continue;
      pen.globalAlpha = Math.max(...panels.map((panel) => panel.light));
      pen.fillRect(x, y, w, h);
    }
    pen.globalAlpha = 1;
  }

  drawWires() {
    const machine = this.machine;
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
    for (const wire of amber.bus) this.arrow(wire.slice(2));
    for (const [, , x, y] of amber.plus) this.plus(camera.screenX(x), camera.screenY(y));
    pen.globalAlpha = 1;
  }

  /** An arrowhead in the middle of the longest piece of a line. */
  arrow(points) {
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

  plus(x, y) {
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
}
