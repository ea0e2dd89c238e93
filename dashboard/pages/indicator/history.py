"""The tab History: control limits where there can be, breaks and their form, every comparison."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.control import ControlAnswer, control
from dashboard.metrics.control.drawn import LEVEL, TREND
from dashboard.pages.indicator.breaks import break_form, outcome
from dashboard.pages.indicator.changes import changes
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.choices import choose_view
from dashboard.ui.indicator_charts import control_of, history_of
from dashboard.ui.marked_dates import mark_form, marked
from dashboard.ui.parts import plain
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice
from dashboard.words.control_chart import (
    assurance_sentence,
    break_lines,
    control_line,
    control_title,
    proposal_line,
)
from dashboard.words.levels import capital
from dashboard.words.reasons import reason_in_words

LIMITS = {LEVEL: "One level", TREND: "The trend"}


@redrawn_alone
def history(view: AreaView, indicator: str) -> None:
    """Draw the tab."""
    outcome()
    answer = _control(view, indicator, trend=False)
    has_trend = answer is not None and answer.proposal == TREND and _around() == TREND
    drawn = control_of(view, indicator, trend=has_trend)
    if has_trend:
        answer = _control(view, indicator, trend=True)
    if isinstance(drawn, str) or answer is None:
        _without_limits(view, indicator, why=drawn if isinstance(drawn, str) else "")
    else:
        about = view.indicator(indicator)
        chart_card(
            marked(view, indicator, drawn),
            title=control_title(answer, about),
            subtitle=control_line(answer, about),
            key=f"control_{indicator}",
            file=file_name(view, indicator, "history"),
            help_for="control",
            line=proposal_line(answer),
            said=_what_it_says(answer),
            beside=lambda: _forms(view, indicator, answer),
        )
    changes(view, indicator)


def _forms(view: AreaView, indicator: str, answer: ControlAnswer) -> None:
    mark_form(view, indicator)
    break_form(view, answer)


def _around() -> str:
    """Ask what limits are to go around; what a reader agrees to is kept in the address."""
    return choose_view("Limits around", "limits", Choice("limits", LIMITS, LEVEL))


def _control(view: AreaView, indicator: str, *, trend: bool) -> ControlAnswer | None:
    # Asking for what is not there costs time at every click.
    if view.series(indicator).empty:
        return None
    try:
        return control(view, indicator, trend=trend)
    except NoFiguresError:
        return None


def _without_limits(view: AreaView, indicator: str, *, why: str) -> None:
    chart = history_of(view, indicator)
    if chart is None:
        st.info(plain(why), icon=":material/info:")
        return
    title = f"{view.indicator(indicator).title}, every figure"
    chart_card(
        marked(view, indicator, replace(chart, method=why)),
        title=title,
        key=f"history_{indicator}",
        file=file_name(view, indicator, "history"),
        help_for="history",
        beside=lambda: mark_form(view, indicator),
    )


def _what_it_says(answer: ControlAnswer) -> list[str]:
    """Return what the limits mean for the target, and where the series breaks."""
    lines = [
        assurance_sentence(answer),
        *map(reason_in_words, answer.cautions),
        *break_lines(answer),
    ]
    return [f"{capital(line)}." for line in lines if line]
