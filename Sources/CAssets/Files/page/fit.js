// A step fits its screen: its figure takes the room that the words leave, and nothing is so large that one must scroll.

/** How large the figure of a step may be, as shares of its own size; below 1 where it would not fit otherwise. */
const figureSizes = [3, 2.7, 2.4, 2.2, 2, 1.8, 1.6, 1.45, 1.3, 1.2, 1.1, 1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7];
const wordSizes = figureSizes.filter((size) => size <= 1);

/** How high what stays in sight is, above a step and below it. */
function measureFrame() {
  const height = (place) => place?.offsetHeight ?? 0;
  const rail = edition.root.querySelector(".rail");
  root.style.setProperty("--head", `${height(element("ask")) + height(edition.root.querySelector(".top"))}px`);
  root.style.setProperty("--foot", `${height(edition.root.querySelector(".stepper"))}px`);
  root.style.setProperty("--rail", `${rail.offsetWidth > rail.offsetHeight ? rail.offsetHeight : 0}px`);
}

/** What was the largest size the last time, by step and by what was sized. */
const hints = new Map();

/** The largest of some sizes at which something holds, or the smallest. To try one is to lay out the page, so what was found
 * the last time is tried first. */
function largest(name, sizes, holds) {
  const key = `${steps[current].id} ${name} ${innerWidth}`;
  let [from, to] = [0, sizes.length - 1];
  let tried = null;
  const holdsAt = (place) => holds(sizes[tried = place]);
  const hint = sizes.indexOf(hints.get(key) ?? sizes[0]);
  if (from < to && hint >= 0) {
    if (!holdsAt(hint)) from = Math.min(hint + 1, to);
    else {
      to = hint;
      if (hint > 0 && !holdsAt(hint - 1)) from = hint;
    }
  }
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holdsAt(middle)) to = middle; else from = middle + 1;
  }
  if (tried !== from) holds(sizes[from]);
  hints.set(key, sizes[from]);
  return sizes[from];
}

/** Whether nothing in a part of the page is wider than the box it scrolls in; what is folded away may be. */
const hasNoWideParts = (place) => [...place.querySelectorAll(".scroll, .equation")]
  .every((box) => box.scrollWidth <= box.clientWidth + 1 || box.closest("details:not([open])"));

/** What of a step is seen at once, and what its stage gives; tables that are folded away may be long when they are opened. */
const partsOf = (step) => [
  ...step.querySelectorAll(":scope > h3, :scope > div > :not(details[open])"), ...step.parentElement.querySelectorAll(":scope > .flow.out")];
const lowest = (parts) => Math.max(0, ...parts.map((part) => part.getBoundingClientRect()).filter(({ height }) => height > 0).map(({ bottom }) => bottom));

/** How steps were fitted, by what it depends on: who comes back, or is told nothing new, need not be measured again. */
const fitted = new Map();
const fitNames = ["--words", "--shrink", "--grow"];
const fitClasses = ["pictured", "figure-below", "figure-beside", "figure-over", "figure-twin"];

/** Makes the step that is shown as large as fits. */
function fit() {
  const step = steps[current];
  if (!step) return;
  measureFrame();
  const frame = ["--head", "--foot"].map((name) => root.style.getPropertyValue(name));
  const panels = [...step.querySelectorAll(".panel:not([hidden])")].map((panel) => panel.childElementCount);
  const key = [edition.prefix, step.id, innerWidth, innerHeight, ...frame, living.isPictured(), isWhole, step.textContent, ...panels].join();
  const known = fitted.get(key);
  for (const [n, name] of fitNames.entries()) step.style.setProperty(name, known ? known.sizes[n] : "");
  for (const name of fitClasses) root.classList.toggle(name, known ? known.classes.includes(name) : name === "pictured" && living.isPictured());
  if (!known) {
    measure(step);
    if (fitted.size > 400) fitted.clear();
    fitted.set(key, { sizes: fitNames.map((name) => step.style.getPropertyValue(name)),
      classes: fitClasses.filter((name) => root.classList.contains(name)) });
  }
  living.placed();
}

/** Finds out how large it may be, and where its figure lies. */
function measure(step) {
  // What a comparison answers is as long as it is.
  if (isWhole || innerWidth < 960 || step.querySelector('[data-part="report"]')) return;
  if (!root.classList.contains("pictured")) fitAlone(step);
  else if (innerWidth >= 1160 && !fitBesidePicture(step) && !fitOverPicture(step)) {
    // A figure that needs more than the picture's room has the words' room, too.
    root.classList.remove("pictured", "figure-over");
    fitAlone(step);
  }
}

/** Words and figure share the screen. */
function fitAlone(step) {
  // Where the page is not scrolled: an address scrolls it, and what becomes lower scrolls it back.
  const edge = edition.root.querySelector(".stepper").getBoundingClientRect().top - 4;
  const set = (name, size) => step.style.setProperty(name, size);
  const isLow = () => lowest(partsOf(step)) + scrollY > edge;
  const holds = (name) => (size) => {
    set(name, size);
    return !isLow();
  };
  // Words give way first: what is written in a figure is small already.
  set("--words", 0.75);
  const shrink = largest("shrink", wordSizes, holds("--shrink"));
  const words = largest("words", wordSizes, holds("--words"));
  if (words < 0.9 && step.matches(".beside")) {
    // Beside a high figure words have room: for their size it gives way a little.
    set("--words", 1);
    if (largest("shrink beside words", wordSizes, holds("--shrink")) >= shrink - 0.1 && !isLow()) return;
    set("--shrink", shrink);
    set("--words", words);
  }
  if (words < 1 || innerWidth < 1160) return;
  const wasWide = !hasNoWideParts(step);
  largest("grow", figureSizes.filter((size) => size >= 1), (size) => {
    set("--grow", size);
    return !isLow() && (wasWide || hasNoWideParts(step));
  });
}

/** Words in a column beside the picture, the figure before the picture: at its foot or at its side, where more of it is left. */
function fitBesidePicture(step) {
  const place = edition.root.querySelector(".machine-view").getBoundingClientRect();
  const words = [...step.children, ...step.parentElement.querySelectorAll(":scope > .flow.out")]
    .filter((part) => !part.matches(".visual, figure"));
  // An address may have scrolled the words: what counts is how far down they reach from where they begin.
  const top = () => step.closest(".stage, .opening").getBoundingClientRect().top;
  const visual = step.querySelector(":scope > .visual");
  root.classList.toggle("figure-twin", living.hasTwin(step));
  root.classList.add("figure-below");
  largest("beside words", wordSizes, (size) => {
    step.style.setProperty("--words", size);
    return lowest(words) - top() <= picture.offsetHeight - 20;
  });
  // An equation that is too long for the column needs the whole width.
  if (words.some((part) => !hasNoWideParts(part))) return false;
  if (!visual || [...visual.children].every((part) => part.getClientRects().length === 0)) {
    root.classList.remove("figure-below");
    return true;
  }
  // What is written in a figure must not be too small to read.
  const sizes = figureSizes.filter((size) => size >= (visual.querySelector("svg.fig") ? 0.9 : 0.7));
  const resize = (size) => {
    step.style.setProperty("--grow", Math.max(1, size));
    step.style.setProperty("--shrink", Math.min(1, size));
    return visual.getBoundingClientRect();
  };
  const turn = (side) => {
    root.classList.toggle("figure-below", side === "below");
    root.classList.toggle("figure-beside", side === "beside");
  };
  const tried = ["below", "beside"].map((side) => {
    turn(side);
    const isBelow = side === "below";
    const [width, height] = isBelow ? [place.width - 32, place.height * 0.52] : [place.width * 0.48, place.height - 24];
    const holds = (size) => {
      const box = resize(size);
      return box.width <= width + 1 && box.height <= height + 1 && visual.scrollHeight <= visual.clientHeight + 1 && hasNoWideParts(visual);
    };
    const size = largest(side, sizes, holds);
    const box = resize(size);
    const left = isBelow ? Math.min(place.width, 1.5 * (place.height - box.height)) : Math.min(place.width - box.width, 1.5 * place.height);
    return { side, size, worth: holds(size) ? left ** 2 * Math.min(1.4, size) : 0 };
  });
  const best = tried[0].worth >= tried[1].worth ? tried[0] : tried[1];
  turn(best.side);
  resize(best.size);
  return best.worth > 0;
}

/** A figure that leaves no room for the picture stands in its place. */
function fitOverPicture(step) {
  root.classList.remove("figure-below", "figure-beside");
  root.classList.add("figure-over");
  const visual = step.querySelector(":scope > .visual");
  // Equations may need the whole width.
  if (!visual || step.querySelector(".equation")) return false;
  const holds = (size) => {
    step.style.setProperty("--grow", Math.max(1, size));
    step.style.setProperty("--shrink", Math.min(1, size));
    return visual.scrollHeight <= visual.clientHeight + 1 && visual.scrollWidth <= visual.clientWidth + 1 && hasNoWideParts(visual);
  };
  return holds(largest("over", figureSizes, holds));
}

let isFitAsked = false;

/** Fits the step before it is painted next. */
function fitSoon() {
  if (isFitAsked) return;
  isFitAsked = true;
  requestAnimationFrame(() => {
    isFitAsked = false;
    fit();
  });
}
