"""Every page, light and dark, at a desk and on a phone: opens whole, fits, and tells its charts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Trouble
from tests.browser.pages import DESK, PATHS, PHONE, new_context, open_page, overflow
from tests.browser.serving import READY, SCREENSHOTS, wait_until_drawn

BANNER = "Illustrative figures, not real ones"
#: As wide as a screen of 1280 is when the reader has zoomed to 200%.
ZOOMED = {"width": 640, "height": 400}
TEXT_TWICE_AS_LARGE = "html { font-size: 200% !important; }"
WORDS_OF_A_FINDING = 6

#: What a reader is told of each chart, and where its figures stand as a table: in the row of
#: its card or folded in right after it; for a small one, one link of its own card away.
CHARTS = """() => {
  const charts = [...document.querySelectorAll("[data-testid=stPlotlyChart]")];
  const tables = [...document.querySelectorAll("[data-testid=stExpander]")]
    .filter((each) => each.textContent.includes("Table behind"));
  const after = (one, other) =>
    other && one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
  const table = "[data-testid=stTable], [data-testid=stDataFrame], table.reading";
  return charts.map((chart, place) => {
    const own = tables.find((each) => after(chart, each));
    const next = charts[place + 1];
    const card = chart.closest("[class*=st-key-card_]");
    const small = chart.closest("[data-testid=stColumn]");
    return {
      alt: chart.getAttribute("aria-label") || "",
      table: Boolean(own && !(next && after(next, own)))
        || Boolean(card && card.querySelector("a, [class*=st-key-table_] button"))
        || Boolean(small && document.querySelector(table)),
    };
  });
}"""

AT_ONCE = "* { transition: none !important; }"

#: Everything that Tab has to reach, in the sidebar and in the page.
TO_REACH = """() => [...document.querySelectorAll("a[href], button, input, summary, textarea")]
  .filter((each) => each.closest("[data-testid=stSidebar], [data-testid=stMain]"))
  .filter((each) => !each.disabled && each.tabIndex >= 0 && each.checkVisibility({
    checkVisibilityCSS: true, checkOpacity: true }) && !each.closest("[inert]"))
  .filter((each) => each.getAttribute("type") !== "file" && each.getAttribute("role") !== "radio")
  .map((each, place) => { each.dataset.reach = place; return `${place} ${each.tagName} ` +
    (each.getAttribute("aria-label") || each.textContent).trim().slice(0, 40); })"""

#: What has the focus now, and whether it looks otherwise than what had it before does by now.
STEP = """() => {
  const look = (one) => {
    const seen = [];
    for (let each = one; each && seen.length < 24; each = each.parentElement) {
      const style = getComputedStyle(each);
      seen.push(style.outlineStyle, style.boxShadow, style.borderColor);
    }
    return seen.join("|");
  };
  const before = window.hadFocus;
  // A table drawn by Streamlit marks its cell within its own drawing.
  const seen = before && before.tagName !== "CANVAS" ? look(before) !== window.hadLook : true;
  const name = before ? before.outerHTML.slice(0, 120) : "";
  const now = document.activeElement;
  window.hadFocus = now === document.body ? null : now;
  window.hadLook = look(now);
  return { reached: now.dataset.reach ?? "", seen, name };
}"""


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def watched() -> Trouble:
    return Trouble()


@pytest.fixture(scope="module")
def desk(browser: Browser, scheme: str, watched: Trouble) -> Iterator[Page]:
    context = new_context(browser, scheme, DESK)
    page = context.new_page()
    watched.watch(page)
    yield page
    context.close()


@pytest.fixture(scope="module")
def phone(browser: Browser, scheme: str, watched: Trouble) -> Iterator[Page]:
    context = new_context(browser, scheme, PHONE)
    page = context.new_page()
    watched.watch(page)
    yield page
    context.close()


@pytest.fixture(autouse=True)
def _no_trouble(watched: Trouble) -> Iterator[None]:
    watched.errors.clear()
    watched.outside.clear()
    yield
    assert watched.errors == []
    assert watched.outside == []


def keep_picture(page: Page, path: str, scheme: str) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    width = page.viewport_size["width"]
    name = f"{path or 'overview'}_{width}{'_dark' if scheme == 'dark' else ''}.png"
    page.screenshot(path=SCREENSHOTS / name, animations="disabled")


@pytest.mark.parametrize("path", PATHS)
def test_it_opens_whole_at_a_desk(desk: Page, address: str, path: str, scheme: str) -> None:
    open_page(desk, f"{address}/{path}")
    expect(desk.get_by_test_id("stException")).to_have_count(0)
    expect(desk.locator("h1")).to_have_count(1)
    expect(desk.get_by_text(BANNER).first).to_be_visible()
    keep_picture(desk, path, scheme)
    for chart in desk.evaluate(CHARTS):
        assert len(chart["alt"].split()) >= WORDS_OF_A_FINDING
        assert chart["table"], f"no table behind: {chart['alt']}"
    assert overflow(desk) <= 0
    if scheme == "light":
        fits_twice_as_large(desk)


def fits_twice_as_large(page: Page) -> None:
    """Look at an open page with everything twice as large, and then with only its text so."""
    page.set_viewport_size(ZOOMED)
    wait_until_drawn(page)
    zoomed = overflow(page)
    page.set_viewport_size(DESK)
    page.add_style_tag(content=TEXT_TWICE_AS_LARGE)
    wait_until_drawn(page)
    assert (zoomed, overflow(page)) == (0, 0)


@pytest.mark.parametrize("path", PATHS)
def test_it_fits_a_phone(phone: Page, address: str, path: str, scheme: str) -> None:
    open_page(phone, f"{address}/{path}")
    expect(phone.get_by_test_id("stException")).to_have_count(0)
    keep_picture(phone, path, scheme)
    assert overflow(phone) <= 0


@pytest.mark.parametrize("path", PATHS)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    desk: Page, address: str, path: str, scheme: str
) -> None:
    if scheme == "dark":
        pytest.skip("the outline has the colour of the text, light or dark")
    open_page(desk, f"{address}/{path}")
    desk.add_style_tag(content=AT_ONCE)
    to_reach = desk.evaluate(TO_REACH)
    missed, unseen = {each.split(" ", 1)[0]: each for each in to_reach}, []
    for _ in range(len(to_reach) * 2 + 20):
        desk.keyboard.press("Tab")
        step = desk.evaluate(STEP)
        missed.pop(step["reached"], None)
        if not step["seen"]:
            unseen.append(step["name"])
        if not missed:
            break
    assert list(missed.values()) == []
    assert unseen == []


def test_the_keyboard_alone_changes_a_choice(desk: Page, address: str) -> None:
    open_page(desk, f"{address}/most_similar_group")
    desk.get_by_role("combobox", name=re.compile("Indicator")).first.focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        desk.keyboard.press(key)
    expect(desk).to_have_url(re.compile("indicator="), timeout=READY)
