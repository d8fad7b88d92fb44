"""The panels for temperature, top-k, top-p and draws, against arithmetic done here."""

import json
import math
import re
import unittest

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from browser import Page, complaints, emulate, explain, last_place, number, open_browser, resize

PROMPT = "The king and the queen"
SEED = 20240229
STEPS = {"temperature": "stage-softmax-temperature", "draw": "stage-sampling-draw", "tail": "stage-sampling-cut"}


# The arithmetic, independent of the page's.

def ranking(logits):
    return sorted(range(len(logits)), key=lambda token: (-logits[token], token))


def distribution(logits, temperature, k=None, p=None):
    """(token, probability) pairs: temperature, then top-k, then top-p, then scaled up to 1."""
    order = ranking(logits)[:k]
    top = logits[order[0]]
    if temperature == 0:
        shares = [1.0] + [0.0] * (len(order) - 1)
    else:
        shares = [math.exp((logits[token] - top) / temperature) for token in order]
    if p is not None and p < 1:
        goal, reached, count = p * math.fsum(shares), 0.0, 0
        while reached < goal or count == 0:
            reached += shares[count]
            count += 1
        shares = shares[:count]
    whole = math.fsum(shares)
    return [(token, share / whole) for token, share in zip(order, shares)]


def split_mix(seed):
    """SplitMix64's numbers from 0 to 1."""
    mask = (1 << 64) - 1
    state = seed
    while True:
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        yield ((z ^ (z >> 31)) >> 11) / (1 << 53)


def fallen_on(pairs, draw):
    """The token that a draw falls on, and the ends of its share."""
    low = 0.0
    for token, share in pairs:
        if draw < low + share:
            return token, low, low + share
        low += share
    return pairs[-1][0], low, 1.0


class SamplingPanels(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pages = {
            language: Page(PROMPT, "--seed", str(SEED), "--language", language) for language in ["en", "ja", "en,ja"]}
        trace = cls.pages["en"].trace
        cls.last = trace.shape("logits")[0] - 1
        cls.logits = trace.row("logits", cls.last)
        cls.browser = open_browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    def tearDown(self):
        self.assertEqual(complaints(self.browser), [])

    # Helpers.

    def open(self, panel, language="en", width=1280, dark=False, reduced_motion=False):
        resize(self.browser, width, 800)
        emulate(self.browser, dark, reduced_motion)
        self.browser.get("about:blank")
        self.browser.get(f"{self.pages[language].url}#{STEPS[panel]}")
        self.panel = f'[data-panel="{panel}"]'
        self.wait(f"{self.panel} .sampler output")

    def wait(self, selector):
        return WebDriverWait(self.browser, 20).until(lambda browser: self.find(selector))

    def find(self, selector):
        found = self.browser.find_elements("css selector", selector)
        return found[0] if found else None

    def control(self, name):
        return self.find(f'{self.panel} [name="{name}"]')

    def set(self, name, text):
        field = self.control(f"{name}-number")
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(text, Keys.ENTER)

    def rows(self):
        """Each row's cells as (text, formula), and its bars' widths as parts of the track."""
        return self.browser.execute_script("""
            return [...document.querySelectorAll(arguments[0] + " tbody tr")].map((row) => ({
              cells: [...row.cells].slice(2).map((cell) =>
                [cell.textContent, cell.firstElementChild?.dataset.derived ?? null]),
              bars: [...row.cells[1].children].map((bar) => parseFloat(bar.style.width) / 100) }))""", self.panel)

    def text(self, selector):
        return self.browser.execute_script(
            "return document.querySelector(arguments[0]).textContent", f"{self.panel} {selector}")

    def drawn(self):
        """What is listed: number of the draw, draw, as they are shown."""
        return self.browser.execute_script("""
            return [...document.querySelectorAll(arguments[0] + " .drawn li")].map((item) =>
              [item.value, item.querySelector("[data-derived]").textContent, item.querySelector(".token").textContent])""",
            self.panel)

    def shown(self, token):
        return self.browser.execute_script(
            "return document.querySelector(arguments[0]).textContent",
            f'{self.panel} .shares [data-id="{token}"]')

    def formula(self, temperature):
        return f"softmax(logits[{self.last}] / {temperature})"

    # Temperature.

    def check_temperature(self, temperature, named):
        pairs = distribution(self.logits, temperature)
        rows = self.rows()
        self.assertEqual(len(rows), 11)
        for (token, share), row in zip(pairs, rows[:10]):
            text, formula = row["cells"][0]
            self.assertEqual(formula, f"{self.formula(named)}[{token}]")
            self.assertLessEqual(abs(number(text) - share), 0.500001 * min(0.001, last_place(text)))
            self.assertEqual(number(text) == 0, share == 0)
            self.assertAlmostEqual(row["bars"][0], share, places=5)
        rest = math.fsum(share for _, share in pairs[10:])
        self.assertAlmostEqual(number(rows[10]["cells"][0][0]), rest, delta=0.00051)
        if temperature > 0:
            bits = abs(math.fsum(share * math.log2(share) for _, share in pairs if share > 0))
            self.assertIn(f"{bits:.2f} bits", self.text("output"))
            self.assertIn(f"among {2 ** bits:.1f} equally", self.text("output"))
        else:
            self.assertIn("T = 0 is agreed", self.text("output"))

    def test_softmax_at_any_temperature(self):
        self.open("temperature")
        self.check_temperature(1, "1.0")
        for temperature, named in [(0, "0.0"), (0.3, "0.3"), (2, "2.0"), (5, "5.0"), (0.35, "0.35"), (1e-9, "1e-9"), (60, "60.0")]:
            with self.subTest(temperature=temperature):
                self.set("temperature", f"{temperature:.9f}".rstrip("0").rstrip(".") if temperature else "0")
                self.check_temperature(temperature, named)
        self.assertEqual(self.control("temperature").get_property("value"), "5", "the slider stays at its end")

    def test_slider_by_keyboard(self):
        self.open("temperature")
        slider = self.control("temperature")
        for keys, temperature, named in [
                (Keys.HOME, 0, "0.0"), (Keys.END, 5, "5.0"), (Keys.ARROW_LEFT, 4.95, "4.95"), (Keys.ARROW_RIGHT, 5, "5.0")]:
            slider.send_keys(keys)
            self.check_temperature(temperature, named)
        self.assertIn(STEPS["temperature"], self.browser.current_url, "arrows turned the page")

    def test_what_is_no_temperature_changes_nothing(self):
        self.open("temperature")
        for text in ["-1", "", "-"]:
            self.set("temperature", text or Keys.BACKSPACE)
            self.check_temperature(1, "1.0")
        self.assertEqual(self.control("temperature-number").get_property("value"), "1")

    def test_drawn_bars_are_as_long_as_shares(self):
        self.open("temperature", reduced_motion=True)
        self.set("temperature", "0.3")
        widths = self.browser.execute_script("""
            return [...document.querySelectorAll(arguments[0] + " td.bars")].map((cell) =>
              cell.firstElementChild.getBoundingClientRect().width / cell.getBoundingClientRect().width)""", self.panel)
        for (_, share), width in zip(distribution(self.logits, 0.3), widths[:10]):
            self.assertAlmostEqual(width, share, delta=0.002)

    # Top-k and top-p.

    def check_tail(self, temperature, named, k=None, p=None):
        whole, kept = distribution(self.logits, temperature), distribution(self.logits, temperature, k, p)
        held = math.fsum(share for _, share in whole[:len(kept)])
        rows = self.rows()
        for rank, row in enumerate(rows[:10]):
            token, before = whole[rank]
            one = f"{self.formula(named)}[{token}]"
            self.assertEqual(row["cells"][0], [f"{before:.3f}", one])
            if rank < len(kept):
                after = f"{one} / Σ of the {len(kept)} largest of {self.formula(named)}"
                self.assertEqual(row["cells"][1], [f"{kept[rank][1]:.3f}", after])
                self.assertAlmostEqual(row["bars"][1], kept[rank][1], places=5)
            else:
                self.assertEqual(row["cells"][1], ["cut", None])
                self.assertEqual(row["bars"][1], 0)
        output = self.text("output")
        if k is None and p is None:
            self.assertIn(f"all {len(self.logits)} tokens remain", output)
        else:
            self.assertIn(f"remain: {len(kept)} of {len(self.logits)}. Together they held {held:.3f}", output)

    def test_top_k_and_top_p(self):
        self.open("tail")
        self.check_tail(1, "1.0")
        self.assertFalse(self.control("top-k").is_enabled())
        self.control("top-k-on").click()
        self.check_tail(1, "1.0", k=3)
        self.set("top-k", "40")
        self.check_tail(1, "1.0", k=40)
        self.control("top-p-on").click()
        self.check_tail(1, "1.0", k=40, p=0.9)
        for p in ["0.5", "0.05", "1", "0"]:
            self.set("top-p", p)
            self.check_tail(1, "1.0", k=40, p=float(p))
        self.control("top-k-on").click()
        self.set("top-p", "0.95")
        self.set("temperature", "0.7")
        self.check_tail(0.7, "0.7", p=0.95)
        self.set("temperature", "0")
        self.check_tail(0, "0.0", p=0.95)
        self.control("top-p-on").click()
        self.check_tail(0, "0.0")

    # Draws.

    def press(self, name, times=1):
        for _ in range(times):
            self.find(f"{self.panel} button.{name}").send_keys(Keys.ENTER)

    def test_draws_are_those_of_the_seed(self):
        generated = json.loads(explain(
            "generate", PROMPT, "--seed", str(SEED), "--tokens", "12", "--format", "json"))["steps"]
        self.open("draw")
        pairs = distribution(self.logits, 1)
        for n, (draw, step) in enumerate(zip(split_mix(SEED), generated), 1):
            self.press("sample")
            self.assertEqual(draw, step["draw"])
            token, low, high = fallen_on(pairs, draw)
            place, written, chosen = self.drawn()[-1]
            self.assertEqual((place, written), (n, f"{draw:.3f}"))
            if self.find(f'{self.panel} .shares [data-id="{token}"]'):
                self.assertEqual(chosen, self.shown(token))
                self.assertIsNotNone(self.find(f'{self.panel} .shares .hit[data-id="{token}"]'))
            numbers = [float(number) for number in re.findall(r"\d\.\d+", self.text("output"))]
            for number, expected in zip(numbers, [draw, low, high], strict=True):
                self.assertAlmostEqual(number, expected, delta=0.00051)
            if n == 1:
                self.assertEqual(token, step["token_id"])
            mark = self.browser.execute_script("""
                const line = document.querySelector(arguments[0] + " .shares").getBoundingClientRect();
                const mark = document.querySelector(arguments[0] + " .fallen i").getBoundingClientRect();
                return (mark.left + mark.width / 2 - line.left) / line.width""", self.panel)
            self.assertAlmostEqual(mark, draw, delta=0.002)

    def test_draws_follow_what_is_set_and_start_over(self):
        self.open("tail")
        self.set("temperature", "1.5")
        for name, value in [("top-k", "12"), ("top-p", "0.8")]:
            self.control(f"{name}-on").click()
            self.set(name, value)
        self.browser.execute_script("location.hash = arguments[0]", STEPS["draw"])
        self.panel = '[data-panel="draw"]'
        self.wait(f"{self.panel} .sampler output")
        self.assertEqual(self.control("temperature-number").get_property("value"), "1.5")
        pairs = distribution(self.logits, 1.5, 12, 0.8)
        self.assertIn(f"{len(pairs)} of {len(self.logits)} tokens, at T = 1.5", self.text(".settings"))
        numbers = split_mix(SEED)
        expected = [(n, next(numbers)) for n in range(1, 26)]
        self.press("sample", 25)
        listed = [[n, f"{draw:.3f}", self.shown(fallen_on(pairs, draw)[0])] for n, draw in expected[-20:]]
        self.assertEqual(self.drawn(), listed)
        self.press("reset")
        self.assertEqual(self.drawn(), [])
        self.press("sample")
        self.assertEqual(self.drawn()[0][:2], [1, f"{expected[0][1]:.3f}"])
        self.set("temperature", "0")
        self.press("sample")
        self.assertEqual(self.drawn()[-1][2], self.shown(ranking(self.logits)[0]))
        # A panel that was out of sight knows of it.
        self.browser.execute_script("location.hash = arguments[0]", STEPS["tail"])
        self.panel = '[data-panel="tail"]'
        WebDriverWait(self.browser, 20).until(lambda _: self.rows()[0]["cells"][0][1].startswith(self.formula("0.0")))
        self.check_tail(0, "0.0", 12, 0.8)

    # Reach and room.

    def test_keyboard_reaches_every_control_in_order(self):
        self.open("draw")
        order = []
        for _ in range(80):
            ActionChains(self.browser).send_keys(Keys.TAB).perform()
            name = self.browser.execute_script("""
                const here = document.activeElement;
                return here.closest(arguments[0]) && (here.name || here.className)""", self.panel)
            if name:
                order.append(name)
            elif order:
                break
        self.assertEqual(order, ["temperature", "temperature-number", "sample", "reset"])
        self.find(f"{self.panel} button.sample").send_keys(Keys.SPACE)
        self.assertEqual(len(self.drawn()), 1)
        active = self.browser.execute_script("return document.activeElement.className")
        self.assertEqual(active, "sample", "pressing keeps the focus")

    def test_nothing_moves_where_less_motion_is_asked_for(self):
        for moves in [False, True]:
            self.open("draw", reduced_motion=not moves)
            self.press("sample")
            style = self.browser.execute_script("""
                const style = (part) => getComputedStyle(document.querySelector(arguments[0] + part));
                return [style(" .fallen i").animationName !== "none",
                        style(" .shares span").transitionDuration !== "0s"]""", self.panel)
            self.assertEqual(style, [moves, moves])

    def test_panels_fit_from_phone_to_projector(self):
        for language, width, dark in [("en", 360, False), ("ja", 360, True), ("en", 1280, False), ("ja", 1920, True)]:
            for panel in STEPS:
                with self.subTest(panel=panel, language=language, width=width):
                    self.open(panel, language, width, dark)
                    if panel == "draw":
                        self.press("sample", 3)
                    if panel == "tail":
                        self.control("top-k-on").click()
                    page, beyond, small = self.browser.execute_script("""
                        const panel = document.querySelector(arguments[0]);
                        const frame = panel.querySelector(".sampler").getBoundingClientRect();
                        const parts = [...panel.querySelectorAll("*")];
                        return [document.scrollingElement.scrollWidth,
                          parts.filter((part) => { const box = part.getBoundingClientRect();
                            return box.width && (box.right > frame.right + 1 || box.left < frame.left - 1) &&
                              !part.closest(".shares, label.option ~ label"); }).map((part) => part.outerHTML),
                          parts.filter((part) => part.childElementCount === 0 && part.textContent.trim() !== "" &&
                            parseFloat(getComputedStyle(part).fontSize) < 11).length]""", self.panel)
                    self.assertLessEqual(page, width)
                    self.assertEqual(beyond, [])
                    self.assertEqual(small, 0)
                    self.assertNotRegex(self.text(".sampler"), r"undefined|NaN|\{|\}")

    def test_both_languages_share_what_is_set(self):
        self.open("temperature", "en,ja")
        self.set("temperature", "0.3")
        self.browser.execute_script("location.hash = 'ja-' + arguments[0]", STEPS["temperature"])
        self.panel = '.edition[lang="ja"] [data-panel="temperature"]'
        self.wait(f"{self.panel} .sampler output")
        self.assertEqual(self.control("temperature-number").get_property("value"), "0.3")
        self.assertIn("T = 0.3 のとき", self.text("output"))
        self.set("temperature", "2")
        self.browser.execute_script("location.hash = arguments[0]", STEPS["temperature"])
        self.panel = '.edition[lang="en"] [data-panel="temperature"]'
        WebDriverWait(self.browser, 20).until(lambda _: "At T = 2.0" in self.text("output"))
        self.check_temperature(2, "2.0")
        twice = self.browser.execute_script("""
            const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
            return ids.filter((id, n) => ids.indexOf(id) !== n)""")
        self.assertEqual(twice, [])

    def test_static_tables_stay_and_are_folded_away(self):
        for panel in STEPS:
            self.open(panel)
            folded = self.browser.execute_script("""
                const details = document.querySelector(arguments[0]).closest(".visual").querySelector("details.data");
                return [details.open, details.querySelectorAll("table, svg").length]""", self.panel)
            self.assertEqual(folded, [False, 1])


if __name__ == "__main__":
    unittest.main()
