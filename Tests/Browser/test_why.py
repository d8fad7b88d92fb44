"""Why it said that: the stage's numbers against `explain why`, and every switch against the command line's run without it."""

import json
import unittest

from browser import Page, complaints, explain, last_place, number, open_browser, wait_until

PROMPT = "The capital of Italy is"

CLICK = """
const [site, done] = arguments;
document.querySelector(`#stage-why-question [data-ablate="${site}"]`).click();
const look = () => document.documentElement.dataset.state === "running" ? setTimeout(look, 1) : done();
look();
"""
SITES = "return [...document.querySelectorAll('#stage-why-question [data-ablate]')].map((e) => e.dataset.ablate)"
PRESSED = "return [...document.querySelectorAll('#stage-why-question [aria-pressed=true]')].map((e) => e.dataset.ablate)"
NEXT = """
return [...document.querySelectorAll('.edition:not([hidden]) .opening [data-from^="probabilities["]')].map((e) =>
  [e.dataset.from, e.textContent]);
"""
REASONS = """
return [...document.querySelectorAll('[id="stage-why"] [data-derived^="why."]')].map((e) => [e.dataset.derived, e.textContent]);
"""


class Why(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.page = Page(PROMPT, is_living=True)
        cls.browser = open_browser(1366, 768)

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    def setUp(self):
        self.browser.get("about:blank")
        self.browser.get(self.page.url)
        wait_until(self.browser, "return document.documentElement.dataset.state === 'ready'", 60)
        complaints(self.browser)

    def switch(self, site):
        self.browser.execute_async_script(CLICK, site)
        self.assertEqual(self.browser.execute_script("return document.documentElement.dataset.state"), "ready")

    def check_next(self, *options):
        """The likeliest tokens are the command line's."""
        told = json.loads(explain("steps", PROMPT, "--format", "json", *options))["next"]
        shown = self.browser.execute_script(NEXT)
        self.assertGreaterEqual(len(shown), 3)
        for (source, text), token in zip(shown, told):
            self.assertTrue(source.endswith(f",{token['token_id']}]"), f"{source}: {token} {options}")
            tolerance = last_place(text) / 2 + 1e-4
            self.assertLessEqual(abs(number(text) - token["probability"]), tolerance, f"{source}: {text} {options}")

    def test_every_switch_is_the_command_lines_run_without_it(self):
        self.check_next()
        sites = self.browser.execute_script(SITES)
        self.assertEqual(len(sites), 4 * (4 + 1))
        for site in sites:
            self.switch(site)
            self.assertEqual(self.browser.execute_script(PRESSED), [site])
            self.check_next("--ablate", site)
            self.switch(site)
            self.assertEqual(self.browser.execute_script(PRESSED), [])
        self.check_next()
        self.assertEqual(complaints(self.browser), [])

    def test_two_are_off_and_are_switched_on_beside_the_prompt(self):
        off = ["blocks.0.attn.head.2", "blocks.1.mlp"]
        for site in off:
            self.switch(site)
        self.check_next("--ablate", off[0], "--ablate", off[1])
        chips = "return [...document.querySelectorAll('#ask .off button')].map((e) => [e.dataset.ablate, e.ariaPressed])"
        self.assertEqual(self.browser.execute_script(chips), [[site, "true"] for site in off])
        self.browser.execute_script("document.querySelector('#ask .off button').click()")
        wait_until(self.browser, "return document.querySelectorAll('#ask .off button').length === 1")
        wait_until(self.browser, "return document.documentElement.dataset.state === 'ready'")
        self.check_next("--ablate", off[1])

    def test_the_numbers_of_the_stage_are_those_of_explain_why(self):
        reasons = json.loads(explain("why", PROMPT, "--format", "json"))
        terms = {term["site"]: term["contribution"] for term in reasons["terms"]}
        effects = {effect["site"]: effect for effect in reasons["effects"]}
        shown = self.browser.execute_script(REASONS)
        found = 0
        for name, text in shown:
            site, _, what = name.removeprefix("why.").partition("[")[2].partition("].")
            if name.startswith("why.terms[") and what == "contribution":
                value = terms[site]
            elif name.startswith("why.effects["):
                value = effects[site][what]
            else:
                continue
            found += 1
            self.assertLessEqual(abs(number(text) - value), last_place(text) / 2 + 1e-4, f"{name}: {text}")
        self.assertGreater(found, 40)

    def test_the_head_that_is_opened_is_the_one_that_matters(self):
        place = "return document.querySelector('#stage-attention-why').textContent"
        text = self.browser.execute_script(place).replace("\u00a0", " ")
        self.assertIn("layer 0, head 2", text)
        self.assertIn("without which the answer changes most", text)


if __name__ == "__main__":
    unittest.main()
