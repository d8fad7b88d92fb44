"""Why it said that: the stage's numbers against `explain why`, and every switch against the command line's run without it."""

import json
import re
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
FILL = """
const [step, fields] = arguments;
const form = document.querySelector(`#stage-why-${step} form`);
for (const [name, value] of Object.entries(fields)) form.elements[name].value = value;
form.requestSubmit();
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
        self.assertIn("Without head 2 of layer 0 the answer changes most", text)

    def submit(self, step, **fields):
        """Fills the form of a step and sends it; waits for what it runs."""
        self.browser.execute_script(f"location.hash = '#stage-why-{step}'")
        wait_until(self.browser, f"return !document.querySelector('#stage-why-{step} .panel').hidden", 60)
        self.browser.execute_script(FILL, step, fields)
        wait_until(self.browser, "return document.documentElement.dataset.state === 'ready'", 60)

    def test_a_direction_that_is_added_is_the_command_lines(self):
        plus, minus = "The capital of France is", "The capital of Italy is"
        self.submit("steer", plus=plus, minus=minus, layer="2", scale="1")
        wait_until(self.browser, "return document.querySelectorAll('#ask .off button').length === 1", 60)
        added = f'blocks.2.hook_resid_pre="{plus}"-"{minus}"'
        self.check_next("--add", added)
        first = self.browser.execute_script(NEXT)[0]
        paris = json.loads(explain("steps", PROMPT, "--format", "json", "--add", added))["next"][0]
        self.assertEqual(paris["token"], " Paris")
        self.assertTrue(first[0].endswith(f",{paris['token_id']}]"))
        notice = self.browser.execute_script("return document.querySelector('.edition:not([hidden]) .notice').textContent")
        self.assertIn("is added to blocks.2.hook_resid_pre", notice)
        # The chip beside the prompt takes it back.
        self.browser.execute_script("document.querySelector('#ask .off button').click()")
        wait_until(self.browser, "return document.querySelectorAll('#ask .off button').length === 0", 60)
        wait_until(self.browser, "return document.documentElement.dataset.state === 'ready'", 60)
        self.check_next()
        self.assertEqual(complaints(self.browser), [])

    def test_another_prompt_stands_beside_the_run(self):
        other = "The capital of Japan is"
        self.submit("compare", prompt=other, patch="resid_pre")
        report = "[data-panel=compare] [data-part=report]"
        wait_until(self.browser, f"return document.querySelector('{report}').children.length > 0", 60)
        compared = json.loads(explain("compare", PROMPT, other, "--patch", "resid_pre", "--format", "json"))
        shown = self.browser.execute_script(
            f"return [...document.querySelectorAll('{report} [data-derived]')].map((e) => [e.dataset.derived, e.textContent])")
        found = 0
        for name, text in shown:
            place = re.fullmatch(r"(next|lens|patching)\W.*", name)
            if not place or not re.fullmatch(r"[\w.\[\]]+", name):
                continue
            value = compared
            for key in re.findall(r"\w+", name):
                value = value[int(key) if key.isdigit() else key]
            found += 1
            self.assertLessEqual(abs(number(text) - value), last_place(text) / 2 + 1e-4, f"{name}: {text}")
        self.assertGreater(found, 40)
        ids = self.browser.execute_script("return [...document.querySelectorAll('[id]')].map((e) => e.id)")
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(complaints(self.browser), [])


if __name__ == "__main__":
    unittest.main()
