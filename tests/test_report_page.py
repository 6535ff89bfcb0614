"""The HTML pages in a real browser, headless: switches, jumps, tooltips by mouse and key, folding, sorting, size."""

import shutil

import pytest

from cnclean.edit import Edit, Evidence, apply_edits
from cnclean.report import Report
from cnclean.report.audit import Audit

pytestmark = pytest.mark.browser

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")

HOSTILE = "<script>document.title = 'broken'</script><img src=x onerror=\"document.title = 'broken'\">"


@pytest.fixture(scope="module")
def browser():
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs Selenium: pip install --group browser")
    if not CHROMIUM or not DRIVER:
        pytest.skip("needs a browser: apt-get install chromium chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


def make_report():
    """A report with a removal over two lines, a replacement, an insertion, a flag, and a long unchanged stretch."""
    text = f"菜单一\n菜单二\n春天,来了。\n{HOSTILE}\n" + "平常的一行。\n" * 300 + "也许是广告\n末尾的一行\n"
    comma = text.index(",")
    flag = text.index("也许是广告")
    end = text.index("末尾的一行") + 5
    edits = (
        Edit(0, 8, "", ("chrome/menu", "chrome/run"), "menu words <b>", (Evidence("menu word", 2.5, "菜单"),)),
        Edit(comma, comma + 1, "，", ("width/comma",), "half-width in Chinese"),
        Edit(end, end, "。", ("width/stop",)),
    )
    flags = (Edit(flag, flag + 5, "也许是广告", ("spam/lead",), "one kind of evidence"),)
    return Report(text, apply_edits(text, edits), edits, flags)


def open_page(browser, tmp_path, html, *, width=1200, height=800, scheme="light"):
    path = tmp_path / "page.html"
    path.write_text(html, encoding="utf-8")
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600},
    )
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get(path.as_uri())


@pytest.fixture
def page(browser, tmp_path):
    open_page(browser, tmp_path, make_report().to_html("页面.txt"))
    yield browser
    assert browser.get_log("browser") == []


def one(browser, selector):
    return browser.find_element("css selector", selector)


def every(browser, selector):
    return browser.find_elements("css selector", selector)


def awaited(page, selector):
    """Return the elements as soon as there are any."""
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(page, 20).until(lambda page: every(page, selector))


def press(browser, key):
    from selenium.webdriver import ActionChains

    ActionChains(browser).send_keys(key).perform()


def shown(element):
    return element.is_displayed()


def settled_top(browser, element):
    """Return where an element stands in the window once a few frames have been drawn."""
    return browser.execute_async_script(
        """const [element, done] = arguments;
        let frames = 8;
        (function wait() {
          if (frames--) requestAnimationFrame(wait); else done(element.getBoundingClientRect().top);
        })();""",
        element,
    )


def test_everything_is_shown_and_hostile_text_is_text(page):
    assert page.title.startswith("页面.txt")
    assert HOSTILE in one(page, "main").text
    assert not every(page, "main script, main img")
    marks = [mark.text for mark in every(page, "main mark[id]")]
    assert marks == ["菜单一⏎", ",，", "也许是广告", "。"]
    assert [rule.text for rule in every(page, ".changes .rule")] == [
        "chrome/menu + chrome/run", "width/comma", "spam/lead · kept", "width/stop",
    ]  # fmt: skip
    assert [line.get_attribute("data-line") for line in every(page, ".row.changed p:first-child")] == [
        "1", "2", "3", "305", "306",
    ]  # fmt: skip
    assert one(page, '.row:last-child .result[data-line="304"]').text == "末尾的一行。"


def test_the_tooltip_tells_rule_and_evidence_by_mouse_and_escape_closes_it(page):
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.keys import Keys

    tip = one(page, "#tip")
    assert not shown(tip)
    ActionChains(page).move_to_element(one(page, "#c0")).perform()
    assert shown(tip)
    for part in ("Removed: chrome/menu + chrome/run", "menu words <b>", "menu word", "2.5", "characters 0–8"):
        assert part in tip.text
    assert one(page, "#c0").get_attribute("aria-describedby") == "tip"
    press(page, Keys.ESCAPE)
    assert not shown(tip)


def test_the_keyboard_reaches_every_change(page):
    from selenium.webdriver.common.keys import Keys

    page.execute_script("document.getElementById('c0').focus()")
    assert "chrome/menu" in one(page, "#tip").text
    press(page, Keys.TAB)
    assert page.switch_to.active_element.get_attribute("id") == "c1"
    assert "Replaced: width/comma" in one(page, "#tip").text
    press(page, "n")
    assert page.switch_to.active_element.get_attribute("id") == "c2"
    assert "Looked at and kept: spam/lead" in one(page, "#tip").text
    assert one(page, "#place").text == "3 / 4"
    press(page, Keys.ESCAPE)
    assert not shown(one(page, "#tip"))
    press(page, "p")
    assert page.switch_to.active_element.get_attribute("id") == "c1"


def test_a_list_entry_jumps_to_its_place(page):
    page.execute_script("document.querySelector('#unfold').click()")  # far away now
    every(page, ".changes button")[3].click()
    mark = one(page, "#c3")
    assert page.switch_to.active_element == mark
    assert 0 < settled_top(page, mark) < 800
    assert every(page, ".changes button")[3].get_attribute("aria-current") == "true"


def test_switches_of_cleaner_rule_and_flags(page):
    removed = one(page, "#c0 del")
    inserted = one(page, "#c1 ins")
    assert "line-through" in removed.value_of_css_property("text-decoration-line")
    one(page, '[data-cleaner="chrome"]').click()
    assert removed.value_of_css_property("text-decoration-line") == "none"
    assert not one(page, '[data-rule="chrome/menu"]').is_selected()
    assert shown(inserted)
    assert one(page, "#place").text == "3"
    one(page, '[data-rule="chrome/menu"]').click()
    assert "line-through" in removed.value_of_css_property("text-decoration-line")
    one(page, '[data-rule="width/comma"]').click()
    assert not shown(inserted)
    one(page, "#flags").click()
    assert [rule.text for rule in every(page, ".changes .rule")] == ["chrome/menu + chrome/run", "width/stop"]
    one(page, "#edits").click()
    assert not every(page, ".changes li")
    assert one(page, "#next").get_property("disabled")


def test_unchanged_stretches_unfold_with_line_numbers(page):
    assert not any(map(shown, every(page, ".stretch .row, .stretch pre")))
    one(page, ".stretch summary").click()
    rows = awaited(page, ".stretch .row")  # the browser tells of the opened stretch when it comes to it
    assert len(rows) == 297
    assert rows[0].find_element("css selector", "p").get_attribute("data-line") == "6"
    assert rows[0].find_element("css selector", ".result").get_attribute("data-line") == "4"


def test_views(page):
    one(page, 'button[data-view="original"]').click()
    assert not shown(one(page, ".row.changed .result"))
    one(page, 'button[data-view="result"]').click()
    assert not shown(one(page, "#c1"))
    press(page, "n")
    assert shown(one(page, "#c0"))


def luminance(css):
    channels = [float(c) / 255 for c in css[css.index("(") + 1 : -1].split(",")[:3]]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def as_srgb(browser, element, name):
    """Colours are written in OKLCH; a canvas tells what they are on the screen."""
    return browser.execute_script(
        """const c = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
        c.fillStyle = getComputedStyle(arguments[0])[arguments[1]]; c.fillRect(0, 0, 1, 1);
        return `rgb(${[...c.getImageData(0, 0, 1, 1).data].slice(0, 3).join(",")})`;""",
        element, name,
    )  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough_in_every_colour(browser, tmp_path, scheme):
    rules = [f"cleaner-{n}/rule" for n in range(40)]  # their hues lie all around the circle
    text = "甲乙" * 40
    edits = tuple(Edit(2 * n, 2 * n + 1, "丙", (rule,)) for n, rule in enumerate(rules))
    open_page(browser, tmp_path, Report(text, apply_edits(text, edits), edits).to_html(), scheme=scheme)
    for selector in ("main del", "main mark ins", ".changes .rule"):
        for element in every(browser, selector):
            ink = luminance(as_srgb(browser, element, "color"))
            if selector == ".changes .rule":
                element = one(browser, "nav")
            ground = luminance(as_srgb(browser, element, "backgroundColor"))
            assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 4.5, selector
    for selector in (".summary", ".heads", ".row p", ".stretch summary"):
        for element in every(browser, selector)[:1]:
            ink = luminance(as_srgb(browser, element, "color"))
            ground = luminance(as_srgb(browser, one(browser, "body"), "backgroundColor"))
            assert (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05) >= 4.5, selector
    dark = luminance(as_srgb(browser, one(browser, "body"), "backgroundColor")) < 0.2
    assert dark == (scheme == "dark")
    one(browser, "#theme").click()
    assert luminance(as_srgb(browser, one(browser, "body"), "backgroundColor")) > 0.8


def test_the_page_fits_a_phone(browser, tmp_path):
    open_page(browser, tmp_path, make_report().to_html(), width=375, height=700)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= 375
    assert not shown(one(browser, ".legend"))
    one(browser, "#legend summary").click()
    assert shown(one(browser, ".legend"))
    browser.execute_script("document.getElementById('c1').focus()")
    box = one(browser, "#tip").rect
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 375
    assert browser.get_log("browser") == []


def test_a_two_megabyte_document_is_usable(browser, tmp_path):
    line = "这一行里有逗号,也有别的字,读起来并不费力。\n"
    text = "".join(line if n % 3 else "平常的一行，没有什么可改。\n" * 8 for n in range(20_000))[:740_000]
    edits = tuple(Edit(i, i + 1, "，", ("width/comma",)) for i, c in enumerate(text) if c == ",")
    assert len(text.encode()) > 2_000_000
    assert len(edits) > 10_000
    open_page(browser, tmp_path, Report(text, apply_edits(text, edits), edits).to_html())
    browser.set_script_timeout(30)
    press(browser, "p")  # to the last change of all
    mark = browser.switch_to.active_element
    assert mark.get_attribute("id") == f"c{len(edits) - 1}"
    assert 0 < settled_top(browser, mark) < 800
    assert len(every(browser, ".changes li")) == 200
    one(browser, "#more").click()
    assert len(every(browser, ".changes li")) == 400
    assert browser.get_log("browser") == []


def test_the_page_is_readable_without_script(browser, tmp_path):
    html = make_report().to_html()
    open_page(browser, tmp_path, html[: html.rindex("<script>")])
    assert "春天,，来了。" in one(browser, "main").text
    one(browser, ".stretch summary").click()
    assert shown(one(browser, ".stretch pre"))


def test_tables_of_an_audit_sort_and_lead_to_examples(browser, tmp_path):
    audit = Audit()
    audit.add("b<i>.txt", make_report(), "b.html")
    audit.add("a.txt", Report("甲", "甲"))
    open_page(browser, tmp_path, audit.to_html())
    names = lambda: [row.text for row in every(browser, "#documents tbody th")]  # noqa: E731
    assert names() == ["b<i>.txt", "a.txt"]
    one(browser, "#documents th button").click()
    assert names() == ["a.txt", "b<i>.txt"]
    every(browser, "#documents th button")[3].click()
    assert names() == ["b<i>.txt", "a.txt"]
    assert every(browser, "#documents th")[3].get_attribute("aria-sort") == "descending"
    assert one(browser, "#documents a").get_attribute("href").endswith("/b.html")
    one(browser, '#rules a[href="#rule-chrome/menu"]').click()
    assert "菜单一⏎菜单二⏎" in one(browser, "details[open]").text
    assert browser.get_log("browser") == []
