// Plays a story: its tokens come one by one, and each shows what it was chosen from. Without this
// script the page shows the whole text, and a token is picked by its link.
"use strict";

const story = { columns: [], last: 0, timer: null };
const player = document.querySelector(".player");
const scrub = player?.querySelector("input");

/** Shows the texts as far as so many tokens, and what the last of them was chosen from. */
function showStory(count) {
  scrub.value = count;
  player.querySelector("output").textContent = `${count} / ${story.last}`;
  for (const { tokens, details } of story.columns) {
    tokens.forEach((token, index) => {
      token.classList.toggle("later", index >= count);
      token.classList.toggle("picked", index === count - 1);
    });
    const picked = Math.min(count, details.length) - 1;
    details.forEach((detail, index) => detail.classList.toggle("picked", index === picked));
  }
}

function pauseStory() {
  const play = player.querySelector(".play");
  clearInterval(story.timer);
  story.timer = null;
  play.textContent = play.dataset.play;
}

function startStory() {
  const play = player.querySelector(".play");
  if (Number(scrub.value) >= story.last) showStory(0);
  play.textContent = play.dataset.pause;
  story.timer = setInterval(() => {
    showStory(Number(scrub.value) + 1);
    if (Number(scrub.value) >= story.last) pauseStory();
  }, 600);
}

function stepStory(change) {
  pauseStory();
  showStory(Math.min(story.last, Math.max(0, Number(scrub.value) + change)));
}

/** A page that is opened at a token shows it. */
function followToken() {
  const detail = document.getElementById(location.hash.slice(1));
  const number = Number(detail?.dataset.number ?? 0);
  if (number > 0) { pauseStory(); showStory(number); }
}

/** Takes the texts that stand in the page, and shows them whole. */
function readStory() {
  pauseStory();
  story.columns = [...document.querySelectorAll(".story")].map((column) => ({
    tokens: [...column.querySelectorAll(".running > a")],
    details: [...column.querySelectorAll(".detail")],
  }));
  story.last = Math.max(0, ...story.columns.map(({ tokens }) => tokens.length));
  scrub.max = story.last;
  showStory(story.last);
}

/** Starts the player of a page that has one. */
function playStory() {
  if (!player) return;
  player.querySelector(".play").addEventListener("click", () => (story.timer ? pauseStory() : startStory()));
  player.querySelector(".back").addEventListener("click", () => stepStory(-1));
  player.querySelector(".forward").addEventListener("click", () => stepStory(1));
  scrub.addEventListener("input", () => { pauseStory(); showStory(Number(scrub.value)); });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, textarea") || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowLeft") stepStory(-1);
    else if (event.key === "ArrowRight") stepStory(1);
    else return;
    event.preventDefault();
  });
  // A picked token shows its distribution without scrolling away from the text.
  document.addEventListener("click", (event) => {
    const token = event.target.closest?.(".story .running > a");
    if (!token) return;
    event.preventDefault();
    pauseStory();
    showStory(Number(document.getElementById(token.hash.slice(1)).dataset.number));
    // A question that was asked stays in the address.
    if (!location.hash.includes("text=")) history.replaceState(null, "", token.hash);
  });
  addEventListener("hashchange", followToken);
  document.documentElement.classList.add("plays");
  player.hidden = false;
  readStory();
  followToken();
}
