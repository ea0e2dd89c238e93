"""Every figure that a plan states, beside the one that the data give.

How a figure is computed is named by its `method`, one function of `METHODS` each.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError, UnknownChoiceError
from dashboard.analysis.change import change_in
from dashboard.analysis.comparison import compared
from dashboard.analysis.groups import MOST_SIMILAR_GROUP
from dashboard.analysis.levels import counted, level_over, year_to
from dashboard.analysis.question import question
from dashboard.analysis.ranking import RankingAnswer, ranking_of
from dashboard.analysis.rows import rows_of
from dashboard.analysis.status import target_status
from dashboard.metrics.agreement import compare_stated
from dashboard.metrics.history import (
    change_over_years,
    falls_in_a_row,
    ratio_to_largest_fall,
    share_of,
    totals_by_year,
)
from dashboard.metrics.periods import parse_month, windows_for
from dashboard.metrics.reasons import Reasons, together
from dashboard.metrics.status_table import CANNOT_SAY, GOOD_PATHS
from dashboard.metrics.windows import window_total
from dashboard.store.warehouse import Warehouse

COLUMNS = [
    "figure_id", "paragraph", "indicator", "measure", "period", "stated", "number", "unit",
    "computed", "computed_rounded", "verdict", "reason", "mark", "contradicts", "note",
    "illustrative",
]  # fmt: skip

#: A plan counts its stocks once a quarter or month; years of them are told apart by this basis.
_YEARS_BASIS = "ytd"

Result = tuple[float | None, Reasons | str]
"""The computed figure, and why there is none."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure that a plan states: a row of the mart `published_figure`."""

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


class _Figures:
    """What the methods compute from: views by area, and verdicts by month, each made once."""

    def __init__(self, warehouse: Warehouse, plan: str) -> None:
        self._warehouse = warehouse
        self.plan = plan
        self._views: dict[str, AreaView] = {}
        self._statuses: dict[str, pd.DataFrame] = {}

    def view(self, area: str = "") -> AreaView:
        if area not in self._views:
            self._views[area] = AreaView.of(self._warehouse, self.plan, area)
        return self._views[area]

    def statuses(self, as_at: str) -> pd.DataFrame:
        if as_at not in self._statuses:
            self._statuses[as_at] = target_status(self.view(), as_at)
        return self._statuses[as_at]


@question
def agreement(view: AreaView) -> pd.DataFrame:
    """Every figure that the plan states, beside the one the data give.

    Returns:
        `COLUMNS`, one row for each figure, in the order of the plan's document.
    """
    figures = _Figures(view.warehouse, view.plan_id)
    published = view.warehouse.frame("published_figures", plan=view.plan_id)
    rows = [_row(figures, row) for row in rows_of(published, Stated)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(figures: _Figures, stated: Stated) -> list[object]:
    computed, why_not = _compute(figures, stated)
    found = compare_stated(
        stated.number,
        computed,
        mark=stated.mark,
        decimals=int(stated.decimals or 0),
        agree_low=stated.agree_low,
        agree_high=stated.agree_high,
        why_not_computable=why_not,
    )
    return [
        stated.figure_id, stated.paragraph, stated.indicator_id, stated.measure, stated.period,
        stated.stated, found.stated, stated.unit, found.computed, found.computed_rounded,
        found.verdict, found.reason, stated.mark, stated.contradicts, stated.note,
        computed is not None and _is_illustrative(figures, stated),
    ]  # fmt: skip


def _compute(figures: _Figures, stated: Stated) -> Result:
    if not stated.method:
        return None, stated.note or "no method computes it"
    try:
        return METHODS[stated.method](figures, stated)
    except (NoFiguresError, UnknownChoiceError) as error:
        return None, str(error)


def _is_illustrative(figures: _Figures, stated: Stated) -> bool:
    if stated.method == "not_on_target":
        return bool(figures.statuses(stated.as_at)["illustrative"].any())
    ids = [each for each in stated.indicator_id.split("+") if each]
    if not ids or stated.method.startswith(("target_", "reward")):
        return False
    view = figures.view(stated.area_code)
    return any(bool(view.series(each)["illustrative"].any()) for each in ids)


def _change(figures: _Figures, stated: Stated) -> Result:
    found = change_in(
        figures.view(stated.area_code),
        stated.indicator_id,
        as_at=stated.as_at,
        basis=stated.basis,
        regardless_of_notes=True,
    ).change
    if found.number is None:
        return None, found.not_comparable
    # The document speaks of percent where the rule on small bases would withhold one.
    if found.percent is None and found.previous:
        return 100 * found.number / found.previous, ""
    return found.percent, found.percent_withheld


def _total(figures: _Figures, stated: Stated) -> Result:
    view = figures.view(stated.area_code).at(stated.as_at)
    window, _ = windows_for(stated.basis, stated.as_at)
    total = level_over(view, stated.indicator_id, window)
    return total.value, total.why


def _value(figures: _Figures, stated: Stated) -> Result:
    view = figures.view(stated.area_code).at(stated.as_at)
    window = year_to(parse_month(stated.as_at))
    found = window_total(counted(view.series(stated.indicator_id)), window, "last")
    return found.value, found.why


def _rank(figures: _Figures, stated: Stated) -> Result:
    place = _ranking(figures, stated).place
    return (None, "no figure") if place.rank is None else (float(place.rank), "")


def _group_size(figures: _Figures, stated: Stated) -> Result:
    return float(_ranking(figures, stated).place.of), ""


def _ranking(figures: _Figures, stated: Stated) -> RankingAnswer:
    comparison = compared(
        figures.view(stated.area_code),
        stated.indicator_id,
        as_at=stated.as_at,
        basis=stated.basis,
        group=MOST_SIMILAR_GROUP,
    )
    return ranking_of(comparison)


def _share(figures: _Figures, stated: Stated) -> Result:
    parts = [
        _total(figures, replace(stated, indicator_id=each))
        for each in stated.indicator_id.split("+")
    ]
    whole, why_not = _total(figures, replace(stated, indicator_id=stated.relative_to))
    reasons = [reason for value, reason in (*parts, (whole, why_not)) if value is None]
    if reasons:
        return None, together(reason for reason in reasons if isinstance(reason, Reasons))
    return share_of(sum(value or 0.0 for value, _ in parts), whole), ""


def _years(figures: _Figures, stated: Stated) -> pd.DataFrame:
    view = figures.view(stated.area_code).at(stated.as_at)
    about = view.indicator(stated.indicator_id)
    return totals_by_year(
        counted(view.series(stated.indicator_id)),
        stated.as_at,
        stated.basis or _YEARS_BASIS,
        about.aggregation,
    )


def _falls_in_a_row(figures: _Figures, stated: Stated) -> Result:
    falls = falls_in_a_row(_years(figures, stated))
    return (None, "no earlier year to compare") if falls is None else (float(falls), "")


def _ratio_to_best(figures: _Figures, stated: Stated) -> Result:
    found = ratio_to_largest_fall(_years(figures, stated))
    return found.ratio, found.reason


def _cumulative_change(figures: _Figures, stated: Stated) -> Result:
    return change_over_years(_years(figures, stated), int(stated.relative_to)), "a year is missing"


def _of_target(field: str) -> Callable[[_Figures, Stated], Result]:
    def look_up(figures: _Figures, stated: Stated) -> Result:
        targets = {each.target_id: each for each in figures.view().targets}
        if stated.relative_to not in targets:
            raise UnknownChoiceError("target", stated.relative_to, targets)
        return getattr(targets[stated.relative_to], field), "the plan data do not give it"

    return look_up


def _target_count(figures: _Figures, stated: Stated) -> Result:
    # Those that stand for designated indicators which the plan does not name are not counted.
    named = [each.kind for each in figures.view().targets if not each.placeholder]
    return float(sum(kind in stated.relative_to.split("+") for kind in named)), ""


def _not_on_target(figures: _Figures, stated: Stated) -> Result:
    """Count the targets behind their path: a document that says "on target" has no projection."""
    statuses = figures.statuses(stated.as_at)
    of_kind = statuses[statuses["kind"].isin(stated.relative_to.split("+"))]
    unsaid = int(of_kind["status"].eq(CANNOT_SAY).sum())
    if unsaid:
        return None, f"no verdict can be given on {unsaid} of the {len(of_kind)} targets"
    return float((~of_kind["path_state"].isin(GOOD_PATHS)).sum()), ""


METHODS: dict[str, Callable[[_Figures, Stated], Result]] = {
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
}
