// What the program tells of a run: an edition of the page in which the step that is shown is told, and the others are named
// until they are asked for.

/** The editions that tell of the run that is shown, by their languages. */
const told = new Set();
/** Whether another run is shown than the one that the file was written of. */
let isOther = false;
const languages = editions.map(({ root: page }) => page.lang);

/** The stage and the name of a step. */
const stageAndStep = (article) => article.id.slice(edition.prefix.length).match(/^stage-([a-z]+)-(.*)$/).slice(1);

/** Puts the program's telling of a run in the place of what the page shows. */
async function tellRun(prompt, { remembers = "push", isWritten = false, choice = {}, also = [] } = {}) {
  const page = edition;
  const language = page.root.lang;
  told.clear();
  isOther = !isWritten;
  const [fresh, reply, numbers] = await Promise.all([
    isWritten ? null : tellEdition(language, also), engine.ask({ call: "facts", language }), engine.bytes({ call: "followed", language })]);
  vocabulary ??= (await engine.ask({ call: "texts", language })).texts;
  takeFacts(reply.facts, numbers);
  root.dataset.prompt = prompt;
  sayOff();
  document.title = reply.title;
  element("prompt").value = prompt;
  if (isWritten) editions.forEach((one) => offerChoices(one));
  else replaceEdition(page, fresh);
  // Another language may have been turned to meanwhile.
  await freshen(edition);
  choose(choice);
  if (isWritten) rememberChoice();
  const shownStep = isWritten ? retellShown() : show(current, { remembers });
  await Promise.all([isWhole && !isWritten ? retellShown() : shownStep, showMachine(true)]);
}

/** An edition of the run in a language, in which only the step that is shown is told, and others that are wanted at once. */
async function tellEdition(language, also = []) {
  const wanted = new Set([steps[current], ...also].filter((step) => step?.matches(".step")));
  const names = [...wanted].map((step) => stageAndStep(step).join("-"));
  const template = document.createElement("template");
  template.innerHTML = await engine.text({ call: "edition", language, languages, told: names });
  told.add(language);
  return template.content.firstElementChild;
}

/** Takes the facts and the numbers of a run. */
function takeFacts(next, numbers) {
  facts = next;
  chosen = next && { token: next.token, layer: next.layer, head: next.head };
  first = next && { ...chosen };
  tensors = next && new Tensors(numbers);
  [ranked, samplers.length] = [null, 0];
  heads.clear();
  Object.assign(draws, { generator: null, made: [], last: null });
}

/** Shows an edition in the place of a page's, at the step it was at. */
function replaceEdition(page, fresh) {
  const place = steps[current]?.id;
  fresh.hidden = page.root.hidden;
  page.root.replaceWith(fresh);
  page.root = fresh;
  adopt(page);
  if (page !== edition) return;
  takeMain();
  steps = stepsOf(page);
  current = Math.max(0, steps.findIndex(({ id }) => id === place));
}

/** An edition that the file was written with, of another run, is told anew when it is first shown. */
async function freshen(page) {
  if (!engine || !isOther || told.has(page.root.lang)) return;
  replaceEdition(page, await tellEdition(page.root.lang));
}

/** The steps that the program was asked for, and of what. */
const underway = new Map();

/** Has the program tell a step, of what is followed; who asks twice gets the same telling, for a second would undo what was done
 * with the first. */
function tellStep(article) {
  const followed = JSON.stringify(chosen);
  const asked = underway.get(article);
  if (asked?.followed === followed) return asked.telling;
  const telling = askStep(article).finally(() => {
    if (underway.get(article)?.telling === telling) underway.delete(article);
  });
  underway.set(article, { followed, telling });
  return telling;
}

async function askStep(article) {
  const now = { ...chosen };
  const [stage, step] = stageAndStep(article);
  await freshen(edition);
  const { html } = await engine.ask({
    call: "step", stage, step, language: edition.root.lang, languages, position: now.token, layer: now.layer, head: now.head });
  if (["token", "layer", "head"].some((name) => now[name] !== chosen?.[name])) return;
  replaceStep(article, html);
  delete article.dataset.untold;
  article.querySelectorAll(".panel").forEach((panel) => panel.redraw?.());
  shown.set(article, now);
}

/** Tells the steps that are only named, all at once: so that any is there when it is turned to, and all when the page is
 * printed. */
async function tellOthers() {
  const named = steps.filter((step) => step.dataset.untold);
  if (named.length === 0) return;
  const [page, now] = [edition, { ...first, layer: chosen?.layer, head: chosen?.head }];
  await whileTelling(async () => {
    const template = document.createElement("template");
    const call = { call: "edition", language: page.root.lang, languages, layer: now.layer, head: now.head };
    // After a trap the page has said so.
    template.innerHTML = await engine.text(call).catch(() => "");
    // Steps of another run than this are no longer on the page.
    for (const step of named) {
      const fresh = step.isConnected && step.dataset.untold && template.content.getElementById(step.id);
      if (!fresh) continue;
      putStep(step, fresh);
      delete step.dataset.untold;
      shown.set(step, now);
    }
  });
}

Object.assign(living, { freshen, tellStep, tellOthers });
