"""The funnel plot of a group, or of every area of its kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, cast

import numpy as np
import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.comparison import ComparedAnswer, Comparison, compared
from dashboard.analysis.groups import Group
from dashboard.analysis.members import rated_over
from dashboard.analysis.neighbours import comparable_areas
from dashboard.analysis.question import Basis, Edition, GroupId, Indicator, RateBase, question
from dashboard.metrics.funnel import Funnel, Widening, limits_at, place_in_funnel
from dashboard.metrics.funnel import funnel as funnel_plot
from dashboard.metrics.intervals import CONFIDENCE_95, CONFIDENCE_998
from dashboard.metrics.rates import rate_per

AMONG = {"group": "The group", "all": "All areas of this kind"}
POINTS = 80
"""At which the limits are worked out, from the smallest area to the largest."""


@dataclass(frozen=True, kw_only=True)
class FunnelAnswer(ComparedAnswer):
    """Areas by size and rate, and the limits about their common rate."""

    JSON = f"""
        {ComparedAnswer.HEADER} among areas=plot.areas target=plot.target dispersion=plot.dispersion
        is_overdispersed=plot.is_overdispersed widening=plot.widening between=plot.between
        place=own.place members=areas
    """

    among: str
    plot: Funnel
    areas: pd.DataFrame
    """area_code, area_name, count, denominator, value, place, is_own, in_group."""
    limits: pd.DataFrame
    """denominator, lower_95, upper_95, lower_998, upper_998."""

    @property
    def own(self) -> pd.Series:
        """The row of the area itself."""
        return self.areas[self.areas["is_own"]].iloc[0]


@question
def funnel(
    view: AreaView,
    indicator: Indicator,
    basis: Basis = "",
    group: GroupId = "",
    edition: Edition = "",
    rate_base: RateBase = "",
    among: Annotated[str, "group, or all areas of the same kind."] = "group",
    widening: Annotated[str, "For overdispersion: additive, multiplicative or none."] = "additive",
) -> FunnelAnswer:
    """How far from the common rate each area is, by its size.

    See `dashboard.analysis.comparison.compared` and `funnel_of`.
    """
    comparison = compared(view, indicator, basis, group, edition, rate_base)
    return funnel_of(comparison, among, cast("Widening", widening))


def funnel_of(
    comparison: Comparison, among: str = "group", widening: Widening = "additive"
) -> FunnelAnswer:
    """Return the funnel of a comparison: of its group, or of all areas of its kind with figures.

    Raises:
        ValueError: another word for `among` or `widening`.
    """
    if among not in AMONG:
        raise ValueError(f"'{among}' is not one of {', '.join(AMONG)}")
    in_group = set(comparison.members["area_code"])
    wide = _everybody(comparison) if among == "all" else comparison
    areas = wide.members[["area_code", "area_name", "count", "denominator"]]
    plot = funnel_plot(areas["count"], areas["denominator"], widening, comparison.about.rate_per)
    codes = areas["area_code"]
    return FunnelAnswer(
        **replace(comparison, denominator_year=wide.denominator_year).header(),
        among=among,
        plot=plot,
        areas=areas.assign(
            value=rate_per(areas["count"], areas["denominator"], comparison.about.rate_per),
            place=place_in_funnel(areas["count"], areas["denominator"], plot),
            is_own=codes.eq(comparison.view.area_code),
            in_group=codes.isin(in_group),
        ),
        limits=_limits(plot, areas),
    )


def _everybody(comparison: Comparison) -> Comparison:
    """Return the comparison with every area of the kind as a member."""
    view = comparison.view
    areas = comparable_areas(view)
    series, members, year = rated_over(
        view, comparison.about.indicator_id, areas, comparison.now, comparison.denominator
    )
    everybody = Group("published", "", "", "", areas)
    return replace(
        comparison, series=series, members=members, denominator_year=year, group=everybody
    )


def _limits(plot: Funnel, areas: pd.DataFrame) -> pd.DataFrame:
    """The limits from the smallest area with data to the largest."""
    people = areas.loc[areas["count"].notna() & (areas["denominator"] > 0), "denominator"]
    sizes = np.geomspace(people.min(), people.max(), POINTS) if len(people) else np.array([])
    inner, outer = (limits_at(plot, sizes, each) for each in (CONFIDENCE_95, CONFIDENCE_998))
    limits = {"denominator": sizes, "lower_95": inner[0], "upper_95": inner[1]}
    return pd.DataFrame(limits | {"lower_998": outer[0], "upper_998": outer[1]}, dtype="float64")
