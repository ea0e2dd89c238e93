"""What every page stands in: plan, area and month to choose, and the illustrative banner."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.analysis.neighbours import MADE_UP
from dashboard.analysis.picture import NoFiguresError, Picture, view_of
from dashboard.layout.address import asked_for, mend
from dashboard.layout.choices import (
    areas_to_choose,
    choose_area,
    choose_as_at,
    choose_plan,
    months_to_choose,
    plans_to_choose,
)
from dashboard.layout.downloads import ILLUSTRATIVE
from dashboard.layout.first_steps import invite
from dashboard.layout.parts import nothing_published, plain
from dashboard.layout.style import show_style
from dashboard.store.builds import shown_warehouse
from dashboard.store.cache import cached_per_build
from dashboard.store.warehouse import NothingPublishedError, Warehouse
from dashboard.ui.selection import Choice

#: Streamlit leaves 96 pixels above a page and 80 beside it; an executive's first screen needs them.
#: Its links show no focus, its blue on a dark page is too faint for the words of a choice made, its
#: grey for the comments of an example too, and an example that scrolls sideways is out of reach of
#: the keyboard.
LESS_MARGIN = """<style>
[data-testid="stMainBlockContainer"] { padding: 1.25rem 2.5rem 4rem; }
@media (max-width: 640px) { [data-testid="stMainBlockContainer"] { padding: 3.5rem 1rem 4rem; } }
[data-testid="stMainBlockContainer"] h1 { padding: 0 0 0.5rem; }
[data-testid="stMainBlockContainer"] h2 { padding-top: 0.5rem; }
[data-testid="stAlertContainer"] { padding: 0.5rem 1rem; }
[class*="st-key-card_"] { padding: 0.625rem 1rem; }
[class*="st-key-card_"] p { line-height: 1.35; }
/* Words that lead to their evidence: like a link in a text, on as many lines as they need. */
[class*="st-key-card_"] [data-testid="stPageLink-NavLink"] { padding: 0.125rem 0; margin: 0;
  text-decoration: none; }
[class*="st-key-card_"] [data-testid="stPageLink"] :is(span, div, p) { white-space: normal;
  font-size: inherit; line-height: 1.35; }
[class*="st-key-card_"] [data-testid="stPageLink"] p, .words { text-decoration: underline;
  text-underline-offset: 0.15em; }
.words { color: inherit !important; font-weight: 600; line-height: 1.35; }
[class*="st-key-card_"] [data-testid="stElementContainer"] { margin: 0; }
@media print { [data-testid="stMainBlockContainer"] { padding: 0; } }
:is(a, button, summary):focus-visible { outline: 3px solid currentcolor !important; }
main:focus-visible { outline: 3px solid currentcolor !important; outline-offset: -3px; }
[data-testid="stButtonGroup"] button[data-selected="true"] { color: inherit !important; }
[data-testid="stCode"] .token.comment { color: inherit !important; }
[data-testid="stMarkdownPre"] :is(pre, code) { white-space: pre-wrap !important; }
/* On a phone the targets are a list of names and verdicts; the one looked at is drawn large. */
@media (max-width: 640px) {
  [data-testid="stLayoutWrapper"]:has(> .st-key-target_first_of_all) { order: 1; }
  .st-key-small_charts [data-testid="stElementContainer"]:has([data-testid="stPlotlyChart"]),
  .st-key-small_charts [data-testid="stPopover"] { display: none; }
  .st-key-small_charts [data-testid="stVerticalBlock"] { gap: 0.25rem; }
}
/* On a phone a long page has a way back to the list of its headings, and a wide table says so;
   a choice's words are whole in its list, and end in dots where they are cut. */
.up, .swipe { display: none; }
[data-testid="stSelectbox"] input { text-overflow: ellipsis; }
@media screen and (max-width: 640px) {
  .up { display: block; position: fixed; right: 0.75rem; bottom: 0.75rem; z-index: 50;
    padding: 0.5rem 0.75rem; border-radius: 0.5rem; background: #12436d; color: #fff !important;
    font-size: 0.875rem; font-weight: 600; }
  #on_this_page { scroll-margin-top: 4rem; }
  .swipe { display: block; margin: 0; font-size: 0.875rem; }
  [role="listbox"] [role="option"] > div { white-space: normal; line-height: 1.15;
    font-size: 0.8125rem; }
}
/* A grid keeps the width it first took, and would stick out once its room gets smaller. */
[data-testid="stDataFrame"] { max-width: 100%; overflow-x: clip; }
</style>"""

Draw = Callable[[Picture], None]


def framed(draw: Draw) -> Callable[[], None]:
    """Return a page that chooses plan, area and month, and then draws.

    What cannot be answered is said on the page, with what to do about it.
    """

    def run() -> None:
        st.html(LESS_MARGIN)
        show_style()
        try:
            view = _choose()
            _banner(view)
            draw(view)
        except NoFiguresError as nothing:
            st.info(plain(str(nothing)), icon=":material/info:")
        except NothingPublishedError as nothing:
            nothing_published(str(nothing))

    run.__name__ = draw.__module__.rpartition(".")[2]
    return run


def _choose() -> Picture:
    warehouse = shown_warehouse()
    with st.sidebar:
        plans, own_areas = _plans(warehouse, _area_asked_for(warehouse))
        plan = choose_plan(plans)
        own_area = own_areas.get(plan, "")
        area = choose_area(_areas(warehouse, own_area)) if own_area else ""
        view = view_of(warehouse, plan if area == own_area else "", area)
        as_at = choose_as_at(_months(view))
        invite(view)
    return view_of(warehouse, view.plan_id, area, as_at)


def _area_asked_for(warehouse: Warehouse) -> str:
    """Return the area that is looked at, as the address says; its own plan comes with it.

    A plan of another area gives way to one of this area, where there is one: what is shown of an
    area is always held against its own plan.
    """
    plans, area_plans = _plans(warehouse, "")
    asked, plan = asked_for("area"), asked_for("plan")
    chosen = plans.resolve(plan[-1]) if plan else None
    areas = _areas(warehouse, area_plans.get(chosen or plans.default, ""))
    area = areas.resolve(asked[-1]) if asked else None
    if area is None:
        return area_plans.get(chosen or plans.default, "")
    if chosen is not None and area_plans[chosen] != area and area in area_plans.values():
        mend("plan", [])
    return area


@cached_per_build
def _plans(warehouse: Warehouse, area: str) -> tuple[Choice, dict[str, str]]:
    """Return the plans, an area's own first, and the area that each is for."""
    plans = warehouse.cached_frame("plans")
    return plans_to_choose(plans, area), dict(
        zip(plans["plan_id"], plans["area_code"], strict=True)
    )


@cached_per_build
def _areas(warehouse: Warehouse, own: str) -> Choice:
    areas = warehouse.cached_frame("areas")
    return areas_to_choose(areas[areas["area_kind"].ne(MADE_UP)], own)


@cached_per_build
def _months(view: Picture) -> Choice:
    return months_to_choose(view.months_with_figures())


def _banner(picture: Picture) -> None:
    """Say on every page that figures are made up, while any of the area's are."""
    if picture.is_illustrative:
        st.warning(
            f"**{ILLUSTRATIVE}**, made up to agree with the plan, until your own are loaded.",
            icon=":material/science:",
        )
