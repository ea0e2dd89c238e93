"""What stands beside a target's path: chance, a break, and the record of what was ever done."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import baseline_window, denominator_of, year_to
from dashboard.analysis.significance import NO_FACTOR, factor_of
from dashboard.analysis.survey_waves import latest_wave
from dashboard.analysis.target_path import NO_PATH
from dashboard.analysis.target_trajectory import TrajectoryAnswer
from dashboard.metrics.best_run import BestRun, best_run, has_been_done
from dashboard.metrics.comparability import why_not_comparable
from dashboard.metrics.goals import due_window
from dashboard.metrics.path_range import is_beyond_chance, range_of_path
from dashboard.metrics.percent import PER_CENT
from dashboard.metrics.periods import MONTHS_A_YEAR, Window, later, parse_month
from dashboard.metrics.status_table import BREAK
from dashboard.metrics.windows import window_total
from dashboard.store.cache import cached_per_build


@cached_per_build
def dispersion_in(view: AreaView, indicator_id: str, as_at: pd.Period) -> float | None:
    """Return how much lumpier than Poisson the year to a month is; None of what is not counted."""
    about = view.indicator(indicator_id)
    if not about.counts_events:
        return None
    found = factor_of(view, indicator_id, year_to(as_at))
    return None if found == NO_FACTOR else found.value


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
        As `dashboard.metrics.path_range.range_of_path`; empty where there is no path, or no year
        whose count says how uneven it is.
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
        asked: What its path asks for now.
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


def is_broken_on_the_way(view: AreaView, path: TrajectoryAnswer, as_at: pd.Period) -> bool:
    """Return whether a break, noted or confirmed, lies between a target's baseline and a month."""
    start = baseline_window(path.baseline_period)
    effects = view.effects_on(path.indicator)
    breaks = [(period, effect) for period, effect in effects if effect == BREAK]
    if start is None or not breaks:
        return False
    surveys = (path.actual_now.survey_year, start.first_month.year)
    return bool(why_not_comparable(breaks, year_to(as_at), start, surveys))


@dataclass(frozen=True)
class RequiredRun:
    """What the months left to a target must bring, and the record to compare it with.

    Attributes:
        window: The months of the due year still to come.
        per_month: Events a month that end exactly on the goal.
        year_before: Events a month in the same months of the year before, None with one missing.
        best: The best run of as many months on record.
        best_in_season: The best that ended in the same calendar month, for less than a year.
    """

    JSON = """
        months=window.month_count window=window.label per_month
        same_months_a_year_before=year_before change_on_year_before best_on_record=best.mean
        best_on_record_window=best_window best_in_season=best_in_season.mean best_in_season_window
        runs_on_record=best.runs has_been_done in_words
    """

    window: Window
    per_month: float
    year_before: float | None
    best: BestRun
    best_in_season: BestRun | None
    lower_is_better: bool

    @property
    def has_been_done(self) -> bool | None:
        """Whether the record holds as good a run, of the same season where that matters."""
        return has_been_done(self.per_month, self.best_in_season or self.best, self.lower_is_better)

    @property
    def change_on_year_before(self) -> float | None:
        """Percent change from the same months of the year before to what is needed."""
        if not self.year_before:
            return None
        return PER_CENT * (self.per_month - self.year_before) / self.year_before

    @property
    def best_window(self) -> str:
        """The months of the best run on record; "" for none."""
        return _label(self.best)

    @property
    def best_in_season_window(self) -> str:
        """The months of the best run on record in the same season; "" for none."""
        return _label(self.best_in_season)


def required_run_in(view: AreaView, answer: TrajectoryAnswer) -> RequiredRun | None:
    """Return what a target needs from now on, and the record; None where it needs no number."""
    needed = answer.needed
    if needed is None or needed.per_month is None or not needed.months_left:
        return None
    as_at = parse_month(answer.as_at)
    due_year = due_window(parse_month(answer.due[:7]))
    window = due_year
    if as_at.ordinal >= due_year.first_month.ordinal:
        window = Window(later(as_at, 1), due_year.last_month)
    series = view.counted(answer.indicator)
    months, lower = window.month_count, answer.lower_is_better
    before = window.moved_by(-MONTHS_A_YEAR)
    was_known = before.last_month.ordinal <= as_at.ordinal
    earlier = window_total(series, before).value if was_known else None
    return RequiredRun(
        window=window,
        per_month=needed.per_month,
        year_before=None if earlier is None else earlier / months,
        best=best_run(series, months, as_at, lower),
        best_in_season=best_run(series, months, as_at, lower, ends_in=window.last_month.month)
        if months < MONTHS_A_YEAR
        else None,
        lower_is_better=lower,
    )


def _label(run: BestRun | None) -> str:
    return run.window.label() if run is not None and run.window else ""
