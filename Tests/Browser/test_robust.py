"""Nothing that is typed kills a living page: hundreds of random prompts, and a program that traps."""

import base64
import hashlib
import pathlib
import re
import tempfile
import time
import unittest

from browser import Page, complaints, open_browser, wait_until

READY = "return ['ready', 'failed'].includes(document.documentElement.dataset.state)"

# Runs random prompts one after another, as fast as the page takes them; lone surrogates among them, as only the DOM has.
FUZZ = """
const [seed, count, done] = arguments;
let state = seed >>> 0;
const random = (limit) => {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % limit;
};
const ranges = [[32, 126], [0, 31], [127, 255], [768, 879], [0x590, 0x6ff], [0x900, 0xdff], [0x3040, 0x30ff], [0x4e00, 0x9fff],
  [0xd800, 0xdfff], [0xe000, 0xffff], [0x1f300, 0x1faff], [0x10000, 0x10ffff]];
const prompts = Array.from({ length: count }, (_, n) => {
  if (n % 97 === 96) return ["a", "x ", "あ", "\\ud800"][random(4)].repeat(100000).slice(0, 100000);
  const [low, high] = ranges[random(ranges.length)];
  return Array.from({ length: random(n % 7 === 0 ? 60 : 16) }, () =>
    random(5) === 0 ? [" king", "<b>", "\\"", "&", "👩‍👩‍👧‍👦"][random(5)] : String.fromCodePoint(low + random(high - low + 1))).join("");
});
const root = document.documentElement;
const wrong = [];
(async () => {
  for (const prompt of prompts) {
    document.getElementById("prompt").value = prompt;
    document.getElementById("run").click();
    while (root.dataset.state === "running") await new Promise((r) => setTimeout(r, 1));
    const message = document.querySelector(".ask .message");
    if (root.dataset.state !== "ready" || message.textContent.includes("broke off")) wrong.push([prompt.slice(0, 60), prompt.length, message.textContent]);
  }
  done(wrong);
})();
"""


class Robust(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.page = Page("The capital of Italy is", is_living=True)
        cls.browser = open_browser(1366, 768)

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    def open(self, url):
        self.browser.get("about:blank")
        self.browser.get(url)
        wait_until(self.browser, READY, 60)
        complaints(self.browser)

    def run_prompt(self, prompt):
        self.browser.execute_script(
            "document.getElementById('prompt').value = arguments[0]; document.getElementById('run').click()", prompt)
        wait_until(self.browser, READY, 60)

    def test_random_prompts_leave_the_page_alive(self):
        self.open(self.page.url)
        self.assertEqual(self.browser.execute_async_script(FUZZ, 7, 80), [])
        self.run_prompt("The king")
        self.assertEqual(self.browser.execute_script("return document.documentElement.dataset.prompt"), "The king")
        # No element came from a prompt, and nothing was said but by the page.
        self.assertEqual(complaints(self.browser), [])

    def test_after_a_trap_a_fresh_program_goes_on(self):
        """The page's script is changed so that one prompt makes the program read beyond its memory."""
        html = self.page.html.read_text()
        script = re.search(r'<script type="module">(.*?)</script>', html, re.DOTALL).group(1)
        place = "function respond(call) {\n"
        self.assertIn(place, script)
        changed = script.replace(place, place + 'if (call.prompt === "trap me" || call.text === "trap me") instance.respond(0x7ffffff0, 64);\n')
        hashed = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (script, changed)]
        self.assertIn(hashed[0], html)
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "trap.html"
            file.write_text(html.replace(script, changed).replace(*hashed))
            self.open(file.as_uri())
            self.run_prompt("The queen eats")
            shown = "return document.documentElement.dataset.prompt"
            message = "return document.querySelector('.ask .message').textContent"
            self.run_prompt("trap me")
            self.assertEqual(self.browser.execute_script("return document.documentElement.dataset.state"), "ready")
            self.assertIn("broke off", self.browser.execute_script(message))
            self.assertEqual(self.browser.execute_script(shown), "The queen eats")
            # The run before is at hand in the fresh program: another token of it is told.
            self.browser.execute_script("location.hash = '#stage-embedding-row&token=1&prompt=The%20queen%20eats'")
            sources = "return [...document.querySelectorAll('.step.here [data-from]')].map((e) => e.dataset.from)"
            wait_until(self.browser, f"{sources.replace('return', 'return (')}).some((s) => s.startsWith('hook_embed[1,'))", 20)
            # A question that traps is survived, too.
            self.browser.execute_script("location.hash = '#stage-embedding-neighbours&prompt=The%20queen%20eats'")
            form = "document.querySelector('.step.here form.asking')"
            wait_until(self.browser, f"return {form} !== null", 20)
            self.browser.execute_script(f"{form}.elements.text.value = 'trap me'; {form}.requestSubmit()")
            wait_until(self.browser, f"return {form}.querySelector('.message').textContent.includes('broke off')", 30)
            self.run_prompt("The king")
            self.assertEqual(self.browser.execute_script(shown), "The king")


if __name__ == "__main__":
    unittest.main()
