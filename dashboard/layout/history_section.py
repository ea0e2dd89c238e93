"""The history of an indicator: control limits where there can be, breaks, and their form."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.control import ControlAnswer, control
from dashboard.exhibits.control import assurance_sentence, break_lines
from dashboard.exhibits.words import capital
from dashboard.layout.break_form import break_form, outcome
from dashboard.layout.indicator_charts import control_of, history_of
from dashboard.layout.indicator_head import heading
from dashboard.layout.parts import plain, show
from dashboard.layout.redrawn import redrawn_alone
from dashboard.words.reasons import reason_in_words


@redrawn_alone
def history_section(view: AreaView, indicator: str) -> None:
    """Draw the section."""
    heading("history")
    outcome()
    drawn = control_of(view, indicator)
    if isinstance(drawn, str):
        st.markdown(plain(drawn))
        _without_limits(view, indicator)
    else:
        show(drawn, key=f"control_{indicator}", help_for="control", in_section=True)
    answer = _control(view, indicator)
    if answer is not None:
        _what_it_says(answer)
        break_form(view, answer)


def _control(view: AreaView, indicator: str) -> ControlAnswer | None:
    # Asking for what is not there costs time at every click.
    if view.series(indicator).empty:
        return None
    try:
        return control(view, indicator)
    except NoFiguresError:
        return None


def _without_limits(view: AreaView, indicator: str) -> None:
    chart = history_of(view, indicator)
    if chart is not None:
        show(chart, key=f"history_{indicator}", help_for="history", in_section=True)


def _what_it_says(answer: ControlAnswer) -> None:
    """Say what the limits mean for the target, and where the series breaks."""
    lines = [
        assurance_sentence(answer),
        *map(reason_in_words, answer.cautions),
        *break_lines(answer),
    ]
    said = [line for line in lines if line]
    if said:
        st.markdown("\n".join(f"- {plain(capital(line))}" for line in said))
