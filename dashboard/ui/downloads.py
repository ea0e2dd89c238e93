"""Tables to take away: as CSV, as an Excel workbook, and as Parquet."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard.metrics.reasons import Reason
from dashboard.store.builds import shown_warehouse
from dashboard.store.errors import NothingPublishedError
from dashboard.words.reasons import RESTRICTED, reason_in_words

ILLUSTRATIVE = "Illustrative figures, not real ones"
SHEET = "Figures"

#: A spreadsheet runs a text that begins so, unless it is only a number.
_FORMULA = re.compile(r"(?![+-][\d.,]+%?$)[=+\-@\t\r]")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: A workbook that takes every text as a text: no formulas, no links, no error for what is infinite.
_AS_WRITTEN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "nan_inf_to_errors": True,
}

Maker = Callable[[], bytes]


def download(table: pd.DataFrame, *, name: str, illustrative: bool) -> None:
    """Offer a table as a file; one with illustrative figures says so in its name and every row.

    So does every file of an installation that shows small counts.

    Args:
        table: Full numbers, not texts; its index is left out.
        name: Of the file, without an ending; no other table of the page has it.
        illustrative: Whether any figure is made up.
    """
    kinds = (
        ("CSV", "csv", "text/csv", csv_maker),
        ("Excel", "xlsx", _XLSX, xlsx_maker),
        ("Parquet", "parquet", "application/vnd.apache.parquet", parquet_maker),
    )
    table, stem = as_file(table, name, illustrative=illustrative)
    with st.container(horizontal=True, key=f"downloads_{name}"):
        for label, ending, mime, maker in kinds:
            st.download_button(
                f"Download as {label}",
                data=maker(table, illustrative=illustrative),
                file_name=f"{stem}.{ending}",
                mime=mime,
                key=f"download_{name}_{ending}",
                on_click="ignore",
                icon=":material/download:",
                type="tertiary",
            )


def as_file(table: pd.DataFrame, name: str, *, illustrative: bool) -> tuple[pd.DataFrame, str]:
    """Return a table and the file name (without its ending) that it is taken away under."""
    marked = table.assign(Restricted=RESTRICTED) if shows_small_counts() else table
    return marked, file_stem(name, illustrative=illustrative)


def file_stem(name: str, *, illustrative: bool) -> str:
    """Return what a file is called, without its ending: "restricted_illustrative_targets"."""
    marks = (("restricted", shows_small_counts()), ("illustrative", illustrative))
    return "_".join([*(mark for mark, holds in marks if holds), name])


def shows_small_counts() -> bool:
    """Return whether what readers are shown holds small counts that few may see."""
    try:
        return shown_warehouse().shows_small_counts()
    except NothingPublishedError:
        return False


def csv_maker(table: pd.DataFrame, *, illustrative: bool) -> Maker:
    """Return a function that writes a table as CSV, for Streamlit to call when it is asked for."""

    def write() -> bytes:
        whole = _marked(table, illustrative=illustrative).convert_dtypes()
        # A question in SQL names its own columns, and an address may bring the question.
        whole = whole.map(_as_text)
        whole.columns = [_as_text(name) for name in whole.columns]
        # With a byte order mark, Excel reads the file as UTF-8.
        return whole.to_csv(index=False).encode("utf-8-sig")

    return write


def xlsx_maker(table: pd.DataFrame, *, illustrative: bool) -> Maker:
    """Return a function that writes a table as a workbook whose cells are values only."""

    def write() -> bytes:
        whole = _without_zones(_marked(table, illustrative=illustrative))
        file = io.BytesIO()
        with pd.ExcelWriter(
            file, engine="xlsxwriter", engine_kwargs={"options": _AS_WRITTEN}
        ) as writer:
            whole.to_excel(writer, sheet_name=SHEET, index=False, freeze_panes=(1, 0))
            writer.sheets[SHEET].autofit()
        return file.getvalue()

    return write


def parquet_maker(table: pd.DataFrame, *, illustrative: bool) -> Maker:
    """Return a function that writes a table as Parquet; what is no plain value becomes text."""

    def write() -> bytes:
        whole = _marked(table, illustrative=illustrative)
        return whole.to_parquet(index=False)

    return write


def _marked(table: pd.DataFrame, *, illustrative: bool) -> pd.DataFrame:
    whole = table.rename(columns=str)
    for name in whole.columns[whole.dtypes == "object"]:
        whole[name] = whole[name].map(_cell)
    periods = [name for name in whole if isinstance(whole[name].dtype, pd.PeriodDtype)]
    whole = whole.astype(dict.fromkeys(periods, "str"))
    return whole.assign(Figures=ILLUSTRATIVE) if illustrative else whole


def _cell(value: object) -> object:
    """Return a value that files can hold: lists, periods and reasons as text."""
    if isinstance(value, Reason):
        return reason_in_words(value)
    if isinstance(value, list | tuple | set):
        return "; ".join(str(each) for each in value)
    return str(value) if isinstance(value, pd.Period | dict) else value


def _without_zones(table: pd.DataFrame) -> pd.DataFrame:
    zoned = [name for name in table if isinstance(table[name].dtype, pd.DatetimeTZDtype)]
    return table.assign(**{name: table[name].dt.tz_localize(None) for name in zoned})


def _as_text(cell: object) -> object:
    """Return what no spreadsheet runs: a text that looks like a formula behind an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell
