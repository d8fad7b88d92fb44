// A step fits its screen: its figure takes the room that the words leave, and nothing is so large that one must scroll.

/** How large the figure of a step may be, as shares of its own size; below 1 its words shrink along where both must fit. */
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

/** The largest of some sizes at which something holds, or the smallest. */
function largest(sizes, holds) {
  let [from, to] = [0, sizes.length - 1];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(sizes[middle])) to = middle; else from = middle + 1;
  }
  holds(sizes[from]);
  return sizes[from];
}

/** Whether nothing in a part of the page is wider than the box it scrolls in. */
const hasNoWideParts = (place) => [...place.querySelectorAll(".scroll, .equation")].every((box) => box.scrollWidth <= box.clientWidth + 1);

/** What of a step is seen at once, and what its stage gives; tables that are folded away may be long when they are opened. */
const partsOf = (step) => [
  ...step.querySelectorAll(":scope > h3, :scope > div > :not(details[open])"), ...step.parentElement.querySelectorAll(":scope > .flow.out")];
const lowest = (parts) => Math.max(0, ...parts.map((part) => part.getBoundingClientRect()).filter(({ height }) => height > 0).map(({ bottom }) => bottom));

/** Makes the step that is shown as large as fits. */
function fit() {
  const step = steps[current];
  if (!step) return;
  measureFrame();
  for (const name of ["--words", "--shrink", "--grow"]) step.style.removeProperty(name);
  root.classList.remove("figure-below", "figure-beside", "figure-twin");
  if (isWhole || innerWidth < 700) return living.placed();
  if (step.querySelector("details[open]:not(.panel)") && scrollY > 0) return;
  if (root.classList.contains("pictured") && innerWidth >= 1160) fitBesidePicture(step);
  else if (!root.classList.contains("pictured")) fitAlone(step);
  living.placed();
}

/** Words and figure share the screen. */
function fitAlone(step) {
  const edge = edition.root.querySelector(".stepper").getBoundingClientRect().top + scrollY - 4;
  const isLow = () => lowest(partsOf(step)) + scrollY > edge;
  const words = largest(wordSizes, (size) => {
    step.style.setProperty("--words", size);
    step.style.setProperty("--shrink", size);
    return !isLow();
  });
  if (words < 1 || innerWidth < 1160) return;
  const wasWide = !hasNoWideParts(step);
  largest(figureSizes.filter((size) => size >= 1), (size) => {
    step.style.setProperty("--grow", size);
    return !isLow() && (wasWide || hasNoWideParts(step));
  });
}

/** Words in a column beside the picture, the figure before the picture: at its foot or at its side, where more of it is left. */
function fitBesidePicture(step) {
  const place = edition.root.querySelector(".frame > .machine").getBoundingClientRect();
  const words = [...step.children, ...step.parentElement.querySelectorAll(":scope > .flow.out")]
    .filter((part) => !part.matches(".visual, figure"));
  root.classList.add("figure-below");
  largest(wordSizes, (size) => {
    step.style.setProperty("--words", size);
    return lowest(words) <= place.bottom - 8;
  });
  const visual = step.querySelector(":scope > .visual");
  root.classList.toggle("figure-twin", living.hasTwin(step));
  if (!visual || ![...visual.children].some((part) => part.getClientRects().length > 0)) return root.classList.remove("figure-below");
  const tried = ["below", "beside"].map((side) => {
    const isBelow = side === "below";
    root.classList.toggle("figure-below", isBelow);
    root.classList.toggle("figure-beside", !isBelow);
    const [width, height] = isBelow ? [place.width - 32, place.height * 0.52] : [place.width * 0.52, place.height - 24];
    const holds = (size) => {
      step.style.setProperty("--grow", Math.max(1, size));
      step.style.setProperty("--shrink", Math.min(1, size));
      const box = visual.getBoundingClientRect();
      return box.width <= width + 1 && box.height <= height + 1 && visual.scrollHeight <= visual.clientHeight + 1 && hasNoWideParts(visual);
    };
    const size = largest(figureSizes, holds);
    const box = visual.getBoundingClientRect();
    const left = isBelow ? Math.min(place.width, 1.5 * (place.height - box.height)) : Math.min(place.width - box.width, 1.5 * place.height);
    return { side, size, worth: holds(size) ? left * Math.min(1.6, size) : 0 };
  });
  const { side, size } = tried[0].worth >= tried[1].worth ? tried[0] : tried[1];
  root.classList.toggle("figure-below", side === "below");
  root.classList.toggle("figure-beside", side === "beside");
  step.style.setProperty("--grow", Math.max(1, size));
  step.style.setProperty("--shrink", Math.min(1, size));
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
