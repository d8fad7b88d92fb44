// What is wrong with how a page is laid out at this moment: text over text, text that is cut off, text outside its card
// or its figure, a window that scrolls sideways. The tests put this file into a page; `layoutFaults()` is all it gives.

/** Where text may be cut off or covered, and why. Everything else is a fault. */
const intended = {
  // Its step's heading, and the tokens above the prompt, say the same, whole.
  shortened: ".stepper .place b, .pictured .opening .prompt.long",
  // What lies beneath the foot of the window comes up as the page is scrolled.
  floating: ".stepper",
};

/** What a reader of a screen hears only, and what is drawn beneath text to keep lines off it. */
const unseen = "[aria-hidden=true].h, script, style, template, noscript, title, desc, option, annotation, .skip:not(:focus)";
/** Said to those who hear the page, and clipped to nothing for those who see it. */
const isClippedAway = (style) => style.clipPath === "inset(50%)";
/** What holds text that must not leave it. */
const cards = "figure, .card, .chips li, button, .story, .detail";
/** What text from outside must not lie on. */
const solids = "figure, .card, table, svg.fig, button, select, input";

const slack = 1;

/** Every fault at this moment, as `{kind, text, other, place}`. */
function layoutFaults() {
  const styles = new Map();
  const styleOf = (e) => styles.get(e) ?? styles.set(e, getComputedStyle(e)).get(e);
  const found = [];
  const report = (kind, a, b) => found.push({ kind, text: a.text, other: b?.text ?? "", place: placeOf(a.parent) });
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width + slack) {
    const place = `${document.documentElement.scrollWidth} of ${width} px`;
    found.push({ kind: "page scrolls sideways", text: "", other: "", place });
  }
  const texts = visibleTexts(styleOf);
  for (const text of texts) {
    if (isCut(text, styleOf) && !text.parent.closest(intended.shortened)) report("cut off", text);
    const box = text.clipped;
    if (!box) continue;
    if (box.left < -slack || box.right > width + slack) report("outside the window", text);
    const figure = text.parent.closest("svg.fig");
    if (figure && !within(text.box, figure.getBoundingClientRect(), 1.5 * scaleOf(figure))) report("outside its figure", text);
    const card = text.parent.closest(cards);
    if (card && !within(box, card.getBoundingClientRect())) report("outside its card", text);
  }
  for (const [a, b] of pairs(texts)) report("over text", a, b);
  for (const solid of solidBoxes(styleOf)) {
    const card = solid.element.parentElement.closest(cards);
    if (card && !within(solid.box, card.getBoundingClientRect())) {
      found.push({ kind: `${solid.element.localName} outside its card`, text: "", other: "", place: placeOf(solid.element) });
    }
    for (const text of texts) {
      if (!text.clipped || text.floats !== solid.floats || !crossing(text.clipped, solid.box)) continue;
      if (solid.element.contains(text.parent) || text.parent.closest("svg.fig")) continue;
      report(`over a ${solid.element.localName}`, text, { text: placeOf(solid.element) });
    }
  }
  return found;
}

/** Pieces of text as they are drawn, a line each: `{text, parent, box, corners, clipped, clip, root, floats}`. */
function visibleTexts(styleOf) {
  const pieces = [];
  const accept = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      return /\S/.test(node.data) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT;
    }
    const style = styleOf(node);
    const isShown = style.display !== "none" && !isClippedAway(style) && !node.matches(unseen);
    return isShown ? NodeFilter.FILTER_SKIP : NodeFilter.FILTER_REJECT;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, accept);
  const drawn = new Set();
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const label = parent.closest("svg text");
    if (!label) pieces.push(...linesOf(walker.currentNode, parent, styleOf));
    else if (!drawn.has(label)) {
      drawn.add(label);
      pieces.push(drawnText(label, styleOf));
    }
  }
  for (const piece of pieces) {
    piece.floats = piece.parent.closest(intended.floating);
    piece.clip = clipOf(piece.parent, styleOf);
    piece.clipped = clip(piece.box, piece.parent, styleOf);
  }
  return pieces;
}

/** The part of a line that letters fill, whatever room the font leaves above and below them. */
function letters(middle, size) {
  return { top: middle - 0.34 * size, bottom: middle + 0.34 * size };
}

/** The lines of a text node. */
function linesOf(node, parent, styleOf) {
  // Blanks at the end of a line hang over its edge.
  const range = document.createRange();
  range.setStart(node, node.data.search(/\S/));
  range.setEnd(node, node.data.trimEnd().length);
  const size = parseFloat(styleOf(parent).fontSize);
  const root = parent.closest("math") ?? node;
  return [...range.getClientRects()].filter((rect) => rect.width > 1).map((rect) => {
    const box = { left: rect.left, right: rect.right, ...letters((rect.top + rect.bottom) / 2, size) };
    return { text: node.data.trim(), parent, box, root };
  });
}

/** An SVG's text, which may be turned. */
function drawnText(label, styleOf) {
  const { x, y, width, height } = label.getBBox();
  const matrix = label.getScreenCTM();
  const { top, bottom } = letters(y + height / 2, parseFloat(styleOf(label).fontSize));
  const corners = [[x, top], [x + width, top], [x + width, bottom], [x, bottom]]
    .map(([x, y]) => [matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f]);
  const box = boundsOf(corners);
  const isTurned = Math.abs(matrix.b) > 1e-6 || Math.abs(matrix.c) > 1e-6;
  const words = [...label.childNodes].filter((node) => node.localName !== "title").map((node) => node.textContent);
  return { text: words.join("").trim(), parent: label, box, corners: isTurned ? corners : null, root: label };
}

function boundsOf(corners) {
  const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

const cuts = (style) => [style.overflowX !== "visible", style.overflowY !== "visible"];

/** The nearest element that shows only a part of what it holds. */
function clipOf(element, styleOf) {
  for (let e = element; e && e !== document.body; e = e.parentElement) {
    if (!e.closest("svg") && cuts(styleOf(e)).some(Boolean)) return e;
  }
  return null;
}

/** What is seen of a box inside all that clips it; null if nothing is. */
function clip(box, element, styleOf) {
  let seen = { ...box };
  for (let e = clipOf(element, styleOf); e; e = clipOf(e.parentElement, styleOf)) {
    const [x, y] = cuts(styleOf(e));
    const edge = e.getBoundingClientRect();
    if (x) seen = { ...seen, left: Math.max(seen.left, edge.left), right: Math.min(seen.right, edge.right) };
    if (y) seen = { ...seen, top: Math.max(seen.top, edge.top), bottom: Math.min(seen.bottom, edge.bottom) };
  }
  return seen.right > seen.left && seen.bottom > seen.top ? seen : null;
}

/** Whether something that cannot be scrolled hides a part of a text. */
function isCut(text, styleOf) {
  for (let e = clipOf(text.parent, styleOf); e; e = clipOf(e.parentElement, styleOf)) {
    const { overflowX, overflowY } = styleOf(e);
    const edge = e.getBoundingClientRect();
    const hides = (way) => way === "hidden" || way === "clip";
    if (hides(overflowX) && (text.box.left < edge.left - slack || text.box.right > edge.right + slack)) return true;
    if (hides(overflowY) && (text.box.top < edge.top - slack || text.box.bottom > edge.bottom + slack)) return true;
    // What lies beyond the edge of a box that scrolls is not hidden by those around it.
    if ([overflowX, overflowY].includes("auto") || [overflowX, overflowY].includes("scroll")) return false;
  }
  return false;
}

function within(box, edge, scale = 1) {
  const room = slack * scale;
  return box.left >= edge.left - room && box.right <= edge.right + room &&
    box.top >= edge.top - room && box.bottom <= edge.bottom + room;
}

/** How much larger than its natural size a figure is drawn; browsers round the edges of small type outwards. */
const scaleOf = (figure) => Math.max(1, figure.getScreenCTM().a);

function crossing(a, b) {
  return a.left < b.right - slack && b.left < a.right - slack && a.top < b.bottom - slack && b.top < a.bottom - slack;
}

/** Pairs of texts that are printed over each other. */
function* pairs(texts) {
  const sorted = texts.toSorted((a, b) => a.box.top - b.box.top);
  for (let i = 0; i < sorted.length; i++) {
    const a = sorted[i];
    for (let j = i + 1; j < sorted.length && sorted[j].box.top < a.box.bottom - slack; j++) {
      const b = sorted[j];
      // A formula's parts are set by the browser; a line's pieces follow one another.
      if (a.root === b.root || a.floats !== b.floats) continue;
      const [first, second] = a.clip === b.clip ? [a.box, b.box] : [a.clipped, b.clipped];
      if (!first || !second || !crossing(first, second)) continue;
      if ((a.corners || b.corners) && areApart(a.corners ?? cornersOf(a.box), b.corners ?? cornersOf(b.box))) continue;
      yield [a, b];
    }
  }
}

const cornersOf = (b) => [[b.left, b.top], [b.right, b.top], [b.right, b.bottom], [b.left, b.bottom]];

/** Whether a line along one of their sides parts two turned boxes. */
function areApart(a, b) {
  for (const shape of [a, b]) {
    for (let i = 0; i < 2; i++) {
      const [x, y] = [shape[i + 1][0] - shape[i][0], shape[i + 1][1] - shape[i][1]];
      const length = Math.hypot(x, y) || 1;
      const along = (corner) => (corner[0] * -y + corner[1] * x) / length;
      const [p, q] = [a.map(along), b.map(along)];
      if (Math.max(...p) <= Math.min(...q) + slack || Math.max(...q) <= Math.min(...p) + slack) return true;
    }
  }
  return false;
}

/** Cards, tables, figures and controls that are seen. */
function solidBoxes(styleOf) {
  return [...document.querySelectorAll(solids)].filter((e) => !e.closest("label") && e.checkVisibility({ visibilityProperty: true })).map((element) => {
    const box = clip(element.getBoundingClientRect().toJSON(), element.parentElement, styleOf);
    return { element, box, floats: element.closest(intended.floating) };
  }).filter(({ box }) => box);
}

/** Where an element stands: the nearest ids and classes. */
function placeOf(element) {
  const names = [];
  for (let e = element; e && e !== document.body && names.length < 3; e = e.parentElement) {
    if (e.id || e.classList.length > 0) names.unshift(`${e.localName}${e.id ? `#${e.id}` : `.${[...e.classList].join(".")}`}`);
  }
  return names.join(" ");
}
