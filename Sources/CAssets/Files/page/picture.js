// The machine on the page: one picture beside the words, made once, that goes along with what is shown and followed.

let machine = null;
const picture = document.createElement("section");
picture.className = "machine";
/** Where there is less room, and on a phone, the words lie on a sheet before the picture; else they stand beside it. */
const phone = matchMedia("(max-width: 1159px)");
/** Where neither has room the picture waits until it is asked for. */
const roomy = matchMedia("(min-width: 1160px), (max-width: 699px), (min-height: 900px)");
/** What the reader chose, kept while the window is open; null if nothing. */
let wish = remembered("picture");
const isPictured = () => (wish === null ? roomy.matches : wish === "on");

/** What is kept while the window is open; some browsers keep nothing for files. */
function remembered(name) {
  try { return sessionStorage.getItem(`explain-${name}`); } catch { return null; }
}

function remember(name, value) {
  try { sessionStorage.setItem(`explain-${name}`, value); } catch { /* Then it is forgotten. */ }
}

/** Shows the run that was just told. */
async function showMachine(isNewRun) {
  if (!facts) {
    picture.remove();
    root.classList.remove("pictured");
    return;
  }
  if (!machine) {
    edition.root.querySelector(".frame").append(picture);
    machine = new Machine(picture, {
      ask: (call) => engine.ask(call),
      askNumbers: async (call) => {
        const bytes = await engine.bytes(call);
        if (bytes.length % 4 !== 0) throw new EngineError(new TextDecoder().decode(bytes));
        return new Float32Array(bytes.buffer);
      },
      word, choose: follow, step: go, off: () => switches.ablate });
    adopted.forEach(offerPicture);
    for (const query of [phone, roomy]) query.addEventListener("change", placeMachine);
  }
  await machine.open({ language: edition.root.lang, token: chosen.token, layer: chosen.layer, head: chosen.head, isNewRun });
  offerSwitches();
  placeMachine();
  fit();
}

/** Switches for the head that is followed, and for the MLP of its layer. */
function offerSwitches() {
  if (!hasModel) return;
  const controls = picture.querySelector(".machine-controls");
  const { layer: l, head: h } = chosen;
  const sites = { head: `blocks.${l}.attn.head.${h}`, mlp: `blocks.${l}.mlp` };
  for (const [name, site] of Object.entries(sites)) {
    let button = controls.querySelector(`[data-switch="${name}"]`);
    if (!button) {
      button = document.createElement("button");
      button.type = "button";
      button.dataset.switch = name;
      controls.querySelector("[data-play]").before(button);
    }
    button.dataset.ablate = site;
    button.setAttribute("aria-pressed", String(switches.ablate.includes(site)));
    button.textContent = say(`without-${name}`, { l, h });
    button.title = say("withoutHint", { site });
  }
}

/** The picture stands in the edition that is shown, and at the step. */
function placeMachine() {
  if (!machine || !facts) return;
  picture.setAttribute("aria-label", say("picture"));
  const frame = edition.root.querySelector(".frame");
  if (picture.parentElement !== frame) frame.append(picture);
  root.classList.toggle("pictured", isShownHere());
  for (const button of document.querySelectorAll(".stepper .picture")) button.setAttribute("aria-pressed", String(isPictured()));
  machine.go(current === 0 ? "opening" : steps[current].id);
}

/** The picture stands at the opening, and at the steps if that is wanted; a comparison needs all the room. */
const isShownHere = () => machine !== null && facts !== null && !isWhole && (isPictured() || current === 0)
  && !steps[current].querySelector('[data-part="report"]');

/** Says to the machine what of it lies behind the step's figure or, on a phone, behind the sheet. */
function noteCovered() {
  if (!machine || !root.classList.contains("pictured")) return;
  const place = picture.getBoundingClientRect();
  const figure = steps[current].querySelector(":scope > .visual");
  // The sheet may be pulled down as far as its title.
  const title = steps[current].querySelector("h3, .prompt");
  if (phone.matches) edition.root.querySelector(".main").style.setProperty("--title", `${title.offsetTop + title.offsetHeight + 8}px`);
  const box = (phone.matches ? edition.root.querySelector(".main") : figure)?.getBoundingClientRect();
  const isBelow = phone.matches || root.classList.contains("figure-below");
  const isBeside = !isBelow && root.classList.contains("figure-beside");
  machine.cover({
    left: isBeside ? Math.max(0, Math.round(box.right - place.left)) : 0,
    bottom: isBelow && box ? Math.max(0, Math.round(place.bottom - box.top)) : 0,
  });
}

/** The button that puts the picture beside the steps. */
function offerPicture(page) {
  const bar = page.root.querySelector(".stepper .bar");
  if (!machine || bar.querySelector(".picture")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "picture";
  button.textContent = page.words.picture;
  button.setAttribute("aria-pressed", String(isPictured()));
  button.addEventListener("click", () => {
    wish = isPictured() ? "off" : "on";
    remember("picture", wish);
    placeMachine();
    fit();
  });
  bar.querySelector(".play").before(button);
  offerSheet(page);
}

// On a phone the words lie on a sheet before the picture's foot, which is pulled down to its title, or up.

/** How much of the room the sheet takes: its title alone, half, almost all. */
const sheetHeights = { low: "var(--title)", half: "46%", high: "86%" };
let sheet = remembered("sheet") ?? "half";

/** The sheet's handle: pulled, clicked, or pressed. */
function offerSheet(page) {
  const main = page.root.querySelector(".main");
  const handle = document.createElement("button");
  handle.type = "button";
  handle.className = "handle";
  handle.setAttribute("aria-label", page.words.sheet);
  let pull = null;
  handle.addEventListener("pointerdown", (event) => {
    handle.setPointerCapture(event.pointerId);
    pull = { y: event.clientY, height: main.offsetHeight, moved: 0 };
  });
  handle.addEventListener("pointermove", (event) => {
    if (!pull) return;
    pull.moved = Math.max(pull.moved, Math.abs(event.clientY - pull.y));
    if (pull.moved > 6) main.style.setProperty("--sheet", `${pull.height + pull.y - event.clientY}px`);
  });
  handle.addEventListener("pointerup", (event) => {
    const { moved = 0 } = pull ?? {};
    pull = null;
    if (moved <= 6) return;
    const share = (main.parentElement.getBoundingClientRect().bottom - event.clientY) / main.parentElement.offsetHeight;
    placeSheet(share < 0.3 ? "low" : share < 0.66 ? "half" : "high");
    handle.dataset.pulled = "true";
  });
  handle.addEventListener("pointercancel", () => { pull = null; placeSheet(sheet); });
  handle.addEventListener("click", () => {
    // The click that ends a pull is none.
    if (!handle.dataset.pulled) placeSheet(sheet === "low" ? "half" : "low");
    delete handle.dataset.pulled;
  });
  // Whoever comes to the words by keyboard wants to see them.
  main.addEventListener("focusin", (event) => { if (sheet === "low" && phone.matches && event.target !== handle) placeSheet("half"); });
  main.prepend(handle);
  placeSheet(sheet);
}

function placeSheet(height) {
  sheet = height in sheetHeights ? height : "half";
  remember("sheet", sheet);
  for (const { root: page } of editions) {
    const main = page.querySelector(".main");
    main.style.setProperty("--sheet", sheetHeights[sheet]);
    main.classList.toggle("low", sheet === "low");
    main.querySelector(":scope > .handle")?.setAttribute("aria-expanded", String(sheet !== "low"));
    if (sheet === "low") main.scrollTop = 0;
  }
  noteCovered();
}

/** The steps whose figure the picture shows itself, with the same numbers: beside it, once is enough. */
const twins = new Set(["embedding-matrix", "embedding-row", "position-sum", "position-stream", "mlp-up", "mlp-add",
  ...["qkv", "scores", "scale", "mask", "softmax", "sum", "output", "add"].map((step) => `attention-${step}`)]);
const hasTwin = ({ id }) => twins.has(id.replace(/^.*?stage-/, ""));

Object.assign(living, { placed: noteCovered, isPictured: isShownHere, hasTwin });
