// Another prompt: typed, picked, drawn token by token, taken from the address. The program runs it and tells the page anew.

const box = element("ask");
/** What the address asked for when the page was opened. */
const opened = readAddress();
/** How many numbers were drawn since the prompt was typed. */
let drawnCount = 0;
/** The program of a page that carries no model: it tells of nothing until one is opened. */
let idle = null;
let isBusy = false;
/** The ids of the tokens of the run that is shown; of some families' runs nothing else can be followed. */
let shownTokens = [];
/** How many layers the model has. */
let layerCount = 0;
let waiting = null;

const setState = (state) => { root.dataset.state = state; };

function tellMessage(html, isTrouble = false) {
  const message = box.querySelector(".message");
  message.innerHTML = html;
  message.classList.toggle("trouble", isTrouble);
}

/** Says beside the prompt what is switched off and what is added, each a switch that takes it back. */
function sayOff() {
  const off = box.querySelector(".off");
  off.hidden = switches.ablate.length + switches.add.length === 0;
  off.querySelector("span").textContent = say(switches.add.length > 0 ? "changed" : "off");
  for (const button of off.querySelectorAll("button")) button.remove();
  const offer = (text, name, value) => {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset[name] = value;
    button.setAttribute("aria-pressed", "true");
    button.textContent = `${text} ×`;
    button.title = say("on");
    off.append(button);
  };
  for (const site of switches.ablate) offer(site, "ablate", site);
  switches.add.forEach((added, place) => offer(addedName(added), "added", place));
}

/** What was added, as the command line has it. */
const addedName = ({ site, vector, plus, minus, scale }) => `${site} + ${scale} * (${vector ?? `"${plus}" - "${minus}"`})`;

/** Adds a direction to the stream, and runs the tokens that are shown once more. */
async function steer(form) {
  const { plus, minus, layer, scale } = form.elements;
  const text = (field) => field.value || field.placeholder;
  const added = { site: `blocks.${layer.value}.hook_resid_pre`, plus: text(plus), minus: text(minus), scale: Number(scale.value) };
  await changeSwitches({ add: [...switches.add, added] });
}

/** Takes back what was added. */
const unsteer = (place) => changeSwitches({ add: switches.add.filter((_, other) => other !== place) });

/** Runs the tokens that are shown with other things set from outside; where that is refused, it stays as it was. */
async function changeSwitches(changed, also = []) {
  if (isBusy) return;
  const before = { ...switches };
  Object.assign(switches, changed);
  // What is followed stays: else one would not see what it changed.
  await run({ token_ids: shownTokens }, { remembers: "none", also, choice: { ...chosen } });
  if (box.querySelector(".message.trouble")) Object.assign(switches, before);
}

/** Switches a part off, or on again, and runs the tokens that are shown once more. */
async function toggle(site, button) {
  const before = switches.ablate;
  const ablate = before.includes(site) ? before.filter((other) => other !== site) : [...before, site];
  await changeSwitches({ ablate }, [button.closest(".step")]);
  const again = edition.root.querySelector(`.step.here [data-ablate="${site}"]`);
  if (again?.closest("details")) again.closest("details").open = true;
  again?.focus({ preventScroll: true });
}

panels.switches = (panel) => { panel.hidden = !hasModel; };

panels.compare = (panel) => {
  if (!(panel.hidden = !hasModel)) prepareForm(panel.querySelector("form"));
};

panels.steer = (panel) => {
  panel.hidden = !hasModel;
  const { layer } = panel.querySelector("form").elements;
  if (layer.options.length > 0) return;
  for (let l = 0; l < layerCount; l++) layer.append(new Option(l, l));
  layer.value = Math.floor(layerCount / 2);
};

/** What is switched off, and what is added, in every run. */
const switches = { ablate: carriedRun?.ablate ?? [], ablate_mean: carriedRun?.ablate_mean ?? [], add: carriedRun?.add ?? [] };

/** Runs a prompt, `{prompt}` or `{token_ids}`; of several that are asked for meanwhile, the last. */
async function run(request, options = {}) {
  if (isBusy) { waiting = [request, options]; return; }
  isBusy = true;
  setState("running");
  const late = setTimeout(() => root.classList.add("late"), 300);
  try {
    const { prompt, tokens } = await engine.ask({ call: "run", last: true, seed: carriedRun.seed, ...switches, ...request });
    if (!waiting) {
      shownTokens = tokens.map(({ token_id }) => token_id);
      if (!request.token_ids) drawnCount = 0;
      await tellRun(prompt, options);
      tellMessage(options.message ?? "");
    }
  } catch (error) {
    // After a trap the page has said so.
    if (error instanceof EngineError) tellMessage(escaped(error.message), true);
    else console.error(error);
  } finally {
    clearTimeout(late);
    root.classList.remove("late");
    isBusy = false;
  }
  if (waiting) {
    const next = waiting;
    waiting = null;
    return run(...next);
  }
  // The step that is shown is there; the run is told when the others are, too.
  tellOthers().then(() => { if (!isBusy && root.dataset.state === "running") setState("ready"); });
}

/** After a trap: a fresh instance knows no run, so the one that is shown is run once more. */
async function recover() {
  if (shownTokens.length === 0) return;
  try {
    await engine.ask({ call: "run", ...switches, token_ids: shownTokens });
    tellMessage(escaped(say("trapped")), true);
  } catch {
    setState("failed");
  }
}

/** Says the prompt box's words in the language that is shown. */
function sayBox() {
  const places = [...box.querySelectorAll("[data-word]"), ...edition.root.querySelectorAll(".again [data-word]")];
  for (const place of places) place.textContent = say(place.dataset.word);
  for (const place of box.querySelectorAll("[data-hint]")) place.title = say(place.dataset.hint);
  sayOff();
}

/** Draws the next token, appends it, and runs again. */
async function append() {
  if (isBusy || shownTokens.length === 0) return;
  const { temperature, topK, topP } = sampling;
  const before = facts && distribution(sampling);
  const { seed } = carriedRun;
  const drawn = await engine.ask({
    call: "draw", temperature, ...(topK && { top_k: topK }), ...(topP && { top_p: topP }), seed,
    turn: drawnCount });
  drawnCount += 1;
  const line = !facts ? "" : '<div class="line"><div class="fallen"></div><div class="shares"></div></div>';
  const name = (what) => `draw(${seed}, ${drawnCount}).${what}`;
  const digits = digitsToTellApart(drawn);
  const end = (what) => number(derived(drawn[what], name(what), digits));
  const message = say("drew", {
    draw: end("draw"), low: end("low"), high: end("high"), token: token(facts ? word(drawn.token_id) : drawn.token), seed,
    n: drawnCount });
  const ids = [...shownTokens, drawn.token_id].slice(-context);
  await run({ token_ids: ids }, { message: `${line}<p>${message}</p>` });
  const shares = box.querySelector(".shares");
  if (!shares || !before) return;
  layShares(shares, before);
  fitLabels(shares);
  dropMark(box.querySelector(".fallen"), fixed(drawn.draw, digits), drawn.draw);
  for (const part of shares.children) part.classList.toggle("hit", part.dataset.id === String(drawn.token_id));
}

/** How many tokens the model takes. */
let context = 0;

/** Opens a model of the reader's from files, and runs the prompt that is shown. */
async function openModel(list) {
  const packed = [...list].find(({ name }) => name.endsWith(".gguf"));
  const chosenFiles = packed ? [packed] : [...list].filter(({ name }) => /\.(json|txt|safetensors)$/.test(name));
  const size = chosenFiles.reduce((sum, file) => sum + file.size, 0);
  const limit = 1.2e9;
  if (size > limit) {
    return tellMessage(escaped(say("tooLarge", { size: Math.ceil(size / 1e6), limit: limit / 1e6 })), true);
  }
  setState("running");
  root.classList.add("late");
  const telling = engine;
  engine ??= idle;
  engine.restore = recover;
  try {
    const files = await Promise.all(chosenFiles.map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())]));
    const path = chosenFiles[0]?.webkitRelativePath || "";
    const name = packed?.name.replace(/\.gguf$/, "") || path.split("/")[0] || "model";
    ({ context, layers: layerCount } = await engine.open(name, files));
    vocabulary = null;
    idle = null;
    hasModel = true;
    Object.assign(switches, { ablate: [], ablate_mean: [], add: [] });
    for (const name of ["run", "append", "prompt", "save-page"]) element(name).disabled = false;
    await run({ prompt: element("prompt").value }, { message: escaped(say("opened", { name })) });
  } catch (error) {
    tellMessage(escaped(error.message), true);
    engine = telling;
    setState("ready");
  } finally {
    root.classList.remove("late");
  }
}

/** Writes the page with the run that is shown as its article. */
async function savePage() {
  const articles = await Promise.all(languages.map((language) => engine.text({ call: "edition", language, languages })));
  const scripts = [...document.body.querySelectorAll(":scope > script, :scope > template")].filter(({ id }) => id !== "page-run");
  const copy = box.cloneNode(true);
  copy.hidden = true;
  copy.querySelector("details").open = false;
  copy.querySelector(".message").replaceChildren();
  copy.querySelector("#prompt").setAttribute("value", root.dataset.prompt);
  const head = document.head.cloneNode(true);
  head.querySelector("title").textContent = document.title;
  // What is shared with other pages goes into the one that is saved.
  scripts.push(...(globalThis.carriedParts ?? []).map(({ name, form, count, text }) => {
    const part = Object.assign(document.createElement("script"), { type: "application/octet-stream", className: "carried", textContent: text });
    Object.assign(part.dataset, { name, form, bytes: count });
    return part;
  }));
  const now = { ...carriedRun, ...switches, carried: null, prompt: root.dataset.prompt, token_ids: shownTokens };
  const json = JSON.stringify(now)
    .replace(/[<>&\p{C}\p{Zl}\p{Zp}]/gu, (sign) => Array.from({ length: sign.length }, (_, n) =>
      `\\u${sign.charCodeAt(n).toString(16).padStart(4, "0")}`).join(""));
  const text = [
    `<!DOCTYPE html>\n<html lang="${root.lang}" data-state="article" data-prompt="${escaped(root.dataset.prompt)}">`,
    head.outerHTML, "<body>", copy.outerHTML, ...articles,
    `<script type="application/json" id="page-run">${json}<\/script>`,
    ...scripts.map((script) => script.outerHTML), "</body>\n</html>\n"].join("\n");
  download(new Blob([text], { type: "text/html" }), "index.html");
}

/** What an address asks for is run, if it is not what is shown. */
function runAddress({ prompt = writtenPrompt, choice }) {
  if (hasModel && shownTokens.length > 0 && prompt !== root.dataset.prompt) run({ prompt }, { remembers: "none", choice });
}

/** Starts the program, once the article is there. */
async function enliven() {
  const starting = new Engine();
  try {
    const loaded = await starting.start();
    box.hidden = false;
    sayBox();
    root.classList.add("alive");
    listen();
    hasModel = loaded?.context > 0;
    if (!hasModel) {
      idle = starting;
      tellMessage(`${escaped(say("noModel"))} <button type="button">${escaped(say("open"))}</button>`);
      box.querySelector(".message button").addEventListener("click", () => element("model-files").click());
      // The file that was opened has all that could be saved.
      for (const name of ["run", "append", "prompt", "save-page"]) element(name).disabled = true;
    }
    if (!loaded) return setState("ready");
    engine = starting;
    engine.restore = recover;
    ({ context, layers: layerCount } = loaded);
    const { prompt = writtenPrompt, choice } = opened;
    if (!hasModel) {
      await tellRun(loaded.prompt, { isWritten: true, choice });
      root.classList.add("ready");
      return setState("ready");
    }
    const isWritten = prompt === writtenPrompt;
    const asked = isWritten ? { token_ids: carriedRun.token_ids } : { prompt };
    await run(asked, { remembers: "none", isWritten, choice });
    root.classList.add("ready");
  } catch (error) {
    box.hidden = false;
    tellMessage(escaped(say("failed", { reason: error.message })), true);
    setState("failed");
  }
}

/** The editions whose buttons are connected. */
const adopted = new Set();

/** Puts the prompts worth trying at an edition's end, too. */
function offerAgain(edition) {
  const page = edition.root;
  adopted.add(edition);
  offerPicture(edition);
  const again = page.querySelector(".again");
  const list = box.querySelector(".examples");
  if (list) again?.append(list.cloneNode(true));
  again?.querySelector(".type-another").addEventListener("click", () => element("prompt").select());
}

/** Connects the box, the examples, the file chooser. */
function listen() {
  new ResizeObserver(() => root.style.setProperty("--ask", `${box.offsetHeight}px`)).observe(box);
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    run({ prompt: element("prompt").value });
  });
  element("append").addEventListener("click", append);
  element("save-page").addEventListener("click", savePage);
  element("open-model").addEventListener("click", () => element("model-files").click());
  element("model-files").addEventListener("change", (event) => openModel(event.target.files));
  // A link within the page leads to a place in the run that is shown, not in the one that the file was written of.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (!link || root.dataset.prompt === writtenPrompt) return;
    event.preventDefault();
    location.hash = `${link.hash}&prompt=${encodeURIComponent(root.dataset.prompt)}`;
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-ablate]");
    if (button && hasModel) toggle(button.dataset.ablate, button);
    const added = event.target.closest?.("[data-added]")?.dataset.added;
    if (added && hasModel) unsteer(Number(added));
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form.steering")) return;
    event.preventDefault();
    steer(event.target);
  });
  document.addEventListener("click", (event) => {
    const example = event.target.closest?.("[data-example]");
    if (!example) {
      if (!box.contains(event.target)) box.querySelector("details").open = false;
      return;
    }
    box.querySelector("details").open = false;
    run({ prompt: example.value });
    show(0, { remembers: "none" });
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length > 0) openModel(event.dataTransfer.files);
  });
}

Object.assign(living, { showStep: placeMachine, follow: () => showMachine(false), start: enliven, adopt: offerAgain, followAddress: runAddress, showEdition: sayBox });
