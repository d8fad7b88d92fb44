// Following another token, layer or head: what depends on it is told again.

const tellings = new Map();

/** All tellings of a step, unpacked when they are first asked for. */
function tellingsOf(id) {
  if (!tellings.has(id)) tellings.set(id, text(`told-${id}`).then((all) => all.split("\0")));
  return tellings.get(id);
}

/** Where the current telling of a step stands in its list; −1 if it was left out. */
function tellingIndex(scope) {
  const count = facts.tokens.length - facts.first;
  const place = chosen.token - facts.first;
  if (scope === "token") return place;
  const layer = facts.layers.indexOf(chosen.layer);
  return layer < 0 ? -1 : layer * count + place;
}

/** What a step last showed, to tell it again only if that has changed. */
const shown = new WeakMap();
let first = facts && { ...chosen };

/** Whether a step shows what the reader follows now. */
function isCurrent(article) {
  const was = shown.get(article) ?? first;
  const { follows } = article.dataset;
  return was.token === chosen.token && (follows === "token" && article.querySelector("[data-follow]") === null
    || was.layer === chosen.layer) && (follows !== "head" && article.querySelector("[data-follow]") === null
    || was.head === chosen.head);
}

/** Writes the numbers that a step's matrix was left without. */
function writeNumbers(article) {
  const part = article.querySelector('[data-mark="matrix"]');
  if (part && Number(part.dataset.numbers) && !part.querySelector("text") && facts.layers.includes(chosen.layer)) {
    drawMatrix(article);
  }
}

/** Makes a step show what the reader follows. */
async function retell(article) {
  if (!tensors || !article.dataset.follows || isCurrent(article)) return;
  const { follows } = article.dataset;
  const now = { ...chosen };
  if (engine) return living.tellStep(article);
  article.querySelector(":scope > .left-out.by-script")?.remove();
  const isCarried = facts.layers.includes(chosen.layer);
  if (follows !== "token" && !isCarried && !["heads", "lines"].includes(stepName(article))) {
    const note = document.createElement("p");
    note.className = "left-out by-script";
    note.textContent = say("leftOut", { layer: chosen.layer });
    article.querySelector("h3").after(note);
    article.classList.add("empty");
    shown.set(article, now);
    return;
  }
  article.classList.remove("empty");
  if (follows !== "head" && element(`told-${article.id}`)) {
    const list = await tellingsOf(article.id);
    if (now.token !== chosen.token || now.layer !== chosen.layer) return;
    // In a telling a sign stands for the position that is followed.
    replaceStep(article, list[tellingIndex(follows)].replaceAll("\x01", now.token));
  }
  if (follows === "head" && isCarried) {
    drawMatrix(article);
    drawHeadStrips(article);
    tellArithmetic(article);
  }
  if (isCarried) tellFollowing(article);
  fillHeadTable(article);
  drawGridOutline(article);
  article.querySelectorAll(".panel").forEach((panel) => panel.redraw?.());
  shown.set(article, now);
}

/** Puts a telling in the place of a step's content. */
function replaceStep(article, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  putStep(article, template.content.firstElementChild);
}

/** The same of a telling that is an element already. */
function putStep(article, fresh) {
  const openTables = [...article.querySelectorAll("details")].map((details) => details.open);
  article.setAttribute("style", fresh.getAttribute("style") ?? "");
  for (const layout of ["beside", "stacked", "plain"]) {
    article.classList.toggle(layout, fresh.classList.contains(layout));
  }
  article.replaceChildren(...fresh.childNodes);
  article.querySelectorAll("details").forEach((details, n) => { details.open = openTables[n] ?? false; });
  drawMissingBars(article);
  prepareFigures(article);
}

/** Says in words, titles and wordings what is followed now. */
function tellFollowing(article) {
  const marked = article.querySelectorAll("[data-follow], [data-if], [data-title]");
  if (marked.length === 0) return;
  const now = pieces();
  const holds = wordings();
  for (const place of article.querySelectorAll("[data-follow]")) {
    const piece = now[place.dataset.follow];
    if (piece !== undefined) place.innerHTML = piece;
  }
  for (const place of article.querySelectorAll("[data-if]")) {
    const name = place.dataset.if;
    place.hidden = name.startsWith("!") ? holds[name.slice(1)] : !holds[name];
  }
  const plain = document.createElement("span");
  const wordsOf = (name) => {
    if (name === "token") return say("token", { token: facts.tokens[chosen.token].text });
    if (name === "attended") return mentionWords(openHead().attended(chosen.token));
    plain.innerHTML = now[name] ?? "";
    return plain.textContent;
  };
  for (const figure of article.querySelectorAll("figure[data-title], figure[data-description]")) {
    // Japanese brackets bring their own space.
    const fill = (text) => text.replace(/\{(\w+)\}/g, (_, name) => wordsOf(name)).replace(/ ?([「」]) ?/g, "$1");
    const { title, description } = figure.dataset;
    const svg = figure.querySelector("svg");
    if (title) {
      figure.querySelector("figcaption span").textContent = fill(title);
      svg.querySelector("title").textContent = fill(title);
      figure.querySelector(".scroll").setAttribute("aria-label", fill(title));
    }
    if (description) svg.querySelector("desc").textContent = fill(description);
  }
}

/** Outlines the head that is opened up among the small matrices. */
function drawGridOutline(article) {
  const part = article.querySelector('[data-mark="grid"]');
  if (!part) return;
  const { x, y, pitch, size } = measures(part);
  const row = facts.patternLayers.length === facts.layerCount ? chosen.layer : gridRows(part).indexOf(chosen.layer);
  part.replaceChildren(...(row < 0 ? [] : [shape("rect", "accent o", {
    x: px(x + chosen.head * pitch - 2), y: px(y + row * pitch - 2), width: px(size + 4), height: px(size + 4),
    rx: 3, "stroke-width": 2 })]));
  const isAt = (text, name, place) => Math.abs(Number(text.getAttribute(name)) - place) < 0.6;
  for (const text of part.ownerSVGElement.querySelectorAll("text.s")) {
    const isColumn = text.classList.contains("m") && isAt(text, "y", y - 7);
    const isRow = text.classList.contains("e") && isAt(text, "x", x - 9);
    if (!isColumn && !isRow) continue;
    const isOpen = isColumn ? isAt(text, "x", x + chosen.head * pitch + size / 2)
      : isAt(text, "y", y + row * pitch + size / 2 + 4);
    text.setAttribute("class", `${isOpen ? "accent" : "muted"} s ${isColumn ? "m" : "e"}${isOpen ? " b" : ""}`);
  }
}

/** The layers that the rows of the small matrices are. */
const gridRows = (part) => [...Array(measures(part).rows).keys()];

/** Lets a click among the small matrices open a head. */
function pickFromGrid(article) {
  const part = article.querySelector('[data-mark="grid"]');
  const svg = part?.ownerSVGElement;
  if (!svg || svg.dataset.picks) return;
  svg.dataset.picks = "heads";
  const { x, y, pitch, rows, columns } = measures(part);
  svg.addEventListener("click", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(part.getScreenCTM().inverse());
    const [layer, head] = [Math.floor((point.y - y) / pitch), Math.floor((point.x - x) / pitch)];
    if (layer >= 0 && head >= 0 && layer < rows && head < columns) follow({ layer, head });
  });
}

/** Follows something else: a token, a layer, a head. */
async function follow(change) {
  const next = { ...chosen, ...change };
  if (next.token < facts.first || next.token >= facts.tokens.length) return;
  if (next.layer < 0 || next.layer >= facts.layerCount || next.head < 0 || next.head >= facts.headCount) return;
  Object.assign(chosen, next);
  for (const { root } of editions) showChoice(root);
  rememberChoice();
  living.follow();
  await retellShown();
}

/** Brings the followed token into sight; what needs a layout waits for the one that comes anyway. */
function revealFollowed() {
  requestAnimationFrame(() => edition.root.querySelector(".chips .followed")?.scrollIntoView({ block: "nearest", inline: "nearest" }));
}

/** Marks what is followed in the frame of an edition. */
function showChoice(root) {
  root.querySelectorAll(".chips li").forEach((chip, position) => {
    const isFollowed = position === chosen.token;
    chip.classList.toggle("followed", isFollowed);
    chip.querySelector("button")?.setAttribute("aria-pressed", String(isFollowed));
  });
  revealFollowed();
  for (const name of ["layer", "head"]) {
    const select = root.querySelector(`select.${name}`);
    if (select) select.value = String(chosen[name]);
  }
  for (const code of root.querySelectorAll('[id$="stage-attention"] .flow code, [id$="stage-mlp"] .flow code')) {
    code.textContent = code.textContent.replace(/^blocks\.\d+/, `blocks.${chosen.layer}`);
  }
}

/** Makes the tokens above the page buttons, and adds the choice of layer and head. */
function offerChoices({ root }) {
  if (!facts || root.querySelector(".followed-head")) return;
  root.querySelectorAll(".chips li").forEach((chip, position) => {
    const button = document.createElement("button");
    button.type = "button";
    const text = facts.tokens[position].text;
    const label = say("follow", { token: text, n: position });
    button.setAttribute("aria-label", chip.title ? `${label}; ${chip.title}` : label);
    button.append(...chip.querySelectorAll(":scope > .token, :scope > small"));
    chip.querySelectorAll(".unseen").forEach((words) => words.remove());
    button.disabled = position < facts.first;
    button.addEventListener("click", () => follow({ token: position }));
    chip.append(button);
  });
  const picker = document.createElement("div");
  picker.className = "followed-head";
  for (const [name, count] of [["layer", facts.layerCount], ["head", facts.headCount]]) {
    const label = document.createElement("label");
    label.textContent = `${say(name)} `;
    const select = document.createElement("select");
    select.className = name;
    select.append(...Array.from({ length: count }, (_, n) => new Option(String(n), String(n))));
    select.addEventListener("change", () => follow({ [name]: Number(select.value) }));
    label.append(select);
    picker.append(label);
  }
  root.querySelector(".chips").after(picker);
  showChoice(root);
}
