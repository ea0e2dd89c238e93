"""What a target needs from now on, compared with the best that was ever done in as many months."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import counted
from dashboard.analysis.trajectory import TrajectoryAnswer
from dashboard.metrics.best_run import BestRun, best_run, has_been_done
from dashboard.metrics.goals import due_window
from dashboard.metrics.percent import PER_CENT
from dashboard.metrics.periods import MONTHS_A_YEAR, Window, later, parse_month
from dashboard.metrics.windows import window_total


@dataclass(frozen=True)
class RequiredRun:
    """What the months left to a target must bring, and the record to compare it with.

    Attributes:
        window: The months of the due year still to come.
        per_month: Events a month that end exactly on the goal.
        year_before: Events a month in the same months of the year before, None with one missing.
        best: The best run of as many months on record.
        best_in_season: The best that ended in the same calendar month, for less than a year.
        lower_is_better: Of the indicator.
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
    series = counted(view.series(answer.indicator))
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
