"""A table of the reader's own: what stands in its rows, columns and cells."""

from __future__ import annotations

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.pivot import (
    AREA,
    AXES,
    CHANGE,
    COUNT,
    MONTH,
    MOST_PERIODS,
    PERCENT,
    PERIODS,
    QUARTER,
    RATE,
    TYPE,
    YEAR,
    PivotAnswer,
    pivot,
)
from dashboard.charts.wording import Unit, table_text
from dashboard.pages.crime_types import as_python
from dashboard.pages.crime_types.choices import (
    bases_of,
    choose_areas,
    choose_basis,
    cut_of,
    first_type,
    source_in,
    types_in,
)
from dashboard.pages.crime_types.python import offer_python
from dashboard.pages.crime_types.type_tree import rows_to_show
from dashboard.ui.choices import choose, choose_types
from dashboard.ui.downloads import download
from dashboard.ui.parts import plain, show_source, show_table
from dashboard.ui.selection import Choice
from dashboard.words.crime_types import tree_labels
from dashboard.words.levels import in_period, text_or_nothing

AXIS_NAMES = {
    TYPE: "Crime types",
    AREA: "Areas",
    YEAR: "Years",
    QUARTER: "Quarters",
    MONTH: "Months",
}
CELL_NAMES = {
    COUNT: "Number",
    CHANGE: "Change on a year before",
    PERCENT: "Change on a year before, %",
    RATE: "Rate per 1,000",
}
_UNITS: dict[str, Unit] = {
    COUNT: "count", CHANGE: "change", PERCENT: "percent_change", RATE: "rate",
}  # fmt: skip
SMALL_RATE = 1.0
WITHHELD = "withheld"
NO_RATE = "no rate"


def own_table(view: AreaView, head: DeltaGenerator) -> None:
    """Draw the table that the reader puts together.

    Args:
        view: Whose figures they are, where no areas are chosen.
        head: Where the title stands.
    """
    with st.container(border=True, key="card_own_table"):
        rows, columns, cells = _choose_axes()
        has_period = bool({rows, columns} & set(PERIODS))
        which, where, what = st.columns(3)
        with where:
            areas = choose_areas(view)
        with what:
            basis = bases_of(view)[0] if has_period else choose_basis(view)
        types = types_in(view, areas, basis)
        if types.empty:
            head.title("Nothing is counted in these areas", anchor=False)
            return
        with which:
            chosen = list(choose_types(types, tree_labels(types)))
    every = rows_to_show(types, "")["indicator_id"].tolist()
    indicators = chosen or (every if TYPE in (rows, columns) else [first_type(types)])
    try:
        answer = pivot(view, tuple(indicators), rows, columns, cells, tuple(areas), basis)
    except NoFiguresError as nothing:
        head.title("This table has no figures", anchor=False)
        st.info(plain(str(nothing)), icon=":material/info:")
        return
    head.title(plain(pivot_caption(answer)), anchor=False)
    show_table(pivot_table(answer), alt="Table of your own")
    with st.container(horizontal=True, key="not_printed_own_table"):
        download(answer.long, name="pivot", illustrative=answer.illustrative)
        code = as_python.pivot_code(cut_of(view, basis), indicators, areas, (rows, columns), cells)
        offer_python(code, "own_table")
    show_source(source_in(view, areas, indicators), illustrative=answer.illustrative)


def pivot_table(answer: PivotAnswer) -> pd.DataFrame:
    """Return the table as texts, with words where there is no number."""
    texts = answer.table.map(lambda value: table_text(value, _UNITS[answer.cells]))
    if answer.cells == RATE:
        texts = answer.table.map(_rate_text)
    # A number that is there but has no percent or rate is not "missing".
    otherwise = {PERCENT: WITHHELD, RATE: NO_RATE}.get(answer.cells, "")
    said = answer.instead.map(text_or_nothing)
    words = said.mask(said.eq(""), otherwise)
    shown = texts.where(answer.table.notna(), words)
    return shown.rename_axis(index=AXIS_NAMES[answer.rows]).reset_index()


def pivot_caption(answer: PivotAnswer) -> str:
    """Return what the table shows, in one line."""
    what = f"{CELL_NAMES[answer.cells]}, {AXIS_NAMES[answer.rows].lower()} by "
    what += AXIS_NAMES[answer.columns].lower()
    fixed = []
    if TYPE not in (answer.rows, answer.columns):
        fixed.append(str(answer.long[TYPE].iloc[0]))
    if AREA not in (answer.rows, answer.columns):
        fixed.append(str(answer.long[AREA].iloc[0]))
    said = f"{what}: {', '.join(fixed)}" if fixed else what
    said += f", {in_period(answer.period).removeprefix('in ')}" if answer.period else ""
    return f"{said}, the latest {MOST_PERIODS}" if answer.is_cut else said


def _rate_text(value: float) -> str:
    return table_text(value, "rate") if value >= SMALL_RATE else f"{value:.2f}"


def _choose_axes() -> tuple[str, str, str]:
    first, second, third = st.columns(3)
    with first:
        rows = choose("Rows", "rows", Choice("rows", AXIS_NAMES, TYPE))
    others = {each: AXIS_NAMES[each] for each in AXES if _can_cross(rows, each)}
    with second:
        default = YEAR if YEAR in others else TYPE
        columns = choose("Columns", "columns", Choice("columns", others, default))
    with third:
        return rows, columns, choose("Cells", "cells", Choice("cells", CELL_NAMES, COUNT))


def _can_cross(rows: str, columns: str) -> bool:
    """Return whether both can be axes of one table: two periods cannot."""
    return rows != columns and bool({rows, columns} & {TYPE, AREA})
