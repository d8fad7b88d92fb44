// Forms that ask the program: what stands in a form goes into a call, and the parts that it answers with into the page.

let askedCount = 0;

/** What a form asks: its numbers are numbers, and of words what stands between commas. */
function callOf(form) {
  const fields = [...form.elements].filter(({ name, type, checked }) => name && (type !== "radio" || checked));
  const call = Object.fromEntries(fields.map(({ name, value, inputMode }) =>
    [name, inputMode === "numeric" ? Number(value.replace(/[, ]/g, "")) : value]));
  // An example that stands in an empty field is what is asked.
  for (const { name, value, placeholder } of fields) if (!value && placeholder) call[name] = placeholder;
  if (call.action) call.parts = call.text.split(/[,、]/).map((part) => part.trim()).filter(Boolean);
  return call;
}

/** Asks what a form asks, and shows the answer; of several questions, the last one's. */
async function askForm(form, more = {}) {
  const place = form.nextElementSibling;
  const message = form.querySelector(".message");
  const asked = String(++askedCount);
  place.dataset.asked = asked;
  const isPage = editions.length === 0;
  if (isPage) root.dataset.state = "running";
  const late = setTimeout(() => form.classList.add("late"), 300);
  try {
    const { language = root.lang } = form.dataset;
    const reply = await engine.ask({ call: form.dataset.call, language, ...callOf(form), ...more });
    if (place.dataset.asked !== asked) return;
    message.textContent = "";
    showAnswer(form, place, reply);
    if (isPage) keepQuestion(form);
  } catch (error) {
    if (place.dataset.asked !== asked) return;
    message.textContent = error instanceof EngineError ? error.message : form.dataset.trapped;
  } finally {
    clearTimeout(late);
    form.classList.remove("late");
    if (isPage) root.dataset.state = "ready";
  }
}

/** Puts the parts of an answer in their places. */
function showAnswer(form, place, reply) {
  const isInside = place.contains(document.activeElement);
  if (reply.points) prepareWords(form, place, reply);
  for (const [name, html] of Object.entries(reply.parts)) {
    place.querySelector(`[data-part="${name}"]`).innerHTML = html;
  }
  for (const hidden of place.querySelectorAll(":scope > [hidden]")) hidden.hidden = false;
  if (form.dataset.call === "story") readStory();
  turnSpaces(place);
  if (editions.length > 0) prepareFigures(place);
  if (isInside) form.querySelector("input[type=text], textarea").focus({ preventScroll: true });
}

/** A fresh frame for an answer about words: the question, words at hand, a slice to turn. */
function prepareWords(form, place, { text, points, arrows, radius, chips }) {
  const action = form.elements.action.value;
  form.elements.text.value = text;
  place.replaceChildren(...wordsTemplate(form.dataset.language).querySelector(".answer").cloneNode(true).childNodes);
  place.querySelector('[data-part="question"]').textContent = text;
  for (const hint of place.querySelectorAll("p[data-action]")) hint.hidden = hint.dataset.action !== action;
  const list = place.querySelector(".word-chips");
  const mould = list.firstElementChild;
  list.replaceChildren(...chips.map(({ label, name }) => {
    const chip = mould.cloneNode(true);
    chip.hidden = false;
    for (const button of chip.children) {
      const { sign } = button.dataset;
      if (sign === ",") button.textContent = label;
      else button.setAttribute("aria-label", button.getAttribute("aria-label").replace("{word}", label));
      button.dataset.ask = question(action, text, sign, name);
    }
    return chip;
  }));
  const box = place.querySelector("[data-points]");
  Object.assign(box.dataset, { points: JSON.stringify(points), arrows: JSON.stringify(arrows), radius });
}

/** The question that a word makes of another one: a sum goes on; in a list, the direction or the last entry does. */
function question(action, text, sign, name) {
  if (action === "nearest") return sign === "," ? name : `${text} ${sign} ${name}`;
  if (sign === "," || action === "map") return sign === "," ? `${text}, ${name}` : `${text} ${sign} ${name}`;
  const [direction, ...words] = text.split(",");
  return [`${direction} ${sign} ${name}`, ...words].join(",");
}

const wordsTemplate = (language = root.lang) => document.querySelector(`template.words[data-language="${language}"]`).content;

/** Keeps a question in the address, as long as it is short. */
function keepQuestion(form) {
  const fields = [...new FormData(form)].filter(([, value]) => value !== "" && String(value).length < 2000);
  history.replaceState(null, "", `#${new URLSearchParams(fields)}`);
}

/** Asks the first example of a kind; about the run where there is none. */
function askFirst(form, more = {}) {
  const action = form.elements.action.value;
  const example = action === "nearest" && more.position !== undefined ? null
    : wordsTemplate(form.dataset.language).querySelector(`.asks [data-action="${action}"]`);
  form.elements.text.value = example?.dataset.ask ?? "";
  return askForm(form, more);
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.asking:not(.steering, .trying *)")) return;
  event.preventDefault();
  askForm(event.target);
});

document.addEventListener("change", (event) => {
  // Another kind of question has words of its own.
  if (event.target.matches(".asking input[type=radio]")) askFirst(event.target.form);
});

document.addEventListener("click", (event) => {
  // One token more is the same text, which the same seed gives again, and the next.
  const more = event.target.closest?.(".asking #append");
  if (more) {
    more.form.elements.tokens.value = story.last + 1;
    askForm(more.form);
  }
  const button = event.target.closest?.("[data-ask]");
  if (!button) return;
  const form = button.closest(".answer").previousElementSibling;
  form.elements.text.value = button.dataset.ask;
  if (button.dataset.action) form.elements.action.value = button.dataset.action;
  askForm(form);
});

/** A panel of the walkthrough that asks about words, of the token that is followed first, once it is opened. */
function fillAsking(panel) {
  if (!hasModel || panel.querySelector("form")) return;
  const language = edition.root.lang;
  const action = panel.dataset.panel;
  const more = document.createElement("details");
  const title = document.createElement("summary");
  more.append(title, wordsTemplate(language).cloneNode(true));
  panel.replaceChildren(more);
  const form = more.querySelector("form");
  title.textContent = form.querySelector("legend").textContent;
  form.hidden = false;
  form.dataset.language = language;
  form.elements.action.value = action;
  form.elements.prefix.value = `${edition.prefix}words-${action}-`;
  more.addEventListener("toggle", () => askFirst(form, { position: chosen.token }), { once: true });
}
for (const name of ["nearest", "direction", "map"]) panels[name] = fillAsking;

/** A form that stands in a step: there for the edition that it stands in. */
function prepareForm(form) {
  form.hidden = false;
  form.dataset.language = edition.root.lang;
}

/** Starts the program of a page whose forms ask it; a question in the address is asked. */
async function startAsking() {
  playStory();
  const form = document.querySelector("form.asking:not(.trying *)");
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
  for (const part of [form, document.querySelector(".hands")]) if (part) part.hidden = false;
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
