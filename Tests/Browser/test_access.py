"""Whether everyone can read the page: axe's rules in both themes and languages, and colours as the colour-blind see them."""

import importlib.util
import math
import os
import pathlib
import re
import tempfile
import unittest

from browser import SCREENSHOTS, Page, emulate, explain, lessons, open_browser, open_page, resize, settle, wait_until

# How colours look to someone without one kind of cones (Machado, Oliveira and Fernandes 2009, severity 1), in linear RGB.
BLINDNESS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def axe():
    """The text of axe-core, which a package of Python brings, or None."""
    named = os.environ.get("EXPLAIN_AXE")
    if named:
        return pathlib.Path(named).read_text()
    found = importlib.util.find_spec("axe_playwright_python")
    folders = found.submodule_search_locations if found else []
    files = [pathlib.Path(folder) / "axe.min.js" for folder in folders]
    return next((file.read_text() for file in files if file.exists()), None)


def linear(css):
    """A colour such as #028f93 in linear RGB."""
    parts = [int(css[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def lab(rgb):
    """CIE L*a*b* of a linear RGB colour."""
    r, g, b = (min(1, max(0, c)) for c in rgb)
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (c ** (1 / 3) if c > 0.008856 else 7.787 * c + 16 / 116 for c in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(css, matrix):
    rgb = linear(css)
    return lab([sum(weight * c for weight, c in zip(row, rgb)) for row in matrix])


class Access(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.page = Page("The king and the queen", "--language", "en,ja", is_living=True)
        cls.browser = open_browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    @unittest.skipIf(axe() is None, "Python's axe-playwright-python, which brings axe-core, is not installed")
    def test_axe_finds_nothing(self):
        # A theme has the colours of both languages, a language the words of both themes: two of the four are enough.
        for dark, language in [(False, "en"), (True, "ja")]:
            emulate(self.browser, dark)
            for whole in (False, True):
                open_page(self.browser, f"{self.page.url}#edition-{language}")
                if whole:
                    self.browser.execute_script(f"document.querySelector('#edition-{language} .stepper .whole').click()")
                settle(self.browser)
                self.assertEqual(self.violations(), [], f"dark {dark}, {language}, whole {whole}")

    def violations(self):
        """What axe finds on the page that is open."""
        self.browser.execute_script(axe())
        return self.browser.execute_async_script(
            "const done = arguments[0]; axe.run().then(r => done(r.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 200), v.nodes[0].failureSummary])))"
        )

    @unittest.skipIf(axe() is None, "Python's axe-playwright-python, which brings axe-core, is not installed")
    def test_axe_finds_nothing_in_lessons(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in lessons():
                for dark, language in [(False, "ja"), (True, "en")]:
                    path = pathlib.Path(folder) / f"{name}-{language}.html"
                    explain("lesson", name, "--language", language, "-o", str(path))
                    emulate(self.browser, dark)
                    self.browser.get(path.as_uri())
                    wait_until(self.browser, "return !['article', 'running'].includes(document.documentElement.dataset.state)")
                    self.browser.execute_script("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
                    self.assertEqual(self.violations(), [], f"{name}, dark {dark}, {language}")

    @unittest.skipIf(axe() is None, "Python's axe-playwright-python, which brings axe-core, is not installed")
    def test_axe_finds_nothing_on_a_storys_page(self):
        with tempfile.TemporaryDirectory() as folder:
            for dark, language in [(False, "ja"), (True, "en")]:
                path = pathlib.Path(folder) / f"{language}.html"
                written = ["--tokens", "4", "--temperature", "0,1", "--language", language, "--format", "html"]
                explain("generate", "The king", *written, "-o", str(path))
                emulate(self.browser, dark)
                self.browser.get(path.as_uri())
                wait_until(self.browser, "return document.documentElement.dataset.state === 'ready'")
                self.browser.find_element("id", "append").click()
                wait_until(self.browser, "return document.querySelector('.player output').textContent === '5 / 5'")
                self.assertEqual(self.violations(), [], f"dark {dark}, {language}")

    def test_every_figure_says_what_it_shows(self):
        open_page(self.browser, self.page.url)
        figures = self.browser.execute_script(
            "return [...document.querySelectorAll('.edition .step figure svg')].map(s => [s.querySelector('title')?.textContent, s.querySelector('desc')?.textContent])"
        )
        self.assertGreater(len(figures), 40)
        for title, description in figures:
            self.assertTrue(title and len(title) > 3)
            self.assertTrue(description and len(description) > 10, title)

    def test_what_is_lit_is_told_by_more_than_colour(self):
        open_page(self.browser, f"{self.page.url}#stage-mlp-up")
        weights = self.browser.execute_script(
            "return [...document.querySelectorAll('#edition-en .rail > ol > li > a, #edition-en .rail .block > ol > li > a')].map(a => [a.hash, getComputedStyle(a).fontWeight])"
        )
        bold = [place for place, weight in weights if int(weight) >= 600]
        self.assertEqual(bold, ["#stage-mlp"])
        current = self.browser.execute_script("return document.querySelector('#edition-en .rail [aria-current]').hash")
        self.assertEqual(current, "#stage-mlp-up")

    def test_scales_keep_their_order_for_the_colour_blind(self):
        for dark in (False, True):
            emulate(self.browser, dark)
            open_page(self.browser, self.page.url)
            colours = self.browser.execute_script(
                "const s = getComputedStyle(document.documentElement); return Object.fromEntries(['p', 'w', 'd'].flatMap(r => [...Array(13).keys()].map(n => [r + n, s.getPropertyValue('--' + r + n).trim()])))"
            )
            for name, matrix in BLINDNESS.items():
                for role in "pd":
                    lights = [seen(colours[f"{role}{n}"], matrix)[0] for n in range(13)]
                    steps = [b - a for a, b in zip(lights, lights[1:])]
                    self.assertTrue(all(s > 0 for s in steps) or all(s < 0 for s in steps), f"{role} {name} {lights}")
                for n in range(5):
                    low, high = seen(colours[f"w{n}"], matrix), seen(colours[f"w{12 - n}"], matrix)
                    self.assertGreater(math.dist(low, high), 12, f"w{n} and w{12 - n}, {name}, dark {dark}")

    def test_touch_targets_are_large_enough(self):
        resize(self.browser, 360, 740)
        open_page(self.browser, f"{self.page.url}#stage-attention-softmax")
        sizes = self.browser.execute_script(
            "return [...document.querySelectorAll('#edition-en button, #edition-en select')].filter(e => e.checkVisibility()).map(e => [e.className || e.textContent, e.getBoundingClientRect().width, e.getBoundingClientRect().height])"
        )
        for name, width, height in sizes:
            self.assertGreaterEqual(min(width, height), 24, name)
        resize(self.browser, 1280, 800)


class Pictures(unittest.TestCase):
    """Pictures of every step, to be looked at."""

    @unittest.skipIf(SCREENSHOTS is None, "EXPLAIN_SCREENSHOTS names no folder")
    def test_pictures(self):
        folder = pathlib.Path(SCREENSHOTS)
        folder.mkdir(parents=True, exist_ok=True)
        page = Page("The king and the queen")
        browser = open_browser()
        try:
            for width, height, dark in [(390, 844, False), (1366, 768, True)]:
                emulate(browser, dark)
                resize(browser, width, height)
                open_page(browser, page.url)
                steps = browser.execute_script("return ['content', ...[...document.querySelectorAll('.step')].map(s => s.id)]")
                for step in steps:
                    browser.execute_script("location.hash = '#' + arguments[0]", step)
                    settle(browser)
                    name = f"{re.sub('^stage-', '', step)}-{width}-{'dark' if dark else 'light'}.png"
                    self.assertTrue(browser.save_screenshot(str(folder / name)))
        finally:
            browser.quit()


if __name__ == "__main__":
    unittest.main()
