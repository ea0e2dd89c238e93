"""How an indicator changed: on every basis, its recent trend, and what makes up the change."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.change import ChangeAnswer, change
from dashboard.analysis.comparison import bases_with_figures
from dashboard.analysis.trend import trend
from dashboard.exhibits.contribution import rate_sentence
from dashboard.exhibits.one_indicator import (
    changes_table,
    has_figure,
    trend_method,
    trend_sentence,
    trend_table,
    without_figures,
)
from dashboard.layout.choices import BASIS_NAMES, choose
from dashboard.layout.indicator_charts import parts_of
from dashboard.layout.indicator_head import heading
from dashboard.layout.links import link_to
from dashboard.layout.parts import plain, show, small_print
from dashboard.layout.reading_table import show_reading_table
from dashboard.layout.redrawn import redrawn_alone
from dashboard.metrics.window_rows import SURVEY_WAVE
from dashboard.ui.selection import Choice

NO_BASELINE = "No target of the plan gives a baseline year that this indicator is measured from."
HOW_TO_READ = (
    "Equal months are compared. Chance means: as uneven as this series has been so far, could the "
    "two figures differ as much if nothing had changed? It is asked one change at a time."
)
OF_SURVEYS = (
    "The difference between two surveys is called only where it is larger than the error of both."
)
OF_RATES = "Changes are those of the count behind the rate."
COUNT = "count"
SURVEYS = "Latest survey on that of a year before"
BASELINE = BASIS_NAMES["baseline"]


def change_section(view: AreaView, indicator: str) -> None:
    """Draw the change on every basis, and the recent trend."""
    heading("change")
    is_survey = _is_survey(view, indicator)
    names = {"rolling_year": SURVEYS} if is_survey else BASIS_NAMES
    changes = {
        name: answer
        for basis, name in names.items()
        if (answer := _change(view, indicator, basis)) is not None
    }
    known = {name: each for name, each in changes.items() if has_figure(each)}
    if known:
        show_reading_table(changes_table(known), caption="Change on every basis")
        _how_to_read(view, indicator, has_baseline=is_survey or BASELINE in changes)
    else:
        st.markdown("There is no figure to compare.")
    if known and len(known) < len(changes):
        small_print(without_figures([name for name in changes if name not in known]))
    _trend(view, indicator)


def _is_survey(view: AreaView, indicator: str) -> bool:
    """Return whether the indicator is asked in surveys only, which have no months."""
    kinds = view.series(indicator)["period_kind"]
    return len(kinds) > 0 and bool(kinds.eq(SURVEY_WAVE).all())


def _how_to_read(view: AreaView, indicator: str, *, has_baseline: bool) -> None:
    unit = view.indicator(indicator).unit
    asked = _is_survey(view, indicator)
    notes = [OF_SURVEYS if asked else HOW_TO_READ, OF_RATES if unit == "rate" else ""]
    notes.append("" if has_baseline else NO_BASELINE)
    small_print(" ".join(note for note in notes if note))


def _change(view: AreaView, indicator: str, basis: str) -> ChangeAnswer | None:
    """Return the change; None against a baseline year that no target gives."""
    if basis == "baseline":
        own = view.targets_on(indicator)
        if not any("/" in each.baseline_period for each in own):
            return None
    return change(view, indicator, basis)


def _trend(view: AreaView, indicator: str) -> None:
    answer = trend(view, indicator)
    st.subheader("Recent trend", anchor=False)
    st.markdown(plain(trend_sentence(answer)))
    if method := trend_method(answer):
        small_print(method)
    if len(answer.values) and answer.values["value"].notna().any():
        with st.expander("The values that the trend rests on"):
            show_reading_table(trend_table(answer), caption="Values of the recent trend")


@redrawn_alone
def parts_section(view: AreaView, indicator: str) -> None:
    """Draw the contribution of types, or of months, to the change on the basis chosen."""
    heading("parts")
    about = view.indicator(indicator)
    if not about.is_count:
        st.markdown(plain(f"{about.title} is not a count that adds up, so it has no parts."))
        return
    bases = bases_with_figures(view, indicator, view.as_at_text)
    if not bases:
        st.markdown("There is no figure to break down.")
        return
    names = {basis: BASIS_NAMES[basis] for basis in bases}
    basis = choose("Compare", "basis", Choice("comparison", names, bases[0]))
    drawn = parts_of(view, indicator, basis)
    if isinstance(drawn, str):
        st.markdown(plain(drawn))
        return
    show(drawn.chart, key=f"parts_{indicator}", help_for="waterfall", in_section=True)
    said = rate_sentence(drawn.answer)
    if said:
        st.markdown(plain(said))
    if drawn.is_by_type:
        link_to("crime_types", "Every type", within=indicator, basis=basis)
