// Lines of attention between tokens, for one head or the mean of several.

/** Smaller shares have no line, but the largest of a token that has none so large. */
const leastLine = 0.02;

panels.lines = (mount) => {
  // Of some families' runs the program tells all, and the script has no patterns.
  if (mount.hidden = facts.patternLayers.length === 0) return;
  const { root, list, picked } = headPicker(mount);
  const figure = document.createElement("figure");
  figure.id = `${edition.prefix}attention-lines`;
  const box = document.createElement("div");
  box.className = "scroll";
  figure.innerHTML = `<figcaption><span>${escaped(say("linesTitle"))}</span></figcaption>`;
  figure.append(box, root);
  const caption = document.createElement("p");
  caption.className = "caption";
  figure.append(caption);
  mount.replaceChildren(figure);

  /** The mean share over the picked heads, from a position to another. */
  function meanShares(i) {
    const rows = [...picked].map((head) => shares(chosen.layer, head, i));
    return Array.from({ length: i + 1 }, (_, j) =>
      rows.reduce((sum, row) => sum + row[j], 0) / Math.max(1, rows.length));
  }

  function draw() {
    list(chosen.layer);
    const count = facts.tokens.length;
    const start = Math.max(facts.first, count - 48);
    const positions = Array.from({ length: count - start }, (_, n) => n + start);
    const pitch = Math.max(11, Math.min(24, Math.floor(330 / positions.length)));
    // On a phone narrower, so that the names keep their size.
    const [left, right, width] = matchMedia("(max-width: 560px)").matches ? [96, 208, 304] : [150, 330, 480];
    const top = 26;
    const height = top + positions.length * pitch + 8;
    const svg = shape("svg", "fig", {
      viewBox: `0 0 ${width} ${height}`, width, height, role: "img", direction: "ltr",
      "aria-label": `${say("linesTitle")}: ${say("headOfLayer", { layer: chosen.layer, head: [...picked].join(", ") })}` });
    const y = (position) => top + (position - start + 0.5) * pitch;
    const lines = shape("g", "lines");
    for (const i of positions) {
      const row = meanShares(i);
      const keys = positions.filter((j) => j <= i);
      const largest = keys.reduce((best, j) => (row[j] > row[best] ? j : best));
      keys.filter((j) => row[j] >= leastLine || (j === largest && row[j] > 0)).forEach((j) => {
        const line = shape("line", "p8", {
          x1: left + 8, y1: px(y(i)), x2: right - 8, y2: px(y(j)), "stroke-width": 2,
          "stroke-opacity": fixed(Math.sqrt(Math.min(1, Math.max(leastLine, row[j]))), 2) });
        line.dataset.query = i;
        line.dataset.key = j;
        lines.append(line);
      });
    }
    svg.append(lines,
      shape("text", "muted s e", { x: left, y: 14 }, say("looks")),
      shape("text", "muted s", { x: right, y: 14 }, say("lookedAt")));
    for (const position of positions) {
      const { text } = facts.tokens[position];
      const isFollowed = position === chosen.token;
      const name = (isFollowed ? "accent b" : "ink") + (pitch < 14 ? " s" : "");
      const from = shape("text", `${name} e`, { x: left, y: px(y(position) + 4.5) }, text);
      from.dataset.query = position;
      svg.append(from, shape("text", name, { x: right, y: px(y(position) + 4.5) }, text));
    }
    // The followed token's lines stand out; those of a token under the pointer stand alone.
    const stress = (query, others) => lines.querySelectorAll("line").forEach((line) => {
      line.setAttribute("visibility", Number(line.dataset.query) === query || others ? "visible" : "hidden");
      line.setAttribute("class", Number(line.dataset.query) === chosen.token ? "accent" : "p8");
    });
    const everything = positions.length <= 24;
    stress(chosen.token, everything);
    svg.addEventListener("pointerover", (event) => {
      const query = event.target.dataset?.query;
      if (query !== undefined && event.target.tagName === "text") stress(Number(query), false);
    });
    svg.addEventListener("pointerleave", () => stress(chosen.token, everything));
    box.style.setProperty("--width", width);
    box.replaceChildren(svg);
    const part = start > 0 ? [say("linesPart", { first: start, last: count - 1, count })] : [];
    caption.textContent = [say("linesHelp", { least: fixed(leastLine) }), ...part].join(say("between"));
  }

  root.addEventListener("change", draw);
  let open = null;
  mount.redraw = () => {
    const now = `${chosen.layer},${chosen.head}`;
    if (now !== open) { picked.clear(); picked.add(chosen.head); }
    open = now;
    draw();
  };
  mount.redraw();
};

/** Check boxes for the heads of a layer; at least one stays picked. */
function headPicker() {
  const root = document.createElement("fieldset");
  root.className = "heads";
  const picked = new Set([chosen.head]);
  let listed = null;
  function list(layer) {
    if (listed === layer) {
      for (const box of root.querySelectorAll("input")) box.checked = picked.has(Number(box.value));
      return;
    }
    listed = layer;
    root.innerHTML = `<legend>${escaped(say("headOfLayer", { layer, head: "" }))}</legend>` +
      Array.from({ length: facts.headCount }, (_, head) =>
        `<label><input type="checkbox" value="${head}"${picked.has(head) ? " checked" : ""}/> ${head}</label>`).join("");
  }
  root.addEventListener("change", (event) => {
    const head = Number(event.target.value);
    if (event.target.checked) picked.add(head); else picked.delete(head);
    if (picked.size === 0) picked.add(head);
  }, true);
  return { root, list, picked };
}
