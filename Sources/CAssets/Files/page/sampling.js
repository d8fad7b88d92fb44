// Panels in which temperature, top-k and top-p are moved, and tokens drawn, over the whole vocabulary.

/** How the next token is picked; the same in all panels. */
const sampling = { temperature: 1, topK: null, topP: null };

/** The random numbers so far; `last` is where the newest one fell, until what it fell on changes. */
const draws = { generator: null, made: [], last: null };

/** The panels in use, each with the edition it stands in. */
const samplers = [];

/** The temperature at which some services stop. */
const limitOfSome = 2;

/** How many of the likeliest tokens have a row of their own. */
const rowCount = 10;

/** Changes how tokens are picked, and shows it in every panel, each in its own language. */
function setSampling(change) {
  Object.assign(sampling, change);
  draws.last = null;
  showSampling();
}

function showSampling() { samplers.forEach(showSampler); }

/** Shows a panel as things are now; one that is out of sight when it comes into sight. */
function showSampler(sampler) {
  sampler.isStale = sampler.mount.offsetParent === null;
  if (sampler.isStale) return;
  const reading = edition;
  edition = sampler.home;
  sampler.show();
  edition = reading;
}

/** Takes a panel into use. */
function useSampler(mount, show) {
  const sampler = { home: edition, mount, show, isStale: false };
  samplers.push(sampler);
  show();
  new ResizeObserver(() => { if (sampler.isStale) showSampler(sampler); }).observe(mount);
}

/** Fills a panel's card; what stood in its place without a script is folded away. Returns its parts by class. */
function samplerCard(mount, title, content) {
  for (const card of mount.parentElement.querySelectorAll(":scope > .card, :scope > figure")) {
    const details = document.createElement("details");
    details.className = "data";
    const name = card.querySelector(".title, figcaption span").textContent;
    details.innerHTML = `<summary>${escaped(name)}</summary>`;
    card.replaceWith(details);
    details.append(card);
  }
  const id = `${edition.prefix}${mount.dataset.panel}-panel`;
  mount.innerHTML = `<div class="card sampler" role="group" aria-labelledby="${id}">` +
    `<p class="title" id="${id}">${escaped(say(title))}</p>${content}</div>`;
  const card = mount.firstElementChild;
  return (selector) => card.querySelector(selector);
}

/** Puts a panel beside the words of its step, now that nothing else is to be seen there. */
function putBeside(mount) {
  const article = mount.closest(".step");
  const words = article.querySelectorAll(":scope > div:not(.visual)").length;
  article.classList.replace("stacked", "beside");
  article.style.setProperty("--tracks", `auto ${"auto ".repeat(words)}1fr`);
}

// Controls.

/** A slider and a field for the same number; the field takes numbers up to `limit`, the slider up to `max`. */
function slider({ name, label, min, max, limit = Infinity, step, marks = [], set }) {
  const root = document.createElement("div");
  root.className = "slider";
  const place = (mark) => `left:calc(8px + (100% - 16px) * ${(mark - min) / (max - min)})`;
  const scale = marks.map((mark) =>
    `<span style="${place(mark)}"${mark === limitOfSome ? ' class="limit"' : ""}>${mark}</span>`).join("");
  root.innerHTML = `<label><span>${escaped(label)}</span><span class="track">` +
    `<input type="range" name="${name}" min="${min}" max="${max}" step="${step}"/>` +
    `<span class="scale" aria-hidden="true">${scale}</span></span></label>` +
    `<input type="number" name="${name}-number" min="${min}"${limit < Infinity ? ` max="${limit}"` : ""} ` +
    `step="${step}" aria-label="${escaped(say("asNumber", { name: label }))}"/>`;
  const [range, field] = root.querySelectorAll("input");
  let current = min;
  function take(text) {
    const value = Number(text);
    const isWhole = step !== 1 || Number.isInteger(value);
    if (text !== "" && Number.isFinite(value) && value >= min && value <= limit && isWhole) set(value);
  }
  function write() { field.value = String(current); }
  range.addEventListener("input", () => take(range.value));
  field.addEventListener("input", () => take(field.value));
  field.addEventListener("change", write);
  function show(value, isOn = true) {
    current = value;
    range.value = String(value);
    if (document.activeElement !== field) write();
    for (const input of [range, field]) input.disabled = !isOn;
  }
  return { root, show };
}

const temperatureSlider = () => slider({
  name: "temperature", label: say("temperature"), min: 0, max: 5, step: 0.05, marks: [0, 1, 2, 3, 4, 5],
  set: (temperature) => setSampling({ temperature }) });

/** A slider that counts only while its box is ticked. */
function optionalSlider({ label, start, set, ...rest }) {
  let value = start;
  const control = slider({ label, ...rest, set: (chosen) => { value = chosen; set(value); } });
  const box = document.createElement("label");
  box.className = "option";
  box.innerHTML = `<input type="checkbox" name="${rest.name}-on"/> ${escaped(label)}`;
  const input = box.firstElementChild;
  input.addEventListener("change", () => set(input.checked ? value : null));
  control.root.prepend(box);
  return {
    root: control.root,
    show(chosen) {
      value = chosen ?? value;
      input.checked = chosen !== null;
      control.show(value, chosen !== null);
    },
  };
}

// Names of numbers.

const temperatureText = (t) => (Number(t.toFixed(1)) === t ? t.toFixed(1) : String(t));
/** All tokens' probabilities at the temperature, as the name of a number says it. */
const softmaxName = () => `softmax(logits[${facts.tokens.length - 1}] / ${temperatureText(sampling.temperature)})`;
const wordOf = (id) => token(word(id));
const probability = (value, formula) => derived(value, formula, 3);

// Rows of bars: the likeliest tokens, and all others together.

/** A table with a row for each of the likeliest tokens and one for all others, with cells yet to be filled. */
function barRows(table, titles) {
  const ids = [...ranking().ids.subarray(0, rowCount)];
  const others = ranking().ids.length - ids.length;
  const names = ids.map(wordOf);
  if (others > 0) names.push(escaped(say("others", { count: others })));
  const columns = titles.map((title) => `<th scope="col">${escaped(title)}</th>`).join("");
  const head = columns && `<thead><tr><td colspan="2"></td>${columns}</tr></thead>`;
  table.innerHTML = head + "<tbody>" + names.map((name) =>
    `<tr><th scope="row" class="w">${name}</th><td class="bars"></td>` +
    `${"<td></td>".repeat(Math.max(1, titles.length))}</tr>`).join("") + "</tbody>";
  return { ids, rows: [...table.tBodies[0].rows] };
}

/** Sets a row's bars to shares of the whole, one above another. */
function setBars(row, values) {
  const cell = row.cells[1];
  while (cell.childElementCount < values.length) cell.append(document.createElement("span"));
  values.forEach((value, n) => { cell.children[n].style.width = `${100 * value}%`; });
}

/** What each of the likeliest tokens has of the whole, and then what is left for all others. */
function withRest(values) {
  const shown = Array.from({ length: rowCount }, (_, rank) => values[rank] ?? 0);
  return [...shown, total(values.subarray(rowCount))];
}

panels.temperature = (mount) => {
  const part = samplerCard(mount, "temperatureTitle",
    '<div class="controls"></div><table></table><output></output>' +
    `<p class="caption">${escaped(say("temperatureLimit"))}</p>`);
  const control = temperatureSlider();
  putBeside(mount);
  part(".controls").append(control.root);
  part("table").setAttribute("aria-label", say("temperatureTitle"));
  const { ids, rows } = barRows(part("table"), []);
  useSampler(mount, () => {
    const { temperature } = sampling;
    const { probabilities } = distribution({ temperature });
    const name = softmaxName();
    control.show(temperature);
    const values = withRest(probabilities);
    rows.forEach((row, n) => {
      const formula = n < ids.length ? `${name}[${ids[n]}]` : `1 − Σ of the ${ids.length} largest of ${name}`;
      setBars(row, [values[n]]);
      row.cells[2].innerHTML = number(probability(values[n], formula));
    });
    const bits = entropy(probabilities);
    part("output").innerHTML = say(temperature === 0 ? "temperatureZero" : "temperatureOutcome", {
      t: temperatureText(temperature), token: wordOf(ids[0]), p: number(probability(values[0], `${name}[${ids[0]}]`)),
      bits: number(derived(bits, `−Σ p · log₂ p with p = ${name}`)),
      count: number(derived(2 ** bits, `2^(−Σ p · log₂ p) with p = ${name}`, 1)) });
  });
};

panels.tail = (mount) => {
  const count = ranking().ids.length;
  const part = samplerCard(mount, "tailTitle",
    '<div class="controls"></div><table></table><output></output>' +
    `<p class="caption">${escaped(say("tailOrder"))}</p>`);
  const controls = {
    temperature: temperatureSlider(),
    topK: optionalSlider({ name: "top-k", label: say("topK"), min: 1, max: Math.min(count, 100), limit: count, step: 1,
      start: Math.min(count, 3), set: (topK) => setSampling({ topK }) }),
    topP: optionalSlider({ name: "top-p", label: say("topP"), min: 0, max: 1, limit: 1, step: 0.01,
      start: 0.9, set: (topP) => setSampling({ topP }) }),
  };
  putBeside(mount);
  for (const control of Object.values(controls)) part(".controls").append(control.root);
  part("table").setAttribute("aria-label", say("tailTitle"));
  const { ids, rows } = barRows(part("table"), [say("before"), say("after")]);
  useSampler(mount, () => {
    const { temperature } = sampling;
    const whole = distribution({ temperature }).probabilities;
    const { probabilities, held } = distribution(sampling);
    const kept = probabilities.length;
    const name = softmaxName();
    for (const [key, control] of Object.entries(controls)) control.show(sampling[key]);
    const [before, after] = [withRest(whole), withRest(probabilities)];
    const all = `Σ of the ${kept} largest of ${name}`;
    const rest = (formula) => `1 − Σ of the ${ids.length} largest of ${formula}`;
    rows.forEach((row, n) => {
      const isCut = kept <= n;
      const one = `${name}[${ids[n]}]`;
      const [old, now] = n < ids.length ? [one, `${one} / ${all}`] : [rest(name), rest(`${name} / ${all}`)];
      setBars(row, [before[n], isCut ? 0 : after[n]]);
      row.classList.toggle("out", isCut);
      row.classList.toggle("edge", kept === n);
      row.cells[2].innerHTML = number(probability(before[n], old));
      row.cells[3].innerHTML = isCut ? escaped(say("cut")) : number(probability(after[n] ?? 0, now));
    });
    part("output").innerHTML = say(kept === count ? "tailNothing" : "tailOutcome",
      { count, kept: `<b>${kept}</b>`, share: number(probability(held, all)) });
  });
};

// The line from 0 to 1, and where random numbers fall on it.

/** Shares narrower than this part of the line are drawn as one rest; those narrower than that have no label. */
const [narrowest, narrowestNamed] = [1 / 500, 1 / 80];
/** How many of the tokens drawn are listed. */
const listed = 20;

/** Lays shares side by side; what is left of the line, too narrow to be drawn one by one, is dashed. */
function layShares(line, { ids, probabilities }) {
  let [low, rank] = [0, 0];
  for (; rank < ids.length && probabilities[rank] >= narrowest; rank++) {
    const part = line.children[rank] ?? line.appendChild(document.createElement("span"));
    part.className = rank % 2 === 0 ? "even" : "odd";
    part.style.left = `${100 * low}%`;
    part.style.width = `${100 * probabilities[rank]}%`;
    if (part.dataset.id !== String(ids[rank])) {
      part.dataset.id = ids[rank];
      part.innerHTML = `<span>${escaped(word(ids[rank]))}</span>`;
    }
    part.firstElementChild.hidden = probabilities[rank] < narrowestNamed;
    part.dataset.share = probabilities[rank];
    low += probabilities[rank];
  }
  while (line.childElementCount > rank) line.lastElementChild.remove();
  if (rank === ids.length) return;
  const rest = line.appendChild(document.createElement("span"));
  rest.className = "rest";
  rest.style.left = `${100 * low}%`;
  rest.style.width = `${100 * Math.max(0, 1 - low)}%`;
  rest.dataset.share = 1 - low;
  rest.innerHTML = `<span>${escaped(say("others", { count: ids.length - rank }))}</span>`;
}

/** Hides the labels that do not fit into their shares. */
function fitLabels(line) {
  const room = line.clientWidth;
  const parts = [...line.children].filter((part) => !part.firstElementChild.hidden);
  const fits = parts.map((part) => part.firstElementChild.offsetWidth + 6 <= room * part.dataset.share);
  parts.forEach((part, n) => part.firstElementChild.classList.toggle("unfit", !fits[n]));
}

/** So many digits that a draw does not look like the ends of the share it fell on. */
function digitsToTellApart({ draw, low, high }) {
  for (let digits = 3; digits < 9; digits++) {
    if (![low, high].some((end) => fixed(end, digits) === fixed(draw, digits))) return digits;
  }
  return 9;
}

/** What the line shows, in words: its first shares. */
function describedLine({ ids, probabilities }) {
  const shares = [...ids.subarray(0, 3)].map((id, rank) =>
    `${say("token", { token: word(id) })} ${fixed(probabilities[rank], 3)}`);
  return `${say("drawLine")}: ${shares.join(", ")}${ids.length > 3 ? ", …" : ""}`;
}

function drawOnce() {
  draws.generator ??= new SplitMix64(facts.seed);
  const draw = draws.generator.unit();
  const { ids, probabilities } = distribution(sampling);
  const { rank, low, high } = tokenAt(draw, probabilities);
  draws.last = { draw, rank, low, high };
  draws.made.push({ draw, id: ids[rank] });
  showSampling();
}

function startDrawsOver() {
  Object.assign(draws, { generator: null, made: [], last: null });
  showSampling();
}

const drawName = (n) => `upper 53 bits of number ${n} of SplitMix64(${facts.seed}) / 2^53`;

/** The newest number on the line: it falls where it was drawn. */
function dropMark(box, name, draw) {
  const left = `${100 * draw}%`;
  box.innerHTML = `<b style="left:${left};transform:translateX(-${left})">${name}</b><i style="left:${left}"></i>`;
}

/** Says so if only a part of the vocabulary's texts is carried. */
function textsNote() {
  const all = ranking().ids.length;
  return vocabulary && facts.texts < all ? ` ${escaped(say("textsCarried", { count: facts.texts, all }))}` : "";
}

panels.draw = (mount) => {
  const part = samplerCard(mount, "drawTitle",
    '<div class="controls"></div><p class="settings"></p>' +
    '<div class="line" role="img"><div class="fallen"></div><div class="shares"></div>' +
    '<div class="scale" aria-hidden="true"></div></div><output></output><ol class="drawn"></ol>' +
    `<p class="caption">${escaped(say("drawHelp", { seed: facts.seed }))}${textsNote()}</p>`);
  const control = temperatureSlider();
  const buttons = [["sample", drawOnce], ["reset", startDrawsOver]].map(([name, press]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = name;
    button.textContent = say(name);
    button.addEventListener("click", press);
    return button;
  });
  part(".controls").append(control.root, ...buttons);
  part(".line .scale").innerHTML = [0, 0.25, 0.5, 0.75, 1].map((tick) =>
    `<span style="left:${100 * tick}%">${tick}</span>`).join("");
  const line = part(".shares");
  new ResizeObserver(() => fitLabels(line)).observe(line);
  useSampler(mount, () => {
    const { temperature } = sampling;
    const current = distribution(sampling);
    const count = draws.made.length;
    const { last } = draws;
    control.show(temperature);
    part(".settings").innerHTML = say("drawFrom", {
      count: current.ids.length, all: ranking().ids.length, t: temperatureText(temperature) });
    layShares(line, current);
    fitLabels(line);
    part(".line").setAttribute("aria-label", describedLine(current));
    for (const piece of line.children) piece.classList.toggle("hit", piece.dataset.id === String(current.ids[last?.rank]));
    const output = part("output");
    if (!last) {
      part(".fallen").replaceChildren();
      output.innerHTML = escaped(say(count === 0 ? "drawNothing" : "drawnSoFar", { n: count }));
    } else {
      const digits = digitsToTellApart(last);
      const end = (value, ranks) => number(
        derived(value, `Σ of the ${ranks} largest of ${softmaxName()}${cutName(current)}`, digits));
      dropMark(part(".fallen"), number(derived(last.draw, drawName(draws.made.length), digits)), last.draw);
      output.innerHTML = say("drawOutcome", {
        n: count, draw: number(derived(last.draw, drawName(count), digits)), token: wordOf(current.ids[last.rank]),
        low: end(last.low, last.rank), high: end(last.high, last.rank + 1) });
    }
    const before = Math.max(0, count - listed);
    part(".drawn").innerHTML = draws.made.slice(before).map(({ draw, id }, index) => {
      const n = before + index + 1;
      return `<li value="${n}"${last && n === count ? ' class="newest"' : ""}><small>${n}</small> ${wordOf(id)} ` +
        `<small>${number(probability(draw, drawName(n)))}</small></li>`;
    }).join("");
  });
};

/** What top-k and top-p did to the probabilities, as the name of a number says it. */
const cutName = ({ ids }) => (ids.length < ranking().ids.length ? ` / Σ of the ${ids.length} largest` : "");
