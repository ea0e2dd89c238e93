"""How a page looks, in numbers: words before its first chart, its height, what charts fill.

Chart-like marks are those of `MARKS`: drawings with a text for those who do not see them, and what
pages class as a mark, such as a row of tiles; a scorecard is one as a whole.

Run it for a table of all pages: `python -m tests.browser.look [ADDRESS]`.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.pages import DESK, PATHS, PHONE, open_page
from tests.browser.serving import serve
from tools.chromium import LAUNCH_ARGUMENTS, find_chromium

MARKS = (
    "[data-testid=stPlotlyChart], .mark, .scorecard, svg[role=img], [role=img], "
    "img[alt]:not([alt=''])"
)

#: Words are those that can be seen without a click: of the main part, folded ones left out.
LOOK = """(marks) => {
  const main = document.querySelector("[data-testid=stMain]");
  const block = document.querySelector("[data-testid=stMainBlockContainer]");
  const seen = (each) => each.checkVisibility({ checkVisibilityCSS: true, checkOpacity: true });
  const drawn = [...main.querySelectorAll(marks)].filter((each) => {
    const { width, height } = each.getBoundingClientRect();
    return seen(each) && Math.min(width, height) > 8 && !each.closest("button, summary");
  });
  const outer = drawn.filter((each) => !drawn.some((one) => one !== each && one.contains(each)));
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  let [words, before] = [0, 0];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    const { width, height } = parent.getBoundingClientRect();
    if (!node.textContent.trim() || !seen(parent) || width < 2 || height < 2) continue;
    if (parent.closest("style, script, svg, [data-testid=stPlotlyChart], [role=img]")) continue;
    const count = node.textContent.trim().split(/\\s+/).filter((word) => /\\w/.test(word)).length;
    words += count;
    const first = outer[0];
    const follows = first && first.compareDocumentPosition(node);
    if (!first || follows & Node.DOCUMENT_POSITION_PRECEDING) before += count;
  }
  const [top, bottom] = [0, window.innerHeight];
  const filled = outer.reduce((sum, each) => {
    const at = each.getBoundingClientRect();
    return sum + Math.max(0, Math.min(at.bottom, bottom) - Math.max(at.top, top)) * at.width;
  }, 0);
  return {
    words, before,
    first: outer.length ? outer[0].getBoundingClientRect().top + main.scrollTop : null,
    share: filled / (block.getBoundingClientRect().width * (bottom - top)),
    height: main.scrollHeight,
  };
}"""


@dataclass(frozen=True)
class Look:
    """How a page looks before anything is clicked.

    Attributes:
        words: Words that can be seen, those within charts left out.
        before: How many of them stand before the first chart or mark.
        first: Pixels from the top to the first chart or mark; None where there is none.
        share: What charts and marks fill of the first screen beside the sidebar, from 0 to 1.
        height: Of the whole page, in pixels.
    """

    words: int
    before: int
    first: float | None
    share: float
    height: int


def look_of(page: Page) -> Look:
    """Measure an open page."""
    return Look(**page.evaluate(LOOK, MARKS))


def _print_table(address: str) -> None:
    print(f"{'page':20} {'words':>6} {'before':>6} {'first':>6} {'share':>6} {'height':>6} phone")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=[*LAUNCH_ARGUMENTS]
        )
        for path, title in PATHS.items():
            desk, phone = (browser.new_page(viewport=size) for size in (DESK, PHONE))
            for page in (desk, phone):
                open_page(page, f"{address}/{path}")
            look, small = look_of(desk), look_of(phone)
            print(
                f"{title:20.20} {look.words:6} {look.before:6} {look.first or 0:6.0f} "
                f"{look.share:6.0%} {look.height:6} {small.first or 0:5.0f}",
                flush=True,
            )
            desk.close()
            phone.close()
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _print_table(sys.argv[1])
    else:
        with tempfile.TemporaryDirectory() as folder, serve(Path(folder) / "data") as served:
            _print_table(served)
