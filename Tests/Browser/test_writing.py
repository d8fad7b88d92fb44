"""A story's page that carries the program: it writes other texts, and goes on with them."""

import json
import pathlib
import tempfile
import unittest

from selenium.webdriver.common.by import By

from browser import explain, open_browser, wait_until


class Writing(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)
        cls.driver = open_browser()
        cls.addClassCleanup(cls.driver.quit)
        cls.url = cls.page("The king", "--tokens", "5", "--seed", "2")

    def setUp(self):
        self.open(self.url)

    @classmethod
    def page(cls, prompt, *options):
        path = cls.folder / f"{len(list(cls.folder.iterdir()))}.html"
        explain("generate", *options, "--format", "html", "-o", str(path), "--", prompt)
        return path.as_uri()

    def open(self, url):
        self.driver.get("about:blank")
        self.driver.get(url)
        self.wait()

    def wait(self):
        wait_until(self.driver, "return document.documentElement.dataset.state === 'ready'", seconds=30)

    def ask(self, **fields):
        for name, value in fields.items():
            field = self.driver.find_element(By.NAME, name)
            field.clear()
            field.send_keys(value)
        self.driver.find_element(By.CSS_SELECTOR, ".asking button[type=submit]").click()
        self.wait()

    def texts(self):
        return self.driver.execute_script(
            "return [...document.querySelectorAll('.story .running')].map((text) => text.textContent)"
        )

    def test_other_texts_are_those_of_the_command_line(self):
        for text, options in [("Once upon a time", "0, 0.7"), ("<b>&amp; \"x\"", "1")]:
            self.ask(text=text, temperatures=options, tokens="7", seed="9")
            asked = ["--temperature", options.replace(" ", ""), "--tokens", "7", "--seed", "9", "--format", "json"]
            stories = json.loads(explain("generate", *asked, "--model", "built-in", "--", text))
            stories = stories if isinstance(stories, list) else [stories]
            shown = self.driver.execute_script("""
                return [...document.querySelectorAll('.story')].map((column) => [...column.querySelectorAll('.detail')].map(
                  (detail) => Number(detail.querySelector('.chosen [data-derived]').textContent)))
            """)
            self.assertEqual(len(shown), len(stories))
            for column, story in zip(shown, stories):
                self.assertEqual(len(column), len(story["steps"]))
                for number, step in zip(column, story["steps"]):
                    self.assertAlmostEqual(number, step["probability"], delta=0.00006)
            # Whatever is typed is text.
            self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, ".story b"), [])

    def test_one_more_token_is_appended(self):
        self.ask(text="The king", temperatures="1", tokens="4", seed="1")
        before = self.texts()[0]
        for count in (5, 6):
            self.driver.find_element(By.ID, "append").click()
            self.wait()
            self.assertEqual(self.driver.find_element(By.CSS_SELECTOR, ".player output").text, f"{count} / {count}")
        after = self.texts()[0]
        self.assertTrue(after.startswith(before) and len(after) > len(before), after)
        # The time line goes back through what was written.
        self.driver.find_element(By.CSS_SELECTOR, ".player .back").click()
        self.assertEqual(self.driver.find_element(By.CSS_SELECTOR, ".player output").text, "5 / 6")

    def test_what_cannot_be_written_is_said(self):
        self.ask(text="The king", temperatures="hot", tokens="4", seed="1")
        message = self.driver.find_element(By.CSS_SELECTOR, ".asking .message").text
        self.assertIn("temperatures are one to three numbers", message)
        self.ask(text="The king", temperatures="1", tokens="4", seed="1")
        self.assertEqual(self.driver.find_element(By.CSS_SELECTOR, ".asking .message").text, "")

    def test_the_address_holds_the_question(self):
        self.ask(text="The cat", temperatures="0", tokens="3", seed="4")
        written, address = self.texts(), self.driver.current_url
        self.open(address)
        self.assertEqual(self.texts(), written)

    def test_what_was_cut_off_stays_so(self):
        options = ["--tokens", "6", "--top-k", "3", "--top-p", "0.8", "--temperature", "0.5,1.5"]
        self.open(self.page("The king", *options))
        fields = self.driver.execute_script("return ['temperatures', 'tokens'].map((name) => document.querySelector(`[name=${name}]`).value)")
        self.assertEqual(fields, ["0.5, 1.5", "6"])
        # Of the last digits of probabilities one may lie on a rounding edge.
        columns = "return [...document.querySelectorAll('.story h2, .story .running')].map((part) => part.textContent)"
        written = self.driver.execute_script(columns)
        self.assertIn("top-k 3, top-p 0.8", written[0])
        self.driver.find_element(By.CSS_SELECTOR, ".asking button[type=submit]").click()
        self.wait()
        self.assertEqual(self.driver.execute_script(columns), written)

    def test_a_beginning_stands_as_it_was_typed(self):
        """Also one whose tokens are parts of characters."""
        self.open(self.page("日本 é", "--tokens", "2", "--model", "built-in"))
        self.assertEqual(self.driver.execute_script("return document.querySelector('[name=text]').value"), "日本 é")


if __name__ == "__main__":
    unittest.main()
