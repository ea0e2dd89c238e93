"""Which indicators are worth reporting, and what a set a quarter smaller would lose."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import cast

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.gaps import held_in
from dashboard.analysis.levels import level_over, year_to
from dashboard.analysis.question import AreaAnswer, question
from dashboard.metrics.correlation import correlations, year_on_year
from dashboard.metrics.periods import MONTHS_A_YEAR
from dashboard.metrics.reasons import Because, because
from dashboard.metrics.status_table import UNRELIABLE
from dashboard.metrics.window_rows import SPAN_MONTHS, month_ordinals
from dashboard.metrics.worth import GOOD, POOR, WITH_CARE, Movement, movement, smaller_set

COLUMNS = [
    "indicator_id", "title", "national_indicator", "priority_id", "kind", "target_weight", "owner",
    "moves", "f", "p_value", "share", "years", "not_said", "quality", "coverage", "held",
    "data_notes", "same_as", "goes",
]  # fmt: skip
#: The plan wants "more than a quarter fewer" indicators reported.
SHARE_FEWER = 0.25
#: Under this share of periods with a figure the data are poor.
LEAST_COVERAGE = 0.9
#: What rests on a target of each kind; one whose goal the plan leaves open weighs half a plan's.
TARGET_WEIGHT = {"stretch": 3.0, "designated": 2.0, "plan": 1.0, "aim": 0.0}
OPEN_GOAL = 0.5
_COUNTED_IN = ("month", "quarter")


@dataclass(frozen=True)
class WorthAnswer(AreaAnswer):
    """Every indicator of a plan, the pairs that say the same, and which would go first."""

    JSON = """
        plan area area_name as_at illustrative fewer of targets_lost priorities_left_bare
        indicators smaller same
    """

    plan: str
    indicators: pd.DataFrame
    pairs: pd.DataFrame
    smaller: pd.DataFrame

    @property
    def fewer(self) -> int:
        """Indicators that a set a quarter smaller would leave out."""
        return len(self.smaller)

    @property
    def of(self) -> int:
        """Indicators that there are."""
        return len(self.indicators)

    @property
    def targets_lost(self) -> int:
        """Indicators with targets among those left out."""
        return int((self.smaller["target_weight"] > 0).sum())

    @property
    def priorities_left_bare(self) -> int:
        """Priorities of which no indicator would be left."""
        return int(self.smaller["leaves_priority_bare"].sum())

    @property
    def same(self) -> pd.DataFrame:
        """Pairs of indicators that say the same."""
        return self.pairs[self.pairs["same"]]


@question
def worth_reporting(view: AreaView) -> WorthAnswer:
    """What moves, what repeats another, and what a set a quarter smaller would lose.

    Raises:
        NoFiguresError: The area has no figures.
    """
    month = view.as_at or view.latest_month()
    listed = _listed(view)
    grids = {name: _grid(view, name, month) for name in listed["indicator_id"]}
    pairs = _pairs(view, grids)
    rows = pd.DataFrame(
        [_row(view, name, grids[name]) for name in listed["indicator_id"]],
        columns=[c for c in COLUMNS if c not in ("priority_id", "same_as", "goes")],
    ).merge(listed, on="indicator_id")
    smaller = smaller_set(rows, pairs, int(len(rows) * SHARE_FEWER) + 1)
    rows["same_as"] = [_same_as(name, pairs) for name in rows["indicator_id"]]
    rows["goes"] = rows["indicator_id"].isin(smaller["indicator_id"])
    return WorthAnswer(
        **view.header(month),
        plan=view.plan_id,
        indicators=rows[COLUMNS],
        pairs=pairs,
        smaller=smaller,
    )


def _listed(view: AreaView) -> pd.DataFrame:
    """Return indicator_id and priority_id of what the plan reports; of an area without, all."""
    reported = view.warehouse.frame("plan_indicators", plan=view.plan_id)
    if view.is_plans_own_area and len(reported):
        return reported[["indicator_id", "priority_id"]].drop_duplicates("indicator_id")
    return pd.DataFrame({"indicator_id": view.indicators_with_figures(), "priority_id": ""})


def _grid(view: AreaView, indicator: str, month: pd.Period) -> pd.Series | None:
    """Return the finest series of an indicator up to a month, without a gap in time.

    Returns:
        Its figures by the last month of each period; None where it is not counted within the year.
    """
    series = view.series(indicator)
    column = "value" if view.indicator(indicator).unit == "percent" else "numerator"
    for kind in _COUNTED_IN:
        rows, span = series[series["period_kind"].eq(kind)], SPAN_MONTHS[kind]
        ends = month_ordinals(rows["period_start"]) + span - 1
        found = pd.Series(rows[column].to_numpy(float), index=ends)[ends <= month.ordinal]
        if len(found):
            return found.reindex(pd.RangeIndex(found.index.min(), found.index.max() + 1, span))
    return None


def _a_year(grid: pd.Series) -> int:
    """Return how many periods of a grid make a year."""
    return MONTHS_A_YEAR // cast("pd.RangeIndex", grid.index).step


def _row(view: AreaView, indicator: str, grid: pd.Series | None) -> list[object]:
    about = view.indicator(indicator)
    found = Movement(None, None, None, 0, because(Because.NOT_WITHIN_YEAR))
    if grid is not None:
        whole = len(grid) // _a_year(grid)
        years = grid.to_numpy()[len(grid) % _a_year(grid) :].reshape(whole, _a_year(grid))
        found = movement(years, counts=about.counts_events)
    kind, weight, owner = _target(view, indicator)
    return [
        indicator, about.title, about.national_indicator, kind, weight, owner, found.moves,
        found.f, found.p_value, found.share, found.years, found.reason,
        *_quality(view, indicator, grid),
    ]  # fmt: skip


def _target(view: AreaView, indicator: str) -> tuple[str, float, str]:
    """Return the kind of the weightiest target on an indicator, its weight, and who owns it."""
    targets = view.targets_on(indicator)
    weights = [
        (TARGET_WEIGHT[each.kind] * (1.0 if each.goal_is_given else OPEN_GOAL), each.kind)
        for each in targets
    ]
    weight, kind = max(weights, key=itemgetter(0), default=(0.0, ""))
    owners = [*(each.owner for each in targets), *(each.lead_agency for each in targets)]
    return kind, weight, next(filter(None, owners), "")


def _quality(
    view: AreaView, indicator: str, grid: pd.Series | None
) -> tuple[str, float | None, int, str]:
    """Return the grade of the data, the share of periods with a figure, what is held, the notes."""
    notes = view.notes_on(indicator)
    notes = notes[notes["indicator_id"].eq(indicator) & notes["effect"].ne("context")]
    held = len(held_in(view, indicator))
    series = view.series(indicator)
    coverage = float(series["value"].notna().mean()) if len(series) else 0.0
    if grid is not None:
        coverage = float(grid.notna().mean())
    grade = GOOD
    if held or len(notes) or coverage < 1 or grid is None:
        grade = WITH_CARE
    month = view.as_at or view.latest_month()
    survey = level_over(view, indicator, year_to(month)).survey_year
    is_unreliable = UNRELIABLE in view.own_effects(indicator, [year_to(month)], [survey])
    if is_unreliable or coverage < LEAST_COVERAGE:
        grade = POOR
    return grade, coverage, held, " ".join(notes["statement"])


def _pairs(view: AreaView, grids: dict[str, pd.Series | None]) -> pd.DataFrame:
    """Return the correlations of changes, among monthly series and among all by quarter."""
    known = {name: grid for name, grid in grids.items() if grid is not None}
    monthly = {name: grid for name, grid in known.items() if _a_year(grid) == MONTHS_A_YEAR}
    quarterly = {name: grid for name, grid in known.items() if name not in monthly}
    found = [correlations(_changes(view, monthly))]
    if quarterly:
        by_quarter = {name: _by_quarter(view, name, grid) for name, grid in monthly.items()}
        mixed = correlations(_changes(view, quarterly | by_quarter))
        found.append(mixed[mixed["a"].isin(list(quarterly)) | mixed["b"].isin(list(quarterly))])
    return pd.concat([each for each in found if len(each)] or found[:1], ignore_index=True)


def _by_quarter(view: AreaView, name: str, grid: pd.Series) -> pd.Series:
    """Return a monthly series by calendar quarter, as far as quarters are whole."""
    quarters = grid.groupby(grid.index // 3)
    added = view.indicator(name).adds_up
    found = quarters.sum(min_count=3) if added else quarters.last().where(quarters.size().eq(3))
    first, last = int(found.index[0]) * 3 + 2, int(found.index[-1]) * 3 + 2
    return found.set_axis(pd.RangeIndex(first, last + 1, 3))


def _changes(view: AreaView, grids: dict[str, pd.Series]) -> pd.DataFrame:
    """Return changes on a year before, one row a period, one column an indicator."""
    columns = {}
    for name, grid in grids.items():
        if len(grid) > _a_year(grid):
            is_counted = view.indicator(name).counts_events
            changes = year_on_year(grid.to_numpy(), _a_year(grid), counts=is_counted)
            columns[name] = pd.Series(changes, index=list(grid.index[-len(changes) :]))
    return pd.DataFrame(columns).sort_index()


def _same_as(name: str, pairs: pd.DataFrame) -> str:
    """Return the indicators that say the same, closest first, separated by ";"."""
    own = pairs[pairs["same"] & (pairs["a"].eq(name) | pairs["b"].eq(name))]
    own = own.reindex(own["r"].abs().sort_values(ascending=False, kind="stable").index)
    return ";".join(own["a"].where(own["b"].eq(name), own["b"]))
