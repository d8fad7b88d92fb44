"""Following other tokens, layers and heads: every number against the trace."""

import math
import re
import unittest

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from browser import Page, complaints, last_place, number, open_browser, open_page, requests, settle

SHOWN = """
return [...document.querySelectorAll('.step.here [data-from], .step.here [data-derived]')]
  .filter(e => e.closest('svg') || e.checkVisibility() || e.closest('details'))
  .map(e => [e.dataset.from ?? null, e.dataset.derived ?? null, e.textContent])
"""


class Following(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.pages = {
            "short": Page("The king and the queen"),
            "long": Page("O Romeo, Romeo! wherefore art thou Romeo? Deny thy father and refuse thy name, or if thou wilt not"),
            "japanese": Page("The king and the king", "--language", "ja"),
            "one": Page("A"),
        }
        cls.browser = open_browser()

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()

    def at(self, page, address):
        open_page(self.browser, f"{page.url}#{address}")
        settle(self.browser)

    def check_numbers(self, trace, where):
        """Every number on the screen that names an element of the trace is that element, rounded."""
        count = 0
        for source, _, text in self.browser.execute_script(SHOWN):
            if source is None:
                continue
            match = re.fullmatch(r"(.*)\[([\d,]+)\]", source)
            self.assertIsNotNone(match, source)
            value = trace.at(match[1], *map(int, match[2].split(",")))
            if math.isinf(value):
                self.assertIn("∞", text)
            else:
                place = last_place(text)
                half = 0.5 * place + min(2e-6 * max(1, abs(value)), place / 10)
                self.assertLessEqual(abs(number(text) - value), half, f"{where}: {source} is {value}, shown {text}")
            count += 1
        return count

    def test_every_number_is_the_traces_after_switching(self):
        for name, page in self.pages.items():
            shape = page.trace.shape("blocks.0.attn.hook_q")
            count, heads = shape[0], shape[1]
            choices = {(0, 0, 0), (count // 2, 1, 3), (count - 1, 3, 1), (max(0, count - 2), 0, heads - 1)}
            checked = 0
            for token, layer, head in sorted(choices):
                self.at(page, f"content&token={token}&layer={layer}&head={head}")
                for _ in self.browser.find_elements(By.CSS_SELECTOR, ".step"):
                    self.browser.find_element(By.TAG_NAME, "body").send_keys(Keys.ARROW_RIGHT)
                    settle(self.browser)
                    step = self.browser.execute_script("return document.querySelector('.step.here').id")
                    checked += self.check_numbers(page.trace, f"{name} {token} {layer} {head} {step}")
            self.assertGreater(checked, 1000 if count > 1 else 100, name)
            self.assertEqual(complaints(self.browser), [])
            self.assertEqual(requests(self.browser), [])

    def test_what_the_script_tells_of_the_first_choice_is_what_the_program_told(self):
        """Going away and coming back leaves every text and number as it was."""
        page = self.pages["short"]
        read = "return [...document.querySelectorAll('.step')].map(s => [s.id, s.querySelector('h3').textContent, [...s.querySelectorAll('.prose, .maths, .found, figcaption, desc, svg text, td')].filter(e => !e.closest('.panel')).map(e => e.textContent).join('|')])"
        self.at(page, "content")
        before = self.browser.execute_script(read)
        tokens = self.browser.find_elements(By.CSS_SELECTOR, ".chips button")
        self.browser.find_element(By.CSS_SELECTOR, ".stepper .whole").click()
        settle(self.browser)
        tokens[1].click()
        settle(self.browser)
        tokens[-1].click()
        settle(self.browser)
        after = self.browser.execute_script(read)
        for old, new in zip(before, after):
            # The script does not bind a number to its name with a space that keeps them on one line, as the program does.
            clean = lambda text: re.sub(r"SVG\b", "", text).replace("\u00a0", " ")
            self.assertEqual(clean(old[2]), clean(new[2]).replace("|Point at a cell, or use the arrow keys in the matrix: its arithmetic is written out.", ""), old[0])

    def test_a_token_is_followed_by_mouse_and_by_keyboard(self):
        page = self.pages["short"]
        self.at(page, "stage-embedding-row")
        self.browser.find_elements(By.CSS_SELECTOR, ".chips button")[1].click()
        settle(self.browser)
        text = self.browser.find_element(By.CSS_SELECTOR, "#stage-embedding-row .arithmetic").text
        first = self.browser.find_element(By.CSS_SELECTOR, "#stage-embedding-row .arithmetic [data-from]")
        self.assertEqual(first.get_attribute("data-from"), "hook_embed[1,0]", text)
        self.browser.find_elements(By.CSS_SELECTOR, ".chips button")[2].send_keys(Keys.ENTER)
        settle(self.browser)
        first = self.browser.find_element(By.CSS_SELECTOR, "#stage-embedding-row .arithmetic [data-from]")
        self.assertEqual(first.get_attribute("data-from"), "hook_embed[2,0]")
        self.assertIn("token=2", self.browser.current_url)

    def test_heads_are_chosen_by_list_and_from_the_small_matrices(self):
        page = self.pages["short"]
        self.at(page, "stage-attention-heads")
        picker = self.browser.find_element(By.CSS_SELECTOR, ".followed-head select.head")
        picker.send_keys("3")
        settle(self.browser)
        self.assertEqual(self.browser.execute_script("return document.querySelector('select.head').value"), "3")
        script = """
          const part = document.querySelector('.step.here [data-mark="grid"]');
          const box = part.ownerSVGElement.getBoundingClientRect();
          const {x, y, pitch, size} = Object.fromEntries(Object.entries(part.dataset).map(([k, v]) => [k, Number(v)]));
          const scale = box.width / part.ownerSVGElement.viewBox.baseVal.width;
          const point = {clientX: box.left + (x + 1 * pitch + size / 2) * scale, clientY: box.top + (y + 2 * pitch + size / 2) * scale, bubbles: true};
          part.ownerSVGElement.dispatchEvent(new MouseEvent('click', point));
        """
        self.browser.execute_script(script)
        settle(self.browser)
        for name, place in [("layer", "2"), ("head", "1")]:
            value = self.browser.execute_script(f"return document.querySelector('select.{name}').value")
            self.assertEqual(value, place)

    def test_the_arithmetic_of_every_cell_comes_out(self):
        """By keyboard through a row of the matrix: products, scores, shares as computed here from queries and keys."""
        page = self.pages["short"]
        trace, count = page.trace, page.trace.shape("blocks.1.attn.hook_q")[0]
        width = trace.shape("blocks.1.attn.hook_q")[2]
        self.at(page, f"stage-attention-softmax&token={count - 1}&layer=1&head=2")
        box = self.browser.find_element(By.CSS_SELECTOR, ".step.here .scroll[data-reads]")
        for column in range(count - 1, -1, -1):
            box.send_keys(Keys.ARROW_LEFT)
            i, j = count - 1, column
            query, key = trace.row("blocks.1.attn.hook_q", i, 2), trace.row("blocks.1.attn.hook_k", j, 2)
            score = sum(a * b for a, b in zip(query, key)) / math.sqrt(width)
            shown = dict(
                (source or formula, number(text)) for source, formula, text in self.browser.execute_script(SHOWN)
            )
            place = f"blocks.1.attn.hook_attn_scores_unmasked[2,{i},{j}]"
            self.assertAlmostEqual(shown[place], score, delta=0.00501, msg=place)
            share = f"blocks.1.attn.hook_pattern[2,{i},{j}]"
            self.assertAlmostEqual(shown[share], trace.at("blocks.1.attn.hook_pattern", 2, i, j), delta=0.00501)
            spoken = self.browser.find_element(By.CSS_SELECTOR, ".step.here [aria-live]").get_attribute("textContent")
            self.assertIn("from", spoken)

    def test_the_mask_is_told_cell_by_cell(self):
        page = self.pages["short"]
        self.at(page, "stage-attention-mask&token=1&layer=0&head=0")
        box = self.browser.find_element(By.CSS_SELECTOR, ".step.here .scroll[data-reads]")
        box.send_keys(Keys.ARROW_LEFT)
        text = lambda: self.browser.find_element(By.CSS_SELECTOR, ".step.here .arithmetic").text
        score = page.trace.at("blocks.0.attn.hook_attn_scores", 0, 1, 1)
        self.assertAlmostEqual(number(text().split("j ≤ i: ")[1]), score, delta=0.00501)
        box.send_keys(Keys.ARROW_RIGHT)
        self.assertIn("j > i: −∞", text())

    def test_softmax_says_that_only_the_last_token_predicts(self):
        page = self.pages["short"]
        note = ".step.here .last-only"
        self.at(page, "stage-softmax-logits&token=1")
        self.assertEqual(len(self.browser.find_elements(By.CSS_SELECTOR, note)), 1)
        self.browser.find_elements(By.CSS_SELECTOR, ".chips button")[-1].click()
        settle(self.browser)
        self.assertEqual(self.browser.find_elements(By.CSS_SELECTOR, note), [])

    def test_the_keys_of_matrices_name_the_token_that_is_followed(self):
        page = self.pages["short"]
        self.at(page, "stage-attention-softmax&token=1")
        texts = self.browser.execute_script(
            "return [...document.querySelectorAll('.step.here [data-mark=\"key\"] text')].map(t => t.textContent)"
        )
        chip = self.browser.find_elements(By.CSS_SELECTOR, ".chips button .token")[1].text
        self.assertTrue(any(text.startswith("the token followed") and chip in text for text in texts), texts)

    def test_weighted_values_drawn_anew_add_up_to_z(self):
        """As tall as the bars are drawn, in pixels: the shortest ones, of a quarter, are left out."""
        bars = """
            return [...document.querySelectorAll('#stage-attention-sum [data-mark="bars"]')]
              .filter(part => part.parentNode.style.display !== 'none')
              .map(part => [...part.querySelectorAll('path')].map(path => path.getAttribute('d')).join(''));
        """
        places = [("short", place) for place in ["layer=2&head=1", "token=2&layer=1&head=3", "token=0&layer=3&head=0"]]
        # Of many positions, those that are not drawn one by one have a row together.
        places += [("long", place) for place in ["layer=2&head=1", "token=9&layer=1&head=3", "token=3&layer=0&head=2"]]
        for name, address in places:
            self.at(self.pages[name], f"stage-attention-sum&{address}")
            rows = [
                {float(x): -float(length) for x, length in re.findall(r"M([\d.]+) [\d.]+v(-?[\d.]+)", path)}
                for path in self.browser.execute_script(bars)
            ]
            z = rows.pop()
            with self.subTest(address):
                self.assertGreater(max(map(abs, z.values())), 2)
                for x in {x for row in [z, *rows] for x in row}:
                    total = sum(row.get(x, 0) for row in rows)
                    self.assertAlmostEqual(total, z.get(x, 0), delta=0.3 * len(rows))

    def test_lines_are_as_strong_as_the_shares(self):
        page = self.pages["short"]
        count = page.trace.shape("blocks.0.attn.hook_q")[0]
        self.at(page, "stage-attention-lines&layer=1&head=0")
        boxes = self.browser.find_elements(By.CSS_SELECTOR, ".heads input")
        self.browser.execute_script("arguments[0].click()", boxes[1])
        lines = self.browser.execute_script(
            "return [...document.querySelectorAll('.step.here .lines line')].map(l => [l.dataset.query, l.dataset.key, l.getAttribute('stroke-opacity')])"
        )
        strong = {
            (i, j)
            for i in range(count)
            for j in range(i + 1)
            if (page.trace.at("blocks.1.attn.hook_pattern", 0, i, j) + page.trace.at("blocks.1.attn.hook_pattern", 1, i, j)) / 2 >= 0.0201
        }
        self.assertLessEqual(strong, {(int(i), int(j)) for i, j, _ in lines})
        for i, j, opacity in lines:
            mean = sum(page.trace.at("blocks.1.attn.hook_pattern", h, int(i), int(j)) for h in (0, 1)) / 2
            self.assertAlmostEqual(float(opacity), math.sqrt(mean), delta=0.0062)

    def test_what_a_sum_leaves_out_is_counted_for_every_token(self):
        page = self.pages["long"]
        for token, layer, head in [(12, 1, 2), (7, 2, 0), (4, 3, 1)]:
            self.at(page, f"stage-attention-sum&token={token}&layer={layer}&head={head}")
            row = [page.trace.at(f"blocks.{layer}.attn.hook_pattern", head, token, j) for j in range(token + 1)]
            row.sort(reverse=True)
            step = self.browser.find_element(By.CSS_SELECTOR, ".step.here")
            arithmetic = step.find_element(By.CSS_SELECTOR, ".arithmetic").text
            rest = number(re.search(rf"\({token - 2} other positions, (\S+) of the attention\)", arithmetic)[1])
            self.assertAlmostEqual(rest, sum(row[3:]), delta=0.00501)
            caption = step.find_element(By.CSS_SELECTOR, "figure .caption").text
            if token < 5:
                self.assertEqual(caption, "No position is left out.")
                continue
            shown = re.search(r"positions \((\d+)\), which get (\S+) of", caption)
            self.assertEqual(int(shown[1]), token - 4)
            self.assertAlmostEqual(number(shown[2]), sum(row[5:]), delta=0.00501)

    def test_a_negative_product_is_said_to_be_negative(self):
        page = self.pages["short"]
        count = page.trace.shape("blocks.0.attn.hook_q")[0]
        said = set()
        for layer in range(4):
            for token in range(count):
                self.at(page, f"stage-attention-scores&token={token}&layer={layer}&head=0")
                text = self.browser.find_element(By.CSS_SELECTOR, ".step.here").text
                row = [page.trace.at(f"blocks.{layer}.attn.hook_pattern", 0, token, j) for j in range(token + 1)]
                top = row.index(max(row))
                query, key = (page.trace.row(f"blocks.{layer}.attn.hook_{x}", at, 0) for x, at in [("q", token), ("k", top)])
                is_negative = sum(a * b for a, b in zip(query, key)) < 0
                self.assertEqual("This sum is negative" in text, is_negative, f"{token} {layer}")
                said.add(is_negative)
        self.assertEqual(said, {True, False})

    def test_the_highest_score_is_the_darkest(self):
        page = self.pages["short"]
        self.at(page, "stage-attention-mask&token=2&layer=1&head=3")
        cells = self.browser.execute_script("""
            return [...document.querySelectorAll('.step.here [data-mark="matrix"] text')]
              .map(text => [text.textContent, text.previousElementSibling.getAttribute('class')])
        """)
        levels = sorted((number(text), int(name[1:])) for text, name in cells)
        self.assertEqual([level for _, level in levels], sorted(level for _, level in levels))
        self.assertEqual((levels[0][1], levels[-1][1]), (0, 12))
        ends = self.browser.execute_script("""
            return [...document.querySelectorAll('.step.here [data-mark="key"] [data-derived]')].map(e => e.textContent)
        """)
        self.assertEqual([number(end) for end in ends], [levels[0][0], levels[-1][0]])

    def test_a_figure_is_saved_as_a_file_of_its_own(self):
        page = self.pages["short"]
        self.at(page, "stage-attention-softmax&token=1&layer=0&head=1")
        svg = self.browser.execute_async_script(
            """
            const done = arguments[0];
            URL.createObjectURL = (blob) => { blob.text().then(done); return '#'; };
            document.querySelector('.step.here .save').click();
            """
        )
        import xml.etree.ElementTree as tree

        root = tree.fromstring(svg.encode())
        self.assertTrue(root.tag.endswith("svg"))
        texts = [element.text for element in root.iter() if element.tag.endswith(("title", "text", "desc"))]
        self.assertIn("Attention pattern, layer 0, head 1", texts)
        self.assertTrue(any(element.tag.endswith("style") for element in root.iter()))


if __name__ == "__main__":
    unittest.main()
