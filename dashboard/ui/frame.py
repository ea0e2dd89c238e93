"""What every page stands in: plan, area and month to choose, and the line that says them."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.analysis.area_view import (
    NO_PLAN,
    AreaView,
    NoFiguresError,
    has_real_figures,
    plan_of_area,
    view_of,
)
from dashboard.analysis.neighbours import MADE_UP
from dashboard.analysis.question import ALL_CRIME
from dashboard.intake.own_plans import logo_of
from dashboard.metrics.periods import month_label, parse_month
from dashboard.store.builds import data_dir, shown_warehouse
from dashboard.store.cache import cached_per_build
from dashboard.store.warehouse import NothingPublishedError, Warehouse
from dashboard.ui.address import asked_for, mend
from dashboard.ui.chip import chip
from dashboard.ui.choices import (
    areas_to_choose,
    choose_area,
    choose_as_at,
    choose_plan,
    months_to_choose,
    plans_to_choose,
)
from dashboard.ui.downloads import ILLUSTRATIVE, shows_small_counts
from dashboard.ui.first_steps import ask_partnership, has_own_targets, offer_to_begin_with
from dashboard.ui.parts import nothing_published, plain
from dashboard.ui.selection import Choice
from dashboard.ui.style import show_own_brand, show_style
from dashboard.words.reasons import RESTRICTED
from dashboard.words.series import (
    ABOUT_RECORDED_CRIME,
    POLICE_RECORDED_CRIME,
    real_figures_of,
)

Draw = Callable[[AreaView], None]
FIRST_PAGE = "overview"
WITHOUT_RECORDED_CRIME = ("actions", "load_figures", "getting_started")
"""Pages that show no figure of recorded crime, by their address."""


def framed(draw: Draw, path: str, own_brand: DeltaGenerator | None = None) -> Callable[[], None]:
    """Return a page that chooses plan, area and month, and then draws.

    What cannot be answered is said on the page, with what to do about it.

    Args:
        draw: Draws what the page is for.
        path: Its address, "crime_types".
        own_brand: Where the partnership's name and logo stand; in the sidebar where it is None.
    """

    def run() -> None:
        show_style()
        try:
            view = _choose()
            with own_brand or st.sidebar:
                _show_own_brand(view)
            if shows_small_counts():
                st.badge(RESTRICTED, icon=":material/lock:", color="gray")
            st.set_page_config(page_title=_window_title(view, path))
            _place_and_date(view, is_first_page=path == FIRST_PAGE)
            _warn_of_rates(view)
            draw(view)
            if path not in WITHOUT_RECORDED_CRIME:
                _about_recorded_crime(view)
        except NoFiguresError as nothing:
            st.info(plain(str(nothing)), icon=":material/info:")
        except NothingPublishedError as nothing:
            nothing_published(str(nothing))

    run.__name__ = path
    return run


def _show_own_brand(view: AreaView) -> None:
    name, logo = _own_brand(view)
    if name:
        show_own_brand(name, logo)


@cached_per_build
def _own_brand(view: AreaView) -> tuple[str, str]:
    """Return the name of the plan's partnership, and its logo; "" without a plan."""
    plans = view.warehouse.cached_frame("plans")
    names = plans.loc[plans["plan_id"].eq(view.plan_id), "partnership_name"]
    return next(iter(names), ""), logo_of(data_dir(), view.plan_id) if view.plan_id else ""


def _warn_of_rates(view: AreaView) -> None:
    """Say in the publisher's words why an area has counts and no rates."""
    known = view.warehouse.cached_frame("areas_without_rate")
    for statement in known.loc[known["area_code"].eq(view.area_code), "statement"]:
        st.info(plain(str(statement)), icon=":material/info:")


def _about_recorded_crime(view: AreaView) -> None:
    """Offer what must be known of police recorded crime, where the area has figures of it."""
    if view.headline(ALL_CRIME) is None:
        return
    with st.popover(ABOUT_RECORDED_CRIME, icon=":material/info:", type="tertiary"):
        st.markdown(plain(POLICE_RECORDED_CRIME))


def _choose() -> AreaView:
    warehouse = shown_warehouse()
    with st.sidebar:
        plans, own_areas = _plans(warehouse, _area_asked_for(warehouse))
        plan = choose_plan(plans)
        own_area = own_areas.get(plan, "")
        area = choose_area(_areas(warehouse, own_area)) if own_area else ""
        plan = plan if area == own_area else ""
        view = view_of(warehouse, plan, area)
        as_at = choose_as_at(_months(view))
        offer_to_begin_with(view)
    return view_of(warehouse, plan, area, as_at)


def _area_asked_for(warehouse: Warehouse) -> str:
    """Return the area that the address names; "" where it names none that is here.

    Without area and plan it is the partnership that the installation is for. A plan of another
    area gives way to it: what is shown of an area is always held against its own plan, or against
    none.
    """
    asked, plan = asked_for("area"), asked_for("plan")
    if not (asked or plan):
        return _areas(warehouse, "").resolve(warehouse.own_partnership()) or ""
    area = (_areas(warehouse, "").resolve(asked[-1]) if asked else None) or ""
    if area and plan:
        plans, own_areas = _plans(warehouse, area)
        chosen = plans.resolve(plan[-1])
        if chosen is not None and own_areas[chosen] != area:
            mend("plan", [])
    return area


@cached_per_build
def _plans(warehouse: Warehouse, area: str) -> tuple[Choice, dict[str, str]]:
    """Return the plans that an area can be seen under, and the area that each opens with.

    Args:
        warehouse: A published database.
        area: The area that is asked for; "" for none, when the first plan is the default.
    """
    plans = warehouse.cached_frame("plans")
    areas = dict(zip(plans["plan_id"], plans["area_code"], strict=True))
    shown = area or next(iter(areas.values()), "")
    has_real = bool(shown) and has_real_figures(warehouse, shown)
    choice = plans_to_choose(plans, area, has_real=has_real)
    default = plan_of_area(warehouse, area) or (NO_PLAN if has_real else "") if area else ""
    return replace(choice, default=default or choice.default), areas | {NO_PLAN: shown}


@cached_per_build
def _areas(warehouse: Warehouse, own: str) -> Choice:
    areas = warehouse.cached_frame("areas")
    return areas_to_choose(areas[areas["area_kind"].ne(MADE_UP)], own)


@cached_per_build
def _months(view: AreaView) -> Choice:
    return months_to_choose(view.months_with_figures())


def _place_and_date(view: AreaView, *, is_first_page: bool) -> None:
    """Say on every page what it is of, and that figures are made up while any are.

    On the first, before anything is chosen, ask whose figures the reader wants to see.
    """
    is_chosen = view.warehouse.own_partnership() or asked_for("area") or asked_for("plan")
    is_known = is_chosen or has_own_targets(view.warehouse)
    if is_known or not (is_first_page and view.is_illustrative):
        st.html(_place_line(view))
        return
    said, asked = st.columns([3, 2], vertical_alignment="center")
    said.html(_place_line(view))
    with asked:
        ask_partnership(view.warehouse)


def _window_title(view: AreaView, path: str) -> str:
    """Return page, place and date: "Crime types · Portsmouth to December 2024"."""
    page = path.replace("_", " ").capitalize()
    until = f" to {month_label(parse_month(view.as_at_text))}" if view.as_at_text else ""
    return f"{page} · {view.area_name}{until}"


def _place_line(view: AreaView) -> str:
    """Return place and date, and which figures are made up, as HTML."""
    until = f" · to {month_label(parse_month(view.as_at_text))}" if view.as_at_text else ""
    line = f"<strong>{html.escape(view.area_name)}</strong>{until}"
    if view.is_illustrative:
        titles = [view.indicator(each).title for each in view.real_indicators]
        line += f" {chip(ILLUSTRATIVE)}{html.escape(real_figures_of(titles))}"
    return f'<p class="place">{line}</p>'
