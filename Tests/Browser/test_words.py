"""The pages of word vectors: a slice of the space that turns under the keys, in both themes and languages."""

import json
import math
import pathlib
import tempfile
import unittest

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from browser import complaints, emulate, explain, open_browser, requests, resize
from test_access import axe

WORDS = ["king", "queen", "prince", "princess", "mother", "father", "king - queen"]
PAGES = {
    "nearest": ["nearest", "king"],
    "analogy": ["analogy", "king - prince + princess"],
    "direction": ["direction", "king - queen", "prince", "princess"],
    "map": ["map", *WORDS],
    "compare": ["compare", "king", "queen"],
}


class WordPages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        for language in ("en", "ja"):
            for name, call in PAGES.items():
                path = cls.path(name, language)
                explain("words", *call, "--matrix", "W_U", "--format", "html", "--language", language, "-o", str(path))
        cls.browser = open_browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    @classmethod
    def path(cls, name, language="en"):
        return pathlib.Path(cls.folder.name) / f"{name}-{language}.html"

    def open(self, name, language="en"):
        self.browser.get("about:blank")
        self.browser.get(self.path(name, language).as_uri())

    def places(self):
        return self.browser.execute_script(
            "return [...document.querySelectorAll('figure.space circle')].map(c => [Number(c.getAttribute('cx')), Number(c.getAttribute('cy'))])"
        )

    def view(self):
        return self.browser.find_element(By.CSS_SELECTOR, "figure.space output").text

    def press(self, key):
        self.browser.find_element(By.CSS_SELECTOR, "figure.space [data-points]").send_keys(key)

    def test_the_arrow_keys_turn_the_slice_and_home_turns_it_back(self):
        self.open("map")
        start, words = self.places(), self.view()
        self.assertEqual(len(start), 6)
        for key in (Keys.ARROW_RIGHT, Keys.ARROW_UP):
            before = self.places()
            self.press(key)
            self.assertNotEqual(self.places(), before)
            self.assertNotEqual(self.view(), words)
        self.press(Keys.HOME)
        self.assertEqual((self.places(), self.view()), (start, words))
        self.browser.find_element(By.CSS_SELECTOR, "figure.space button[data-key=ArrowLeft]").click()
        self.assertNotEqual(self.places(), start)

    def test_points_lie_where_turning_by_the_stated_angles_puts_them(self):
        self.open("map")
        self.press(Keys.ARROW_RIGHT)
        self.press(Keys.ARROW_RIGHT)
        box = self.browser.find_element(By.CSS_SELECTOR, "figure.space [data-points]")
        points = json.loads(box.get_attribute("data-points"))
        degrees = [float(part.rstrip("°").split()[-1].replace("−", "-")) for part in self.view().split("°")[:2]]
        turn, tilt = (math.radians(angle) for angle in degrees)
        flat = []
        for x, y, z in (point["at"] for point in points):
            depth = z * math.cos(turn) - x * math.sin(turn)
            flat.append((x * math.cos(turn) + z * math.sin(turn), -(y * math.cos(tilt) - depth * math.sin(tilt))))
        shown = self.places()
        spread = max(math.dist(a, b) for a in flat for b in flat)
        scale = max(math.dist(a, b) for a in shown for b in shown) / spread
        for a, b in zip(shown, flat):
            for c, d in zip(shown, flat):
                self.assertAlmostEqual(a[0] - c[0], (b[0] - d[0]) * scale, delta=2.5)
                self.assertAlmostEqual(a[1] - c[1], (b[1] - d[1]) * scale, delta=2.5)

    def test_every_page_fits_says_nothing_and_asks_for_nothing(self):
        for language in ("en", "ja"):
            for name in PAGES:
                for dark in (False, True):
                    emulate(self.browser, dark)
                    for width in (360, 1024, 1920):
                        resize(self.browser, width, 900)
                        self.open(name, language)
                        wide = self.browser.execute_script("return document.documentElement.scrollWidth")
                        self.assertLessEqual(wide, width, f"{name} {language} {width}")
        resize(self.browser, 1280, 800)
        self.assertEqual(complaints(self.browser), [])
        self.assertEqual(requests(self.browser), [])

    @unittest.skipIf(axe() is None, "Python's axe-playwright-python, which brings axe-core, is not installed")
    def test_axe_finds_nothing(self):
        for dark in (False, True):
            emulate(self.browser, dark)
            for language in ("en", "ja"):
                for name in PAGES:
                    self.open(name, language)
                    self.browser.execute_script(axe())
                    found = self.browser.execute_async_script(
                        "const done = arguments[0]; axe.run().then(r => done(r.violations.map(v => [v.id, v.nodes[0].html.slice(0, 200)])))"
                    )
                    self.assertEqual(found, [], f"{name} {language} dark {dark}")

    def test_without_script_the_slice_stands_still_and_the_text_is_whole(self):
        plain = open_browser(javascript=False)
        try:
            plain.get(self.path("map").as_uri())
            self.assertTrue(plain.find_element(By.CSS_SELECTOR, "figure.space svg").is_displayed())
            self.assertFalse(plain.find_element(By.CSS_SELECTOR, "figure.space .turns").is_displayed())
        finally:
            plain.quit()


if __name__ == "__main__":
    unittest.main()
