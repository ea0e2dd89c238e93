"""The Quarterly review on a projector: slides, one thing at a time, turned with the arrow keys."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.charts import theme
from dashboard.metrics.periods import month_label, parse_month
from dashboard.pages.quarterly_review.agenda import Item
from dashboard.pages.quarterly_review.meeting import agenda, quarter_of
from dashboard.pages.quarterly_review.sheet import MeetingSheet, evidence, meeting_sheet
from dashboard.pages.quarterly_review.slide_words import indicator_said, item_said
from dashboard.store.builds import data_dir
from dashboard.store.commentary import Commentary, Subject
from dashboard.store.partner_records import RecordError
from dashboard.ui.chip import chip
from dashboard.ui.indicator_charts import place_of
from dashboard.ui.parts import plain, show_source
from dashboard.ui.scorecard import framed, markup
from dashboard.ui.style import background, offer_projector

SLIDE = "slide"
"""The parameter of the address that holds which of them is shown, from 1."""
ROWS = 7
"""Rows of a scorecard that fit a slide."""
LOWEST, TALL = 800, 1_000
"""Pixels of a screen: what slides fit at least, and from where on charts have larger text."""
AROUND, TALL_AROUND = 350, 490
"""Pixels of a slide that are not its chart's."""
TEXT, TALL_TEXT = 16, 22
"""Pixels of a chart's text."""
_KEYS = st.components.v2.component(
    "slides", html="<span></span>", js=Path(__file__).with_name("slides.js").read_text("utf-8")
)


class Slide(NamedTuple):
    """A slide: its title, and what draws the rest."""

    title: str
    draw: Callable[[], None]
    verdict: str = ""


def slides(view: AreaView) -> None:
    """Draw one slide: the title, the summary, an item of the agenda, or a list of indicators."""
    every = list(_slides(view))
    shown = _asked(len(every))
    slide = every[shown - 1]
    with st.container(key="slide"):
        with st.container(horizontal=True, vertical_alignment="center", key="slide_title"):
            st.title(plain(slide.title), anchor=False, width="content")
            if slide.verdict:
                st.html(chip(slide.verdict), width="content")
        slide.draw()
    _turning(shown, len(every))
    _KEYS(data={"height": _height()}, key="slide_keys", on_height_change=lambda: None)


def _slides(view: AreaView) -> Iterator[Slide]:
    sheet, items = meeting_sheet(view), agenda(view)
    yield Slide(f"{quarter_of(view)}: {view.area_name}", partial(_begin, view, items))
    yield from _lists(sheet, sheet.title, sheet.exceptions)
    for item in items:
        title = f"{item.number}. {item.title}"
        if item.is_indicator:
            verdict = sheet.said[item.subject].verdict
            yield Slide(title, partial(_indicator, view, item), verdict)
        else:
            yield Slide(title, partial(_said, item_said(item)))
    for title, listed in sheet.priorities:
        yield from _lists(sheet, title, listed)


def _lists(sheet: MeetingSheet, title: str, listed: list[str]) -> Iterator[Slide]:
    """Give the rows of a list on as many slides as they need."""
    starts = range(0, len(listed), ROWS)
    for n, start in enumerate(starts, start=1):
        of = f" ({n} of {len(starts)})" if len(starts) > 1 else ""
        rows = [sheet.rows[each] for each in listed[start : start + ROWS]]
        table = markup(sheet.columns, rows, caption=f"Indicators: {title}{of}")
        yield Slide(f"{title}{of}", partial(_list, table))


def _list(table: str) -> None:
    st.html(framed(table))


def _begin(view: AreaView, items: list[Item]) -> None:
    st.markdown(f"Figures to {month_label(parse_month(view.as_at_text))}")
    st.markdown("\n".join(f"{each.number}. {plain(each.title)}" for each in items))
    st.markdown(":small[← and → turn the slides, F fills the screen.]")


def _indicator(view: AreaView, item: Item) -> None:
    said = meeting_sheet(view).said[item.subject]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _evidence(view, item.subject)
    with right:
        _said(indicator_said(said, _commentary(view, item.subject), item))


def _evidence(view: AreaView, indicator: str) -> None:
    """Draw what the verdict rests on; of a place the whole group, which fills a slide."""
    found = evidence(view, indicator)
    if found is None:
        st.markdown("No figures of this indicator are loaded for this area.")
        return
    chart = place_of(view, indicator) if found.kind == "rank_target" else found.chart
    chart = found.chart if isinstance(chart, str) else chart
    is_tall = _height() >= TALL
    size, around = (TALL_TEXT, TALL_AROUND) if is_tall else (TEXT, AROUND)
    # What is kept for all readers stays as it is.
    figure = go.Figure(theme.for_background(chart.figure, background()), skip_invalid=False)
    figure.update_layout(height=max(_height(), LOWEST) - around, font_size=size)
    figure.update_xaxes(tickfont_size=size).update_yaxes(tickfont_size=size)
    figure.update_annotations(font_size=size)
    st.plotly_chart(
        figure, theme=None, config=theme.CONFIG, key=f"slide_{indicator}", alt=chart.alt
    )
    caption = chart.caption
    show_source(f"{found.measure}. {caption.source}", illustrative=caption.illustrative)


def _said(lines: list[tuple[str, str]]) -> None:
    said = "".join(
        f"<dt>{html.escape(label)}</dt><dd>{html.escape(text)}</dd>" for label, text in lines
    )
    st.html(f'<dl class="slide-said">{said}</dl>')


def _commentary(view: AreaView, indicator: str) -> pd.DataFrame | None:
    try:
        about = Subject(view.area_code, indicator, quarter_of(view))
        return Commentary.of(data_dir()).current(about)
    except RecordError:
        return None


def _height() -> int:
    """Return the pixels of the reader's screen, once the browser has said."""
    told = st.session_state.get("slide_keys")
    return int(getattr(told, "height", None) or LOWEST)


def _asked(count: int) -> int:
    asked = st.query_params.get(SLIDE, "1")
    return min(max(int(asked), 1), max(count, 1)) if asked.isdecimal() else 1


def _turning(shown: int, count: int) -> None:
    """Offer the slides before and after."""
    with st.container(horizontal=True, vertical_alignment="center", key="not_printed_turning"):
        for label, icon, to, is_end in (
            ("Previous", ":material/chevron_left:", shown - 1, shown <= 1),
            ("Next", ":material/chevron_right:", shown + 1, shown >= count),
        ):
            st.button(
                label, key=label.lower(), icon=icon, disabled=is_end, on_click=_go_to, args=(to,)
            )
        st.markdown(f"{shown} of {count}")
        offer_projector()


def _go_to(slide: int) -> None:
    st.query_params[SLIDE] = str(slide)
