"""A page in which something learns: a line is laid by hand or downhill, a small network learns a text."""

import pathlib
import tempfile
import unittest

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By

from browser import complaints, emulate, explain, open_browser, requests, resize, wait_until
from test_access import axe

LINE = ".trying form[data-call=line]"
NETWORK = ".trying form[data-call=learn]"


class Learning(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.pages = {}
        for language in ("en", "ja"):
            path = pathlib.Path(folder.name) / f"{language}.html"
            explain("lesson", "learning-from-data", "--language", language, "-o", str(path))
            cls.pages[language] = path.as_uri()
        cls.driver = open_browser(1366, 768)
        cls.addClassCleanup(cls.driver.quit)

    def setUp(self):
        self.open("en")

    def open(self, language):
        self.driver.get("about:blank")
        self.driver.get(self.pages[language])
        wait_until(self.driver, "return document.documentElement.dataset.trying === 'ready'", seconds=60)

    def run_script(self, script):
        return self.driver.execute_script(script)

    # The line

    def wait_for_loss(self, condition):
        wait_until(self.driver, f"""
            const loss = Number(document.querySelectorAll('{LINE} + .answer .found [data-derived]')[2].textContent);
            return loss {condition};
        """)

    def line(self):
        """The slope and the intercept that the sliders show, and w, b, the loss and both slopes of it that are told."""
        told = self.run_script(
            f"return [...document.querySelectorAll('{LINE} + .answer .found [data-derived]')]"
            ".map((number) => Number(number.textContent.replace('−', '-')))"
        )
        sliders = self.run_script(
            f"return ['w', 'b'].map((name) => document.querySelector('{LINE}').elements[name].valueAsNumber)"
        )
        self.assertEqual(len(told), 5)
        for shown, value in zip(sliders, told):
            self.assertAlmostEqual(shown, value, delta=0.01)
        return told

    def test_steps_go_downhill(self):
        losses = [self.line()[2]]
        for steps in ("1", "20", "20"):
            self.driver.find_element(By.CSS_SELECTOR, f'{LINE} [data-steps="{steps}"]').click()
            self.wait_for_loss(f"< {losses[-1]}")
            losses.append(self.line()[2])
        loss = losses[-1]
        self.assertLess(loss, 0.2 * losses[0])
        self.driver.find_element(By.CSS_SELECTOR, f"{LINE} [data-reset]").click()
        self.wait_for_loss(f"> {loss}")
        self.assertEqual(self.line()[:2], [0, 0])

    def test_an_end_goes_where_it_is_dragged(self):
        circles = f"{LINE} + .answer circle.accent"
        svg = self.driver.find_element(By.CSS_SELECTOR, f"{LINE} + .answer svg")
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", svg)
        right = self.driver.find_elements(By.CSS_SELECTOR, circles)[1]
        before = right.rect
        actions = ActionChains(self.driver)
        actions.move_to_element(right).click_and_hold().move_by_offset(0, -40).move_by_offset(0, -20).release().perform()
        wait_until(self.driver, f"return document.querySelector('{LINE}').elements.w.valueAsNumber > 0.1")
        self.assertGreater(self.line()[0], 0.1)
        after = self.driver.find_elements(By.CSS_SELECTOR, circles)[1].rect
        self.assertAlmostEqual(after["y"], before["y"] - 60, delta=4)
        self.assertAlmostEqual(after["x"], before["x"], delta=2)

    # The network

    def button(self, name):
        return self.driver.find_element(By.CSS_SELECTOR, f'{NETWORK} [data-do="{name}"]')

    def step(self):
        return int(self.run_script(f"return document.querySelector('{NETWORK}').dataset.step ?? 0"))

    def loss(self):
        return float(self.run_script("return document.querySelector('[data-part=status] [data-derived]').textContent"))

    def wait_for_step(self, count, state="running"):
        wait_until(self.driver, f"""
            const form = document.querySelector('{NETWORK}');
            return Number(form.dataset.step) >= {count} && form.dataset.state === '{state}';
        """, seconds=120)

    def test_it_learns_pauses_goes_on_and_starts_over(self):
        self.button("step").click()
        self.wait_for_step(1, "paused")
        self.assertEqual(self.step(), 1)
        first = self.loss()
        self.button("run").click()
        self.wait_for_step(100)
        self.button("run").click()
        self.wait_for_step(100, "paused")
        paused = self.step()
        self.assertLess(self.loss(), first / 1.5)
        for step in ("loss", "prediction", "writing", "attention"):
            self.assertTrue(self.driver.find_elements(By.ID, f"tried-learning-{step}"), step)
        self.button("step").click()
        self.wait_for_step(paused + 1, "paused")
        self.assertEqual(self.step(), paused + 1)
        self.button("fresh").click()
        wait_until(self.driver, "return document.querySelector('[data-part=status] [data-derived]') === null")
        self.assertEqual(complaints(self.driver), [])
        self.assertEqual(requests(self.driver), [])

    def test_what_cannot_be_learned_is_said(self):
        text = self.driver.find_element(By.CSS_SELECTOR, f"{NETWORK} textarea")
        text.clear()
        text.send_keys("too short")
        self.button("run").click()
        wait_until(self.driver, f"return document.querySelector('{NETWORK} .message').textContent !== ''")
        self.assertIn("too short", self.driver.find_element(By.CSS_SELECTOR, f"{NETWORK} .message").text)

    def test_another_text_starts_another_network(self):
        self.button("step").click()
        self.wait_for_step(1, "paused")
        text = self.driver.find_element(By.CSS_SELECTOR, f"{NETWORK} textarea")
        text.clear()
        text.send_keys("ho ho ho and a bottle of rum. " * 12)
        self.button("run").click()
        self.wait_for_step(40)
        self.button("run").click()
        self.wait_for_step(40, "paused")
        report = self.driver.find_element(By.ID, "tried-learning-writing").text
        self.assertIn("ho", report)

    def test_it_fits_and_axe_finds_nothing(self):
        for language, dark, (width, height) in (("en", False, (390, 844)), ("ja", True, (1366, 768))):
            emulate(self.driver, dark)
            resize(self.driver, width, height)
            self.open(language)
            self.button("step").click()
            self.wait_for_step(1, "paused")
            self.assertEqual(
                self.run_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0)
            if axe():
                self.run_script(axe())
                found = self.driver.execute_async_script(
                    "axe.run().then(({ violations }) => arguments[0](violations.map((v) => [v.id, v.nodes[0].html])))")
                self.assertEqual(found, [])
        emulate(self.driver, False)
        resize(self.driver, 1366, 768)


if __name__ == "__main__":
    unittest.main()
