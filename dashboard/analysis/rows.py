"""Rows of frames as objects with typed fields: indicators, targets, verdicts and figures.

A frame stays a frame where it is added up or drawn whole. Whoever looks at one row of it takes the
row as one of these, so that a column that is missing or misspelt is an error, and what is not known
is None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import pandas as pd

from dashboard.metrics.goals import Needed
from dashboard.metrics.reasons import Reason

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from dashboard.analysis.projected_place import ProjectedPlace

_CONVERTED: dict[str, Callable[[Any], Any]] = {
    "date": lambda day: pd.Timestamp(day).date(),
    "int": int,
}
"""What a cell becomes, by the type that a field is declared with; any other stays as it is."""

Row = TypeVar("Row", bound="DataclassInstance")


def columns_of(kind: type[DataclassInstance]) -> list[str]:
    """Return the names of the fields of a class of rows, in order."""
    return [each.name for each in fields(kind)]


def rows_of(frame: pd.DataFrame, kind: type[Row]) -> list[Row]:
    """Return the rows of a frame as objects; what is missing (NaN, NaT, NA) is None.

    Args:
        frame: Has a column for each field of `kind`, of its type; others are left out.
        kind: A dataclass. A field that has a default needs no column; one that is declared a date
            takes the day of a time, and an int the floats that a merge makes of whole numbers.

    Raises:
        KeyError: A column is missing.
    """
    wanted = [each for each in fields(kind) if each.name in frame or each.default is MISSING]
    if missing := [each.name for each in wanted if each.name not in frame]:
        raise KeyError(f"no column {', '.join(missing)} for rows of {kind.__name__}")
    columns = [_cells(frame[each.name], str(each.type).split(" ")[0]) for each in wanted]
    names = [each.name for each in wanted]
    return [kind(**dict(zip(names, row, strict=True))) for row in zip(*columns, strict=True)]


def _cells(column: pd.Series, kind: str) -> list[Any]:
    convert = _CONVERTED.get(kind)
    cells = zip(column.tolist(), column.isna().tolist(), strict=True)
    return [None if gone else convert(cell) if convert else cell for cell, gone in cells]


def records_of(frame: pd.DataFrame) -> Iterator[Any]:
    """Yield the rows of a frame as tuples named by its columns: for a table made in one place."""
    yield from frame.itertuples(index=False)


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured: a row of the mart `indicator`, whose file says what each column means."""

    indicator_id: str
    title: str
    national_indicator: str
    unit: str
    denominator: str
    rate_per: int
    lower_is_better: bool
    period_kind: str
    aggregation: str
    small_count_threshold: int
    recorded: str
    residents_who: str
    design_effect: float | None
    design_effect_source: str
    definition: str
    source: str
    catalogued: bool

    @property
    def adds_up(self) -> bool:
        """Whether its periods add up: what is counted does, a stock or a percentage does not."""
        return self.aggregation == "sum"

    @property
    def counts_events(self) -> bool:
        """Whether it is a count of events, or a rate of one."""
        return self.unit != "percent" and self.adds_up

    @property
    def is_count(self) -> bool:
        """Whether it is a count of events itself, so that it has parts and months of its own."""
        return self.unit == "count" and self.adds_up


@dataclass(frozen=True, slots=True)
class Target:
    """What a plan sets: a row of the mart `target`, whose file says what each column means."""

    target_id: str
    indicator_id: str
    kind: str
    goal: str
    goal_number: float | None
    goal_stated: str
    baseline_period: str
    baseline_value: float | None
    due: date | None
    due_stated: str
    path: str
    steps: str
    tolerance: float | None
    reward_gbp: float | None
    reward_stated: str
    reward_shared_with: str
    owner: str
    lead_agency: str
    priority: str
    paragraph: str
    note: str
    illustrative: bool

    @property
    def goal_is_given(self) -> bool:
        """Whether the plan itself gives the goal: neither left open nor made up."""
        return self.goal != "not_given" and not self.illustrative

    def as_given(self) -> Target:
        """Return the target as the plan alone gives it: a goal that is made up is open again."""
        if not self.illustrative:
            return self
        return replace(
            self,
            goal="not_given",
            goal_number=None,
            # Of a goal that the plan leaves open it gives no baseline either: it was made up too.
            baseline_period="not given" if self.baseline_value is None else self.baseline_period,
            illustrative=False,
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """A target with its verdict: a row of `dashboard.analysis.status.target_status`."""

    target_id: str
    indicator_id: str
    title: str
    national_indicator: str
    unit: str
    kind: str
    status: str
    reason: Reason | str
    actual: float | None
    actual_period: str
    path_now: float | None
    target: float | None
    goal: str
    goal_number: float | None
    goal_stated: str
    baseline: float | None
    baseline_period: str
    due: str
    """The last day that counts, ISO; "" where none is given."""
    due_stated: str
    needed_per_month: float | None
    needed: Needed | str
    reward_gbp: float | None
    reward_stated: str
    reward_shared_with: str
    owner: str
    lead_agency: str
    priority: str
    lower_is_better: bool
    paragraph: str
    note: str
    illustrative: bool
    goal_is_illustrative: bool
    goal_is_given: bool
    """By the plan itself: neither left open nor made up."""
    because: Reason
    path_state: str
    projection_state: str
    significance: str
    notes_state: str
    coverage: str
    probability: float | None
    probability_reason: Reason | str
    probability_method: str
    rate_per: int
    denominator: str
    probability_at_due: float | None
    at_due: ProjectedPlace | str
    closed: str

    @property
    def place_asked(self) -> int:
        """The last place that meets a goal which is a place."""
        return int(self.goal_number or 0)


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """A figure of a series: a row of the mart `indicator_period`, whose file says what it has."""

    period_kind: str
    period_start: date
    numerator: float | None
    denominator: float | None
    denominator_year: int | None
    value: float | None
    sample_size: float | None
    lower: float | None
    upper: float | None
    status: str
    published: date
    suppression: str
    design_effect: float | None = None
