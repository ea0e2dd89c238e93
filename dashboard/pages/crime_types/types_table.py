"""The table of every type: a row is chosen for the page; a rise leads to its story."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.crime_types import crime_types
from dashboard.analysis.rows import rows_of
from dashboard.pages.crime_types import as_python
from dashboard.pages.crime_types.choices import TYPE, Chosen, cut_of
from dashboard.pages.crime_types.python import offer_python
from dashboard.pages.crime_types.type_tree import (
    COLUMNS,
    STORY,
    adding_up,
    in_its_tree,
    left_out,
    rows_to_show,
    scorecard_rows,
)
from dashboard.store.cache import cached_per_build
from dashboard.ui.address import set_all
from dashboard.ui.downloads import download
from dashboard.ui.grid import show_grid
from dashboard.ui.parts import plain, show_source, show_table
from dashboard.ui.scorecard import Row, show_scorecard
from dashboard.words.crime_types import CrimeType, how_to_read, types_table
from dashboard.words.sources import source_of_indicators


class Types(NamedTuple):
    """The types of an area.

    Attributes:
        rows: As `dashboard.analysis.crime_types.crime_types` gives, of those shown.
        cells: Those in the tree of the one chosen, for the scorecard.
        table: The same as texts, with every column.
        said: How to read it, whether it adds up, and what is left out.
        source: Source and vintage.
    """

    rows: pd.DataFrame
    cells: Sequence[Row]
    table: pd.DataFrame
    said: str
    source: str


def show_types(chosen: Chosen) -> None:
    """Show every type; the one chosen stands out."""
    found = types_of(chosen.view, chosen.indicator, chosen.basis)
    illustrative = bool(found.rows["illustrative"].any())
    with st.container(border=True, key="card_types"):
        st.header("Crime types", anchor=False)
        show_scorecard(
            COLUMNS,
            found.cells,
            caption="Crime types, parts under their whole",
            key="types_scorecard",
            chosen=chosen.indicator,
            choose=_choose,
            panel="card_contribution",
            first="Type",
        )
        with st.container(horizontal=True, key="not_printed_types"):
            with st.popover("Every type", icon=":material/table:", key="types_table"):
                st.markdown(plain(found.said))
                show_table(found.table, alt="Table of crime types")
                download(found.rows, name="crime_types", illustrative=illustrative)
            with st.popover("Offences", icon=":material/list:", key="types_offences"):
                _offences(chosen.view)
            offer_python(as_python.types_code(cut_of(chosen.view, chosen.basis)), "types")
        show_source(found.source, illustrative=illustrative)


def _choose(known: str) -> None:
    """Put the type of a row into the address, or its story."""
    indicator = known.removeprefix(STORY)
    set_all(**{TYPE: indicator}, **({"look": "story"} if known != indicator else {}))


def _offences(view: AreaView) -> None:
    offences = view.warehouse.cached_frame("offences")
    st.markdown(
        "Offence codes of the Home Office, and the type that each counts in today. One can be "
        "chosen as a type where a file is loaded that counts it."
    )
    show_grid(offences, alt="Table of offence codes")
    download(offences, name="offences", illustrative=False)


@cached_per_build
def types_of(view: AreaView, indicator: str, basis: str) -> Types:
    """Return the types of an area, the single offences of the one chosen among them."""
    types = crime_types(view, basis=basis)
    rows = rows_to_show(types, indicator)
    said = (how_to_read(rows), adding_up(types, indicator), left_out(types, rows))
    return Types(
        rows,
        scorecard_rows(
            rows_of(in_its_tree(rows, indicator), CrimeType),
            view.indicators["lower_is_better"].to_dict(),
        ),
        types_table(rows),
        " ".join(filter(None, said)),
        source_of_indicators(view, *rows["indicator_id"]),
    )
