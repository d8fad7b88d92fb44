"""The story page in a browser: played, paused, stepped through, scrubbed, read without its script.

Needs Chromium, its driver, and the Python package selenium. EXPLAIN_BINARY names the command, .build/release/explain if
it is not set.

    python3 -m unittest discover -s Tests/Browser -p 'test_story.py'
"""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import time
import unittest

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

# What is not asked for in a language is told in that of the locale.
os.environ["LC_ALL"] = "C.UTF-8"
BINARY = os.environ.get("EXPLAIN_BINARY", os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../.build/release/explain"))
TEMPERATURES = "0,0.7,1.5"
OPTIONS = ["The king and the queen", "--tokens", "12", "--seed", "5", "--candidates", "6"]
WIDTHS = [360, 1024, 1920]
TINY = pathlib.Path(__file__).parent.parent / "Fixtures" / "tiny-gpt2"


def browser(script=True):
    """A browser without a window, whose console and requests can be read."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    if not script:
        options.add_experimental_option(
            "prefs", {"profile.managed_default_content_settings.javascript": 2}
        )
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


def explain(*arguments):
    return subprocess.run(
        [BINARY, *arguments], check=True, capture_output=True, text=True, stdin=subprocess.DEVNULL
    ).stdout


class StoryPageTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        page = pathlib.Path(folder.name) / "story.html"
        asked = ["generate", *OPTIONS, "--temperature", TEMPERATURES]
        explain(*asked, "--format", "html", "-o", str(page))
        cls.url = page.as_uri()
        cls.stories = json.loads(explain(*asked, "--format", "json"))
        long = pathlib.Path(folder.name) / "long.html"
        # The built-in model ends its texts before they outgrow the window.
        model = ["--model", str(TINY), "--temperature", "0"]
        asked = ["generate", "The king", "--tokens", "90", "--candidates", "2", *model]
        explain(*asked, "--format", "html", "-o", str(long))
        cls.forgotten = json.loads(explain(*asked, "--format", "json"))["steps"][-1]["forgotten"]
        cls.long_url = long.as_uri()
        cls.driver = browser()
        cls.addClassCleanup(cls.driver.quit)

    def setUp(self):
        self.open(self.url)

    def open(self, url):
        self.driver.get("about:blank")
        for kind in ["browser", "performance"]:
            self.driver.get_log(kind)
        self.driver.get(url)

    # What the page shows

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def place(self):
        return int(self.one(".player output").text.split("/")[0])

    def shown_tokens(self, column):
        return self.driver.execute_script(
            """return [...arguments[0].querySelectorAll(".running > a")]
              .filter(token => getComputedStyle(token).visibility === "visible").length""",
            self.all(".story")[column],
        )

    def detail(self, column):
        shown = self.driver.execute_script(
            """return [...arguments[0].querySelectorAll(".detail")]
              .filter(detail => detail.getClientRects().length > 0)""",
            self.all(".story")[column],
        )
        self.assertEqual(len(shown), 1, f"details shown in column {column}")
        return shown[0]

    def assert_shows(self, count):
        """Every column shows so many tokens, and what the last of them was drawn from."""
        self.assertEqual(self.place(), count)
        for column, story in enumerate(self.stories):
            self.assertEqual(self.shown_tokens(column), min(count, len(story["steps"])))
            if count > 0:
                self.assert_detail(column, min(count, len(story["steps"])) - 1)

    def assert_detail(self, column, index):
        """A token's distribution, choice, runner-up and surprisal are those of the JSON."""
        step = self.stories[column]["steps"][index]
        detail = self.detail(column)
        self.assertEqual(detail.get_attribute("id"), f"token-{column}-{index + 1}")
        rows = detail.find_elements(By.CSS_SELECTOR, "li")
        candidates = step["candidates"]
        named = [candidate["token_id"] for candidate in candidates]
        expected = [candidate["probability"] for candidate in candidates]
        if step["token_id"] not in named:
            expected.append(step["probability"])
        self.assertEqual(len(rows), len(expected))
        for row, probability in zip(rows, expected):
            shown = row.text.split()[-1]
            self.assertAlmostEqual(float(shown.replace("−", "-")), probability, delta=5.1e-5)
        chosen = [i for i, row in enumerate(rows) if "chosen" in (row.get_attribute("class") or "")]
        place = named.index(step["token_id"]) if step["token_id"] in named else len(named)
        self.assertEqual(chosen, [place])
        numbers = [float(n) for n in re.findall(r"\d+\.\d+", detail.text.split("\n", 1)[1])]
        surprisal = step["surprisal_bits"]
        self.assertTrue(
            any(abs(number - surprisal) <= 0.0051 for number in numbers),
            f"surprisal {surprisal} is not in {detail.text!r}",
        )
        # At temperature 0 nothing is drawn, and no drawn number is told.
        draws = self.stories[column]["temperature"] > 0
        self.assertEqual("falls on" in detail.text, draws)
        if draws:
            self.assertTrue(any(abs(number - step["draw"]) <= 5.1e-5 for number in numbers))
        others = [c for c in candidates if c["token_id"] != step["token_id"]]
        if others and others[0]["probability"] > 0:
            self.assertTrue(any(abs(n - others[0]["probability"]) <= 5.1e-5 for n in numbers))

    def wait(self, condition, seconds=20):
        WebDriverWait(self.driver, seconds, poll_frequency=0.05).until(lambda _: condition())

    # Tests

    def test_opens_with_the_whole_text(self):
        last = max(len(story["steps"]) for story in self.stories)
        self.assertEqual(len(self.all(".story")), len(self.stories))
        self.assert_shows(last)
        text = self.all(".running")[0].get_attribute("textContent")
        self.assertIn(self.stories[0]["text"].split("\n")[0], text.replace("·", " "))

    def test_plays_and_pauses(self):
        button = self.one(".player .play")
        play = button.text
        button.click()
        self.assertNotEqual(button.text, play)
        self.wait(lambda: 2 <= self.place() <= 4)
        button.click()
        self.assertEqual(button.text, play)
        stopped = self.place()
        time.sleep(1.5)
        self.assertEqual(self.place(), stopped)
        self.assert_shows(stopped)
        button.click()
        last = max(len(story["steps"]) for story in self.stories)
        self.wait(lambda: self.place() == last and button.text == play)
        self.assert_shows(last)

    def test_steps_by_button_and_key(self):
        last = self.place()
        self.one(".player .back").click()
        self.assert_shows(last - 1)
        self.one(".player .back").click()
        self.one(".player .forward").click()
        self.assert_shows(last - 1)
        keys = ActionChains(self.driver)
        self.one("h1").click()
        keys.send_keys(Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_RIGHT).perform()
        self.assert_shows(last - 3)
        for _ in range(last + 2):
            self.one(".player .back").click()
        self.assert_shows(0)

    def test_scrubs(self):
        slider = self.one(".player input")
        slider.send_keys(Keys.HOME)
        self.assert_shows(0)
        slider.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
        self.assert_shows(2)
        width = slider.size["width"]
        ActionChains(self.driver).move_to_element_with_offset(slider, 0, 0).click().perform()
        last = max(len(story["steps"]) for story in self.stories)
        self.assertAlmostEqual(self.place(), last / 2, delta=1)
        ActionChains(self.driver).move_to_element(slider).click_and_hold().move_by_offset(
            width // 2 - 1, 0
        ).release().perform()
        self.assert_shows(last)

    def test_picks_a_token_by_mouse_and_keyboard(self):
        for column in range(len(self.stories)):
            self.one(".player input").send_keys(Keys.END)
            tokens = self.all(".story")[column].find_elements(By.CSS_SELECTOR, ".running > a")
            tokens[3].click()
            self.assert_shows(4)
            self.assertTrue(self.driver.current_url.endswith(f"#token-{column}-4"))
            tokens[1].send_keys(Keys.ENTER)
            self.assert_shows(2)
            self.one(".player .forward").click()
            self.assert_shows(3)

    def test_reaches_a_token_with_the_tab_key(self):
        first = self.one(".running > a")
        for _ in range(20):
            ActionChains(self.driver).send_keys(Keys.TAB).perform()
            if self.driver.switch_to.active_element == first:
                break
        self.assertEqual(self.driver.switch_to.active_element, first)
        self.assertNotEqual(first.value_of_css_property("outline-style"), "none")
        ActionChains(self.driver).send_keys(Keys.ENTER).perform()
        self.assert_shows(1)

    def test_opens_at_a_token(self):
        self.open(f"{self.url}#token-1-3")
        self.assert_shows(3)

    def test_every_token_has_the_distribution_it_was_drawn_from(self):
        last = self.place()
        for count in range(last, 0, -1):
            self.assert_shows(count)
            self.one(".player .back").click()

    def test_the_more_probable_the_darker(self):
        for story, column in zip(self.stories, self.all(".story")):
            tokens = column.find_elements(By.CSS_SELECTOR, ".running > a")
            for token, step in zip(tokens, story["steps"]):
                level = max(0, 12 - int(step["surprisal_bits"] + 0.5))
                self.assertIn(f"s{level}", token.get_attribute("class").split())

    def test_says_what_is_forgotten(self):
        self.open(self.long_url)
        self.assertGreater(self.forgotten, 0)
        self.assertIn(f"{self.forgotten} tokens forgotten", self.detail(0).text)
        self.one(".player input").send_keys(Keys.HOME, Keys.ARROW_RIGHT)
        self.assertNotIn("forgotten", self.detail(0).text)

    def test_asks_for_nothing_and_complains_of_nothing(self):
        self.one(".player .play").click()
        self.wait(lambda: self.place() >= 2)
        self.one(".running > a").click()
        complaints = [entry for entry in self.driver.get_log("browser")]
        self.assertEqual(complaints, [])
        requests = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                requests.append(message["params"]["request"]["url"].split("#")[0])
        self.assertIn(self.url, requests)
        strangers = [url for url in requests if url != self.url and not url.startswith(("data:", "blob:"))]
        self.assertEqual(strangers, [])

    def test_fits_every_width_in_both_themes(self):
        try:
            for url in [self.url, self.long_url]:
                grounds = set()
                for theme in ["light", "dark"]:
                    self.driver.execute_cdp_cmd(
                        "Emulation.setEmulatedMedia",
                        {"features": [{"name": "prefers-color-scheme", "value": theme}]},
                    )
                    for width in WIDTHS:
                        self.driver.execute_cdp_cmd(
                            "Emulation.setDeviceMetricsOverride",
                            {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False},
                        )
                        self.open(url)
                        wide, seen = self.driver.execute_script(
                            "const e = document.documentElement; return [e.scrollWidth, innerWidth]"
                        )
                        self.assertEqual(seen, width)
                        self.assertLessEqual(wide, width, f"{theme}, {width} px, {url}")
                        self.assert_buttons_can_be_hit(width)
                        grounds.add(self.one("body").value_of_css_property("background-color"))
                self.assertEqual(len(grounds), 2, "each theme has a ground of its own")
        finally:
            self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
            self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})

    def assert_buttons_can_be_hit(self, width):
        for button in self.all(".player button"):
            box = button.rect
            self.assertGreaterEqual(box["height"], 24)
            self.assertGreaterEqual(box["x"], 0)
            self.assertLessEqual(box["x"] + box["width"], width)

    def test_reads_without_its_script(self):
        driver = browser(script=False)
        self.addCleanup(driver.quit)
        driver.get(self.url)
        self.assertFalse(driver.find_element(By.CSS_SELECTOR, ".player").is_displayed())
        tokens = driver.find_elements(By.CSS_SELECTOR, ".running > a")
        self.assertEqual(len(tokens), sum(len(story["steps"]) for story in self.stories))
        self.assertTrue(all(token.is_displayed() for token in tokens if token.text.strip()))
        shown = lambda: [
            detail.get_attribute("id")
            for detail in driver.find_elements(By.CSS_SELECTOR, ".detail")
            if detail.is_displayed()
        ]
        self.assertEqual(shown(), [])
        tokens[2].click()
        self.assertEqual(shown(), ["token-0-3"])


if __name__ == "__main__":
    unittest.main()
