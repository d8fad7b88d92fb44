"""A page that carries no model but what was recorded of the run: any token, layer and head is told as from the model."""

import tempfile
import unittest

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from browser import ROOT, complaints, explain, open_browser, open_page, requests, settle, wait_until

TOLD = """
const step = document.querySelector('.step.here');
return step && [step.id, [...step.querySelectorAll('h3, .prose, .maths, .found, figcaption, desc, svg text, td')]
  .filter(e => !e.closest('.panel, [data-mark="key"]')).map(e => e.textContent).join('|'), 'follows' in step.dataset]
"""
FIXTURES = ROOT / "Tests/Fixtures"
PROMPT = "The capital of Italy is"


class Record(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pages = {}
        for family in ["llama", "smollm2", "gpt-neox"]:
            folder = f"{cls.enterClassContext(tempfile.TemporaryDirectory())}/{family}"
            explain(PROMPT, "--model", f"{FIXTURES}/architectures/{family}", "-o", f"{folder}/model")
            explain("render", f"{folder}/model/trace.safetensors", "-o", f"{folder}/record")
            cls.pages[family] = [f"file://{folder}/{kind}/index.html" for kind in ["model", "record"]]
        cls.browser = open_browser(1366, 768)
        cls.addClassCleanup(cls.browser.quit)

    def run_script(self, script, *arguments):
        return self.browser.execute_script(script, *arguments)

    def open(self, url, address=""):
        self.browser.get("about:blank")
        open_page(self.browser, url + address)
        wait_until(self.browser, "return document.documentElement.dataset.state === 'ready'")
        settle(self.browser)

    def told(self, url, choice):
        """The steps that tell of a choice, as they are shown one after the other."""
        self.open(url, choice)
        told, last = {}, None
        for _ in range(80):
            self.browser.find_element(By.TAG_NAME, "body").send_keys(Keys.ARROW_RIGHT)
            settle(self.browser)
            name, text, follows = self.run_script(TOLD)
            if name == last:
                break
            if follows:
                told[name] = text
            last = name
        self.assertIsNotNone(last)
        return told

    def test_what_is_followed_is_told_as_on_the_page_with_the_model(self):
        # A page that carries its model runs the tokens; of those that were put before the text it then says less.
        for family in ["smollm2", "gpt-neox"]:
            model, record = self.pages[family]
            choice = "#content&token=2&layer=1&head=1"
            expected, found = self.told(model, choice), self.told(record, choice)
            self.assertGreater(len(expected), 15, family)
            self.assertEqual(list(expected), list(found), family)
            for name, text in expected.items():
                self.assertEqual(text, found[name], f"{family} {name}")
            first = self.told(record, "#content")
            self.assertGreater(sum(text != first[name] for name, text in found.items()), 10, family)
            self.assertEqual(complaints(self.browser), [])
            self.assertEqual(requests(self.browser), [])

    def test_the_machine_is_there(self):
        for family, (_, record) in self.pages.items():
            self.open(record, "#stage-attention-scores")
            canvas = self.browser.find_element(By.CSS_SELECTOR, ".machine canvas")
            self.assertTrue(canvas.is_displayed(), family)
            colours = self.run_script("""
                const { width, height } = arguments[0];
                const pixels = arguments[0].getContext('2d').getImageData(0, 0, width, height).data;
                return new Set(new Uint32Array(pixels.buffer)).size""", canvas)
            self.assertGreater(colours, 50, family)

    def test_what_needs_the_model_is_not_offered(self):
        self.open(self.pages["llama"][1])
        for name in ["prompt", "run", "append"]:
            self.assertFalse(self.browser.find_element(By.ID, name).is_enabled(), name)
        message = self.browser.find_element(By.CSS_SELECTOR, "#ask .message")
        self.assertIn("too large to be carried", message.text)
        self.assertTrue(message.find_element(By.TAG_NAME, "button").is_displayed())
        self.assertEqual(self.run_script("return [...document.querySelectorAll('[data-ablate], [data-switch], form.steering')].filter(e => e.checkVisibility()).length"), 0)

    def test_a_model_that_is_opened_runs(self):
        self.open(self.pages["llama"][1])
        folder = f"{FIXTURES}/architectures/llama"
        files = [f"{folder}/{name}" for name in ["config.json", "model.safetensors", "tokenizer.json"]]
        chooser = self.browser.find_element(By.ID, "model-files")
        self.run_script("arguments[0].webkitdirectory = false; arguments[0].hidden = false", chooser)
        # A file that is no model is refused, and the record is told as before.
        chooser.send_keys(f"{FIXTURES}/greedy.json")
        wait_until(self.browser, "return document.querySelector('#ask .message.trouble') !== null && document.documentElement.dataset.state === 'ready'")
        self.browser.find_elements(By.CSS_SELECTOR, ".edition:not([hidden]) .chips button")[1].click()
        settle(self.browser)
        self.assertEqual(self.run_script("return document.querySelector('.chips .followed').textContent.includes('The')"), True)
        chooser.send_keys("\n".join(files))
        wait_until(self.browser, "return document.documentElement.dataset.state === 'ready' && document.getElementById('run').disabled === false")
        field = self.browser.find_element(By.ID, "prompt")
        field.clear()
        field.send_keys("A king\n")
        wait_until(self.browser, "return document.documentElement.dataset.state === 'ready' && document.documentElement.dataset.prompt === 'A king'")
        self.assertEqual(complaints(self.browser), [])


if __name__ == "__main__":
    unittest.main()
