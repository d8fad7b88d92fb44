"""Numbers as the page's script writes them, against an independent computation that the program is held to as well."""

import json
import tempfile
import unittest

from browser import ROOT, Page, explain, last_place, number, open_browser, open_page, settle

# A prompt of some 200 tokens: most shares of attention are less than 0.005.
LONG = " ".join(["The king of Italy and the queen of Japan went to the old castle in the morning."] * 6)


class Numbers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # The built-in model reads 128 tokens at most; this one 256.
        cls.folder = tempfile.TemporaryDirectory()
        cls.model = f"{cls.folder.name}/model"
        sizes = {"layers": 2, "heads": 2, "width": 32, "context": 256, "tokenizer-size": 320, "steps": 20}
        explain("train", "-q", "-o", cls.model, *[word for name, n in sizes.items() for word in (f"--{name}", str(n))])
        cls.page = Page(LONG, "--model", cls.model)
        cls.browser = open_browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    def test_halves_carries_small_and_large_numbers_are_written_as_the_program_writes_them(self):
        rows = json.loads((ROOT / "Tests/Fixtures/decimals.json").read_text())
        open_page(self.browser, self.page.url)
        # The page's script is a module, whose names nobody outside sees; so its beginning is run once more, as a function.
        script = (ROOT / "Sources/CAssets/Files/page/core.js").read_text(encoding="utf-8")
        texts = self.browser.execute_script(
            f"{script}\nreturn arguments[0].map(([value, digits]) => fixed(value, digits))", rows
        )
        for (value, digits, text), written in zip(rows, texts, strict=True):
            self.assertEqual(written, text, (value, digits))

    def test_no_share_of_a_long_prompt_looks_like_zero(self):
        """The table of shares and the arithmetic, as the program told them and as the script tells them of other heads."""
        count = self.page.trace.shape("blocks.0.attn.hook_pattern")[1]
        self.assertGreater(count, 180)
        small = 0
        for address in ["", f"&token={count - 1}&layer=1&head=1", f"&token={count - 20}&layer=0&head=1"]:
            for step in ["softmax", "sum"]:
                open_page(self.browser, f"{self.page.url}#stage-attention-{step}{address}")
                settle(self.browser)
                shown = self.browser.execute_script("""
                    return [...document.querySelectorAll('.step.here [data-from*="hook_pattern["]')]
                      .map(e => [e.dataset.from, e.textContent])
                """)
                for source, text in shown:
                    name, place = source.rstrip("]").split("[")
                    value = self.page.trace.at(name, *map(int, place.split(",")))
                    self.assertLessEqual(abs(number(text) - value), 0.500001 * last_place(text), (source, value, text))
                    self.assertEqual(number(text) == 0, value == 0, (source, value, text))
                    small += value < 0.005
        self.assertGreater(small, 40)

    def test_each_token_has_a_line_where_all_shares_are_small(self):
        """Of the tokens that are drawn, the last 48, each looks at one of them at least; else the figure would be blank."""
        count = self.page.trace.shape("blocks.0.attn.hook_pattern")[1]
        # Of so long a prompt the page carries one layer: the one that it opens.
        open_page(self.browser, f"{self.page.url}#stage-attention-softmax")
        settle(self.browser)
        layer = int(self.browser.execute_script(
            "return document.querySelector('.step.here [data-from*=\"hook_pattern[\"]').dataset.from.split('.')[1]"
        ))
        for head in [0, 1]:
            open_page(self.browser, f"{self.page.url}#stage-attention-lines&layer={layer}&head={head}")
            settle(self.browser)
            lines = self.browser.execute_script(
                "return [...document.querySelectorAll('.step.here .lines line')].map(l => [+l.dataset.query, +l.dataset.key])"
            )
            self.assertEqual({i for i, _ in lines}, set(range(count - 48, count)))
            for i in range(count - 48, count):
                row = [self.page.trace.at(f"blocks.{layer}.attn.hook_pattern", head, i, j) for j in range(count - 48, i + 1)]
                drawn = [j for query, j in lines if query == i]
                # Carried to two digits, two of the largest may be alike.
                self.assertGreaterEqual(max(row[j - count + 48] for j in drawn), 0.95 * max(row))

    def test_no_share_of_a_long_prompt_looks_like_zero_in_the_terminal(self):
        steps = json.loads(explain("steps", "--format", "json", "--stage", "attention", "--model", self.model, "--", LONG))
        self.assertNotRegex(json.dumps(steps, ensure_ascii=False), r"(?<!\d)0\.00(?!\d)")
        for width in ["60", "120"]:
            lines = explain("steps", "--stage", "attention", "--width", width, "--model", self.model, "--", LONG)
            self.assertRegex(lines, r"\b0\.00[1-9]|\de−\d")


if __name__ == "__main__":
    unittest.main()
