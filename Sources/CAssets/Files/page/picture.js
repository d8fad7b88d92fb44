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
      word, choose: follow, step: go });
    adopted.forEach(offerPicture);
  }
  await machine.open({ language: edition.root.lang, token: chosen.token, layer: chosen.layer, head: chosen.head, isNewRun });
  placeMachine();
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
