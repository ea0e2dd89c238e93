"""A table of the reader's own: what stands in its rows, columns and cells."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.pivot import AREA, AXES, COUNT, PERIODS, TYPE, YEAR, pivot
from dashboard.pages.crime_types.pivot import AXIS_NAMES, CELL_NAMES, pivot_caption, pivot_table
from dashboard.pages.crime_types.type_tree import rows_to_show
from dashboard.ui.choices import choose, choose_types
from dashboard.ui.crime_type_choices import (
    bases_of,
    choose_areas,
    choose_basis,
    cut_of,
    first_type,
    source_in,
    types_in,
)
from dashboard.ui.downloads import download
from dashboard.ui.parts import plain, show_source, show_table
from dashboard.ui.python_block import python_block
from dashboard.ui.selection import Choice
from dashboard.words import as_python
from dashboard.words.crime_types import tree_labels


def pivot_section(view: AreaView) -> None:
    """Draw the table that the reader puts together."""
    rows, columns, cells = _choose_axes()
    has_period = bool({rows, columns} & set(PERIODS))
    basis = bases_of(view)[0] if has_period else choose_basis(view)
    areas = choose_areas(view)
    types = types_in(view, areas, basis)
    if types.empty:
        st.info("Nothing is counted in these areas.", icon=":material/info:")
        return
    chosen = list(choose_types(types, tree_labels(types)))
    every = rows_to_show(types, "", ())["indicator_id"].tolist()
    indicators = chosen or (every if TYPE in (rows, columns) else [first_type(types)])
    try:
        answer = pivot(view, tuple(indicators), rows, columns, cells, tuple(areas), basis)
    except NoFiguresError as nothing:
        st.info(plain(str(nothing)), icon=":material/info:")
        return
    st.header(plain(pivot_caption(answer)), anchor=False)
    show_table(pivot_table(answer), alt="Table of your own")
    show_source(source_in(view, areas, indicators), illustrative=answer.illustrative)
    download(answer.long, name="pivot", illustrative=answer.illustrative)
    python_block(
        as_python.pivot_code(cut_of(view, basis), indicators, areas, (rows, columns), cells)
    )


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
