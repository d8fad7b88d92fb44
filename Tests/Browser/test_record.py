"""A page that carries no model but what was recorded of the run: any token, layer and head is told as from the model."""

import tempfile
import unittest

from selenium.webdriver.common.by import By

from browser import ROOT, complaints, explain, open_browser, open_page, requests, settle, wait_until

STEPS = """
return [...document.querySelectorAll('.edition:not([hidden]) .step[data-follows]')].map(s => [s.id,
  [...s.querySelectorAll('h3, .prose, .maths, .found, figcaption, desc, svg text, td')]
    .filter(e => !e.closest('.panel, [data-mark="key"]')).map(e => e.textContent).join('|')])
"""
FIXTURES = ROOT / "Tests/Fixtures"
PROMPT = "The capital of Italy is"


class Record(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pages = {}
        for family in ["llama", "gemma2", "gpt-neox"]:
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
        """The steps that tell of a choice, each shown once."""
        self.open(url, choice)
        names = [name for name, _ in self.run_script(STEPS)]
        for name in names:
            self.run_script("return show(steps.findIndex(({ id }) => id === arguments[0]))", name)
            settle(self.browser)
        return dict(self.run_script(STEPS))

    def test_what_is_followed_is_told_as_on_the_page_with_the_model(self):
        for family, (model, record) in self.pages.items():
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

    def test_the_machine_is_there_its_weights_hatched(self):
        self.open(self.pages["llama"][1], "#stage-attention-scores")
        wait_until(self.browser, "return machine?.panels?.length > 0 && document.querySelector('.machine canvas')?.checkVisibility()")
        states = "return Object.fromEntries(machine.panels.map(p => [p.id, machine.numbers(p).state]))"
        wait_until(self.browser, f"{states.replace('return', 'const s =')}; return !Object.values(s).includes('asked')")
        states = self.run_script(states)
        self.assertTrue(any(state == "ready" for state in states.values()))
        for name, state in states.items():
            if name.startswith(("WQ", "WK", "WV", "WO", "WE", "WU")):
                self.assertEqual(state, "absent", name)
            if name.startswith(("q.", "k.", "v.", "p.")):
                self.assertEqual(state, "ready", name)

    def test_what_needs_the_model_is_not_offered(self):
        self.open(self.pages["llama"][1])
        for name in ["prompt", "run", "append"]:
            self.assertFalse(self.browser.find_element(By.ID, name).is_enabled(), name)
        self.assertTrue(self.browser.find_element(By.ID, "open-model").is_displayed())
        self.assertIn("too large to be carried", self.browser.find_element(By.CSS_SELECTOR, "#ask .message").text)
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
        self.run_script("return show(steps.findIndex(({ id }) => id === 'stage-attention-scores'))")
        self.run_script("return follow({ token: 1 })")
        settle(self.browser)
        self.assertEqual(self.run_script("return chosen.token"), 1)
        chooser.send_keys("\n".join(files))
        wait_until(self.browser, "return document.documentElement.dataset.state === 'ready' && document.getElementById('run').disabled === false")
        field = self.browser.find_element(By.ID, "prompt")
        field.clear()
        field.send_keys("A king\n")
        wait_until(self.browser, "return document.documentElement.dataset.state === 'ready' && document.documentElement.dataset.prompt === 'A king'")
        self.assertEqual(complaints(self.browser), [])


if __name__ == "__main__":
    unittest.main()
