"""Forms that ask the program a page carries: words in the walkthrough and on their page, a text to score, sizes to count; a
folder of pages that share one model. What is shown is held against the command line's own answers."""

import functools
import http.server
import json
import pathlib
import re
import tempfile
import threading
import unittest
import urllib.parse

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from browser import (
    ROOT, SCREENSHOTS, Page, complaints, emulate, explain, last_place, lessons, number, open_browser, requests, resize, wait_until)
from test_access import axe

READY = "return ['ready', 'failed'].includes(document.documentElement.dataset.state)"

# Asks a form of a panel or a page, and waits for the answer.
ASK = """
const [place, fields, done] = arguments;
const form = document.querySelector(place + " form.asking");
const answer = form.nextElementSibling;
for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
const message = form.querySelector(".message");
message.textContent = "…";
form.requestSubmit();
const look = () => message.textContent === "…" ? setTimeout(look, 5) : requestAnimationFrame(() => done(message.textContent));
look();
"""


def shown(browser, selector):
    return browser.execute_script(
        "return [...document.querySelectorAll(arguments[0])].map((e) => [e.dataset.derived ?? e.dataset.from, e.textContent])", selector)


class Forms(unittest.TestCase):
    def ask(self, place, **fields):
        return self.browser.execute_async_script(ASK, place, fields)

    def agree(self, texts, values):
        self.assertEqual(len(texts), len(values))
        for text, value in zip(texts, values):
            self.assertLessEqual(abs(number(text) - value), 0.5 * last_place(text) + 1e-4 * max(1, abs(value)), (texts, values))

    def cosines(self, place):
        texts = shown(self.browser, f"{place} .answer [data-part=bars] [data-derived^='cos(']")
        return [text for _, text in texts]


class Walkthrough(Forms):
    @classmethod
    def setUpClass(cls):
        cls.page = Page("The queen eats", "--language", "en,ja", is_living=True)
        cls.browser = open_browser(1366, 768)

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    def panel(self, step, name, language="en"):
        prefix = "" if language == "en" else f"{language}-"
        self.browser.get("about:blank")
        self.browser.get(f"{self.page.url}#{prefix}stage-embedding-{step}")
        wait_until(self.browser, READY, 60)
        place = f"#{prefix}stage-embedding-{step} [data-panel='{name}']"
        wait_until(self.browser, f"return document.querySelector(\"{place} details\") !== null")
        # The form asks nothing before it is opened.
        self.assertFalse(self.browser.execute_script(f"return document.querySelector(\"{place} .answer circle\") !== null"))
        self.browser.execute_script(f"document.querySelector(\"{place} summary\").click()")
        wait_until(self.browser, f"return document.querySelector(\"{place} .answer circle\") !== null", 30)
        return place

    def test_a_sum_of_words_is_answered_as_on_the_command_line(self):
        place = self.panel("neighbours", "nearest")
        # It begins with the token that is followed.
        heading = f"return document.querySelector(\"{place} h4\").textContent"
        self.assertEqual(self.browser.execute_script(heading), "eats")
        for text in ("king - man + woman", "Rome - Italy + France", "queen"):
            self.assertEqual(self.ask(place, text=text), "")
            found = json.loads(explain("words", "analogy", text, "--count", "8", "--format", "json"))
            self.agree(self.cosines(place), [answer["cosine"] for answer in found])
            first = found[0]["word"].replace(" ", "·")
            self.assertEqual(self.browser.execute_script(heading), text)
            chips = self.browser.execute_script(
                f"return [...document.querySelectorAll(\"{place} .word-chips button:nth-child(2)\")].map((b) => b.textContent)")
            self.assertEqual(chips[0], first)
        self.assertIn("zzz", self.ask(place, text="zzz"))
        self.assertEqual(complaints(self.browser), [])

    def test_words_at_hand_are_asked_added_and_taken_away(self):
        place = self.panel("neighbours", "nearest")
        self.ask(place, text="king")

        def press(name, sign):
            chip = f"[...document.querySelectorAll(\"{place} .word-chips li\")].find((li) => li.children[1].textContent === '{name}')"
            before = self.browser.execute_script(f"return document.querySelector(\"{place} h4\").textContent")
            self.browser.execute_script(f"{chip}.children[{sign}].click()")
            wait_until(self.browser, f"return document.querySelector(\"{place} h4\").textContent !== '{before}'")
            return self.browser.execute_script(f"return document.querySelector(\"{place} input[name=text]\").value")

        self.assertEqual(press("·queen", 0), "king - queen")
        self.assertEqual(press("eats", 2), "king - queen + eats")
        self.assertEqual(press("eats", 1), "eats")

    def test_a_direction_is_measured_as_on_the_command_line(self):
        place = self.panel("direction", "direction")
        self.assertEqual(self.ask(place, text="woman - man, king, queen, father, mother"), "")
        found = json.loads(
            explain("words", "direction", "woman - man", "king", "queen", "father", "mother", "--format", "json"))
        texts = [text for _, text in shown(self.browser, f"{place} [data-part=bars] svg [data-derived]")]
        self.agree(texts, [reach["dot"] for reach in found])
        self.assertIn("a direction is", self.ask(place, text="king"))

    def test_a_map_lies_as_on_the_command_line_and_turns(self):
        place = self.panel("slice", "map")
        words = ["queen - king", "woman - man", "aunt - uncle"]
        self.assertEqual(self.ask(place, text=", ".join(words)), "")
        found = json.loads(explain("words", "map", *words, "--format", "json"))
        box = self.browser.find_element(By.CSS_SELECTOR, f"{place} [data-points]")
        points = json.loads(box.get_attribute("data-points"))
        names = [point["word"].replace(" ", "·") for point in found["points"]]
        self.assertEqual(sorted(point["label"] for point in points), sorted(names))
        radius = float(box.get_attribute("data-radius"))
        # The same points, in whatever order: so an axis may have the other sign.
        expected = {name: point["coordinates"] for name, point in zip(names, found["points"])}
        for axis in range(3):
            signs = [
                max(abs(sign * point["at"][axis] - expected[point["label"]][axis]) for point in points) for sign in (1, -1)]
            self.assertLess(min(signs), radius / 1000)
        arrows = [[points[a]["label"], points[b]["label"]] for a, b in json.loads(box.get_attribute("data-arrows"))]
        self.assertEqual(arrows, [[names[a["from"]], names[a["to"]]] for a in found["arrows"]])
        before = box.get_attribute("innerHTML")
        box.send_keys(Keys.ARROW_RIGHT)
        self.assertNotEqual(box.get_attribute("innerHTML"), before)

    def test_another_kind_of_question_brings_words_of_its_own_in_the_pages_language(self):
        place = self.panel("neighbours", "nearest", "ja")
        texts = f"return document.querySelector(\"{place}\").textContent"
        self.assertIn("コサイン類似度", self.browser.execute_script(texts))
        self.browser.execute_script(f"document.querySelector(\"{place} input[value=map]\").click()")
        value = f"return document.querySelector(\"{place} input[name=text]\").value"
        wait_until(self.browser, f"{value}.startsWith('queen - king')", 30)
        wait_until(self.browser, f"return document.querySelector(\"{place} [data-arrows]\").dataset.arrows.length > 10", 30)
        self.assertIn("分散の割合", self.browser.execute_script(texts))

    @unittest.skipIf(axe() is None, "Python's axe-playwright-python, which brings axe-core, is not installed")
    def test_axe_finds_nothing_in_the_panels(self):
        for dark in (False, True):
            emulate(self.browser, dark)
            for step, name in (("neighbours", "nearest"), ("slice", "map"), ("direction", "direction")):
                place = self.panel(step, name)
                self.browser.execute_script(axe())
                found = self.browser.execute_async_script(
                    "const [place, done] = arguments; axe.run(place).then(r => done(r.violations.map(v => [v.id, v.nodes[0].html.slice(0, 200)])))",
                    place)
                self.assertEqual(found, [], (dark, step))
        emulate(self.browser, False)


class Site(Forms):
    """A folder of pages that share one copy of the program and the model, from the disk and from a server."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name) / "site"
        explain("site", "-o", str(cls.path))
        handler = functools.partial(Quiet, directory=str(cls.path))
        cls.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()
        cls.bases = [cls.path.as_uri(), f"http://127.0.0.1:{cls.server.server_port}"]
        cls.browser = open_browser(1366, 768)

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        cls.server.shutdown()

    def open(self, base, name):
        self.browser.get("about:blank")
        self.browser.get(f"{base}/{name}")
        wait_until(self.browser, READY, 60)
        self.assertEqual(self.browser.execute_script("return document.documentElement.dataset.state"), "ready")

    def test_every_page_lives_from_the_disk_and_from_a_server(self):
        names = sorted(path.name for path in self.path.iterdir())
        taught = [f"lesson-{lesson}{ending}.html" for lesson in lessons() for ending in ("", "-ja")]
        self.assertEqual(names, sorted([
            "index.html", "trying.js", "model-ja.js", "model.js", "parameters-ja.html", "parameters.html", "score-ja.html", "score.html",
            "story-ja.html", "story.html", "walkthrough-ja.html", "walkthrough.html", "words-ja.html", "words.html", *taught]))
        # A lesson without a form has nothing to ask.
        still = [name for name in taught if "<form" not in (self.path / name).read_text()]
        self.assertEqual(len(taught) - len(still), 12)
        for base in self.bases:
            for name in names:
                if name.endswith(".html") and name not in ("index.html", *still):
                    self.open(base, name)
            self.assertEqual(complaints(self.browser), [])
            found = [url for url in requests(self.browser) if not url.startswith(self.bases[1])]
            self.assertEqual(found, [])

    def test_the_index_leads_to_what_is_there(self):
        for base in self.bases:
            self.browser.get(f"{base}/index.html")
            links = self.browser.execute_script("return [...document.querySelectorAll('a')].map((a) => a.href)")
            self.assertGreater(len(links), 20)
            for link in links:
                name = urllib.parse.urlparse(link).path.rsplit("/", 1)[-1]
                self.assertTrue((self.path / name).exists(), link)
        prompt = "猫の子どもは"
        link = next(link for link in links if urllib.parse.quote(prompt) in link and "-ja." in link)
        self.open("", link[1:]) if link.startswith("/") else self.browser.get(link)
        wait_until(self.browser, READY, 60)
        wait_until(self.browser, f"return document.documentElement.dataset.prompt === '{prompt}'", 30)
        self.assertEqual(self.browser.execute_script("return document.querySelector('.edition:not([hidden])').lang"), "ja")

    def test_a_page_that_is_saved_carries_all_itself(self):
        self.open(self.bases[0], "walkthrough.html")
        self.browser.execute_script("""
            globalThis.saved = [];
            const create = URL.createObjectURL;
            URL.createObjectURL = (blob) => { globalThis.saved.push(blob); return create(blob); };
            HTMLAnchorElement.prototype.click = () => {};
            document.getElementById("save-page").click();
        """)
        wait_until(self.browser, "return globalThis.saved.length === 1", 30)
        text = self.browser.execute_async_script("saved[0].text().then(arguments[0])")
        elsewhere = pathlib.Path(self.folder.name) / "saved.html"
        elsewhere.write_text(text)
        self.open(elsewhere.parent.as_uri(), "saved.html")

    def test_a_typed_question_about_words_is_answered_and_kept_in_the_address(self):
        self.open(self.bases[0], "words.html")
        self.assertEqual(self.ask("main", text="cats - cat + dog", action="nearest"), "")
        title = "return document.querySelector('.answer h1').textContent"
        self.assertEqual(self.browser.execute_script(title), "cats - cat + dog")
        found = json.loads(explain("words", "analogy", "cats - cat + dog", "--count", "8", "--format", "json"))
        self.agree(self.cosines("main"), [answer["cosine"] for answer in found])
        address = self.browser.current_url
        self.browser.get("about:blank")
        self.browser.get(address)
        wait_until(self.browser, READY, 60)
        wait_until(self.browser, "return document.querySelector('.answer h1')?.textContent === 'cats - cat + dog'", 30)
        self.assertEqual(self.ask("main", text="queen - king, king, man", action="direction"), "")
        self.assertIn("Dot product", self.browser.execute_script("return document.querySelector('.answer').textContent"))

    def test_a_lesson_asks_the_model_that_it_tells_of(self):
        for name, model, words in [
            ("lesson-dot-product.html", "built-in", ["woman - man", "king", "queen"]),
            ("lesson-dot-product-ja.html", "built-in-ja", ["女 - 男", "王", "女王"]),
        ]:
            self.open(self.bases[0], name)
            self.assertEqual(self.ask(".onward", text=", ".join(words), action="direction"), "")
            found = json.loads(explain("words", "direction", *words, "--model", model, "--format", "json"))
            texts = shown(self.browser, ".onward .answer [data-part=bars] [data-derived^='dot(']")
            self.agree([text for _, text in texts], [answer["dot"] for answer in found])

    def test_lessons_lead_on(self):
        self.browser.get(f"{self.bases[0]}/lesson-softmax-and-temperature.html")
        self.browser.find_element(By.CSS_SELECTOR, ".onward a[href^='walkthrough']").click()
        wait_until(self.browser, READY, 60)
        prompt = "Once upon a time there was a"
        wait_until(self.browser, f"return document.documentElement.dataset.prompt === '{prompt}'", 30)
        self.assertIn("#stage-softmax-temperature", self.browser.current_url)

    def test_a_pasted_text_is_scored_as_on_the_command_line(self):
        self.open(self.bases[0], "score.html")
        texts = ["The king and the queen live in Italy.", "東京 🗼\nOnce upon a time", "na " * 300]
        for text in texts:
            self.assertEqual(self.ask("main", text=text), "")
            found = json.loads(explain("score", "--model", "built-in", "--format", "json", "--", text))
            for name, digits in (("probability", 4), ("surprisal_bits", 2)):
                written = shown(self.browser, f"main table [data-derived$='.{name}']")
                self.agree([text for _, text in written], [token[name] for token in found["tokens"][1:]])
        self.assertIn("0 tokens", self.ask("main", text=""))
        self.assertIn("1 to 2048", self.ask("main", text="x " * 5000))

    def test_own_sizes_are_counted_as_on_the_command_line(self):
        self.open(self.bases[0], "parameters.html")
        sizes = {"layers": "12", "heads": "8", "width": "1024", "mlp_width": "4096", "vocabulary": "50257", "context": "2048"}
        self.assertEqual(self.ask("main", **sizes), "")
        options = [part for name, value in sizes.items() for part in (f"--{name.replace('_', '-')}", value)]
        found = json.loads(explain("parameters", "gpt-3", *options, "--format", "json"))
        for index, kind in enumerate(found["categories"]):
            cell = self.browser.find_element(By.CSS_SELECTOR, f"[data-part='{index}-weights']")
            self.assertEqual(cell.text, f"{kind['weights']:,}")
        self.assertEqual(self.browser.find_element(By.CSS_SELECTOR, "[data-part=total-weights]").text, f"{found['weights']:,}")
        self.assertIn("evenly", self.ask("main", **{**sizes, "heads": "7"}))
        self.assertIn("64 bits", self.ask("main", **{**sizes, **dict.fromkeys(("width", "vocabulary", "mlp_width", "layers"), "2000000000")}))
        self.assertIn("whole number", self.ask("main", **{**sizes, "layers": "<b>"}))

    def test_pages_fit_and_pass_axe(self):
        for name in ("index.html", "words.html", "score-ja.html", "parameters-ja.html", "words-ja.html"):
            for width in (360, 1366, 1920):
                resize(self.browser, width, 900)
                self.browser.get("about:blank")
                self.browser.get(f"{self.bases[0]}/{name}")
                if name != "index.html":
                    wait_until(self.browser, READY, 60)
                wide = self.browser.execute_script("return document.documentElement.scrollWidth")
                self.assertLessEqual(wide, width, (name, width))
                if SCREENSHOTS:
                    pathlib.Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
                    self.browser.save_screenshot(f"{SCREENSHOTS}/site-{name[:-5]}-{width}.png")
            if axe():
                for dark in (False, True):
                    emulate(self.browser, dark)
                    self.browser.execute_script(axe())
                    found = self.browser.execute_async_script(
                        "const done = arguments[0]; axe.run().then(r => done(r.violations.map(v => [v.id, v.nodes[0].html.slice(0, 200)])))")
                    self.assertEqual(found, [], (name, dark))
            emulate(self.browser, False)
        resize(self.browser, 1366, 768)


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


if __name__ == "__main__":
    unittest.main()
