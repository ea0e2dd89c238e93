"""Parts that pages are made of: a chart with its words, a status, a notice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard.charts import theme
from dashboard.charts.chart import Chart
from dashboard.ui.downloads import ILLUSTRATIVE, download
from dashboard.ui.grid import figure_columns, show_grid
from dashboard.ui.style import background
from dashboard.words.help import Kind, help_on

COLUMNS_ON_PHONE = 4
"""A table with more is wider than a phone, and a reader there is told that it moves sideways."""
SWIPE = '<p class="swipe">This table is wide: move it sideways for its other columns.</p>'
CONTENTS = "on_this_page"
"""The anchor of the list of a page's headings; on a phone the way back to it stays in sight."""
ROWS_ON_PAGE = 20
"""A longer table scrolls in its own frame instead of lengthening the page."""

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#$|~:])")


def show(
    chart: Chart,
    *,
    key: str,
    help_for: Kind | None = None,
    in_section: bool = False,
    anchor: str = "",
) -> None:
    """Show a chart: finding, measure, figure, source, how to read it, and the table behind it.

    Args:
        chart: What a function of `dashboard.charts` gave.
        key: A name for it that no other chart of the page has.
        help_for: Its kind, for the help beside it; None for no help.
        in_section: Whether it stands under a heading of its own page, so that its finding is a
            heading of the third level, not the second.
        anchor: What a list of the page's headings calls it by; "" where none does.
    """
    heading = st.subheader if in_section else st.header
    heading(plain(chart.caption.title), anchor=anchor or False)
    st.markdown(plain(chart.caption.subtitle))
    plot(chart, key=f"chart_{key}")
    show_source(chart.caption.source, illustrative=chart.caption.illustrative)
    if help_for is not None:
        show_help(help_for, key=key, method=chart.method)
    with st.expander("Table behind this chart"):
        show_table(chart.readable_table(), alt=f"Table: {chart.caption.title}")
        download(chart.table, name=key, illustrative=chart.caption.illustrative)


def plot(chart: Chart, *, key: str) -> None:
    """Draw the figure of a chart on the reader's background, without its words."""
    st.plotly_chart(
        chart.figure_on(background()), theme=None, config=theme.CONFIG, key=key, alt=chart.alt
    )


def show_help(kind: Kind, *, key: str, method: str = "", of: str = "this chart") -> None:
    """Offer the help on a kind of chart: what it shows, how to read it, when not to trust it.

    Args:
        kind: Of the chart.
        key: A name for it that no other help of the page has.
        method: How the chart is worked out, in the terms of the field; "" for nothing to say.
        of: What it is called where more than one chart is meant.
    """
    with st.popover(
        f"How to read {of}", icon=":material/help:", type="tertiary", key=f"help_{key}"
    ):
        st.markdown(help_text(kind, method))


def help_text(kind: Kind, method: str = "") -> str:
    """Return the same help as Markdown, for where there is no room but for a hover."""
    parts = [*help_on(kind).parts(), *([("In technical terms", method)] if method else [])]
    return "\n\n".join(f"**{heading}.** {plain(text)}" for heading, text in parts)


def show_source(source: str, *, illustrative: bool) -> None:
    """Show the source and vintage of what stands above."""
    small_print(source_text(source, illustrative=illustrative))


def source_text(source: str, *, illustrative: bool) -> str:
    """Return source and vintage as a sentence, and another where a figure is made up."""
    return f"{source}. {ILLUSTRATIVE}." if illustrative else f"{source}."


def show_chip(words: str) -> None:
    """Show a mark of few words; none for ""."""
    if words:
        st.markdown(f":blue-badge[{plain(words)}]")


def show_table(table: pd.DataFrame, *, alt: str) -> None:
    """Show a table of texts: as plain text while it is short, else scrolling in its own frame."""
    # The static table writes its texts on the left: the stylesheet reads here which do not.
    right = figure_columns(table)
    figures = [f"f{at + 1}" for at, name in enumerate(table) if name in right]
    swipe = SWIPE if table.shape[1] > COLUMNS_ON_PHONE else ""
    if figures or swipe:
        st.html(f'<span class="figures {" ".join(figures)}"></span>{swipe}')
    if len(table) <= ROWS_ON_PAGE:
        # Column by column: `DataFrame.map` takes five times as long.
        texts = pd.DataFrame({name: [plain(str(cell)) for cell in table[name]] for name in table})
        st.table(texts, border="horizontal", hide_index=True, alt=alt)
    else:
        show_grid(table, alt=alt)


def about(title: str, lines: Sequence[str]) -> None:
    """Offer what is to be known of a part of a page, a sentence a line, where nobody must read it.

    Args:
        title: What it is about; no other on the page has it.
        lines: As they are said.
    """
    with st.popover(plain(title), icon=":material/help:", type="tertiary"):
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def nothing_published(message: str) -> None:
    """Say that there is no database to read this moment, what to do, and offer to try again."""
    st.title("The figures cannot be read this moment", anchor=False)
    st.info(plain(message), icon=":material/info:")
    st.button("Try again", key="try_again", icon=":material/refresh:")


def jump_links(sections: Mapping[str, str]) -> None:
    """Show links to the headings of a long page.

    Args:
        sections: What each is called, by the anchor of its heading.
    """
    links = [f"[{plain(title)}](#{anchor})" for anchor, title in sections.items()]
    st.html(f'<span id="{CONTENTS}"></span><a class="up" href="#{CONTENTS}">Up to the list</a>')
    st.markdown(f"On this page: {' · '.join(links)}")


def anchor_of(title: str) -> str:
    """Return the anchor of a heading that is made of data: "contradictory", "london-2020-21"."""
    return re.sub(r"\W+", "-", title.lower()).strip("-")


def small_print(text: str) -> None:
    """Show lines in small type, such as a source.

    Not `st.caption`: its grey has a contrast of 4 to 1 with white, and text needs 4.5.
    """
    st.markdown("  \n".join(f":small[{plain(line)}]" for line in text.split("\n")))


def labelled(lines: list[tuple[str, str]]) -> None:
    """Show short texts under each other, each after its label."""
    st.markdown("  \n".join(f"**{plain(label)}:** {plain(text)}" for label, text in lines))


def show_notices(notices: list[str]) -> None:
    """Show what of the address could not be followed."""
    for notice in notices:
        st.warning(plain(notice), icon=":material/info:")


def plain(text: str) -> str:
    """Return text that Streamlit shows as it is: no Markdown, no formulas, no coloured words."""
    return _MARKDOWN.sub(r"\\\1", text)
