// Plays a story: its tokens come one by one, and each shows what it was chosen from. Without this
// script the page shows the whole text, and a token is picked by its link.
"use strict";
(() => {
  const controls = document.querySelector(".player");
  const scrub = controls.querySelector("input");
  const play = controls.querySelector(".play");
  const place = controls.querySelector("output");
  const columns = [...document.querySelectorAll(".story")].map((column) => ({
    tokens: [...column.querySelectorAll(".running > a")],
    details: [...column.querySelectorAll(".detail")],
  }));
  const last = Number(scrub.max);
  let timer = null;

  function show(count) {
    scrub.value = count;
    place.textContent = `${count} / ${last}`;
    for (const { tokens, details } of columns) {
      tokens.forEach((token, index) => {
        token.classList.toggle("later", index >= count);
        token.classList.toggle("picked", index === count - 1);
      });
      const picked = Math.min(count, details.length) - 1;
      details.forEach((detail, index) => detail.classList.toggle("picked", index === picked));
    }
  }

  function pause() {
    clearInterval(timer);
    timer = null;
    play.textContent = play.dataset.play;
  }

  function start() {
    if (Number(scrub.value) >= last) show(0);
    play.textContent = play.dataset.pause;
    timer = setInterval(() => {
      show(Number(scrub.value) + 1);
      if (Number(scrub.value) >= last) pause();
    }, 600);
  }

  function step(change) {
    pause();
    show(Math.min(last, Math.max(0, Number(scrub.value) + change)));
  }

  play.addEventListener("click", () => (timer ? pause() : start()));
  controls.querySelector(".back").addEventListener("click", () => step(-1));
  controls.querySelector(".forward").addEventListener("click", () => step(1));
  scrub.addEventListener("input", () => { pause(); show(Number(scrub.value)); });
  document.addEventListener("keydown", (event) => {
    if (event.target === scrub || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowLeft") step(-1);
    else if (event.key === "ArrowRight") step(1);
    else return;
    event.preventDefault();
  });
  // A picked token shows its distribution without scrolling away from the text.
  for (const { tokens } of columns) {
    tokens.forEach((token, index) => token.addEventListener("click", (event) => {
      event.preventDefault();
      pause();
      show(index + 1);
      history.replaceState(null, "", token.hash);
    }));
  }
  // A page opened at a token shows it.
  function follow() {
    const detail = document.getElementById(location.hash.slice(1));
    const number = Number(detail?.dataset.number ?? 0);
    if (number > 0) { pause(); show(number); }
  }
  addEventListener("hashchange", follow);

  document.documentElement.classList.add("plays");
  controls.hidden = false;
  show(last);
  follow();
})();
