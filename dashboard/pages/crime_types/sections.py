"""Parts of the page Crime types: what changed, several side by side, months of the year."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.contribution import AREA, MONTH, TYPE
from dashboard.pages.crime_types import history as crime_type_history
from dashboard.pages.crime_types.comparison import (
    histories_of,
    histories_there_are,
    history_of,
    side_by_side,
)
from dashboard.pages.crime_types.sheets import (
    months_of,
    summary_of,
    type_labels,
    types_sheet,
    waterfall_of,
    ways_of,
)
from dashboard.ui.choices import choose, choose_types
from dashboard.ui.crime_type_choices import (
    MOST_COMPARED,
    TypeChoice,
    choose_areas,
    choose_basis,
    choose_one_type,
    choose_whole,
    cut_of,
    first_type,
    types_in,
)
from dashboard.ui.downloads import download
from dashboard.ui.grid import show_grid
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain, show, show_source, show_table, small_print
from dashboard.ui.python_block import python_block
from dashboard.ui.selection import Choice
from dashboard.words import as_python
from dashboard.words import crime_types as words

WAY_NAMES = {TYPE: "Crime types", AREA: "Areas of the force", MONTH: "Months"}


def changed_section(view: AreaView) -> None:
    """Draw which types changed, what makes up a change, and the table of every type."""
    which, against, by = st.columns(3)
    with against:
        basis = choose_basis(view)
    with which:
        chosen = choose_whole(view, basis)
    if not chosen.indicator:
        st.info(f"Nothing is counted in {view.area_name}.")
        return
    with by:
        way = _choose_way(view, chosen)
    st.markdown(plain(summary_of(view, chosen.indicator, chosen.basis)))
    if way:
        _contribution(view, chosen, way)
    _types(view, chosen)
    with st.expander("Which offences are counted in which type"):
        offences = view.warehouse.cached_frame("offences")
        small_print(
            "Offence codes of the Home Office and where each counts today; search with the "
            "magnifying glass. A code can be chosen as a crime type where a file is loaded that "
            "counts it."
        )
        show_grid(offences, alt="Table of offence codes")
        download(offences, name="offences", illustrative=False)


def compare_section(view: AreaView) -> None:
    """Draw several types and areas at once: their histories, and what each stands at."""
    basis = choose_basis(view)
    chosen = choose_areas(view)
    areas = tuple(chosen[:MOST_COMPARED])
    types = types_in(view, list(areas), basis)
    if types.empty:
        st.info("Nothing is counted in these areas.", icon=":material/info:")
        return
    indicators = choose_types(types, words.tree_labels(types)) or (first_type(types),)
    if len(chosen) > len(areas):
        small_print(f"The first {MOST_COMPARED} areas are shown; Your own table takes them all.")
    _history(view, indicators, areas, basis)
    _side_by_side(view, indicators, areas, basis)


def months_section(view: AreaView) -> None:
    """Draw the months of a type, year by year."""
    chosen = choose_one_type(view, with_basis=False)
    try:
        chart = months_of(view, chosen.indicator)
    except NoFiguresError as nothing:
        st.info(plain(str(nothing)), icon=":material/info:")
        return
    show(chart, key="months", help_for="heat_map")
    python_block(as_python.season_code(cut_of(view, chosen.basis), chosen.indicator))


def _choose_way(view: AreaView, chosen: TypeChoice) -> str:
    """Ask by what the change is broken down, among what there is; "" where there is nothing."""
    names = {way: WAY_NAMES[way] for way in ways_of(view, chosen.indicator, chosen.basis)}
    return choose("By", "by", Choice("way to break it down", names, next(iter(names), "")))


def _contribution(view: AreaView, chosen: TypeChoice, way: str) -> None:
    drawn = waterfall_of(view, chosen.indicator, chosen.basis, way)
    if drawn.chart is None:
        return
    if drawn.rates:
        small_print(drawn.rates)
    show(drawn.chart, key="contribution", help_for="waterfall")
    link_to("indicator", "Everything about this indicator", indicator=chosen.indicator)
    python_block(as_python.contribution_code(cut_of(view, chosen.basis), chosen.indicator, way))


def _types(view: AreaView, chosen: TypeChoice) -> None:
    st.header("Every type", anchor=False)
    only = choose_types(chosen.types, type_labels(view, chosen.basis))
    sheet = types_sheet(view, chosen.indicator, chosen.basis, only)
    show_table(sheet.table, alt="Table of crime types")
    small_print(sheet.said)
    show_source(sheet.source, illustrative=sheet.illustrative)
    download(sheet.rows, name="crime_types", illustrative=sheet.illustrative)
    python_block(as_python.types_code(cut_of(view, chosen.basis)))


def _history(
    view: AreaView, indicators: tuple[str, ...], areas: tuple[str, ...], basis: str
) -> None:
    kind = _choose_history(histories_there_are(view, indicators, areas))
    if not kind:
        return
    if len(areas) > 1:
        key, chart = "histories", histories_of(view, indicators, areas, kind)
    else:
        key, chart = "history", history_of(view, indicators, areas[0], basis, kind)
    if chart is not None:
        show(chart, key=key, help_for="lines_of_types")


def _side_by_side(
    view: AreaView, indicators: tuple[str, ...], areas: tuple[str, ...], basis: str
) -> None:
    sheet = side_by_side(view, indicators, areas, basis)
    if sheet.rows.empty:
        st.info("None of these areas has a figure of these types.", icon=":material/info:")
        return
    st.header("Side by side", anchor=False)
    show_table(sheet.table, alt="Table of types and areas side by side")
    small_print(sheet.said)
    show_source(sheet.source, illustrative=sheet.illustrative)
    download(sheet.rows, name="side_by_side", illustrative=sheet.illustrative)
    code = as_python.pivot_code(
        cut_of(view, basis), list(indicators), list(areas), ("type", "area"), "count"
    )
    python_block(code)


def _choose_history(kinds: list[str]) -> str:
    names = {each: crime_type_history.HISTORY_NAMES[each] for each in kinds}
    return choose("History of", "history", Choice("history", names, next(iter(names), "")))
