"""Text over text, text cut off, anything outside its card, a window that scrolls sideways: on every kind of page, at every
step, from a phone's width to a projector's, in both languages. What counts as a fault stands in overlap.js.

Pages without steps, and a short prompt's, are seen at every width in both languages. A long prompt's page takes seconds to go
through, so the widths are shared out: forty tokens at all of them in English and at the ends and the middle in Japanese, two
hundred at two in each language. All of it is to take less than four minutes on a quiet machine with two cores."""

import pathlib
import random
import tempfile
import unittest

from browser import explain, lessons, open_browser, resize, wait_until

CHECK = (pathlib.Path(__file__).parent / "overlap.js").read_text()
WINDOWS = [(360, 740), (768, 1024), (1024, 768), (1366, 768), (1920, 1080)]
ENDS = [(360, 740), (1366, 768), (1920, 1080)]
LANGUAGES = ("en", "ja")

SHORT = "The capital of Italy is"
LONG = (
    "Once upon a time there was a king who lived in Italy with his queen and her mother, and every day they ate olives "
    "and pasta in the garden, while the machine learning model in Rome"
)
WORDS = {
    "nearest": ["nearest", "king"],
    "analogy": ["analogy", "king - prince + princess"],
    "direction": ["direction", "king - queen", "prince", "princess", "mother"],
    "map": ["map", "king", "queen", "prince", "princess", "mother", "father", "king - queen"],
    "compare": ["compare", "king", "queen"],
}

# Goes through the steps that an edition has, or through what a page without steps can show, and notes every state's faults.
WALK = CHECK + """
const [language, followed, done] = arguments;
const all = [];
const note = (state) => { for (const fault of layoutFaults()) all.push({ state, ...fault }); };
const turn = () => new Promise((go) => setTimeout(go));
const isTelling = () => document.documentElement.classList.contains("telling");
const settled = async () => { do { await turn(); } while (isTelling()); };
const open = (root) => root.querySelectorAll("details").forEach((details) => { details.open = true; });

async function walkSteps(edition) {
  const first = edition.querySelector(".opening").id || edition.id;
  location.hash = `#${first}${followed}`;
  await settled();
  const last = edition.querySelectorAll(".step").length;
  for (let step = 0; step <= last; step++) {
    note(location.hash);
    edition.querySelector(".stepper .forward").click();
    await settled();
  }
  edition.querySelector(".stepper .whole").click();
  open(edition);
  await settled();
  scrollTo(0, 0);
  note("the whole page, its tables open");
  edition.querySelector(".stepper .whole").click();
  edition.querySelectorAll("details").forEach((details) => { details.open = false; });
  return last;
}

function walkStates() {
  note("as it opens");
  open(document);
  note("its tables open");
  const back = document.querySelector(".player .back");
  for (let state = Number(document.querySelector(".player input")?.value ?? 0); state > 0; state--) {
    back.click();
    note(`token ${state}`);
  }
  return 1;
}

const edition = [...document.querySelectorAll(".edition")].find((root) => root.lang === language);
(async () => {
  const states = edition?.querySelector(".stepper") ? await walkSteps(edition) : walkStates();
  done([states, all]);
})();
"""


def corpus():
    """A small text to learn from, always the same."""
    draw = random.Random(1)
    words = "the king and the queen live in Rome . the cat sees the dog . a man eats olives . ".split()
    return " ".join(draw.choice(words) for _ in range(4000))


class Layout(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        cls.browser = open_browser()
        cls.addClassCleanup(cls.browser.quit)
        cls.browser.set_script_timeout(240)

    def made(self, name, *arguments):
        path = self.folder / f"{name}.html"
        explain(*arguments, "-o", str(path))
        return path

    def faults(self, path, language, followed, windows):
        """What is wrong on a page, each fault once, with the windows and one state in which it is seen."""
        self.browser.get("about:blank")
        self.browser.get(path.as_uri())
        # A page without a script is ready at once.
        wait_until(
            self.browser,
            "return !document.querySelector('#page-facts, #page-run') || document.documentElement.classList.contains('ready')",
            seconds=60,
        )
        seen = {}
        for width, height in windows:
            resize(self.browser, width, height)
            states, found = self.browser.execute_async_script(WALK, language, followed)
            self.assertGreater(states, 0)
            for fault in found:
                name = (fault["kind"], fault["text"][:60], fault["other"][:60], fault["place"])
                seen.setdefault(name, (set(), fault["state"]))[0].add(width)
        return [f"{' | '.join(name)} | {sorted(widths)} | {state}" for name, (widths, state) in seen.items()]

    def assert_sound(self, path, language, followed="", windows=WINDOWS):
        found = self.faults(path, language, followed, windows)
        self.assertEqual(found, [], f"{path.name}, {language}: {len(found)} faults\n" + "\n".join(found))

    def test_a_short_prompt(self):
        page = self.made("short", "page", SHORT, "--language", "en,ja")
        for language in LANGUAGES:
            self.assert_sound(page, language)
            # Another token is told of in other words, and what only the last one predicts is said.
            self.assert_sound(page, language, "&token=1&layer=2&head=3", [(360, 740), (1366, 768)])

    def test_a_prompt_of_forty_tokens(self):
        page = self.made("forty", "page", LONG, "--language", "en,ja")
        self.assert_sound(page, "en")
        self.assert_sound(page, "ja", windows=ENDS)

    def test_a_prompt_of_two_hundred_tokens_and_the_page_of_its_models_learning(self):
        text = self.folder / "corpus.txt"
        text.write_text(corpus())
        for language in LANGUAGES:
            model = self.folder / f"model-{language}"
            sizes = ["--tokenizer-size", "400", "--layers", "2", "--heads", "4", "--width", "32", "--context", "256"]
            run = ["--steps", "4", "--batch", "1", "--page", "--quiet", "--language", language]
            explain("train", "--corpus", str(text), *sizes, *run, "-o", str(model))
            self.assert_sound(model / "index.html", language)
        page = self.made("hundreds", "page", corpus()[:800], "--model", str(model), "--language", "en,ja")
        self.assert_sound(page, "en", windows=[(360, 740), (1366, 768)])
        self.assert_sound(page, "ja", windows=[(1024, 768), (1920, 1080)])

    def test_a_story(self):
        for language in LANGUAGES:
            call = ["generate", "The king and the queen", "--tokens", "12", "--seed", "5", "--temperature", "0,0.7,1.5"]
            page = self.made(f"story-{language}", *call, "--format", "html", "--language", language)
            self.assert_sound(page, language)
            one = self.made(f"one-{language}", *call[:6], "--format", "html", "--language", language)
            self.assert_sound(one, language)

    def test_a_score(self):
        for language in LANGUAGES:
            page = self.made(f"score-{language}", "score", LONG, "--format", "html", "--language", language)
            self.assert_sound(page, language)

    def test_words(self):
        for language in LANGUAGES:
            for name, call in WORDS.items():
                call = ["words", *call, "--matrix", "W_U", "--format", "html", "--language", language]
                self.assert_sound(self.made(f"{name}-{language}", *call), language)

    def test_parameters(self):
        for language in LANGUAGES:
            for name in ("gpt-3", "gpt-2"):
                page = self.made(f"{name}-{language}", "parameters", name, "--format", "html", "--language", language)
                self.assert_sound(page, language)

    def test_lessons(self):
        for language in LANGUAGES:
            for name in lessons():
                page = self.made(f"{name}-{language}", "lesson", name, "--language", language)
                self.assert_sound(page, language)

    def test_the_check_finds_what_is_wrong(self):
        """A page made wrong on purpose: each fault in it is found, and nothing else."""
        self.browser.get((pathlib.Path(__file__).parent / "overlap.html").as_uri())
        resize(self.browser, 800, 600)
        wrong = self.browser.execute_script(CHECK + "return layoutFaults().map((fault) => [fault.kind, fault.text, fault.other]);")
        wanted = self.browser.execute_script("return [...document.querySelectorAll('[data-fault]')].map((e) => e.dataset.fault);")
        self.assertEqual(sorted(": ".join(filter(None, fault)) for fault in wrong), sorted(wanted))


if __name__ == "__main__":
    unittest.main()
