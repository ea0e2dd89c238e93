"""Parts that pages are made of: a chart with its words, a status, a notice."""

from __future__ import annotations

import re

import pandas as pd
import streamlit as st

from dashboard.charts import theme
from dashboard.charts.chart import Chart
from dashboard.exhibits.help import Kind, help_on
from dashboard.layout.downloads import ILLUSTRATIVE, download

ROWS_ON_PAGE = 20
"""A longer table scrolls in its own frame instead of lengthening the page."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#$|~:])")


def show(chart: Chart, *, key: str, help_for: Kind | None = None) -> None:
    """Show a chart: finding, measure, figure, source, how to read it, and the table behind it.

    Args:
        chart: What a function of `dashboard.charts` gave.
        key: A name for it that no other chart of the page has.
        help_for: Its kind, for the help beside it; None for no help.
    """
    st.subheader(plain(chart.title), anchor=False)
    st.markdown(plain(chart.subtitle))
    st.plotly_chart(
        chart.on(background()),
        theme=None,
        config=theme.CONFIG,
        key=f"chart_{key}",
        alt=chart.alt,
    )
    show_source(chart.source, illustrative=chart.illustrative)
    if help_for is not None:
        show_help(help_for, key=key)
    with st.expander("Table behind this chart"):
        show_table(chart.readable_table(), alt=f"Table: {chart.title}")
        download(chart.table, name=key, illustrative=chart.illustrative)


def show_help(kind: Kind, *, key: str) -> None:
    """Offer the help on a kind of chart: what it shows, how to read it, when not to trust it."""
    with st.popover(
        "How to read this chart", icon=":material/help:", type="tertiary", key=f"help_{key}"
    ):
        for heading, text in help_on(kind).parts():
            st.markdown(f"**{heading}.** {plain(text)}")


def show_source(source: str, *, illustrative: bool) -> None:
    """Show the source and vintage of what stands above."""
    note = f" {ILLUSTRATIVE}." if illustrative else ""
    # Not `st.caption`: its grey has a contrast of 4 to 1 with white, and text needs 4.5.
    st.markdown(f":small[{plain(f'{source}.{note}')}]")


def show_table(table: pd.DataFrame, *, alt: str) -> None:
    """Show a table of texts: as plain text while it is short, else scrolling in its own frame."""
    if len(table) <= ROWS_ON_PAGE:
        st.table(
            table.map(lambda cell: plain(str(cell))), border="horizontal", hide_index=True, alt=alt
        )
    else:
        st.dataframe(table, hide_index=True, alt=alt)


def nothing_published(message: str) -> None:
    """Say that there is no database to read this moment, what to do, and offer to try again."""
    st.title("The figures cannot be read this moment", anchor=False)
    st.info(plain(message), icon=":material/info:")
    st.button("Try again", key="try_again", icon=":material/refresh:")


def small_print(text: str) -> None:
    """Show a line in small type, such as a source.

    Not `st.caption`: its grey has a contrast of 4 to 1 with white, and text needs 4.5.
    """
    st.markdown(f":small[{plain(text)}]")


def show_notices(notices: list[str]) -> None:
    """Show what of the address could not be followed."""
    for notice in notices:
        st.warning(plain(notice), icon=":material/info:")


def background() -> theme.Background:
    """Return the background of the reader's page; light while Streamlit does not say."""
    return "dark" if st.context.theme.type == "dark" else "light"


def plain(text: str) -> str:
    """Return text that Streamlit shows as it is: no Markdown, no formulas, no coloured words."""
    return _MARKDOWN.sub(r"\\\1", text)
