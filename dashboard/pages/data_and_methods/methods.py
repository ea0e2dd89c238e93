"""The sections Methods, Projections (their record) and Accessibility: docs/ as they are written."""

from __future__ import annotations

import re
from pathlib import Path

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.projection_record import projection_record
from dashboard.pages.data_and_methods import projection_record as words
from dashboard.ui.big_number import BigNumber, show_big_numbers
from dashboard.ui.choices import choose
from dashboard.ui.downloads import download
from dashboard.ui.parts import about
from dashboard.ui.reading_table import show_parts
from dashboard.ui.selection import Choice

DOCS = Path(__file__).parents[3].joinpath("docs")
WIDTHS = (44, 14, 14, 14, 14)
"""Of the columns of the record, in percent: its tables stand under each other."""
INDEX, ACCESSIBILITY = DOCS.joinpath("methods.md"), DOCS.joinpath("accessibility.md")
#: A link from one page to another leads nowhere in the app.
_LINK_TO_PAGE = re.compile(r"\[([^\]]+)\]\((?!https?:)[^)]+\)")
_HEADING = "\n## "


def methods_section(view: AreaView) -> str:
    """Draw one page of the methods; gives the page's title."""
    del view
    pages = {"": INDEX} | {page.stem: page for page in sorted(DOCS.glob("methods/*.md"))}
    names = {name: _heading(page) for name, page in pages.items()}
    asked = choose("Method", "method", Choice("method", names, ""))
    _, _, text = pages[asked].read_text(encoding="utf-8").partition("\n")
    st.markdown(_LINK_TO_PAGE.sub(r"\1", text))
    return f"{names[asked]}: how every number is worked out"


def record_section(view: AreaView) -> str:
    """Draw how the projections did on real series; gives the page's title."""
    record = projection_record(view.warehouse)
    show_big_numbers([BigNumber(*each) for each in words.record_numbers(record)])
    about("How to read the record", words.HOW_TO_READ)
    slices = words.slices_to_choose(record)
    part = choose("Part of the record", "slice", Choice("part", slices, words.ALL))
    table = words.record_table(record, part)
    caption = "How often the intervals held what came, by method"
    show_parts(words.by_figures(table), caption=caption, widths=WIDTHS)
    download(record, name="projection_record", illustrative=False)
    return words.record_title(record)


def accessibility_section(view: AreaView) -> str:
    """Draw the statement, the first part of the page of docs/; gives the page's title."""
    del view
    title, _, text = ACCESSIBILITY.read_text(encoding="utf-8").partition("\n")
    statement, _, _ = text.partition(f"{_HEADING}What is checked")
    st.markdown(statement)
    return f"{title.strip('# ')}: what works, what does not yet"


def _heading(page: Path) -> str:
    with page.open(encoding="utf-8") as lines:
        heading = lines.readline().strip("# \n")
    return re.sub(r"[`*]|\s*\([^)]*\.py[^)]*\)", "", heading)
