"""An indicator counted over one window in every member of one group: what rankings start from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.groups import Group, Kind, group_for
from dashboard.analysis.levels import day_published
from dashboard.analysis.members import counts_over, rated_over
from dashboard.analysis.neighbours import SIZES
from dashboard.analysis.question import IndicatorAnswer
from dashboard.analysis.rows import Indicator
from dashboard.metrics.headline import MOST_OF_A_GROUP
from dashboard.metrics.periods import Window, windows_for
from dashboard.metrics.windows import window_total
from dashboard.store.cache import cached_per_build
from dashboard.store.errors import check_choice

#: Tried in this order when the reader names no basis: a plan speaks of the year to date, and
#: national tables hold years only.
BASES = ("ytd", "rolling_year")
ALL_BASES = (*BASES, "quarter", "month")


@dataclass(frozen=True, kw_only=True)
class ComparedAnswer(IndicatorAnswer):
    """What every answer of a comparison says of itself."""

    HEADER = """
        indicator area area_name as_at basis period group group_kind edition source rate_per
        denominator denominator_year illustrative
    """

    basis: str
    period: str
    group: str
    group_kind: Kind
    edition: str
    source: str
    rate_per: int
    denominator: str
    denominator_year: int | None
    lower_is_better: bool


@dataclass(frozen=True)
class Comparison:
    """The figures of a group's members, all over the same months and one year's denominators."""

    view: AreaView
    about: Indicator
    """The indicator."""
    month: pd.Period
    basis: str
    now: Window
    before: Window
    group: Group
    series: pd.DataFrame
    """Every figure of the indicator in the members."""
    members: pd.DataFrame
    """area_code, area_name, count, denominator."""
    denominator_year: int | None
    denominator: str = ""
    """What rates are per: "ons:population" or "ons:households"."""

    @property
    def lower_is_better(self) -> bool:
        """Whether few is good."""
        return self.about.lower_is_better

    @property
    def published(self) -> str:
        """The day of the latest publication used of the period ranked, "" for none."""
        return day_published(self.series, self.now.last_month, self.now.first_month)

    @property
    def missing_members(self) -> tuple[str, ...]:
        """Names of the members without a figure of the same series in the same period."""
        has_none = self.members["count"].isna() | ~self.members["denominator"].gt(0)
        return tuple(self.members.loc[has_none, "area_name"])

    @property
    def is_rankable(self) -> bool:
        """Whether enough members have a figure for anybody's rank to be given."""
        return len(self.missing_members) <= len(self.members) * (1 - MOST_OF_A_GROUP)

    def counts_in(self, window: Window) -> pd.DataFrame:
        """Return the members over another window, on the same denominators."""
        counts = counts_over(self.members, self.series, window)
        return counts.assign(denominator=self.members["denominator"])

    def header(self) -> dict[str, Any]:
        """Return the fields of a `ComparedAnswer`."""
        return {
            **self.view.header(self.month, self.about.indicator_id),
            "basis": self.basis,
            "period": self.now.label(),
            "group": self.group.name,
            "group_kind": self.group.kind,
            "edition": self.group.edition,
            "source": self.group.source,
            "rate_per": self.about.rate_per,
            "denominator": self.denominator,
            "denominator_year": self.denominator_year,
            "illustrative": bool(self.series["illustrative"].any()),
            "lower_is_better": self.lower_is_better,
        }


@cached_per_build
def compared(
    view: AreaView,
    indicator: str,
    basis: str = "",
    group: str = "",
    edition: str = "",
    rate_base: str = "",
    *,
    as_at: str | pd.Period = "",
) -> Comparison:
    """Return the figures of an indicator in the members of a group.

    Args:
        view: Of the area.
        indicator: An indicator id with a denominator.
        basis: ytd, rolling_year, quarter or month; "" for the first of `BASES` with figures.
        group: See `dashboard.analysis.groups.group_for`.
        edition: Of the group; "" for its newest.
        rate_base: population or households; "" for what the indicator is counted by.
        as_at: The last month that counts; "" for the latest with figures.

    Raises:
        UnknownChoiceError: No such indicator, group, edition, measure or rate base.
        NoFiguresError: The area has no group, or no figures of the indicator.
        ValueError: as_at or basis is not one.
    """
    about = view.indicator(indicator)
    if not about.denominator:
        raise NoFiguresError(f"{about.title} is not counted per resident, so it is not ranked")
    if view.headline(indicator) is None:
        raise NoFiguresError(f"no figures of {about.title} in {view.area_name}")
    view, month = view.own_period(indicator, as_at)
    chosen = group_for(view, group, edition, month, indicator)
    known = bases_with_figures(view, indicator, month)
    basis = basis or next((each for each in BASES if each in known), BASES[-1])
    now, before = windows_for(basis, month)
    check_choice("rate base", rate_base, SIZES)
    denominator = SIZES[rate_base][0] if rate_base else about.denominator
    areas = chosen.members[["area_code", "area_name"]]
    series, members, year = rated_over(view, indicator, areas, now, denominator)
    return Comparison(
        view, about, month, basis, now, before, chosen, series, members, year, denominator
    )


@cached_per_build
def bases_with_figures(view: AreaView, indicator: str, as_at: str | pd.Period) -> list[str]:
    """Return the bases on which the indicator has a figure as at a month, the usual one first."""
    view, month = view.own_period(indicator, as_at)
    own = view.counted(indicator)
    return [
        basis
        for basis in ALL_BASES
        if window_total(own, windows_for(basis, month)[0]).value is not None
    ]
