"""The card of a chart: title, chart, one line, and a row of what can be had of it.

The row has how to read it, the table behind it with its files, and the picture. The browser draws
the picture in a fifth of a second, with title and source in it, and asks the server for nothing.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.charts import theme
from dashboard.charts.chart import Caption, Chart, sentence
from dashboard.ui.chip import chip
from dashboard.ui.downloads import download, file_stem, shows_small_counts
from dashboard.ui.parts import help_text, plain, plot, show_source, show_table, source_text
from dashboard.ui.style import background
from dashboard.words.help import Kind
from dashboard.words.reasons import RESTRICTED

#: Characters of a line in a picture: of its title, and of what stands under it.
TITLE_LINE, LINE = 80, 125
_BUTTONS = """<div class="picture" role="group" aria-label="This chart as a picture">
<button type="button" data-format="png">PNG</button>
<button type="button" data-format="svg">SVG</button></div>"""
_PICTURE = st.components.v2.component(
    "picture",
    html=_BUTTONS,
    js=Path(__file__).with_name("picture.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def chart_card(
    chart: Chart,
    *,
    key: str,
    file: str,
    title: str = "",
    subtitle: str = "",
    verdict: str = "",
    line: str = "",
    said: Sequence[str] = (),
    help_for: Kind | None = None,
    beside: Callable[[], None] | None = None,
) -> None:
    """Show a chart on a card of its own.

    Args:
        chart: What a function of `dashboard.charts` gave.
        key: A name for it that no other chart of the page has.
        file: Of what is taken away, without an ending; see `file_name`.
        title: The finding, at most 14 words; the chart's own where it is "".
        subtitle: Unit, area and period; the chart's own where it is "".
        verdict: A word of `dashboard.metrics.status_table`, as a chip; "" for none.
        line: What to take from the chart, at most 25 words; "" where the title says it all.
        said: What else is known, behind "About this chart", a sentence each.
        help_for: Its kind, for how to read it.
        beside: Draws what stands in the row too, such as a form; None for nothing.
    """
    full = chart.caption
    caption = replace(full, title=title or full.title, subtitle=subtitle or full.subtitle)
    chart = replace(chart, caption=caption)
    with st.container(border=True, gap="xsmall", key=f"card_{key}"):
        _head(caption, verdict, key)
        draw_chart(chart, key)
        if line:
            st.markdown(plain(line))
        with st.container(horizontal=True, key=f"not_printed_{key}"):
            with st.popover("About this chart", icon=":material/help:", key=f"help_{key}"):
                _about(chart, full if (title or subtitle) else None, said, help_for)
            with st.popover("Table", icon=":material/table:", key=f"table_{key}", width="content"):
                show_table(chart.readable_table(), alt=f"Table: {caption.title}")
                download(chart.table, name=file, illustrative=caption.illustrative)
            offer_picture(chart, key, file)
            if beside is not None:
                beside()
        # Measure and area stand under the picture, so that it begins as high as it can.
        drawn = ". ".join(filter(None, (caption.subtitle.removesuffix("."), caption.source)))
        show_source(drawn, illustrative=caption.illustrative)


def offer_behind(
    chart: Chart, *, key: str, file: str, said: Sequence[str] = (), help_for: Kind | None = None
) -> None:
    """Offer all that is behind a small chart, which `draw_chart` drew, in one place.

    Args:
        chart: The chart.
        key: The same as of `draw_chart`.
        file: Of what is taken away; see `file_name`.
        said: What else is known, a sentence each.
        help_for: Its kind, for how to read it.
    """
    with (
        st.container(key=f"not_printed_{key}"),
        st.popover("About", key=f"table_{key}", type="tertiary"),
    ):
        _about(chart, chart.caption, said, help_for)
        show_table(chart.readable_table(), alt=f"Table: {chart.caption.title}")
        download(chart.table, name=file, illustrative=chart.caption.illustrative)
        offer_picture(chart, key, file)
        show_source(chart.caption.source, illustrative=chart.caption.illustrative)


def file_name(view: AreaView, indicator: str, what: str) -> str:
    """Return what a file is called: "all_crime_portsmouth_2024-12_history"."""
    area = re.sub(r"\W+", "_", view.area_name.lower()).strip("_")
    return f"{indicator}_{area}_{view.as_at_text}_{what}"


def _head(caption: Caption, verdict: str, key: str) -> None:
    with st.container(horizontal=True, key=f"head_{key}", gap="small"):
        st.header(plain(caption.title), anchor=False, width="content")
        if verdict:
            st.html(chip(verdict), width="content")


def _about(chart: Chart, full: Caption | None, said: Sequence[str], kind: Kind | None) -> None:
    """Say in full what the card says in short, and how the chart is read and worked out."""
    whole = [] if full is None else [sentence(full.title), sentence(full.subtitle)]
    if lines := [*whole, *said]:
        st.markdown("\n".join(f"- {plain(line)}" for line in lines if line))
    if kind is not None:
        st.markdown(help_text(kind, chart.method))


def draw_chart(chart: Chart, key: str) -> None:
    """Draw the figure of a chart on the reader's background."""
    with st.container(key=f"chart_{key}"):
        plot(chart, key=f"figure_{key}")


def offer_picture(chart: Chart, key: str, file: str) -> None:
    """Offer the chart that `draw_chart` drew under the same key as PNG and as SVG."""
    caption = chart.caption
    source = source_text(caption.source, illustrative=caption.illustrative)
    said = [caption.subtitle, source, *([f"{RESTRICTED}."] if shows_small_counts() else [])]
    words = {
        "chart": key,
        "file": file_stem(file, illustrative=caption.illustrative),
        "title": "<br>".join(_wrapped(caption.title, TITLE_LINE)),
        "below": "<br>".join(line for text in said for line in _wrapped(text, LINE)),
        "paper": theme.PAGE if background() == "light" else theme.in_the_dark(theme.PAGE),
    }
    _PICTURE(data=words, key=f"picture_{key}", height="content", width="content")


def _wrapped(text: str, width: int) -> list[str]:
    # The plotting library reads a few HTML tags in texts; a title has none.
    return textwrap.wrap(text.replace("<", "&lt;"), width)
