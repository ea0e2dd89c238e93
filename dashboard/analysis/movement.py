"""Places over time, under one edition of a group and one year's denominators."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.comparison import ComparedAnswer, Comparison, compared
from dashboard.analysis.groups import edition_changes
from dashboard.analysis.levels import counted
from dashboard.analysis.question import Basis, Edition, GroupId, Indicator, RateBase, question
from dashboard.metrics.left_out import left_out
from dashboard.metrics.periods import MONTHS_A_QUARTER, MONTHS_A_YEAR, Window
from dashboard.metrics.rank_movement import ranks_over_time
from dashboard.metrics.rates import rate_per
from dashboard.metrics.windows import totals_over

MOST_PERIODS = 12
STEPS = {"rolling_year": MONTHS_A_QUARTER}
"""Months from one period to the next; a year for bases that have a season."""
PUBLISHED = ("police", "published")


@dataclass(frozen=True, kw_only=True)
class MovementAnswer(ComparedAnswer):
    """The place of every member in several periods."""

    JSON = f"{ComparedAnswer.HEADER} periods own_ranks editions ranks=shown"

    periods: list[str]
    """Names of the periods, in order."""
    ranks: pd.DataFrame
    """area_code, area_name, period, last_month, count, denominator, value, rank, is_tied,
    with_data, is_own."""
    editions: pd.DataFrame
    """edition, valid_from, joined, left: what each edition changed of the one before."""

    @property
    def own_ranks(self) -> list[int]:
        """The rank of the area in each period."""
        return self.ranks.loc[self.ranks["is_own"], "rank"].tolist()

    @property
    def shown(self) -> pd.DataFrame:
        """The ranks of all members, in the columns that are shown."""
        return self.ranks[
            ["area_code", "area_name", "period", "count", "value", "rank", "with_data"]
        ]


@question
def movement(
    view: AreaView,
    indicator: Indicator,
    basis: Basis = "",
    group: GroupId = "",
    edition: Edition = "",
    rate_base: RateBase = "",
) -> MovementAnswer:
    """The place of every member over time, under one edition and one year's residents.

    See `dashboard.analysis.comparison.compared` and `movement_of`.
    """
    comparison = compared(view, indicator, basis, group, edition, rate_base)
    return movement_of(comparison)


def movement_of(comparison: Comparison) -> MovementAnswer:
    """Return the places of a comparison's members, back from its period.

    Periods are a year apart, rolling years a quarter where figures allow. They end where the area
    has no figure, and where none of its group has.
    """
    frames = [
        comparison.counts_in(window).assign(
            period=window.label(), last_month=str(window.last_month)
        )
        for window in _windows(comparison)
    ]
    nothing = comparison.members.iloc[:0].assign(period="", last_month="")
    figures = pd.concat(frames or [nothing], ignore_index=True)
    rates = rate_per(figures["count"], figures["denominator"], comparison.about.rate_per)
    ranked = ranks_over_time(figures.assign(value=rates), comparison.lower_is_better)
    is_published = comparison.group.kind in PUBLISHED
    return MovementAnswer(
        **comparison.header(),
        periods=list(dict.fromkeys(ranked["period"])),
        ranks=ranked.assign(is_own=ranked["area_code"].eq(comparison.view.area_code)),
        editions=edition_changes(comparison.view, comparison.group.name)
        if is_published
        else pd.DataFrame(columns=["edition", "valid_from", "joined", "left"]),
    )


def _windows(comparison: Comparison) -> list[Window]:
    """The periods in which the area has a figure, the latest of them, in order of time.

    One left out between them is among them, so that no line is drawn over it as if it were known.
    """
    own = comparison.view.area_code
    series = comparison.series[comparison.series["area_code"].eq(own)]
    step = STEPS.get(comparison.basis, MONTHS_A_YEAR)
    reach = range(0, MOST_PERIODS * MONTHS_A_YEAR, step)
    windows = [comparison.now.moved_by(-back) for back in reach]
    totals = totals_over(counted(series), (), windows).values[0]
    known = [each for each, total in zip(windows, totals, strict=True) if not np.isnan(total)]
    ends = sorted(each.last_month.ordinal for each in known[:MOST_PERIODS])
    now = comparison.now.last_month.ordinal
    return [comparison.now.moved_by(end - now) for end in sorted([*ends, *left_out(ends)])]
