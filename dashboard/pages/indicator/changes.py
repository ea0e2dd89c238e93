"""How an indicator changed, under its history: on every basis, and its recent trend."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.change import ChangeAnswer, change
from dashboard.analysis.trend import trend
from dashboard.metrics.window_rows import SURVEY_WAVE
from dashboard.ui.choices import BASIS_NAMES
from dashboard.ui.parts import plain, small_print
from dashboard.ui.reading_table import show_reading_table
from dashboard.words.one_indicator import (
    changes_table,
    has_figure,
    trend_method,
    trend_sentence,
    trend_table,
    without_figures,
)

NO_BASELINE = "No target of the plan gives a baseline year that this indicator is measured from."
HOW_TO_READ = (
    "Equal months are compared. Chance means: as uneven as this series has been so far, could the "
    "two figures differ as much if nothing had changed? It is asked one change at a time."
)
OF_SURVEYS = (
    "The difference between two surveys is called only where it is larger than the error of both."
)
OF_RATES = "Changes are those of the count behind the rate."
SURVEYS = "Latest survey on that of a year before"
BASELINE = BASIS_NAMES["baseline"]


def changes(view: AreaView, indicator: str) -> None:
    """Draw the change on every basis, and the recent trend."""
    is_survey = _is_survey(view, indicator)
    names = {"rolling_year": SURVEYS} if is_survey else BASIS_NAMES
    answers = {
        name: answer
        for basis, name in names.items()
        if (answer := _change(view, indicator, basis)) is not None
    }
    known = {name: each for name, each in answers.items() if has_figure(each)}
    st.header("Every comparison", anchor=False)
    if not known:
        st.markdown("There is no figure to compare.")
        return
    show_reading_table(changes_table(known), caption="Change on every basis")
    _trend(view, indicator)
    unknown = [name for name in answers if name not in known]
    unit = view.indicator(indicator).unit
    notes = _notes(unit, is_survey=is_survey, has_baseline=is_survey or BASELINE in answers)
    with st.popover("About these comparisons", icon=":material/help:"):
        small_print("\n".join([*notes, *([without_figures(unknown)] if unknown else [])]))


def _is_survey(view: AreaView, indicator: str) -> bool:
    """Return whether the indicator is asked in surveys only, which have no months."""
    kinds = view.series(indicator)["period_kind"]
    return len(kinds) > 0 and bool(kinds.eq(SURVEY_WAVE).all())


def _notes(unit: str, *, is_survey: bool, has_baseline: bool) -> list[str]:
    notes = [OF_SURVEYS if is_survey else HOW_TO_READ, OF_RATES if unit == "rate" else ""]
    notes.append("" if has_baseline else NO_BASELINE)
    return [note for note in notes if note]


def _change(view: AreaView, indicator: str, basis: str) -> ChangeAnswer | None:
    """Return the change; None against a baseline year that no target gives."""
    if basis == "baseline":
        own = view.targets_on(indicator)
        if not any("/" in each.baseline_period for each in own):
            return None
    return change(view, indicator, basis)


def _trend(view: AreaView, indicator: str) -> None:
    answer = trend(view, indicator)
    st.markdown(plain(trend_sentence(answer)))
    method = trend_method(answer)
    if len(answer.values) and answer.values["value"].notna().any():
        with st.popover("What the trend rests on", icon=":material/trending_flat:"):
            if method:
                small_print(method)
            show_reading_table(trend_table(answer), caption="Values of the recent trend")
