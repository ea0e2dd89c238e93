"""The section Worth reporting: which indicators tell something, and which could go."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.worth_reporting import worth_reporting
from dashboard.pages.data_and_methods import worth as words
from dashboard.ui.downloads import download
from dashboard.ui.parts import plain
from dashboard.ui.reading_table import show_reading_table


def worth_section(view: AreaView) -> str:
    """Draw the section; gives the page's title."""
    answer = worth_reporting(view)
    st.markdown("\n".join(f"- {plain(line)}" for line in words.worth_lines(answer)))
    st.markdown(
        "The order in which indicators would go is a reading aid: a partnership may keep one "
        "because the public asks for it."
    )
    table = words.worth_table(answer)
    show_reading_table(table, caption="Indicators, and which of them could go")
    download(answer.indicators, name="worth_reporting", illustrative=answer.illustrative)
    return words.worth_title(answer)
