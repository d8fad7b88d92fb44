"""What the browser tests share: pages made by the program, a headless Chromium, traces read in plain Python.

The tests run with `python3 -m unittest discover -s Tests/Browser`. They need Debian's chromium and chromedriver and Python's
selenium. EXPLAIN_BINARY names the program (default: the release build), EXPLAIN_SCREENSHOTS a folder for pictures.
"""

import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import tempfile
import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

ROOT = pathlib.Path(__file__).resolve().parents[2]
# What is not asked for in a language is told in that of the locale.
os.environ["LC_ALL"] = "C.UTF-8"
BINARY = os.environ.get("EXPLAIN_BINARY", str(ROOT / ".build/release/explain"))
SCREENSHOTS = os.environ.get("EXPLAIN_SCREENSHOTS")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")


def explain(*arguments, **options):
    """Runs the program; its standard output."""
    result = subprocess.run([BINARY, *arguments], capture_output=True, text=True, **options)
    if result.returncode != 0:
        raise RuntimeError(f"explain {arguments}: {result.stderr}")
    return result.stdout


def lessons():
    """The names of all lessons, in order."""
    return [lesson["name"] for lesson in json.loads(explain("lesson", "--format", "json"))]


class Trace:
    """A safetensors file."""

    def __init__(self, path):
        data = pathlib.Path(path).read_bytes()
        length = struct.unpack("<Q", data[:8])[0]
        self.header = json.loads(data[8 : 8 + length])
        self.metadata = self.header.pop("__metadata__", {})
        self.data = data[8 + length :]

    def shape(self, name):
        return self.header[name]["shape"]

    def values(self, name):
        start, end = self.header[name]["data_offsets"]
        return struct.unpack(f"<{(end - start) // 4}f", self.data[start:end])

    def at(self, name, *indices):
        place = 0
        for index, size in zip(indices, self.shape(name)):
            assert 0 <= index < size, f"{name}{indices}"
            place = place * size + index
        start = self.header[name]["data_offsets"][0] + 4 * place
        return struct.unpack("<f", self.data[start : start + 4])[0]

    def row(self, name, *indices):
        shape = self.shape(name)
        place = 0
        for index, size in zip(indices, shape):
            place = place * size + index
        width = shape[-1]
        start = self.header[name]["data_offsets"][0] + 4 * place * width
        return struct.unpack(f"<{width}f", self.data[start : start + 4 * width])


class Page:
    """A page of a prompt, made in a temporary folder, with its trace; `is_living` if it carries the program."""

    def __init__(self, prompt, *options, is_living=False):
        self.folder = tempfile.TemporaryDirectory()
        self.path = pathlib.Path(self.folder.name) / "page"
        explain("page", *options, *([] if is_living else ["--still"]), "-o", str(self.path), "--", prompt)
        self.html = self.path / "index.html"
        self.trace = Trace(self.path / "trace.safetensors")
        self.url = self.html.as_uri()


def open_browser(width=1280, height=800, dark=False, javascript=True, reduced_motion=True):
    """A headless Chromium that logs what it says and what it asks the network for."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    # A test steps faster than any reader, which Chromium would take for a page gone mad.
    for argument in [
        "--headless=new", "--no-sandbox", "--hide-scrollbars", "--disable-dev-shm-usage",
        "--disable-ipc-flooding-protection",
    ]:
        options.add_argument(argument)
    if not javascript:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(DRIVER))
    # axe reads a whole page with all its steps: on a busy machine that takes longer than the half minute it has by itself.
    browser.set_script_timeout(300)
    resize(browser, width, height)
    emulate(browser, dark=dark, reduced_motion=reduced_motion)
    return browser


def resize(browser, width, height):
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def emulate(browser, dark, reduced_motion=True):
    features = [
        {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
        {"name": "prefers-reduced-motion", "value": "reduce" if reduced_motion else "no-preference"},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})


def open_page(browser, url):
    """Opens a page and waits until its script is ready."""
    browser.get("about:blank")
    browser.get(url)
    wait_until(browser, "return document.documentElement.classList.contains('ready')")


def wait_until(browser, script, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if browser.execute_script(script):
            return
        time.sleep(0.02)
    raise TimeoutError(script)


def settle(browser):
    """Waits until the step that is shown tells of what is followed."""
    wait_until(browser, "return !document.documentElement.classList.contains('telling')")


def complaints(browser):
    """What the browser's console says."""
    return [entry["message"] for entry in browser.get_log("browser")]


def requests(browser):
    """The addresses that were asked for, other than files of this machine and what the page holds."""
    found = []
    for entry in browser.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = message["params"]["request"]["url"]
            if not re.match(r"(file|data|about|blob|chrome)", url):
                found.append(url)
    return found


def number(text):
    """A number as the page writes it."""
    return float(text.replace("−", "-").replace("∞", "inf").replace(",", ""))


def last_place(text):
    """What the last digit of a number counts: 0.01 for 0.12, 10⁻⁷ for 4e−7."""
    size, _, power = text.replace("−", "-").partition("e")
    return 10.0 ** (int(power or 0) - len(size.partition(".")[2]))
