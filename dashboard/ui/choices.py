"""The widgets a reader chooses with, each kept in a parameter of the address.

The address is the one place where a choice is kept: a widget is set from it before it is made, and
writes to it when it is changed. So a link, Back and Forward, and another page all open the same
thing. Streamlit's own `bind="query-params"` is not used here, because it writes the names of
options instead of their ids, refuses ids, and drops an unknown value without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import NO_PLAN, AreaView
from dashboard.analysis.names import distinct_area_names, distinct_names
from dashboard.analysis.question import ALL_CRIME
from dashboard.analysis.rows import records_of
from dashboard.analysis.series import ILLUSTRATIVE
from dashboard.metrics.periods import month_label, parse_month
from dashboard.store.cache import cached_per_build
from dashboard.ui.address import (
    asked_for,
    mend,
    read_one,
    read_several,
    widget_key,
    write,
)
from dashboard.ui.parts import show_notices
from dashboard.ui.selection import Choice, group_id

BASIS_NAMES = {
    "month": "Month on the same month last year",
    "quarter": "Quarter on the same quarter last year",
    "ytd": "Year to date on last year to date",
    "rolling_year": "Twelve months on the twelve before",
    "baseline": "Twelve months on the baseline year",
}

WITHOUT_PLAN = "No plan: real figures"

FRAME = ("plan", "area", "as_at")
"""What stays chosen from page to page."""


def plans_to_choose(plans: pd.DataFrame, area: str = "", *, has_real: bool = False) -> Choice:
    """Return the choice of a plan, an area's own first; the first is the default.

    Of an area's plans the worked example comes after those of its own real figures.

    Args:
        plans: The query of that name, in order.
        area: The area that is looked at; "" for none yet.
        has_real: Whether that area has real figures, which can be seen without a plan.
    """
    if area:
        is_own = plans["area_code"].eq(area)
        is_real = plans["figure_set"].ne(ILLUSTRATIVE)
        plans = pd.concat([plans[is_own & is_real], plans[is_own & ~is_real], plans[~is_own]])
    titles = {
        row.plan_id: f"{row.area_name or row.partnership_name or row.title}, {row.period}"
        for row in records_of(plans)
    }
    without = {NO_PLAN: WITHOUT_PLAN} if has_real else {}
    return Choice("plan", distinct_names(titles) | without, next(iter(titles | without), ""))


def areas_to_choose(areas: pd.DataFrame, default: str) -> Choice:
    """Return the choice of an area; `areas` is the query of that name, `default` the plan's own."""
    names = distinct_area_names(areas)
    return Choice("area", names, default if default in names else next(iter(names), ""))


def months_to_choose(months: Iterable[pd.Period | str]) -> Choice:
    """Return the choice of the month that figures are as at, the latest first and the default."""
    latest_first = sorted({str(parse_month(month)) for month in months}, reverse=True)
    names = {month: month_label(parse_month(month)) for month in latest_first}
    ends = list(names.values())
    extent = f"Figures run from {ends[-1]} to {ends[0]}." if ends else ""
    return Choice("month", names, next(iter(names), ""), extent)


def indicators_to_choose(indicators: pd.DataFrame, default: str = "") -> Choice:
    """Return the choice of an indicator; the frame has indicator_id and title, in order."""
    titles = dict(zip(indicators["indicator_id"], indicators["title"], strict=True))
    names = distinct_names(titles)
    return Choice("indicator", names, default if default in names else next(iter(names), ""))


@cached_per_build
def first_indicator(view: AreaView) -> str:
    """Return the indicator that a page begins with: of the plan's first target, else all crime.

    A target without figures has nothing to begin with.
    """
    promised = view.warehouse.cached_frame("targets", plan=view.plan_id)["indicator_id"]
    first = str(next(iter(promised), ALL_CRIME))
    return first if first in view.indicators_with_figures() else ALL_CRIME


def groups_to_choose(groups: pd.DataFrame) -> Choice:
    """Return the choice of a peer group and edition; `groups` is the query `peer_groups`."""
    names = {
        group_id(row.peer_group, row.edition): f"{row.peer_group}, {row.edition}"
        for row in records_of(groups)
    }
    return Choice("group", distinct_names(names), next(iter(names), ""))


def choose_plan(plans: Choice) -> str:
    """Ask for a plan. A new one brings its own area, month and groups."""
    return _choose("Plan", "plan", plans, resets=("area", "as_at", "group"))


def show_plan(plan: str, area: str) -> None:
    """Put a plan and its area into the address, so that every page is on them from now on."""
    for name in (*FRAME, "group"):
        mend(name, [])
    mend("plan", [plan])
    mend("area", [area])


def choose_area(areas: Choice) -> str:
    """Ask for an area. A new one brings its own month and groups."""
    return _choose("Area", "area", areas, resets=("as_at", "group"))


def choose_as_at(months: Choice) -> str:
    """Ask for the last month that counts; gives "2009-12"."""
    return _choose("Figures up to", "as_at", months)


def choose_indicator(indicators: Choice, *, has_label: bool = True) -> str:
    """Ask for an indicator. A new one brings its own series.

    Args:
        indicators: What there is.
        has_label: Whether "Indicator" stands over it; it is always said to a screen reader.
    """
    return _choose("Indicator", "indicator", indicators, resets=("series",), has_label=has_label)


def choose_types(
    indicators: pd.DataFrame, labels: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """Ask for crime types, several at once; none chosen means all.

    Args:
        indicators: indicator_id and title, in order.
        labels: What to call them, by id, where a title is not enough.
    """
    options = distinct_names(labels) if labels else indicators_to_choose(indicators).options
    choice = Choice("crime type", options)
    known = read_several("types", choice)
    st.session_state[widget_key("types")] = known
    chosen = st.multiselect(
        "Crime types",
        list(choice.options),
        format_func=lambda known: choice.options[known],
        key=widget_key("types"),
        placeholder="All",
        on_change=write,
        args=("types", []),
    )
    return tuple(chosen)


def choose(
    label: str, name: str, choice: Choice, resets: tuple[str, ...] = (), *, has_label: bool = True
) -> str:
    """Ask for something that only one page offers.

    Args:
        label: Over the widget.
        name: Its parameter of the address, which no other choice has.
        choice: What there is.
        resets: Parameters that say nothing any more once it is changed.
        has_label: Whether the label stands over it; it is always said to a screen reader.
    """
    return _choose(label, name, choice, resets, has_label=has_label)


def choose_view(label: str, name: str, choice: Choice, resets: tuple[str, ...] = ()) -> str:
    """Ask which part of a page to look at; only that part is drawn.

    Args:
        label: Over the widget.
        name: Its parameter of the address, which no other choice has.
        choice: The parts.
        resets: Parameters that say nothing any more once it is changed.
    """
    value = read_one(name, choice)
    st.session_state[widget_key(name)] = value
    chosen = st.segmented_control(
        label,
        list(choice.options),
        format_func=lambda known: choice.options[known],
        key=widget_key(name),
        required=True,
        label_visibility="collapsed",
        on_change=write,
        args=(name, choice.default, *resets),
    )
    return str(chosen or value)


def choose_number(label: str, name: str, ends: tuple[int, int], default: int) -> int | None:
    """Ask for a whole number on a slider that only one page offers.

    Args:
        label: Over the slider.
        name: Its parameter of the address, which no other choice has.
        ends: The least and the most.
        default: Where it stands while nothing is chosen.

    Returns:
        None while nothing is chosen.
    """
    asked = asked_for(name)
    numbers = Choice("number", {str(each): str(each) for each in range(ends[0], ends[1] + 1)})
    known = numbers.resolve(asked[-1]) if asked else None
    if asked and known is None:
        show_notices([f"The address asks for a number that is not {ends[0]} to {ends[1]}."])
        mend(name, [])
    st.session_state[widget_key(name)] = default if known is None else int(known)
    chosen = st.slider(label, *ends, key=widget_key(name), on_change=_write_number, args=(name,))
    return None if known is None else int(chosen)


def _write_number(name: str) -> None:
    st.session_state[widget_key(name)] = str(st.session_state[widget_key(name)])
    write(name, "")


def choose_several(label: str, name: str, choice: Choice) -> list[str]:
    """Ask for one or more of what only one page offers; none chosen is the default.

    Args:
        label: Over the widget.
        name: Its parameter of the address, which no other choice has.
        choice: What there is.
    """
    known = read_several(name, choice)
    st.session_state[widget_key(name)] = known or [choice.default]
    chosen = st.multiselect(
        label,
        list(choice.options),
        format_func=lambda known: choice.options[known],
        key=widget_key(name),
        on_change=write,
        args=(name, [choice.default]),
    )
    return chosen or [choice.default]


def query_with(**changes: str) -> dict[str, str]:
    """Return the parameters a link to another page takes along: plan, area and month, and changes.

    For `st.page_link` and `st.switch_page`, which take no parameter along by themselves.

    Args:
        **changes: Parameters to set on the other page, such as indicator="robbery".
    """
    asked = {name: asked_for(name) for name in FRAME}
    return {name: values[-1] for name, values in asked.items() if values} | changes


def show_pages(pages: Iterable[st.Page]) -> None:
    """Show links to the pages that take plan, area and month along."""
    for page in pages:
        st.page_link(page, query_params=query_with(), width="stretch")


def _choose(
    label: str, name: str, choice: Choice, resets: tuple[str, ...] = (), *, has_label: bool = True
) -> str:
    """Make the widget of a choice, set from the address; gives an id, "" if there is no option."""
    if not choice.options:
        return ""
    value = read_one(name, choice)
    st.session_state[widget_key(name)] = value
    return st.selectbox(
        label,
        list(choice.options),
        format_func=lambda known: choice.options[known],
        key=widget_key(name),
        on_change=write,
        args=(name, choice.default, *resets),
        filter_mode="contains",
        label_visibility="visible" if has_label else "collapsed",
    )
