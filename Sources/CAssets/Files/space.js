// Turns a slice of a space in three dimensions under the pointer and the arrow keys. Without this
// script the drawing stands still.

/** Makes every such drawing in a part of the page one that turns. */
function turnSpaces(part) {
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  function make(parent, name, attributes, text) {
    const element = document.createElementNS(parent.namespaceURI, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    parent.append(element);
    return element;
  }

  for (const figure of part.querySelectorAll("figure.space:not(.turns-now)")) {
    const box = figure.querySelector("[data-points]");
    const svg = box.querySelector("svg");
    const output = figure.querySelector("output");
    const points = JSON.parse(box.dataset.points);
    const arrows = JSON.parse(box.dataset.arrows);
    const start = JSON.parse(box.dataset.view);
    const radius = Number(box.dataset.radius);
    const view = { ...start };
    let size = { width: 560, height: 376 };

    const keep = [...svg.querySelectorAll("title, desc")];
    svg.replaceChildren(...keep);
    svg.style.minWidth = "0";
    const scene = make(svg, "g", {});
    const axes = [0, 1, 2].map((axis) => ({
      line: make(scene, "line", { class: "line", "stroke-width": 1 }),
      name: make(scene, "text", { class: "muted s m" }, `${axis + 1}`),
    }));
    const lines = arrows.map(() => ({
      line: make(scene, "line", { class: "muted" }),
      head: make(scene, "path", { class: "muted" }),
    }));
    const dots = points.map((point) => ({
      lead: make(scene, "line", { class: "muted" }),
      dot: make(scene, "circle", { class: point.kind }),
      label: make(scene, "text", { class: `${point.kind} s${point.kind === "accent" ? " b" : ""}`, "paint-order": "stroke" }, point.label),
    }));
    let widths = [];

    // The same as the drawing without the script: turned about the upright axis, then tilted.
    function project([x, y, z]) {
      const turn = view.turn * Math.PI / 180;
      const tilt = view.tilt * Math.PI / 180;
      const across = x * Math.cos(turn) + z * Math.sin(turn);
      const depth = z * Math.cos(turn) - x * Math.sin(turn);
      const scale = (Math.min(size.width, size.height) / 2 - 28) / radius;
      return {
        x: size.width / 2 + across * scale,
        y: size.height / 2 - (y * Math.cos(tilt) - depth * Math.sin(tilt)) * scale,
        depth: (y * Math.sin(tilt) + depth * Math.cos(tilt)) / radius,
      };
    }

    function set(element, attributes) {
      for (const [key, value] of Object.entries(attributes)) {
        element.setAttribute(key, typeof value === "number" ? Math.round(value * 100) / 100 : value);
      }
    }

    function drawArrow({ line, head }, from, to) {
      const [dx, dy] = [to.x - from.x, to.y - from.y];
      const length = Math.hypot(dx, dy);
      const isSeen = length > 18;
      line.style.display = head.style.display = isSeen ? "" : "none";
      if (!isSeen) return;
      const [ux, uy] = [dx / length, dy / length];
      const [tx, ty] = [to.x - ux * 6, to.y - uy * 6];
      const [bx, by] = [tx - ux * 8, ty - uy * 8];
      set(line, { x1: from.x + ux * 6, y1: from.y + uy * 6, x2: bx, y2: by });
      head.setAttribute("d", `M${tx} ${ty}L${bx - uy * 3.5} ${by + ux * 3.5}L${bx + uy * 3.5} ${by - ux * 3.5}Z`);
    }

    // Labels beside their points where there is room, farther off with a line where there is not.
    const near = [[7, 4, 0], [-7, 4, 1], [0, -9, 0.5], [0, 17, 0.5], [7, -7, 0], [-7, -7, 1], [7, 17, 0], [-7, 17, 1]];
    const far = [22, 38, 54].flatMap((d) => [[14, -d, 0], [-14, -d, 1], [14, d + 8, 0], [-14, d + 8, 1]]);

    function placeLabels(places, tips) {
      const around = (reach) => ({ x, y }) => [x - reach, y - reach, x + reach, y + reach];
      const taken = [...places.map(around(4)), ...tips.map(around(8))];
      // What is followed keeps its label even upon an arrow.
      const crossed = [];
      for (const [from, to] of arrows) {
        const [a, b] = [places[from], places[to]];
        const count = Math.floor(Math.hypot(b.x - a.x, b.y - a.y) / 8);
        for (let i = 1; count > i; i++) {
          const [x, y] = [a.x + (b.x - a.x) * i / count, a.y + (b.y - a.y) * i / count];
          crossed.push([x - 3, y - 3, x + 3, y + 3]);
        }
      }
      const rank = { accent: 0, ink: 1, muted: 2 };
      const order = points.map((_, index) => index).sort((a, b) =>
        rank[points[a].kind] - rank[points[b].kind] || places[b].depth - places[a].depth || a - b);
      for (const index of order) {
        const { label, lead } = dots[index];
        const { x, y } = places[index];
        const width = widths[index];
        const others = points[index].kind === "accent" ? taken : [...taken, ...crossed];
        const free = [...near, ...far].findIndex(([dx, dy, anchor]) => {
          const left = x + dx - anchor * width;
          const box = [left - 2, y + dy - 10, left + width + 2, y + dy + 3];
          const isInside = Math.min(box[0], box[1], size.width - box[2], size.height - box[3]) >= 0;
          const isFree = isInside ? others.every((other) =>
            Math.max(box[0] - other[2], other[0] - box[2], box[1] - other[3], other[1] - box[3]) >= 0) : false;
          if (isFree) taken.push(box);
          return isFree;
        });
        // What is followed is named even where there is no room, above its point.
        const found = free >= 0 ? free : points[index].kind === "accent" ? 2 : -1;
        label.style.display = 0 > found ? "none" : "";
        lead.style.display = near.length > found ? "none" : "";
        if (0 > found) continue;
        const [dx, dy, anchor] = [...near, ...far][found];
        const left = Math.max(0, Math.min(size.width - width, x + dx - anchor * width));
        set(label, { x: left, y: y + dy });
        set(lead, { x1: x, y1: y, x2: x + dx + (anchor ? 3 : -3), y2: y + dy - 4 });
      }
    }

    function draw() {
      const tips = axes.map(({ line, name }, axis) => {
        const end = [0, 0, 0];
        end[axis] = radius;
        const tip = project(end);
        const tail = project(end.map((value) => -value));
        set(line, { x1: tail.x, y1: tail.y, x2: tip.x, y2: tip.y });
        set(name, { x: tip.x, y: tip.y + 4 });
        return tip;
      });
      const places = points.map(({ at }) => project(at));
      arrows.forEach(([from, to], index) => drawArrow(lines[index], places[from], places[to]));
      places.forEach(({ x, y, depth }, index) => {
        const size = (points[index].kind === "muted" ? 2.5 : 3.5) * (1 + 0.3 * depth);
        set(dots[index].dot, { cx: x, cy: y, r: Math.max(1.5, size) });
      });
      placeLabels(places, tips);
    }

    function say() {
      const degrees = (angle) => `${Math.round(angle)}`.replace("-", "−");
      const turn = view.turn - 360 * Math.round(view.turn / 360);
      output.textContent = box.dataset.spoken
        .replace("{turn}", degrees(turn)).replace("{tilt}", degrees(view.tilt));
    }

    let motion = null;
    // Moves to a view, at once where less motion is asked for.
    function move(turn, tilt) {
      cancelAnimationFrame(motion);
      const goal = { turn, tilt: Math.max(-90, Math.min(90, tilt)) };
      if (still.matches) {
        Object.assign(view, goal);
        draw();
        return say();
      }
      const from = { ...view };
      const begun = performance.now();
      (function frame(now) {
        const share = Math.max(0, Math.min(1, (now - begun) / 160));
        view.turn = from.turn + (goal.turn - from.turn) * share;
        view.tilt = from.tilt + (goal.tilt - from.tilt) * share;
        draw();
        if (1 > share) motion = requestAnimationFrame(frame);
        else say();
      })(begun);
      wanted = goal;
    }

    let wanted = { ...view };
    function press(key) {
      const steps = { ArrowLeft: [-15, 0], ArrowRight: [15, 0], ArrowUp: [0, 15], ArrowDown: [0, -15] };
      if (key === "Home") wanted = { ...start };
      else if (steps[key]) wanted = { turn: wanted.turn + steps[key][0], tilt: Math.max(-90, Math.min(90, wanted.tilt + steps[key][1])) };
      else return false;
      move(wanted.turn, wanted.tilt);
      return true;
    }

    box.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (press(event.key)) event.preventDefault();
    });
    for (const button of figure.querySelectorAll("[data-key]")) {
      button.addEventListener("click", () => press(button.dataset.key));
    }

    let last = null;
    box.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      last = event;
      box.setPointerCapture(event.pointerId);
    });
    box.addEventListener("pointermove", (event) => {
      if (!last || event.pointerId !== last.pointerId) return;
      cancelAnimationFrame(motion);
      view.turn += (event.clientX - last.clientX) * 0.5;
      view.tilt = Math.max(-90, Math.min(90, view.tilt + (event.clientY - last.clientY) * 0.5));
      wanted = { ...view };
      last = event;
      draw();
    });
    for (const end of ["pointerup", "pointercancel"]) {
      box.addEventListener(end, () => { if (last) say(); last = null; });
    }

    // As wide as there is room for, so that type keeps its size on a phone.
    function fit() {
      const width = Math.min(720, Math.max(240, box.clientWidth));
      const height = Math.round(Math.min(440, Math.max(280, width * 0.67)));
      size = { width, height };
      set(svg, { viewBox: `0 0 ${width} ${height}`, width, height });
      widths = dots.map(({ label }) => {
        label.style.display = "";
        return label.getComputedTextLength();
      });
      draw();
    }

    figure.classList.add("turns-now");
    for (const element of figure.querySelectorAll("[hidden]")) element.hidden = false;
    new ResizeObserver(fit).observe(box);
    fit();
    say();
  }
}
