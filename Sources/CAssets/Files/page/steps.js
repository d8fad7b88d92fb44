// Going through the page step by step: buttons, keys, addresses, the map of the model.

/** The prompt that the file itself tells of. */
const writtenPrompt = root.dataset.prompt;
let steps = [];
let current = 0;
let isWhole = false;
let timer = null;

/** The steps of an edition: its opening, then every step of every stage. */
const stepsOf = ({ root: page }) => [page.querySelector(".opening"), ...page.querySelectorAll(".step")];

/** The number of the step that an id is in; a stage's is its first; −1 if there is none. */
function stepOf(id) {
  const place = id && element(id);
  if (!place) return -1;
  const step = place.closest(".step, .opening") ?? place.querySelector(".step");
  return place.matches(".main") ? 0 : steps.indexOf(step);
}

/** What the address says: a place, what is followed, and the prompt if it is not the one that the file tells of. */
function readAddress() {
  const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };
  const choice = {};
  let place = "";
  let prompt;
  for (const part of location.hash.slice(1).split("&")) {
    const [name, value] = [part.split("=", 1)[0], part.slice(part.indexOf("=") + 1)];
    if (!part.includes("=")) place = decoded(part);
    else if (name === "prompt") prompt = decoded(value);
    else if (["token", "layer", "head"].includes(name) && /^\d+$/.test(value)) choice[name] = Number(value);
  }
  return { place, choice, prompt };
}

/** The address of a step, with what is followed if it is not what the page opened with. */
function addressOf(step) {
  const id = step === 0 ? `${edition.prefix}content` : steps[step].id;
  const choices = !facts ? [] : ["token", "layer", "head"].filter((name) => chosen[name] !== first[name]);
  const prompt = root.dataset.prompt === writtenPrompt ? [] : [`prompt=${encodeURIComponent(root.dataset.prompt)}`];
  return `#${[id, ...choices.map((name) => `${name}=${chosen[name]}`), ...prompt].join("&")}`;
}

/** Keeps what is followed in the address. */
function rememberChoice() { history.replaceState(null, "", addressOf(current)); }

/** Shows a step. */
function show(index, { remembers = "push" } = {}) {
  current = Math.max(0, Math.min(steps.length - 1, index));
  const step = steps[current];
  for (const other of steps) other.classList.toggle("here", other === step);
  for (const stage of edition.root.querySelectorAll(".stage")) {
    const isHere = stage.contains(step);
    stage.classList.toggle("here", isHere);
    const own = stage.querySelectorAll(".step");
    stage.classList.toggle("at-start", isHere && own[0] === step);
    stage.classList.toggle("at-end", isHere && own[own.length - 1] === step);
  }
  edition.root.classList.toggle("at-end", current === steps.length - 1);
  showPlace();
  if (!step.dataset.untold) living.showStep();
  if (remembers === "push" && addressOf(current) !== location.hash) history.pushState(null, "", addressOf(current));
  if (remembers === "replace") rememberChoice();
  requestAnimationFrame(() => {
    if (isWhole) step.scrollIntoView();
    else {
      scrollTo(0, 0);
      edition.root.querySelector(".main").scrollTop = 0;
    }
  });
  revealFollowed();
  return prepare(step);
}

/** Lights the place on the map, and says it at the foot. */
function showPlace() {
  const step = steps[current];
  const title = current === 0 ? "" : step.querySelector("h3").textContent.trim();
  const place = edition.root.querySelector(".stepper .place");
  place.innerHTML = `<b>${escaped(title)}</b><small>${escaped(say("step", { n: current + 1, count: steps.length }))}</small>`;
  edition.root.querySelector(".progress span").style.width = `${(100 * current) / (steps.length - 1)}%`;
  edition.root.querySelector(".stepper .back").disabled = current === 0;
  edition.root.querySelector(".stepper .forward").disabled = current === steps.length - 1;
  const stage = step.closest(".stage");
  for (const link of edition.root.querySelectorAll(".rail a")) {
    const target = link.hash.slice(1);
    const isStage = target === stage?.id;
    const isStep = target === step.id;
    link.classList.toggle("lit", isStage || isStep);
    if (isStep) link.setAttribute("aria-current", "step"); else link.removeAttribute("aria-current");
    if (isStage || !stage) link.parentElement.classList.toggle("open", isStage);
    else if (!link.closest(".dots")) link.parentElement.classList.remove("open");
  }
}

let tellingCount = 0;

/** Marks the page as telling for as long as some work takes. */
async function whileTelling(work) {
  tellingCount += 1;
  root.classList.add("telling");
  try { await work(); } finally {
    tellingCount -= 1;
    root.classList.toggle("telling", tellingCount > 0);
  }
}

/** Gets a step ready to be used, and gives it its room, which depends on what it shows. */
async function prepare(step) {
  if (step.dataset.untold) {
    await whileTelling(() => living.tellStep(step));
    if (step === steps[current]) living.showStep();
  }
  await complete(step);
  if (step !== steps[current]) return;
  edition.root.classList.toggle("at-layer", ["layer", "head"].includes(step.dataset.follows) ||
    step.querySelector('[data-follow="layer"]') !== null);
  fit();
}

/** Has a step tell of what is followed, its cells be read, its panels filled. */
async function complete(step) {
  prepareFigures(step);
  if (!tensors) return fillPanels(step, ["switches", "compare", "steer"]);
  await whileTelling(() => retell(step));
  writeNumbers(step);
  if (step.querySelector('[data-mark="matrix"]') && facts.layers.includes(chosen.layer)) readCells(step);
  pickFromGrid(step);
  noteLast(step);
  fillPanels(step, Object.keys(panels));
}

/** Fills a step's panels of some kinds. */
function fillPanels(step, kinds) {
  for (const panel of step.querySelectorAll(".panel[hidden]")) {
    if (!kinds.includes(panel.dataset.panel) || !panels[panel.dataset.panel]) continue;
    panel.hidden = false;
    panels[panel.dataset.panel](panel);
    prepareFigures(step);
  }
}

/** Says where the page leaves the followed token, for only the last one predicts what comes next. */
function noteLast(step) {
  step.querySelector(".last-only")?.remove();
  const last = facts.tokens.length - 1;
  if (chosen.token === last || !step.closest('[id$="stage-softmax"], [id$="stage-sampling"]')) return;
  const note = document.createElement("p");
  note.className = "left-out last-only";
  note.innerHTML = say("lastOnly", { token: token(facts.tokens[last].text) });
  step.querySelector(":scope > div").prepend(note);
}

/** Tells again what is on the screen: one step, or one after another all of them. */
async function retellShown() {
  if (!isWhole) return prepare(steps[current]);
  await whileTelling(retellAll);
}

async function retellAll() {
  for (const step of steps) {
    await prepare(step);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

function go(change) {
  pause();
  show(current + change);
}

function pause() {
  clearInterval(timer);
  timer = null;
  for (const button of document.querySelectorAll(".stepper .play")) button.textContent = say("play");
}

function play() {
  if (timer) return pause();
  if (current === steps.length - 1) show(0);
  edition.root.querySelector(".stepper .play").textContent = say("pause");
  timer = setInterval(() => {
    show(current + 1, { remembers: "replace" });
    if (current === steps.length - 1) pause();
  }, 6000);
}

/** Goes between one step at a time and the whole page. */
function readWhole(whole) {
  pause();
  isWhole = whole;
  root.classList.toggle("stepping", !whole);
  living.showStep();
  for (const button of document.querySelectorAll(".stepper .whole")) {
    button.textContent = whole ? say("single") : say("all");
  }
  show(current, { remembers: "none" });
  if (whole) retellShown();
}

/** In the whole page, the step that is being read is the current one. */
function noticeReading() {
  if (!isWhole) return;
  const line = innerHeight / 3;
  const index = steps.findLastIndex((step) => step.getBoundingClientRect().top < line);
  if (index >= 0 && index !== current) {
    current = index;
    showPlace();
    rememberChoice();
  }
}

/** Shows an edition at a step. */
function showEdition(next, index) {
  edition = next;
  for (const other of editions) other.root.hidden = other !== edition;
  root.lang = edition.root.lang;
  takeMain();
  steps = stepsOf(edition);
  show(index, { remembers: "none" });
  if (engine) {
    living.showEdition();
    living.freshen(edition).then(() => {
      show(current, { remembers: "none" });
      living.follow();
      living.tellOthers();
    });
  }
}

/** The content that is shown is the page's main one. */
function takeMain() {
  const content = edition.root.querySelector(".main");
  if (content.localName !== "main") content.setAttribute("role", "main");
}

/** Goes to what the address says. */
function followAddress() {
  const address = readAddress();
  const { place } = address;
  const home = element(place)?.closest(".edition");
  const next = editions.find((other) => other.root === home);
  // The address of an edition asks for the same step in another language.
  const isWholeEdition = home !== undefined && element(place) === home;
  if (next && next !== edition) showEdition(next, isWholeEdition ? current : 0);
  const index = isWholeEdition ? current : stepOf(place);
  // Another run is told first; until then the address keeps what it asks for.
  living.followAddress(address);
  const isOther = (address.prompt ?? writtenPrompt) !== root.dataset.prompt;
  if (!isOther && choose(address.choice)) living.follow();
  show(index < 0 ? current : index, { remembers: isOther ? "none" : "replace" });
}

/** Follows what an address asks for, as far as there is such a token, layer, head; whether it asks for any. */
function choose(choice) {
  if (!facts || Object.keys(choice).length === 0) return false;
  Object.assign(chosen, Object.fromEntries(Object.entries(choice).filter(([name, value]) =>
    value >= (name === "token" ? facts.first : 0) &&
    value < { token: facts.tokens.length, layer: facts.layerCount, head: facts.headCount }[name])));
  for (const { root: page } of editions) showChoice(page);
  return true;
}

function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  const moves = { ArrowLeft: () => go(-1), ArrowRight: () => go(1), Home: () => go(-current), End: () => go(steps.length) };
  const move = moves[event.key];
  if (!move || (isWhole && !event.key.startsWith("Arrow"))) return;
  event.preventDefault();
  move();
}

/** Connects the buttons of an edition. */
function adopt(page) {
  const reading = edition;
  edition = page;
  const stepper = page.root.querySelector(".stepper");
  stepper.hidden = false;
  stepper.querySelector(".back").addEventListener("click", () => go(-1));
  stepper.querySelector(".forward").addEventListener("click", () => go(1));
  stepper.querySelector(".play").addEventListener("click", play);
  stepper.querySelector(".whole").addEventListener("click", () => readWhole(!isWhole));
  if (isWhole) stepper.querySelector(".whole").textContent = say("single");
  const begin = document.createElement("button");
  begin.type = "button";
  begin.className = "begin";
  begin.textContent = `${say("start")} →`;
  begin.addEventListener("click", () => go(1));
  page.root.querySelector(".opening .words").append(begin);
  if ("DecompressionStream" in globalThis) offerChoices(page);
  living.adopt(page);
  edition = reading;
}

async function start() {
  editions.forEach(adopt);
  root.classList.add("scripted", "stepping");
  showEdition(editions[0], 0);
  followAddress();
  addEventListener("hashchange", followAddress);
  addEventListener("popstate", followAddress);
  addEventListener("keydown", onKey);
  addEventListener("scroll", noticeReading, { passive: true });
  addEventListener("resize", fitSoon);
  if (!("DecompressionStream" in globalThis)) return;
  // What is carried is unpacked after the first step is painted.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  await living.start();
  if (!facts || engine) return;
  tensors = new Tensors(await unpacked("page-numbers"));
  vocabulary = await parsed("page-vocabulary");
  root.classList.add("ready");
  await retellShown();
}

