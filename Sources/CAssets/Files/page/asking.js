// Forms that ask the program: what stands in a form goes into a call, and what it answers behind the form.

let askedCount = 0;

/** Asks what a form asks, and shows the answer; of several questions, the last one's. */
async function askForm(form, changes = {}) {
  const place = form.nextElementSibling;
  const message = form.querySelector(".message");
  const asked = String(++askedCount);
  place.dataset.asked = asked;
  const isPage = editions.length === 0;
  if (isPage) root.dataset.state = "running";
  const late = setTimeout(() => form.classList.add("late"), 300);
  try {
    const { language = document.documentElement.lang } = form.dataset;
    const reply = await engine.ask({ call: form.dataset.call, language, ...Object.fromEntries(new FormData(form)), ...changes });
    if (place.dataset.asked !== asked) return;
    for (const [name, value] of Object.entries(reply.fields ?? {})) form.elements[name].value = value;
    const isInside = place.contains(document.activeElement);
    place.innerHTML = reply.html;
    message.textContent = "";
    turnSpaces(place);
    if (isInside) form.querySelector("input:not([type=radio]), textarea").focus({ preventScroll: true });
    if (isPage) {
      const kept = [...new FormData(form)].filter(([, value]) => value !== "" && String(value).length < 2000);
      history.replaceState(null, "", `#${new URLSearchParams(kept)}`);
    }
  } catch (error) {
    if (place.dataset.asked !== asked) return;
    message.textContent = error instanceof EngineError ? error.message : form.dataset.trapped;
  } finally {
    clearTimeout(late);
    form.classList.remove("late");
    if (isPage) root.dataset.state = "ready";
  }
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.asking")) return;
  event.preventDefault();
  askForm(event.target);
});

document.addEventListener("change", (event) => {
  // Another kind of question has words of its own.
  if (event.target.matches(".asking input[type=radio]")) askForm(event.target.form, { text: "" });
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-ask]");
  if (!button) return;
  const form = button.closest(".answer").previousElementSibling;
  form.elements.text.value = button.dataset.ask;
  if (button.dataset.action) form.elements.action.value = button.dataset.action;
  askForm(form);
});

/** A panel of the walkthrough: the program makes its form and its first answer. */
async function fillAsking(panel) {
  if (!engine || panel.querySelector("form")) return;
  const language = edition.root.lang;
  const action = panel.dataset.panel;
  const prefix = `${edition.prefix}words-${action}-`;
  const { form, html } = await engine.ask({ call: "words", action, language, prefix, position: chosen.token });
  panel.innerHTML = `${form}<div class="answer">${html}</div>`;
  panel.firstElementChild.hidden = false;
  panel.firstElementChild.dataset.language = language;
  turnSpaces(panel);
}
for (const name of ["nearest", "direction", "map"]) panels[name] = fillAsking;

/** Starts the program of a page whose forms ask it; a question in the address is asked. */
async function startAsking() {
  const form = document.querySelector("form.asking");
  turnSpaces(document);
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  const starting = new Engine();
  try {
    await starting.start();
    engine = starting;
  } catch (error) {
    form.hidden = false;
    form.querySelector(".message").textContent = form.dataset.failed.replace("{reason}", error.message);
    root.dataset.state = "failed";
    return;
  }
  form.hidden = false;
  root.classList.add("alive", "ready");
  root.dataset.state = "ready";
  const askAddress = () => {
    const fields = [...new URLSearchParams(location.hash.slice(1))].filter(([name]) => form.elements[name]);
    if (fields.length === 0) return;
    for (const [name, value] of fields) form.elements[name].value = value;
    return askForm(form);
  };
  addEventListener("hashchange", askAddress);
  await askAddress();
}
