// A figure as a file of its own.

/** The figure as an SVG file's text: with its style for both themes, its title above, its background. */
function standalone(figure) {
  const source = figure.querySelector("svg");
  const svg = source.cloneNode(true);
  const title = figure.querySelector("figcaption span").textContent;
  const [width, height] = source.getAttribute("viewBox").split(" ").slice(2).map(Number);
  const [margin, top] = [20, 48];
  svg.querySelectorAll(".focus").forEach((cursor) => cursor.remove());
  svg.setAttribute("xmlns", SVG);
  const size = { width: width + 2 * margin, height: height + top + margin };
  const wide = Math.max(size.width, titleWidth(title) + 2 * margin);
  svg.setAttribute("viewBox", `${-margin} ${-top} ${px(wide)} ${px(size.height)}`);
  svg.setAttribute("width", px(wide));
  svg.setAttribute("height", px(size.height));
  svg.removeAttribute("style");
  const style = shape("style", "", {}, element("figure-style").textContent);
  const ground = shape("rect", "page", { x: -margin, y: -top, width: px(wide), height: px(size.height) });
  const heading = shape("text", "ink l b", { x: 0, y: -16 }, title);
  const names = svg.querySelectorAll(":scope > title, :scope > desc");
  (names[names.length - 1] ?? svg.firstChild)?.after(style, ground, heading);
  if (names.length === 0) svg.prepend(shape("title", "", {}, title), style, ground, heading);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}

function titleWidth(title) {
  const context = document.createElement("canvas").getContext("2d");
  context.font = "600 16px system-ui, sans-serif";
  return context.measureText(title).width;
}

/** Hands the reader a file. */
function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** Gives each figure of a step its button. */
function prepareFigures(article) {
  for (const figure of article.querySelectorAll("figure")) {
    const caption = figure.querySelector("figcaption");
    if (!caption || caption.querySelector(".save")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "save";
    button.textContent = "SVG";
    button.setAttribute("aria-label", `${say("save")}: ${caption.textContent}`);
    button.title = say("save");
    button.addEventListener("click", () => {
      download(new Blob([standalone(figure)], { type: "image/svg+xml" }), `${figure.id}.svg`);
    });
    caption.append(button);
  }
}
