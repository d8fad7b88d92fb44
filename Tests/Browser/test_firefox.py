"""The living page in Firefox, offline from a file: prompts run, tokens appended, words asked, numbers as the command line's
trace has them. Needs Debian's firefox-esr and Mozilla's marionette_driver from PyPI."""

import os
import pathlib
import shutil
import tempfile
import time
import unittest
import urllib.parse

from browser import Page, Trace, explain, last_place, number
from test_live import NUMBERS

try:
    from marionette_driver.marionette import Marionette
except ImportError:
    Marionette = None

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")


@unittest.skipIf(Marionette is None or FIREFOX is None, "no Firefox, or Python has no marionette_driver")
class Firefox(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.page = Page("The capital of Italy is", "--language", "en,ja", is_living=True)
        cls.browser = Marionette(bin=FIREFOX, headless=True, gecko_log=os.devnull)
        cls.browser.start_session()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        cls.browser.cleanup()
        # What it leaves is taken away now, and not when Python is gone.
        cls.browser = None

    def script(self, source, *arguments):
        return self.browser.execute_script(source, script_args=arguments, sandbox=None, new_sandbox=True)

    def wait(self, source, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.script(source):
                return
            time.sleep(0.02)
        raise TimeoutError(source)

    def ready(self):
        self.wait("return ['ready', 'failed'].includes(document.documentElement.dataset.state)")
        self.assertEqual(self.script("return document.documentElement.dataset.state"), "ready")

    def shown(self):
        return self.script("return document.documentElement.dataset.prompt")

    def run_prompt(self, prompt):
        self.script("document.getElementById('prompt').value = arguments[0]; document.getElementById('run').click()", prompt)
        self.ready()
        self.assertEqual(self.shown(), prompt)

    def check(self, prompt, least):
        with tempfile.TemporaryDirectory() as folder:
            explain("trace", "--model", "built-in", "-o", f"{folder}/trace.safetensors", "--", prompt)
            trace = Trace(f"{folder}/trace.safetensors")
        numbers = self.script(NUMBERS)
        self.assertGreater(len(numbers), least)
        for step, source, text in numbers:
            name, _, place = source.rstrip("]").partition("[")
            if name not in trace.header:
                continue
            value = trace.at(name, *(int(index) for index in place.split(",")))
            if value == float("-inf"):
                self.assertEqual(text, "−∞", (step, source))
            else:
                self.assertLessEqual(abs(number(text) - value), 0.5 * last_place(text) + 1e-4 * max(1, abs(value)), (step, source))

    def test_a_page_lives_in_firefox(self):
        self.browser.navigate(self.page.url)
        self.ready()
        for prompt in ("The queen of Spain eats", "日本の首都は東京", "<b>\"'&"):
            self.run_prompt(prompt)
            self.check(prompt, 300)
        self.run_prompt("Once upon a")
        self.script("document.getElementById('append').click()")
        self.wait("return document.documentElement.dataset.prompt !== 'Once upon a'")
        self.ready()
        longer = self.shown()
        self.assertTrue(longer.startswith("Once upon a"))
        self.assertIn("falls on the share", self.script("return document.querySelector('.ask .message').textContent"))
        self.check(longer, 300)
        # The address, back and forward.
        self.assertIn(urllib.parse.quote(longer), self.browser.get_url())
        self.browser.go_back()
        self.wait("return document.documentElement.dataset.prompt === 'Once upon a'")
        self.ready()
        # Words.
        self.script("location.hash = '#stage-embedding-neighbours&prompt=Once%20upon%20a'")
        form = "document.querySelector('.step.here form.asking')"
        summary = "document.querySelector('.step.here .panel details summary')"
        self.wait(f"return {summary} !== null")
        self.script(f"{summary}.click()")
        self.wait("return document.querySelector('.step.here .answer circle') !== null")
        self.script(f"{form}.elements.text.value = 'king - man + woman'; {form}.requestSubmit()")
        self.wait(f"return {form}.nextElementSibling.querySelector('.word-chips button:nth-child(2)')?.textContent === '·queen'", 20)


if __name__ == "__main__":
    unittest.main()
