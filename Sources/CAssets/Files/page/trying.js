// What a reader tries out in a lesson: fields go into a call of the lessons' program, what it answers stands behind them.

/** Asks a call, and puts the parts that come back behind the form. */
async function askTrying(form, call) {
  const message = form.querySelector(".message");
  try {
    const reply = await trying.ask({ call: form.dataset.call, language: root.lang, ...call });
    message.textContent = "";
    const place = form.nextElementSibling;
    for (const [name, html] of Object.entries(reply.parts)) place.querySelector(`[data-part="${name}"]`).innerHTML = html;
    for (const [name, value] of Object.entries(reply.fields ?? {})) form.elements[name].value = value;
    return reply;
  } catch (error) {
    message.textContent = error instanceof EngineError ? error.message : form.dataset.trapped;
    return null;
  }
}

/** The lessons' program. */
let trying = null;

/** A form whose fields are asked whenever they change, and whose drawing can be dragged. */
function startFields(form) {
  const answer = form.nextElementSibling;
  let isAsking = false;
  let waiting = null;

  /** One question after another; of those that wait, the last. */
  async function ask(more) {
    if (isAsking) { waiting = more; return; }
    isAsking = true;
    for (let next = more; next; next = waiting) {
      waiting = null;
      await askTrying(form, { ...callOf(form), ...next });
    }
    isAsking = false;
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => ask({}));
  form.addEventListener("click", ({ target }) => {
    if (target.dataset.steps) ask({ steps: Number(target.dataset.steps) });
    if (target.dataset.reset) { form.reset(); ask({}); }
  });
  const isDragged = ["line", "arrows"].includes(form.dataset.call);
  const at = ({ clientX, clientY }) => {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(answer.querySelector("figure circle").getScreenCTM().inverse());
    return [x, y];
  };
  let isHeld = false;
  answer.addEventListener("pointerdown", (event) => {
    if (!isDragged || !event.target.closest("figure svg")) return;
    isHeld = true;
    event.preventDefault();
    answer.setPointerCapture(event.pointerId);
    ask({ at: at(event) });
  });
  answer.addEventListener("pointermove", (event) => { if (isHeld) ask({ at: at(event) }); });
  for (const end of ["pointerup", "pointercancel"]) answer.addEventListener(end, () => { isHeld = false; });
  return ask({});
}

/** The form of a network: it learns while it runs, and shows itself about once a second. */
function startNetwork(form) {
  const button = (name) => form.querySelector(`[data-do="${name}"]`);
  let [isRunning, isFresh, isDone, count, told] = [false, false, false, 1, 0];

  function show() {
    button("run").textContent = isRunning ? button("run").dataset.pause : button("run").dataset.start;
    for (const name of ["run", "step"]) button(name).disabled = isDone && isFresh;
    form.dataset.state = isRunning ? "running" : isDone ? "done" : "paused";
  }

  /** Random values, and the text that stands in the form. */
  async function begin() {
    const reply = await askTrying(form, callOf(form));
    [isFresh, isDone] = [reply !== null, false];
    form.dataset.step = 0;
    return isFresh;
  }

  async function go(steps, isTold) {
    const reply = await askTrying(form, { call: "go", steps, told: isTold });
    if (!reply) isFresh = false;
    else form.dataset.step = reply.step;
    isDone = reply?.done ?? false;
    if (isTold) told = performance.now();
    return reply !== null && !isDone;
  }

  /** So many steps at a time that a call takes about a tenth of a second. */
  async function run() {
    if (!isFresh && !(await begin())) return;
    isRunning = true;
    show();
    while (isRunning) {
      const start = performance.now();
      const isTold = start - told > 800;
      const goesOn = await go(count, isTold);
      const took = performance.now() - start;
      if (!isTold && took < 60) count *= 2;
      if (!isTold && took > 200 && count > 1) count /= 2;
      if (!goesOn) isRunning = false;
    }
    if (isFresh) await go(0, true);
    show();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { [isRunning, isFresh, isDone] = [false, false, false]; show(); });
  button("run").addEventListener("click", () => {
    if (isRunning) isRunning = false;
    else run();
  });
  button("step").addEventListener("click", async () => {
    if (isRunning) { isRunning = false; return; }
    if (isFresh || (await begin())) await go(1, true);
    show();
  });
  button("fresh").addEventListener("click", async () => {
    isRunning = false;
    await begin();
    show();
  });
  show();
  return begin();
}

/** Starts what the page carries, and shows what can be tried. */
async function startTrying() {
  const forms = [...document.querySelectorAll(".trying form")];
  trying = new Engine("lessons");
  try {
    await trying.start();
    for (const form of forms) {
      form.hidden = false;
      await (form.dataset.call === "learn" ? startNetwork : startFields)(form);
    }
    root.dataset.trying = "ready";
  } catch (error) {
    for (const form of forms) {
      form.hidden = false;
      form.querySelector(".message").textContent = form.dataset.failed.replace("{reason}", error.message);
    }
    root.dataset.trying = "failed";
  }
  if (document.getElementById("page-run")) await startAsking();
  else root.dataset.state = root.dataset.trying;
}
