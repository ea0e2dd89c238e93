"""How probable it is that a target will be met: by the projection, or of a place as things are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.break_on_the_way import NO_CHANCE, is_broken_on_the_way
from dashboard.analysis.groups import MOST_SIMILAR_GROUP
from dashboard.analysis.path_range import events_per_unit
from dashboard.analysis.projected_total import GOALS_OF_LEVEL, LONGEST
from dashboard.analysis.projection_history import history_in
from dashboard.analysis.ranking import place_chances_in
from dashboard.analysis.trajectory import TrajectoryAnswer
from dashboard.metrics.goals import due_window
from dashboard.metrics.periods import month_at, parse_month
from dashboard.metrics.projection.drift import CHOSEN, fit_drifting_levels
from dashboard.metrics.projection.history import History
from dashboard.metrics.projection.negative_binomials import NegativeBinomials
from dashboard.metrics.rank_uncertainty import chance_within

PLACE_METHOD = (
    "the place as it is now, allowing for chance in every member's count (each rate a gamma "
    "distribution); nobody's course is projected"
)
LEVEL_METHOD = f"projected to the due date, {CHOSEN}"


class ChanceOfMeeting(NamedTuple):
    """A probability and how it is worked out, or why there is none."""

    probability: float | None
    reason: str = ""
    method: str = ""


class _Together:
    """Series over the same months: fitted at once, and each window of them projected at once."""

    def __init__(self, histories: list[History]) -> None:
        self.history = History(np.vstack([each.counts for each in histories]), histories[0].months)
        self._fitted = fit_drifting_levels(self.history)
        self.project = lru_cache(self._project)

    def _project(self, first: int, last: int) -> NegativeBinomials:
        """The totals of the months ``first`` to ``last`` ahead; from 0 back they are counted."""
        known = max(0, 1 - first)
        counts = self.history.counts
        counted = counts[:, -known:].sum(axis=1) if known else np.zeros(len(counts))
        return self._fitted.project(max(1, first), last, counted)


class Chances:
    """The probabilities of one area's targets; each series is fitted once, with others like it."""

    def __init__(self, view: AreaView, paths: Iterable[TrajectoryAnswer] = ()) -> None:
        """Take the area under its plan, and the targets that will be asked for.

        Args:
            view: The area under its plan.
            paths: So that their series are fitted together; any other is fitted when asked for.
        """
        self._view = view
        self._fitted: dict[tuple[str, int], tuple[_Together, int] | str] = {}
        levels = [path for path in paths if path.goal in GOALS_OF_LEVEL]
        self._fit({_series_of(path) for path in levels if not _why_not(path)})

    def of(self, path: TrajectoryAnswer) -> ChanceOfMeeting:
        """Return the probability that a target will be met on its due date.

        Of a level the same number as `dashboard.analysis.projection.projection_in` gives; of a
        place the chance that the true place is as good as asked for, as things are.

        Args:
            path: Of one target.
        """
        why_not = _why_not(path)
        if path.goal == "rank" and not why_not:
            return _of_place(self._view, path)
        if why_not or path.target is None:
            return ChanceOfMeeting(None, why_not)
        series = _series_of(path)
        self._fit({series} - set(self._fitted))
        found = self._fitted[series]
        month, window = parse_month(path.as_at), due_window(path.due[:7])
        if is_broken_on_the_way(self._view, path, month):
            return ChanceOfMeeting(None, NO_CHANCE)
        events = events_per_unit(self._view, path.indicator, month)
        if isinstance(found, str) or events is None:
            return ChanceOfMeeting(None, found if isinstance(found, str) else "no residents known")
        together, row = found
        ahead = [each.ordinal - month.ordinal for each in (window.first_month, window.last_month)]
        total = together.project(*ahead)
        goals = np.full(len(total.counted), path.target * events)
        chance = float(total.probability_met(goals, path.lower_is_better)[row])
        return ChanceOfMeeting(chance, method=LEVEL_METHOD)

    def _fit(self, wanted: set[tuple[str, int]]) -> None:
        """Fit these series, those of the same months together."""
        alike: dict[tuple[int, int], list[tuple[tuple[str, int], History]]] = defaultdict(list)
        for series in sorted(wanted):
            history, reason = history_in(self._view, series[0], month_at(series[1]))
            if history is None:
                self._fitted[series] = reason
            else:
                alike[(series[1], len(history.months))].append((series, history))
        for members in alike.values():
            together = _Together([history for _, history in members])
            for row, (series, _) in enumerate(members):
                self._fitted[series] = (together, row)


def _series_of(path: TrajectoryAnswer) -> tuple[str, int]:
    return path.indicator, parse_month(path.as_at).ordinal


def _why_not(path: TrajectoryAnswer) -> str:
    """Return why a target has no probability, whatever its figures; "" where it may have one."""
    if path.goal == "not_given":
        return "the goal is not given"
    if path.target is None and path.goal in GOALS_OF_LEVEL:
        return "the goal cannot be worked out: its baseline is not known"
    if not path.due:
        return "the due date is not given"
    left = parse_month(path.due[:7]).ordinal - parse_month(path.as_at).ordinal
    if left <= 0:
        return "it is due: what was counted settles it"
    is_far = left > LONGEST and path.goal in GOALS_OF_LEVEL
    return f"it is due more than {LONGEST} months from now" if is_far else ""


def _of_place(view: AreaView, path: TrajectoryAnswer) -> ChanceOfMeeting:
    """Return the chance that the area's true place is as good as a target asks, as things are."""
    try:
        found = place_chances_in(view, path.indicator, parse_month(path.as_at), MOST_SIMILAR_GROUP)
    except NoFiguresError as error:
        return ChanceOfMeeting(None, str(error))
    if path.goal_number is None or np.isnan(found.distribution).any():
        return ChanceOfMeeting(None, "no figure")
    chance = float(chance_within(found.distribution, int(path.goal_number)))
    return ChanceOfMeeting(chance, method=PLACE_METHOD)
