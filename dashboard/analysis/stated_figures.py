"""How each figure that a plan states is computed: one function of `METHODS` for each `method`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.analysis.area_view import AreaView, UnknownChoiceError
from dashboard.analysis.change import change
from dashboard.analysis.groups import MOST_SIMILAR_GROUP
from dashboard.analysis.levels import level_over, year_to
from dashboard.analysis.ranking import RankingAnswer, ranking
from dashboard.analysis.status import target_status
from dashboard.metrics.history import (
    change_over_years,
    falls_in_a_row,
    ratio_to_largest_fall,
    share_of,
    totals_by_year,
)
from dashboard.metrics.periods import parse_month, windows_for
from dashboard.metrics.reasons import Because, Reasons, because, together
from dashboard.metrics.status_table import CANNOT_SAY, GOOD_PATHS
from dashboard.metrics.windows import window_total

#: A plan counts its stocks once a quarter or month; years of them are told apart by this basis.
_YEARS_BASIS = "ytd"

Result = tuple[float | None, Reasons | str]
"""The computed figure, and why there is none."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that a plan states: a stated of the mart `published_figure`."""

    figure_id: str
    paragraph: str
    indicator_id: str
    area_code: str
    measure: str
    period: str
    as_at: str
    basis: str
    stated: str
    number: float | None
    unit: str
    decimals: float | None
    mark: str
    method: str
    relative_to: str
    agree_low: float | None
    agree_high: float | None
    contradicts: str
    note: str

    @property
    def indicator_ids(self) -> list[str]:
        """Every indicator that the figure is about."""
        return [each for each in self.indicator_id.split("+") if each]


def _change(view: AreaView, stated: Stated) -> Result:
    found = change(view, stated.indicator_id, stated.basis, regardless_of_notes=True).change
    if found.number is None:
        return None, found.not_comparable
    # The document speaks of percent where the rule on small bases would withhold one.
    if found.percent is None and found.previous:
        return 100 * found.number / found.previous, ""
    return found.percent, found.percent_withheld


def _total(view: AreaView, stated: Stated) -> Result:
    window, _ = windows_for(stated.basis, stated.as_at)
    total = level_over(view, stated.indicator_id, window)
    return total.value, total.why


def _value(view: AreaView, stated: Stated) -> Result:
    window = year_to(parse_month(stated.as_at))
    found = window_total(view.counted(stated.indicator_id), window, "last")
    return found.value, found.why


def _rank(view: AreaView, stated: Stated) -> Result:
    place = _ranking(view, stated).place
    return (
        (None, because(Because.NO_FIGURE_OF_AREA))
        if place.rank is None
        else (float(place.rank), "")
    )


def _group_size(view: AreaView, stated: Stated) -> Result:
    return float(_ranking(view, stated).place.of), ""


def _ranking(view: AreaView, stated: Stated) -> RankingAnswer:
    return ranking(view, stated.indicator_id, stated.basis, MOST_SIMILAR_GROUP)


def _share(view: AreaView, stated: Stated) -> Result:
    parts = [_total(view, replace(stated, indicator_id=each)) for each in stated.indicator_ids]
    whole, why_not = _total(view, replace(stated, indicator_id=stated.relative_to))
    reasons = [reason for value, reason in (*parts, (whole, why_not)) if value is None]
    if reasons:
        return None, together(reason for reason in reasons if isinstance(reason, Reasons))
    return share_of(sum(value or 0.0 for value, _ in parts), whole), ""


def _years(view: AreaView, stated: Stated) -> pd.DataFrame:
    way = view.indicator(stated.indicator_id).aggregation
    figures = view.counted(stated.indicator_id)
    return totals_by_year(figures, stated.as_at, stated.basis or _YEARS_BASIS, way)


def _falls_in_a_row(view: AreaView, stated: Stated) -> Result:
    falls = falls_in_a_row(_years(view, stated))
    return (None, because(Because.NO_EARLIER_YEAR)) if falls is None else (float(falls), "")


def _ratio_to_best(view: AreaView, stated: Stated) -> Result:
    found = ratio_to_largest_fall(_years(view, stated))
    return found.ratio, found.reason


def _cumulative_change(view: AreaView, stated: Stated) -> Result:
    found = change_over_years(_years(view, stated), int(stated.relative_to))
    return found, because(Because.YEAR_MISSING)


def _of_target(field: str) -> Callable[[AreaView, Stated], Result]:
    def look_up(view: AreaView, stated: Stated) -> Result:
        targets = {each.target_id: each for each in view.targets}
        if stated.relative_to not in targets:
            raise UnknownChoiceError("target", stated.relative_to, targets)
        return getattr(targets[stated.relative_to], field), because(Because.NOT_IN_PLAN)

    return look_up


def _target_count(view: AreaView, stated: Stated) -> Result:
    kinds = stated.relative_to.split("+")
    return float(sum(each.kind in kinds for each in view.targets)), ""


def _not_on_target(view: AreaView, stated: Stated) -> Result:
    """Count the targets behind their path: a document that says "on target" has no projection."""
    statuses = target_status(view, stated.as_at)
    of_kind = statuses[statuses["kind"].isin(stated.relative_to.split("+"))]
    unsaid = int(of_kind["status"].eq(CANNOT_SAY).sum())
    if unsaid:
        return None, because(Because.VERDICTS_MISSING, unsaid, len(of_kind))
    return float((~of_kind["path_state"].isin(GOOD_PATHS)).sum()), ""


def _places_gained(view: AreaView, stated: Stated) -> Result:
    """Return how many places better the area stands than a year before; negative for worse."""
    found = _ranking(view, stated)
    before, now = found.rank_a_year_before, found.place.rank
    if before is None or now is None:
        return None, because(Because.NO_FIGURE_OF_AREA)
    return float(before - now), ""


def _number_rising(view: AreaView, stated: Stated) -> Result:
    """Count the indicators that rose; none may be missing."""
    changes, why = _changes(view, stated)
    return (None, why) if changes is None else (float(sum(each > 0 for each in changes)), "")


def _share_falling(view: AreaView, stated: Stated) -> Result:
    """Return the percentage of the indicators that fell; none may be missing."""
    changes, why = _changes(view, stated)
    if changes is None:
        return None, why
    return share_of(float(sum(each < 0 for each in changes)), float(len(changes))), ""


def _changes(view: AreaView, stated: Stated) -> tuple[list[float] | None, Reasons]:
    """Return the change of each of a figure's indicators, in its unit, or why one has none."""
    found = [
        change(view, each, stated.basis, regardless_of_notes=True).change
        for each in stated.indicator_ids
    ]
    missing = [each.not_comparable for each in found if each.number is None]
    if missing:
        return None, together(missing)
    return [each.number for each in found if each.number is not None], together([])


def _sum_of_stated(view: AreaView, stated: Stated) -> Result:
    """Add up other figures that the plan states: its own arithmetic."""
    published = view.warehouse.cached_frame("published_figures", plan=view.plan_id)
    numbers = published.set_index("figure_id")["number"].to_dict()
    parts = stated.relative_to.split("+")
    for each in parts:
        if each not in numbers:
            raise UnknownChoiceError("figure", each, numbers)
    return float(sum(numbers[each] for each in parts)), ""


METHODS: dict[str, Callable[[AreaView, Stated], Result]] = {
    "change": _change,
    "total": _total,
    "value": _value,
    "rank": _rank,
    "group_size": _group_size,
    "share": _share,
    "falls_in_a_row": _falls_in_a_row,
    "ratio_to_best": _ratio_to_best,
    "cumulative_change": _cumulative_change,
    "target_goal": _of_target("goal_number"),
    "target_baseline": _of_target("baseline_value"),
    "reward": _of_target("reward_gbp"),
    "target_count": _target_count,
    "not_on_target": _not_on_target,
    "places_gained": _places_gained,
    "number_rising": _number_rising,
    "share_falling": _share_falling,
    "sum_of_stated": _sum_of_stated,
}
OWN_NUMBERS = ("target_goal", "target_baseline", "reward", "target_count", "sum_of_stated")
"""Methods that hold a plan against its own numbers alone."""
