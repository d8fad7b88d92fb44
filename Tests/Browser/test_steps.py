"""Going through the page: every step forward and back, by buttons, keys and addresses."""

import unittest

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from browser import Page, complaints, open_browser, open_page, requests, resize, settle, wait_until


class Steps(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.page = Page("The king and the queen", "--language", "en,ja", is_living=True)
        cls.browser = open_browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    def setUp(self):
        open_page(self.browser, self.page.url)

    def shown(self):
        """The ids of the steps on the screen."""
        script = "return [...document.querySelectorAll('.opening, .step')].filter(s => s.checkVisibility()).map(s => s.id || 'opening')"
        return self.browser.execute_script(script)

    def step_ids(self):
        return self.browser.execute_script(
            "return [...document.querySelector('.edition').querySelectorAll('.step')].map(s => s.id)"
        )

    def click(self, selector):
        self.browser.find_element(By.CSS_SELECTOR, selector).click()

    def press(self, key):
        self.browser.find_element(By.TAG_NAME, "body").send_keys(key)

    def test_every_step_forward_and_back_by_buttons(self):
        ids = self.step_ids()
        self.assertGreaterEqual(len(ids), 40)
        self.assertEqual(self.shown(), ["opening"])
        for expected in ids:
            self.click(".stepper .forward")
            settle(self.browser)
            self.assertEqual(self.shown(), [expected])
            self.assertEqual(self.browser.execute_script("return location.hash"), f"#{expected}")
        self.assertFalse(self.browser.find_element(By.CSS_SELECTOR, ".stepper .forward").is_enabled())
        for expected in reversed(["opening", *ids[:-1]]):
            self.click(".stepper .back")
            self.assertEqual(self.shown(), [expected])
        self.assertEqual(complaints(self.browser), [])
        self.assertEqual(requests(self.browser), [])

    def test_keys_alone_reach_every_step(self):
        ids = self.step_ids()
        self.press(Keys.ARROW_RIGHT)
        self.assertEqual(self.shown(), [ids[0]])
        self.press(Keys.END)
        self.assertEqual(self.shown(), [ids[-1]])
        self.press(Keys.ARROW_LEFT)
        self.assertEqual(self.shown(), [ids[-2]])
        self.press(Keys.HOME)
        self.assertEqual(self.shown(), ["opening"])

    def test_an_address_opens_its_step_and_what_it_follows(self):
        open_page(self.browser, f"{self.page.url}#stage-attention-softmax&token=1&layer=0&head=2")
        settle(self.browser)
        self.assertEqual(self.shown(), ["stage-attention-softmax"])
        title = self.browser.find_element(By.CSS_SELECTOR, "#stage-attention-softmax figcaption span").text
        self.assertEqual(title, "Attention pattern, layer 0, head 2")
        pressed = self.browser.execute_script(
            "return [...document.querySelectorAll('#edition-en .chips button')].map(b => b.getAttribute('aria-pressed'))"
        )
        self.assertEqual([n for n, state in enumerate(pressed) if state == "true"], [1])

    def test_an_address_that_is_no_text_or_leads_nowhere_opens_the_page(self):
        for address in ["#%", "#stage-nothing", "#&token=999", "#stage-mlp&layer=99&head=-1"]:
            open_page(self.browser, self.page.url + address)
            self.assertEqual(len(self.shown()), 1, address)
            self.press(Keys.END)
            self.assertEqual(self.shown(), [self.step_ids()[-1]], address)
            self.assertEqual(complaints(self.browser), [], address)

    def test_the_address_of_a_stage_opens_its_first_step(self):
        open_page(self.browser, f"{self.page.url}#stage-mlp")
        self.assertEqual(self.shown(), ["stage-mlp-alone"])

    def test_the_browsers_back_button_goes_back_a_step(self):
        ids = self.step_ids()
        for _ in range(3):
            self.click(".stepper .forward")
        self.browser.back()
        self.assertEqual(self.shown(), [ids[1]])
        self.browser.forward()
        self.assertEqual(self.shown(), [ids[2]])

    def test_the_map_shows_where_the_reader_is(self):
        open_page(self.browser, f"{self.page.url}#stage-mlp-gelu")
        lit = self.browser.execute_script(
            "return [...document.querySelectorAll('#edition-en .rail .lit')].map(a => a.hash)"
        )
        self.assertEqual(lit, ["#stage-mlp", "#stage-mlp-gelu"])
        self.click('#edition-en .rail a[href="#stage-softmax"]')
        self.assertEqual(self.shown(), ["stage-softmax-logits"])

    def test_the_whole_page_can_be_read(self):
        self.click(".stepper .whole")
        self.assertEqual(self.shown(), ["opening", *self.step_ids()])
        self.browser.execute_script("document.getElementById('stage-mlp-down').scrollIntoView()")
        wait_until(self.browser, "return location.hash === '#stage-mlp-down'")
        self.press(Keys.HOME)
        self.click(".stepper .whole")
        self.assertEqual(len(self.shown()), 1)

    def test_play_goes_on_and_pause_stops(self):
        button = self.browser.find_element(By.CSS_SELECTOR, ".stepper .play")
        button.click()
        self.assertEqual(button.text, "Pause")
        self.press(Keys.ARROW_RIGHT)
        self.assertEqual(button.text, "Play")

    def test_the_other_language_opens_at_the_same_step(self):
        open_page(self.browser, f"{self.page.url}#stage-attention-mask")
        self.click("#edition-en .language")
        self.assertEqual(self.shown(), ["ja-stage-attention-mask"])
        self.assertEqual(self.browser.execute_script("return document.documentElement.lang"), "ja")
        self.click("#edition-ja .language")
        self.assertEqual(self.shown(), ["stage-attention-mask"])

    def test_without_script_all_steps_stand_in_order(self):
        plain = open_browser(javascript=False)
        try:
            plain.get(self.page.url)
            steps = plain.find_elements(By.CSS_SELECTOR, "#edition-en .step")
            self.assertGreaterEqual(len(steps), 40)
            self.assertTrue(all(step.is_displayed() for step in steps))
            tops = [step.location["y"] for step in steps]
            self.assertEqual(tops, sorted(tops))
            self.assertFalse(plain.find_element(By.CSS_SELECTOR, ".stepper").is_displayed())
        finally:
            plain.quit()

    def test_a_step_fits_a_screen_without_scrolling(self):
        every = "return [...document.querySelectorAll('.step')].map(s => s.id)"
        # Heading, words, formulas and figures; tables behind figures are closed.
        lowest = """
            const parts = document.querySelectorAll('.step.here > h3, .step.here > div > :not(details)');
            const bottom = Math.max(...[...parts].filter(p => p.checkVisibility()).map(p => p.getBoundingClientRect().bottom));
            const stepper = [...document.querySelectorAll('.stepper')].find(s => s.checkVisibility());
            return [bottom, stepper.getBoundingClientRect().top];
        """
        for width, height in [(1366, 768), (1024, 768)]:
            resize(self.browser, width, height)
            open_page(self.browser, self.page.url)
            ids = self.browser.execute_script(every)
            self.assertGreater(len(ids), 80)
            for step in ids:
                self.browser.execute_script("location.hash = '#' + arguments[0]; scrollTo(0, 0)", step)
                settle(self.browser)
                bottom, edge = self.browser.execute_script(lowest)
                with self.subTest(step, width=width):
                    self.assertLessEqual(bottom, edge)


if __name__ == "__main__":
    unittest.main()
