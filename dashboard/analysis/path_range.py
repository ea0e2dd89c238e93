"""What chance alone gives around a target's path, and whether the figure lies outside it."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import counted, denominator_of, year_to
from dashboard.analysis.survey_waves import latest_wave
from dashboard.analysis.target_path import NO_PATH
from dashboard.analysis.trajectory import TrajectoryAnswer
from dashboard.metrics.path_range import is_beyond_chance, range_of_path
from dashboard.metrics.periods import parse_month
from dashboard.metrics.significance import dispersion_of_series
from dashboard.store.cache import cached_per_build


@cached_per_build
def dispersion_in(view: AreaView, indicator_id: str, as_at: pd.Period) -> float | None:
    """Return how much lumpier than Poisson the yearly totals of a count are, up to a month.

    Returns:
        None where it cannot be told: too short a history of its own, or nothing that is counted.
    """
    about = view.indicator(indicator_id)
    if not about.counts_events:
        return None
    series = counted(view.series(indicator_id))
    found = dispersion_of_series(series, as_at, year_to(as_at))
    return float(found.factor) if bool(found.is_estimated) else None


@cached_per_build
def events_per_unit(view: AreaView, indicator_id: str, as_at: pd.Period) -> float | None:
    """Return the events that one unit of an indicator's yearly level is; None where not known."""
    about = view.indicator(indicator_id)
    if not about.counts_events:
        return None
    if about.unit == "count":
        return 1.0
    people = denominator_of(view.series(indicator_id), year_to(as_at))
    return None if people is None else people / about.rate_per


def range_in(view: AreaView, answer: TrajectoryAnswer) -> pd.DataFrame:
    """Return the 80% and 95% ranges around a target's path, in the unit of its level.

    Returns:
        As `dashboard.metrics.path_range.range_of_path`; empty where there is no path, or the
        series' own dispersion is not known.
    """
    as_at = parse_month(answer.as_at)
    dispersion = dispersion_in(view, answer.indicator, as_at)
    events = events_per_unit(view, answer.indicator, as_at)
    if dispersion is None or events is None or answer.path.empty:
        return range_of_path(NO_PATH, 1.0)
    return range_of_path(answer.path, dispersion, events)


def beyond_chance_in(
    view: AreaView, answer: TrajectoryAnswer, actual: float | None, asked: float | None
) -> bool | None:
    """Return whether a figure's distance from its path is more than chance; None if not known.

    A count or rate is held against the 95% range of the path's count; a survey's percentage is
    more than chance away where its 95% interval (`survey_waves.waves_of`) leaves the path out, the
    path taken as exact.

    Args:
        view: The area under its plan.
        answer: The target.
        actual: The figure now.
        asked: What the path asks for now.
    """
    if actual is None or asked is None or answer.goal == "rank":
        return None
    as_at = parse_month(answer.as_at)
    if answer.unit == "percent":
        wave = latest_wave(view, answer.indicator, as_at)
        holds = wave.holds(asked) if wave else None
        return None if holds is None else not holds
    dispersion = dispersion_in(view, answer.indicator, as_at)
    events = events_per_unit(view, answer.indicator, as_at)
    if dispersion is None or events is None:
        return None
    return bool(is_beyond_chance(round(actual * events), asked * events, dispersion))
