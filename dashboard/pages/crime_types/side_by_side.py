"""Side by side: several types and areas in one picture, and what each stands at."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.crime_types import crime_types, history_of_type, kinds_of_history
from dashboard.analysis.names import distinct_names, kinds_of
from dashboard.charts.chart import Chart
from dashboard.pages.crime_types import as_python
from dashboard.pages.crime_types.choices import (
    MOST_COMPARED,
    answers_of,
    choose_areas,
    choose_basis,
    cut_of,
    first_type,
    source_in,
    types_in,
)
from dashboard.pages.crime_types.history import (
    HISTORY_NAMES,
    histories_chart,
    history_chart,
    types_and_areas,
)
from dashboard.pages.crime_types.python import offer_python
from dashboard.store.cache import cached_per_build
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.choices import choose, choose_types
from dashboard.ui.downloads import download
from dashboard.ui.parts import plain, show_source, show_table, small_print
from dashboard.ui.selection import Choice
from dashboard.words.crime_types import how_to_read, side_by_side_table, tree_labels
from dashboard.words.sources import source_of_indicators

Codes = tuple[str, ...]


class Sheet(NamedTuple):
    """Types of several areas.

    Attributes:
        table: As texts.
        rows: The same as numbers, to take away; empty where there is no figure.
        said: How to read it.
        source: Source and vintage.
        illustrative: Whether any figure is made up.
    """

    table: pd.DataFrame
    rows: pd.DataFrame
    said: str
    source: str
    illustrative: bool


def side_by_side(view: AreaView, head: DeltaGenerator) -> None:
    """Draw several types and areas at once: their histories, and what each stands at.

    Args:
        view: Whose figures they are, where no areas are chosen.
        head: Where the title stands.
    """
    which, where, against, of = st.columns([3, 3, 3, 2])
    with against:
        basis = choose_basis(view)
    with where:
        chosen = choose_areas(view)
    areas = tuple(chosen[:MOST_COMPARED])
    types = types_in(view, list(areas), basis)
    if types.empty:
        head.title("Nothing is counted in these areas", anchor=False)
        return
    with which:
        indicators = choose_types(types, tree_labels(types)) or (first_type(types),)
    head.title(plain(_title(view, indicators, areas)), anchor=False)
    if len(chosen) > len(areas):
        small_print(f"The first {MOST_COMPARED} areas are shown; Your own table takes them all.")
    with of:
        kind = _choose_history(histories_there_are(view, indicators, areas))
    _show_history(view, indicators, areas, basis, kind)
    _show_sheet(view, indicators, areas, basis)


def _title(view: AreaView, types: Codes, areas: Codes) -> str:
    titles = [str(view.indicators["title"][each]) for each in types]
    return types_and_areas(titles, list(_names_of(_views(view, areas)).values()))


def _show_history(view: AreaView, types: Codes, areas: Codes, basis: str, kind: str) -> None:
    if not kind:
        return
    if len(areas) > 1:
        key, chart = "histories", histories_of(view, types, areas, kind)
    else:
        key, chart = "history", history_of(view, types, areas[0], basis, kind)
    if chart is not None:
        file = file_name(view, types[0], "side_by_side")
        chart_card(chart, key=key, file=file, help_for="lines_of_types")


def _show_sheet(view: AreaView, types: Codes, areas: Codes, basis: str) -> None:
    sheet = sheet_of(view, types, areas, basis)
    if sheet.rows.empty:
        st.info("None of these areas has a figure of these types.", icon=":material/info:")
        return
    with st.container(border=True, key="card_sheet"):
        st.header("What each stands at", anchor=False)
        show_table(sheet.table, alt="Table of types and areas side by side")
        with st.container(horizontal=True, key="not_printed_sheet"):
            download(sheet.rows, name="side_by_side", illustrative=sheet.illustrative)
            axes = ("type", "area")
            code = as_python.pivot_code(
                cut_of(view, basis), list(types), list(areas), axes, "count"
            )
            offer_python(code, "side_by_side")
        small_print(sheet.said)
        show_source(sheet.source, illustrative=sheet.illustrative)


def _choose_history(kinds: list[str]) -> str:
    names = {each: HISTORY_NAMES[each] for each in kinds}
    return choose("History of", "history", Choice("history", names, next(iter(names), "")))


@cached_per_build
def histories_there_are(view: AreaView, types: Codes, areas: Codes) -> list[str]:
    """Return which histories there are of any of the types in any of the areas."""
    found = {
        kind
        for other in _views(view, areas)
        for kind in kinds_of_history(other, list(types), view.as_at_text)
    }
    return [each for each in HISTORY_NAMES if each in found]


@cached_per_build
def history_of(view: AreaView, types: Codes, area: str, basis: str, kind: str) -> Chart | None:
    """Draw the history of types in one area."""
    own = answers_of(view, area)
    return history_chart(
        {each: history_of_type(own, each, kind, own.as_at_text) for each in types},
        types_in(view, [area], basis),
        kind=kind,
        area_name=own.area_name,
        source=source_of_indicators(own, *types),
    )


@cached_per_build
def histories_of(view: AreaView, types: Codes, areas: Codes, kind: str) -> Chart | None:
    """Draw the histories of types in several areas."""
    views = _views(view, areas)
    names = _names_of(views)
    return histories_chart(
        {
            (other.indicator(each).title, names[other.area_code]): history_of_type(
                other, each, kind, view.as_at_text
            )
            for each in types
            for other in views
        },
        kind=kind,
        source=source_in(view, list(areas), list(types)),
        illustrative=any(other.is_illustrative for other in views),
    )


@cached_per_build
def sheet_of(view: AreaView, types: Codes, areas: Codes, basis: str) -> Sheet:
    """Return what the types stand at in the areas."""
    names = _names_of(_views(view, areas))
    tables = []
    for area in areas:
        every = crime_types(answers_of(view, area), basis=basis)
        rows = every[every["indicator_id"].isin(types)]
        tables.append(rows.assign(area_code=area, area_name=names[area]))
    table = pd.concat(tables, ignore_index=True)
    if table.empty:
        return Sheet(table, table, "", "", illustrative=False)
    return Sheet(
        table=side_by_side_table(table),
        rows=table,
        said=how_to_read(table),
        source=source_in(view, list(areas), list(types)),
        illustrative=bool(table["illustrative"].any()),
    )


def _views(view: AreaView, areas: Codes) -> list[AreaView]:
    return [answers_of(view, area) for area in areas]


def _names_of(views: list[AreaView]) -> dict[str, str]:
    names = {other.area_code: other.area_name for other in views}
    return distinct_names(names, kinds_of(views[0].warehouse.frame("areas")) if views else None)
