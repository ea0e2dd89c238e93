"""What every page stands in: plan, area and month to choose, and the illustrative banner."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.answers.picture import NoFiguresError, Picture
from dashboard.layout.choices import choose_area, choose_as_at, choose_plan
from dashboard.layout.downloads import ILLUSTRATIVE
from dashboard.layout.first_steps import invite
from dashboard.layout.parts import nothing_published, plain
from dashboard.layout.style import show_style
from dashboard.session import Session, current_database
from dashboard.warehouse import NothingPublishedError

MADE_UP_AREAS = "comparator"

#: Streamlit leaves 96 pixels above a page and 80 beside it; an executive's first screen needs them.
#: Its links show no focus, its blue on a dark page is too faint for the words of a choice made, and
#: an example that scrolls sideways is out of reach of the keyboard.
LESS_MARGIN = """<style>
[data-testid="stMainBlockContainer"] { padding: 2.25rem 2.5rem 4rem; }
@media (max-width: 640px) { [data-testid="stMainBlockContainer"] { padding: 3.5rem 1rem 4rem; } }
[data-testid="stMainBlockContainer"] h1 { padding: 0 0 0.5rem; }
[class*="st-key-card_"] p { line-height: 1.35; }
@media print { [data-testid="stMainBlockContainer"] { padding: 0; } }
:is(a, button, summary):focus-visible { outline: 3px solid currentcolor !important; }
main:focus-visible { outline: 3px solid currentcolor !important; outline-offset: -3px; }
[data-testid="stButtonGroup"] button[data-selected="true"] { color: inherit !important; }
[data-testid="stMarkdownPre"] :is(pre, code) { white-space: pre-wrap !important; }
/* A grid keeps the width it first took, and would stick out once its room gets smaller. */
[data-testid="stDataFrame"] { max-width: 100%; overflow-x: clip; }
</style>"""

Draw = Callable[[Session], None]


def framed(draw: Draw) -> Callable[[], None]:
    """Return a page that chooses plan, area and month, and then draws.

    What cannot be answered is said on the page, with what to do about it.
    """

    def run() -> None:
        st.html(LESS_MARGIN)
        show_style()
        try:
            session = _choose()
            _banner(session.picture)
            draw(session)
        except NoFiguresError as nothing:
            st.info(plain(str(nothing)), icon=":material/info:")
        except NothingPublishedError as nothing:
            nothing_published(str(nothing))

    run.__name__ = draw.__module__.rpartition(".")[2]
    return run


def _choose() -> Session:
    database = current_database()
    anything = Session(database)
    with st.sidebar:
        plans = anything.frame("plans")
        plan = choose_plan(plans)
        own_area = str(plans.set_index("plan_id").at[plan, "area_code"]) if plan else ""
        areas = anything.frame("areas").query("area_kind != @MADE_UP_AREAS")
        area = choose_area(areas, own_area) if own_area else ""
        session = Session(database, plan if area == own_area else "", area)
        as_at = choose_as_at(session.picture.months_with_figures())
        invite(session)
    return Session(database, session.plan, area, as_at)


def _banner(picture: Picture) -> None:
    """Say on every page that figures are made up, while any of the area's are."""
    if picture.is_illustrative:
        st.warning(
            f"**{ILLUSTRATIVE}**, made up to agree with the plan, until your own are loaded.",
            icon=":material/science:",
        )
