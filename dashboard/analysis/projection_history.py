"""The months that an indicator can be projected from, or why there are none; and what is fitted."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.metrics.comparability import BREAK, window_of_note
from dashboard.metrics.periods import MONTHS_A_YEAR, month_label, months_in_words
from dashboard.metrics.projection.drift import fit_drifting_levels
from dashboard.metrics.projection.history import FEWEST_EVENTS, FEWEST_MONTHS, Fitted, History
from dashboard.metrics.status import UNRELIABLE
from dashboard.metrics.windows import SURVEY_WAVE, month_ordinals
from dashboard.store.cache import cached_per_build


@cached_per_build
def fitted_of(view: AreaView, indicator: str, as_at: pd.Period) -> Fitted:
    """Return the method that pages use, fitted once to an indicator's months up to one.

    Raises:
        NoFiguresError: There is nothing to project from.
    """
    history, reason = history_in(view, indicator, as_at)
    if history is None:
        title = view.indicator(indicator).title
        raise NoFiguresError(f"{title} is not projected: {reason}")
    return fit_drifting_levels(history)


@cached_per_build
def history_in(view: AreaView, indicator: str, as_at: pd.Period) -> tuple[History | None, str]:
    """Return the months an indicator can be projected from, or none and why.

    They end at the month and go back, without a gap, to the first figure, the last missing month
    or the last break in the series, whichever is latest.
    """
    series = view.series(indicator)
    monthly = series[series["period_kind"].eq("month") & series["coverage"].ge(1)]
    reason = _refusal(view, indicator, monthly)
    if reason:
        return None, reason
    counts = pd.Series(
        monthly["numerator"].to_numpy(dtype=float), index=month_ordinals(monthly["period_start"])
    ).dropna()
    return _unbroken(counts, _first_comparable(view, indicator, as_at), as_at)


def _refusal(view: AreaView, indicator: str, monthly: pd.DataFrame) -> str:
    """Return why an indicator is not projected whatever its months; "" where it may be."""
    about, kinds = view.indicator(indicator), view.series(indicator)["period_kind"]
    notes = view.notes_on(indicator)
    of_it = notes[notes["indicator_id"].eq(indicator)]
    is_survey = about.period_kind == SURVEY_WAVE or kinds.eq(SURVEY_WAVE).any()
    is_counted = about.counts_events
    refusals = (
        ("a survey has too few waves to project from", is_survey),
        ("a percentage or a stock is not projected, only what is counted", not is_counted),
        ("a note says that the figures are unreliable", of_it["effect"].eq(UNRELIABLE).any()),
        ("it is not counted by month", monthly.empty),
    )
    return next((reason for reason, applies in refusals if applies), "")


def _unbroken(counts: pd.Series, start: int, as_at: pd.Period) -> tuple[History | None, str]:
    """Return the run of months that ends at the month, and begins at or after a start."""
    run = as_at.ordinal
    while run >= start and run in counts.index:
        run -= 1
    months = pd.PeriodIndex.from_ordinals(range(run + 1, as_at.ordinal + 1), freq="M")
    if len(months) == 0:
        return None, f"no figure for {month_label(as_at)}"
    if len(months) < FEWEST_MONTHS:
        why = "" if run not in counts.index else " since the series broke"
        if not why and (counts.index < run).any():
            why = f" since {months_in_words([run])}, which is missing"
        return None, f"only {len(months)} months of figures{why}; {FEWEST_MONTHS} are needed"
    history = History.of(counts.loc[months.asi8].to_numpy(), months)
    if history.last_total(MONTHS_A_YEAR)[0] < FEWEST_EVENTS:
        return None, f"fewer than {FEWEST_EVENTS} in the last twelve months: too few to project"
    return history, ""


def _first_comparable(view: AreaView, indicator: str, as_at: pd.Period) -> int:
    """Return the first month, by ordinal, after the last break in the series."""
    starts = [0]
    for period, effect in view.effects_on(indicator):
        window = window_of_note(period) if effect == BREAK else None
        if window is not None and window.first_month.ordinal <= as_at.ordinal:
            is_month = window.month_count == 1
            starts.append(window.first_month.ordinal if is_month else window.last_month.ordinal + 1)
    return max(starts)
