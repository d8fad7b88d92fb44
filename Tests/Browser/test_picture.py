"""The picture beside the steps: where it stands by itself, that nothing lies on the words, the sheet on a phone."""

import unittest

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from browser import SCREENSHOTS, Page, complaints, open_browser, open_page, resize, settle, wait_until

# What is wrong with how the step that is shown lies beside the picture.
FAULTS = """
    const step = document.querySelector(".step.here");
    const main = document.querySelector(".edition:not([hidden]) .main");
    const faults = [];
    if (main.scrollHeight > main.clientHeight + 4) faults.push(`words run ${main.scrollHeight - main.clientHeight} px over`);
    const words = [...step.children].filter((part) => !part.matches(".visual") && part.checkVisibility());
    const right = Math.max(...words.map((part) => part.getBoundingClientRect().right));
    const figure = step.querySelector(":scope > .visual")?.getBoundingClientRect();
    const stepper = [...document.querySelectorAll(".stepper")].find((one) => one.checkVisibility()).getBoundingClientRect();
    if (figure && figure.width > 0) {
      if (document.documentElement.classList.contains("pictured") && figure.left < right) faults.push("the figure lies on the words");
      if (figure.bottom > stepper.top + 1 || figure.right > innerWidth) faults.push("the figure leaves the screen");
    }
    const size = Math.min(...[...step.querySelectorAll(":scope > .prose p:not(.left-out)")].map((p) =>
      parseFloat(getComputedStyle(p).fontSize) * p.currentCSSZoom));
    return [faults, size];
"""


class Picture(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.page = Page("The king and the queen", "--language", "en,ja", is_living=True)
        cls.browser = open_browser(1920, 1080)
        cls.addClassCleanup(cls.browser.quit)

    def run_script(self, script, *arguments):
        return self.browser.execute_script(script, *arguments)

    def open(self, width, height, address=""):
        resize(self.browser, width, height)
        self.browser.get("about:blank")
        open_page(self.browser, self.page.url + address)
        settle(self.browser)

    def is_pictured(self):
        return self.run_script("return document.querySelector('.machine')?.checkVisibility() ?? false")

    def click(self, selector):
        self.browser.find_element(By.CSS_SELECTOR, f".edition:not([hidden]) {selector}").click()

    def test_wide_windows_have_it_beside_the_steps_and_the_choice_is_kept(self):
        self.open(1024, 768, "#stage-attention-scores")
        self.assertFalse(self.is_pictured())
        for width, height in [(1280, 800), (820, 1180), (1920, 1080)]:
            self.open(width, height, "#stage-attention-scores")
            self.assertTrue(self.is_pictured(), f"{width} × {height}")
        self.click(".stepper .picture")
        self.assertFalse(self.is_pictured())
        self.browser.refresh()
        wait_until(self.browser, "return document.documentElement.classList.contains('ready')")
        self.assertFalse(self.is_pictured())
        self.click(".stepper .picture")
        self.assertTrue(self.is_pictured())
        self.run_script("sessionStorage.clear()")

    def test_every_step_fits_beside_it(self):
        for width, height, least in [(1920, 1080, 17), (1366, 768, 12)]:
            for language in ("en", "ja"):
                self.open(width, height, f"#edition-{language}")
                steps = self.run_script("return [...document.querySelectorAll('.edition:not([hidden]) .step')].map((step) => step.id)")
                for step in steps:
                    self.run_script("location.hash = '#' + arguments[0]", step)
                    settle(self.browser)
                    faults, size = self.run_script(FAULTS)
                    with self.subTest(step, width=width):
                        self.assertEqual(faults, [])
                        self.assertGreaterEqual(size, least)
                    if SCREENSHOTS:
                        self.browser.save_screenshot(f"{SCREENSHOTS}/picture-{step}-{width}.png")
        self.assertEqual(complaints(self.browser), [])

    def test_on_a_phone_the_words_lie_on_a_sheet(self):
        self.open(390, 800, "#stage-attention-scores")
        self.assertTrue(self.is_pictured())
        height = "return document.querySelector('.edition:not([hidden]) .main').getBoundingClientRect().height"
        half = self.run_script(height)
        handle = self.browser.find_element(By.CSS_SELECTOR, ".edition:not([hidden]) .handle")
        self.assertEqual(handle.get_attribute("aria-expanded"), "true")
        handle.click()
        self.assertEqual(handle.get_attribute("aria-expanded"), "false")
        low = self.run_script(height)
        title = self.run_script("return document.querySelector('.step.here h3').getBoundingClientRect().bottom")
        foot = self.run_script("return document.querySelector('.edition:not([hidden]) .stepper').getBoundingClientRect().top")
        self.assertLess(low, half / 2)
        self.assertLessEqual(title, foot)
        # The picture has the room that the sheet leaves.
        handle.send_keys(Keys.ENTER)
        self.assertAlmostEqual(self.run_script(height), half, delta=1)
        # What is needed to go on is at the foot, where a thumb reaches it.
        buttons = self.run_script("return [...document.querySelectorAll('.edition:not([hidden]) .stepper button')].filter((b) => b.checkVisibility()).map((b) => { const { top, height } = b.getBoundingClientRect(); return [top, height]; })")
        self.assertGreaterEqual(len(buttons), 4)
        for top, size in buttons:
            self.assertGreater(top, 700)
            self.assertGreaterEqual(size, 44)
        self.run_script("sessionStorage.clear()")

    def test_pulling_the_sheet_moves_it(self):
        self.open(390, 800, "#stage-mlp-gelu")
        pull = """
            const handle = document.querySelector(".edition:not([hidden]) .handle");
            const { left, top, width } = handle.getBoundingClientRect();
            const send = (type, y) => handle.dispatchEvent(new PointerEvent(type, { bubbles: true, pointerId: 1, clientX: left + width / 2, clientY: y }));
            handle.setPointerCapture = () => {};
            send("pointerdown", top + 10);
            for (const y of arguments[0]) send("pointermove", y);
            send("pointerup", arguments[0].at(-1));
            return handle.parentElement.getBoundingClientRect().height;
        """
        half = self.run_script("return document.querySelector('.edition:not([hidden]) .main').getBoundingClientRect().height")
        self.assertGreater(self.run_script(pull, [300, 200]), half)
        self.assertLess(self.run_script(pull, [600, 735]), half / 2)
        self.run_script("sessionStorage.clear()")


if __name__ == "__main__":
    unittest.main()
