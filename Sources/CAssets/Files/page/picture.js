// The machine on the page: one picture beside the words, made once, that goes along with what is shown and followed.

let machine = null;
const picture = document.createElement("section");
picture.className = "machine";
/** Whether the picture stands beside the steps, too, and not at the opening alone. */
let isPictured = false;

/** Shows the run that was just told. */
async function showMachine(isNewRun) {
  if (!facts) return;
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
  }
  await machine.open({ language: edition.root.lang, token: chosen.token, layer: chosen.layer, head: chosen.head, isNewRun });
  offerSwitches();
  placeMachine();
}

/** Switches for the head that is followed, and for the MLP of its layer. */
function offerSwitches() {
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
  if (!machine) return;
  picture.setAttribute("aria-label", say("picture"));
  const frame = edition.root.querySelector(".frame");
  if (picture.parentElement !== frame) frame.append(picture);
  root.classList.toggle("pictured", !isWhole && (isPictured || current === 0));
  machine.go(current === 0 ? "opening" : steps[current].id);
}

/** The button that puts the picture beside the steps. */
function offerPicture(page) {
  const bar = page.root.querySelector(".stepper .bar");
  if (!machine || bar.querySelector(".picture")) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "picture";
  button.textContent = page.words.picture;
  button.setAttribute("aria-pressed", String(isPictured));
  button.addEventListener("click", () => {
    isPictured = !isPictured;
    for (const other of document.querySelectorAll(".stepper .picture")) other.setAttribute("aria-pressed", String(isPictured));
    placeMachine();
  });
  bar.querySelector(".play").before(button);
}
