// Matrices between positions: drawn anew for another head, and read cell by cell.

const SVG = "http://www.w3.org/2000/svg";

/** An SVG element of a class, with attributes. */
function shape(name, className, attributes = {}, text) {
  const result = document.createElementNS(SVG, name);
  if (className) result.setAttribute("class", className);
  for (const [key, value] of Object.entries(attributes)) result.setAttribute(key, value);
  if (text !== undefined) result.textContent = text;
  return result;
}

/** A length in pixels with two decimals at most. */
const px = (value) => String(Math.round(value * 100) / 100);

/** The measures of a part that can be drawn anew: every `data-` attribute that is a number. */
function measures(part) {
  return Object.fromEntries(
    Object.entries(part.dataset).map(([key, value]) => [key, Number(value)])
      .filter(([, value]) => !Number.isNaN(value)));
}

/** Which of 13 levels a value has on a scale: more is darker. */
function level(value, { min, max, isRoot }) {
  const share = max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : 1;
  return Math.round((isRoot ? Math.sqrt(share) : share) * 12);
}

/** The scale of a step's matrix: scores from the lowest to the highest, shares up to 1 or to what half of the rows reach. */
function scaleOf(cells, isOfShares, isRoot) {
  const rows = cells.map((row) => row.filter((cell) => cell?.value > -1e30).map((cell) => cell.value));
  if (!isOfShares) return { min: Math.min(...rows.flat()), max: Math.max(...rows.flat()), isRoot: false };
  if (!isRoot) return { min: 0, max: 1, isRoot };
  const largest = rows.filter((row) => row.length > 0).map((row) => Math.max(...row)).sort((a, b) => a - b);
  return { min: 0, max: largest[(largest.length - 1) >> 1] || 1, isRoot };
}

/** What the matrix of a step shows in each cell; null where it is masked. */
const matrixValues = {
  scale: (head, i, j) => recorded(head.score(i, j), head.scorePlace(i, j, false)),
  mask: (head, i, j) => (j > i ? null : recorded(head.score(i, j), head.scorePlace(i, j, true))),
  softmax: (head, i, j) => (j > i ? null : head.share(i, j)),
};

/** The last part of a step's id: `softmax` of `stage-attention-softmax`. */
const stepName = (article) => article.id.slice(article.id.lastIndexOf("-") + 1);

/** Draws a step's matrix for the head that is opened up, and outlines the row that is followed. */
function drawMatrix(article) {
  const part = article.querySelector('[data-mark="matrix"]');
  if (!part) return;
  const name = stepName(article);
  const size = measures(part);
  const value = matrixValues[name];
  const head = openHead();
  const cells = Array.from({ length: size.rows }, (_, row) =>
    Array.from({ length: size.columns }, (_, column) => {
      const [i, j] = [row + facts.drawn, column + facts.drawn];
      return i < facts.first ? null : value(head, i, j);
    }));
  const role = name === "softmax" ? "p" : "d";
  const scale = scaleOf(cells, name === "softmax", size.root === 1);
  part.replaceChildren(...(size.numbers ? numberedCells : plainCells)(cells, size, role, scale));
  drawRowOutline(article, size);
  drawKeyEnds(article, name === "softmax" ? [fixed(scale.max, 3)] : [fixed(scale.min), fixed(scale.max)]);
  nameFollowed(article);
}

function numberedCells(cells, { x, y, width, height }, role, scale) {
  const shapes = [];
  cells.forEach((row, r) => row.forEach((cell, c) => {
    const [left, top] = [x + c * width, y + r * height];
    if (!cell) {
      shapes.push(shape("rect", "muted o dash", {
        x: px(left + 1.5), y: px(top + 1.5), width: px(width - 3), height: px(height - 3), rx: 4 }));
      return;
    }
    const l = level(cell.value, scale);
    shapes.push(shape("rect", `${role}${l}`, {
      x: px(left + 1), y: px(top + 1), width: px(width - 2), height: px(height - 2), rx: 4 }));
    const text = shape("text", `on-${role}${l} m`, {
      x: px(left + width / 2), y: px(top + height / 2 + 4.5) }, written(cell));
    text.setAttribute(cell.from ? "data-from" : "data-derived", cell.from ?? cell.derived);
    shapes.push(text);
  }));
  return shapes;
}

/** One path a level. */
function plainCells(cells, { x, y, width, height, rows }, role, scale) {
  const paths = new Map();
  const add = (key, d) => paths.set(key, (paths.get(key) ?? "") + d);
  cells.forEach((row, r) => row.forEach((cell, c) => {
    if (!cell) return;
    const l = level(cell.value, scale);
    add(l, `M${px(x + c * width)} ${px(y + r * height)}h${width}v${height}h${-width}z`);
  }));
  const shapes = [...paths].sort(([a], [b]) => a - b).map(([l, d]) => {
    const path = shape("path", `${role}${l}`, { d });
    path.setAttribute("shape-rendering", "crispEdges");
    return path;
  });
  if (cells[0].some((cell) => !cell)) {
    shapes.push(shape("path", "muted o dash", { d: staircase(x, y, width, height, rows) }));
  }
  return shapes;
}

/** The outline of all cells above the diagonal. */
function staircase(x, y, width, height, count) {
  let d = `M${px(x + width)} ${px(y)}H${px(x + count * width)}V${px(y + (count - 1) * height)}`;
  for (let r = count - 1; r >= 1; r--) d += `V${px(y + r * height)}H${px(x + r * width)}`;
  return `${d}V${px(y)}`;
}

function drawRowOutline(article, { x, y, width, height, columns, rows }) {
  const row = chosen.token - facts.drawn;
  const outline = article.querySelector('[data-mark="outline"]');
  const isDrawn = row >= 0 && row < rows;
  outline?.replaceChildren(...(isDrawn ? [shape("rect", "accent o", {
    x: px(x - 1), y: px(y + row * height - 1), width: px(columns * width + 2), height: px(height + 2),
    rx: 5, "stroke-width": 2 })] : []));
  const middle = y + (row + 0.5) * height + 4.5;
  for (const label of article.querySelectorAll('[data-mark="rows"] text')) {
    const isFollowed = isDrawn && Math.abs(Number(label.getAttribute("y")) - middle) < 0.6;
    label.setAttribute("class", isFollowed ? "accent e b" : "ink e");
  }
}

/** The name of the followed token in a key. */
function nameFollowed(article) {
  const words = mentionWords(chosen.token);
  for (const text of article.querySelectorAll('[data-mark="key"] text')) {
    const [, before] = text.textContent.match(/^(.*[:：]\s?)[“「].*[”」]$/) ?? [];
    if (!before) continue;
    text.textContent = before + words;
    makeRoom(text);
  }
}

/** Widens a figure for a text that is longer now than the one it was drawn for. */
function makeRoom(text) {
  const svg = text.ownerSVGElement;
  const { width, height } = svg.viewBox.baseVal;
  const drawn = svg.getBoundingClientRect();
  const wanted = Math.ceil(((text.getBoundingClientRect().right - drawn.left) * width) / drawn.width);
  if (!(wanted > width)) return;
  svg.setAttribute("viewBox", `0 0 ${wanted} ${height}`);
  svg.setAttribute("width", wanted);
  svg.parentElement.style.setProperty("--width", wanted);
}

/** The numbers at the ends of a key, where the scale depends on the head, from the lower to the upper. */
function drawKeyEnds(article, ends) {
  article.querySelectorAll('[data-mark="key"] [data-derived]').forEach((text, n) => {
    text.textContent = ends[n] ?? text.textContent;
  });
}

/** Lets the pointer and the arrow keys go from cell to cell; its arithmetic stands in the step's list. */
function readCells(article) {
  const part = article.querySelector('[data-mark="matrix"]');
  const svg = part?.ownerSVGElement;
  const box = svg?.parentElement;
  if (!box || box.dataset.reads) return;
  box.dataset.reads = "cells";
  const size = measures(part);
  const cursor = shape("rect", "focus o", {
    width: size.width + 2, height: size.height + 2, rx: 3, "stroke-width": 2, visibility: "hidden" });
  part.parentNode.append(cursor);
  const speech = document.createElement("p");
  speech.className = "unseen";
  speech.setAttribute("aria-live", "polite");
  box.after(speech);
  const help = document.createElement("p");
  help.className = "caption help";
  help.textContent = say("cellHelp");
  box.after(help);
  let place = null;

  function show(row, column) {
    const cell = matrixValues[stepName(article)];
    const [i, j] = [row + facts.drawn, column + facts.drawn];
    if (row < 0 || column < 0 || row >= size.rows || column >= size.columns || i < facts.first) return;
    place = { row, column };
    cursor.setAttribute("x", px(size.x + column * size.width - 1));
    cursor.setAttribute("y", px(size.y + row * size.height - 1));
    cursor.setAttribute("visibility", "visible");
    tellArithmetic(article, i, j);
    const names = { from: mentionWords(i), to: mentionWords(j) };
    const quantity = cell(openHead(), i, j);
    speech.textContent = `${say("cell", names)}: ${quantity ? written(quantity) : "−∞"}`;
    svg.querySelector("title").textContent = speech.textContent;
  }

  function leave() {
    place = null;
    cursor.setAttribute("visibility", "hidden");
    tellArithmetic(article);
    svg.querySelector("title").textContent = svg.closest("figure").querySelector("figcaption span").textContent;
  }

  svg.addEventListener("pointermove", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(part.getScreenCTM().inverse());
    const row = Math.floor((point.y - size.y) / size.height);
    const column = Math.floor((point.x - size.x) / size.width);
    const isInside = row >= 0 && column >= 0 && row < size.rows && column < size.columns;
    if (!isInside) { if (place) leave(); return; }
    if (row !== place?.row || column !== place?.column) show(row, column);
  });
  svg.addEventListener("pointerleave", () => { if (document.activeElement !== box) leave(); });
  box.addEventListener("blur", leave);
  box.addEventListener("keydown", (event) => {
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    if (event.key === "Escape") return leave();
    if (!(event.key in moves) || event.altKey || event.ctrlKey || event.metaKey) return;
    const [down, right] = moves[event.key];
    const start = Math.max(0, Math.min(size.rows - 1, chosen.token - facts.drawn));
    event.preventDefault();
    event.stopPropagation();
    if (!place) return show(start, start);
    show(place.row + down, place.column + right);
  });
}

/** The worked example of a step that follows a head, for a cell; without one, for the followed token. */
function tellArithmetic(article, i = chosen.token, j) {
  const list = article.querySelector(".arithmetic");
  if (!list) return;
  const head = openHead();
  const isCell = j !== undefined;
  const key = j ?? head.attended(i);
  const lines = {
    scores: () => [head.productLine(i, key)],
    scale: () => (isCell ? [head.productLine(i, key, 6)] : []).concat(head.scaleLine(i, key)),
    mask: () => [key > i ? "j > i: −∞"
      : `j ≤ i: ${number(recorded(head.score(i, key), head.scorePlace(i, key, true)))}`],
    softmax: () => (key > i ? ["j > i: <math><msup><mi>e</mi><mrow><mo>−</mo><mi>∞</mi></mrow></msup></math> = 0"]
      : (isCell ? [head.scaleLine(i, key)] : []).concat(head.softmaxLines(i, key))),
    sum: () => [head.sumLine(i)],
  }[stepName(article)]?.();
  if (!lines) return;
  const name = isCell ? `<li class="cell">${mention(i)} → ${mention(key)}</li>` : "";
  list.innerHTML = name + lines.map((line) => `<li>${line}</li>`).join("");
}
