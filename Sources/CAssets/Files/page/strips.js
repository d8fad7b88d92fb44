// Vectors as strips of bars, drawn from the numbers the page carries.

/** The numbers that a strip shows, by the place it names: an element of the trace without its last axis. */
function stripValues(source) {
  const [, name, places] = source.match(/^(.*)\[([\d,]*)\]$/) ?? [];
  if (!name) return null;
  const parts = { hook_resid_mid: ["hook_resid_pre", "hook_attn_out"], hook_resid_post: ["hook_resid_mid", "hook_mlp_out"] };
  const [, block, stream] = name.match(/^(blocks\.\d+\.)(hook_resid_(?:mid|post))$/) ?? [];
  if (stream) {
    const [before, added] = parts[stream].map((part) => stripValues(`${block}${part}[${places}]`));
    return before && added && before.map((value, n) => value + added[n]);
  }
  if (name === "blocks.0.hook_resid_pre" && !tensors.has(name)) {
    const [embed, place] = ["hook_embed", "hook_pos_embed"].map((part) => stripValues(`${part}[${places}]`));
    return embed && place && embed.map((value, n) => value + place[n]);
  }
  if (!tensors.has(name)) return null;
  const indices = places.split(",").map(Number);
  const isWhole = name.endsWith("hook_k") || name.endsWith("hook_v");
  const position = indices[0] - (isWhole ? 0 : facts.first);
  return position < 0 ? null : tensors.row(name, position, ...indices.slice(1));
}

/** Draws the bars of a strip, up and down from its line. */
function drawBars(part, values = stripValues(part.dataset.source)) {
  if (!values) return;
  const { x, y, pitch, count, max } = measures(part);
  let d = "";
  for (let n = 0; n < Math.min(count, values.length); n++) {
    const share = max > 0 ? Math.max(-1, Math.min(1, values[n] / max)) : 0;
    const length = Math.abs(share) * (y - 1);
    if (length < 0.25) continue;
    d += `M${px(x + (n + 0.5) * pitch)} ${y}v${px(share < 0 ? length : -length)}`;
  }
  part.replaceChildren(shape("path", "d9 o", { d, "stroke-width": px(pitch * 0.8) }));
}

/** Draws the bars that a retold step left out. */
function drawMissingBars(article) {
  for (const part of article.querySelectorAll('[data-mark="bars"]')) {
    if (!part.childElementCount) drawBars(part);
  }
}

const largestSize = (vectors) => Math.max(...vectors.map((v) => v.reduce((m, x) => Math.max(m, Math.abs(x)), 0)), 0);

/** Shows a strip's row for another vector: its bars, its first numbers, and its name if it changes. */
function showRow(part, { name, values, max, place, label }) {
  part.dataset.source = name;
  part.dataset.max = max;
  drawBars(part, values);
  const row = part.parentNode;
  if (label !== undefined) row.querySelector("text").textContent = label;
  row.querySelectorAll("text[data-from]").forEach((text, n) => {
    text.textContent = fixed(values[n]);
    text.dataset.from = place(n);
  });
}

/** The strips of the steps that follow a head. */
const headStrips = {
  qkv(parts, head, i) {
    const vectors = [head.q(i), head.k(i), head.v(i)];
    const max = largestSize(vectors);
    ["q", "k", "v"].forEach((letter, index) => showRow(parts[index], {
      name: `${head.at}hook_${letter}[${i},${head.head}]`, values: vectors[index], max,
      place: (n) => head.place(letter, i, n) }));
    return max;
  },
  scores(parts, head, i) {
    const j = head.attended(i);
    const [q, k] = [head.q(i), head.k(j)];
    const max = largestSize([q, k]);
    const products = Float64Array.from(q, (x, n) => x * k[n]);
    showRow(parts[0], { name: `${head.at}hook_q[${i},${head.head}]`, values: q, max });
    showRow(parts[1], { name: `${head.at}hook_k[${j},${head.head}]`, values: k, max });
    showRow(parts[2], { name: "q·k", values: products, max: largestSize([products]) });
    return max;
  },
  sum(parts, head, i) {
    const z = head.z(i);
    const last = parts[parts.length - 1];
    const rest = parts.find((part) => part.dataset.source === "Σp·v");
    const single = parts.filter((part) => part !== last && part !== rest);
    const keys = head.strongest(i, Math.min(single.length, i + 1));
    const valuesOf = (j) => Float64Array.from(head.v(j), (x) => x * head.share(i, j).value);
    const weighted = keys.map(valuesOf);
    const others = [...Array(i + 1).keys()].filter((j) => !keys.includes(j));
    const together = new Float64Array(z.length);
    for (const j of others) valuesOf(j).forEach((x, n) => { together[n] += x; });
    const max = largestSize([...weighted, together, z]);
    const places = parts.map((part) => part.parentNode.dataset.place ??= part.parentNode.getAttribute("transform"));
    single.forEach((part, rank) => {
      const j = keys[rank];
      part.parentNode.style.display = j === undefined ? "none" : "";
      if (j === undefined) return;
      showRow(part, {
        name: "p·v", values: weighted[rank], max,
        label: `${written(head.share(i, j))} × ${facts.tokens[j].text}` });
    });
    if (rest) {
      rest.parentNode.style.display = others.length > 0 ? "" : "none";
      const label = `… (${written(head.restShare(i, keys))})`;
      showRow(rest, { name: "Σp·v", values: together, max, label });
    }
    const above = keys.length + (others.length > 0 ? 1 : 0);
    last.parentNode.setAttribute("transform", places[above] ?? places[places.length - 1]);
    showRow(last, { name: `${head.at}hook_z[${i},${head.head}]`, values: z, max, place: (n) => head.place("z", i, n) });
    return max;
  },
};

function drawHeadStrips(article) {
  const parts = [...article.querySelectorAll('[data-mark="bars"]')];
  const draw = headStrips[stepName(article)];
  if (!draw || !parts.length) return;
  const max = draw(parts, openHead(), chosen.token);
  const formula = "largest absolute value in this figure";
  drawKeyEnds(article, { [formula]: fixed(max), [`−${formula}`]: fixed(-max) });
}

/** The positions a table shows when there are too many for all: the first, the last, and the followed one;
 * where only the last were recorded, these. */
function shownPositions(limit) {
  const count = facts.tokens.length;
  const all = [...Array(count).keys()];
  if (facts.recorded > 0) {
    const last = all.slice(Math.max(facts.recorded, count - limit));
    return last.includes(chosen.token) ? last : [chosen.token, ...last.slice(1)];
  }
  if (count <= limit) return all;
  const isAmongFirst = chosen.token < limit - 1 || chosen.token === count - 1;
  return isAmongFirst
    ? [...all.slice(0, limit - 1), count - 1] : [...all.slice(0, limit - 2), chosen.token, count - 1];
}

const cells = (row) => `<tr>${row.join("")}</tr>`;
const numberCell = (quantity) => `<td>${number(quantity)}</td>`;

/** The tables behind the figures of steps that follow a head. */
const headTables = {
  scores(table, head, i) {
    const j = head.attended(i);
    const [q, k] = [head.q(i), head.k(j)];
    table.tBodies[0].innerHTML = [...q.slice(0, 64).keys()].map((n) => {
      const [left, right] = [head.place("q", i, n), head.place("k", j, n)];
      return cells([
        `<td>${n}</td>`, numberCell(recorded(q[n], left)), numberCell(recorded(k[n], right)),
        numberCell(derived(q[n] * k[n], `${left} · ${right}`))]);
    }).join("");
  },
  softmax(table, head) {
    const positions = shownPositions(24);
    table.tHead.rows[0].innerHTML = table.tHead.rows[0].cells[0].outerHTML +
      positions.map((j) => `<th scope="col">${token(facts.tokens[j].text)}</th>`).join("");
    table.tBodies[0].innerHTML = positions.map((i) => cells([
      `<td class="w">${token(facts.tokens[i].text)}</td>`,
      ...positions.map((j) => (j > i || i < facts.first ? "<td></td>" : numberCell(head.share(i, j))))])).join("");
  },
  lines(table) {
    const positions = shownPositions(24);
    const i = chosen.token;
    table.tHead.rows[0].innerHTML = table.tHead.rows[0].cells[0].outerHTML +
      positions.map((j) => `<th scope="col">${token(facts.tokens[j].text)}</th>`).join("");
    table.tBodies[0].innerHTML = [...Array(facts.headCount).keys()].map((h) => {
      const row = shares(chosen.layer, h, i);
      return cells([`<td>${h}</td>`, ...positions.map((j) => numberCell(
        recorded(j > i ? 0 : row[j], `blocks.${chosen.layer}.attn.hook_pattern[${h},${i},${j}]`)))]);
    }).join("");
  },
};

function fillHeadTable(article) {
  const table = article.querySelector("table");
  const fill = headTables[stepName(article)];
  if (!table || !fill) return;
  fill(table, openHead(), chosen.token);
  const label = article.querySelector("details summary")?.textContent;
  if (label) for (const named of [table, table.parentElement]) named.setAttribute("aria-label", label);
}
