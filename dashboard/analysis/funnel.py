"""The funnel plot of a group, or of every area of its kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, cast

import numpy as np
import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.comparison import ComparedAnswer, Comparison, compared
from dashboard.analysis.groups import Group, group_for
from dashboard.analysis.members import rated_over, series_of_areas
from dashboard.analysis.neighbours import comparable_areas
from dashboard.analysis.question import Basis, Edition, GroupId, Indicator, RateBase, question
from dashboard.analysis.rows import SeriesPoint, rows_of
from dashboard.analysis.survey_waves import design_effect_of, latest_wave, wave_of
from dashboard.analysis.target_trajectory import path_of
from dashboard.metrics.funnel import Funnel, Widening, limits_at, place_in_funnel
from dashboard.metrics.funnel import funnel as funnel_plot
from dashboard.metrics.intervals import CONFIDENCE_95, CONFIDENCE_998
from dashboard.metrics.percent import PER_CENT
from dashboard.metrics.periods import MONTHS_A_YEAR, Window
from dashboard.metrics.rates import rate_per
from dashboard.metrics.window_rows import SURVEY_WAVE

AMONG = {"group": "The group", "all": "All areas of this kind"}
TARGET = "target"
"""What a funnel can be about beside the common level and a number: the plan's own target."""
POINTS = 80
"""At which the limits are worked out, from the smallest area to the largest."""


def answers_compared(
    view: AreaView,
    indicator: str,
    group: str = "",
    edition: str = "",
    areas: pd.DataFrame | None = None,
) -> Comparison:
    """Return the latest wave of a percentage in the members of a group, as counts of answers.

    Args:
        view: Of the area.
        indicator: A percentage.
        group: See `dashboard.analysis.groups.group_for`.
        edition: Of the group; "" for its newest.
        areas: area_code, area_name of others to take than the group's members.

    Returns:
        Its members' count is of those who said so and the denominator of those who answered, both
        of the simple random sample that would be as precise (Kish 1965); NaN in areas without such
        a wave in that year, or without its base.

    Raises:
        NoFiguresError: The area has no wave whose base is known, or no group.
    """
    about = view.indicator(indicator)
    view, month = view.own_period(indicator)
    own = latest_wave(view, indicator, month)
    if own is None or own.effective is None:
        raise NoFiguresError(
            f"no survey of {about.title} in {view.area_name} says how many answered"
        )
    chosen = group_for(view, group, edition, month, indicator)
    if areas is not None:
        chosen = Group(chosen.kind, chosen.name, chosen.edition, chosen.source, areas)
    names = chosen.members[["area_code", "area_name"]]
    series = series_of_areas(view, indicator, names["area_code"].tolist())
    start = own.month.to_timestamp()
    waves = series[
        series["period_kind"].eq(SURVEY_WAVE)
        & pd.to_datetime(series["period_start"]).eq(start)
        & series["value"].notna()
    ]
    effect = design_effect_of(about)
    found = {
        str(code): wave_of(point, float(point.value or 0.0), effect)
        for code, point in zip(waves["area_code"], rows_of(waves, SeriesPoint), strict=True)
    }
    asked = names["area_code"].map(
        {code: np.nan if each.effective is None else each.effective for code, each in found.items()}
    )
    share = names["area_code"].map({code: each.value / PER_CENT for code, each in found.items()})
    members = names.assign(count=asked * share, denominator=asked).astype(
        {"count": float, "denominator": float}
    )
    window = Window(own.month, own.month)
    return Comparison(view, about, month, "", window, window, chosen, series, members, None)


@dataclass(frozen=True, kw_only=True)
class FunnelAnswer(ComparedAnswer):
    """Areas by size and rate or percentage, and the limits about a common or a given one."""

    JSON = f"""
        {ComparedAnswer.HEADER} among areas=plot.areas target=plot.target dispersion=plot.dispersion
        target_is_given=plot.is_given is_proportion=plot.is_proportion
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
    about: Annotated[str, "target, or a rate or percentage: 7.5; the common one if left out."] = "",
) -> FunnelAnswer:
    """How far from the common rate each area is, by its size; or from a target that is given.

    Percentages of surveys are placed by how many answered, in each area's latest wave of the year
    of the area's own. See `dashboard.analysis.comparison.compared` for the errors.

    Raises:
        ValueError: another word for among, widening or about; a target that is no rate of the
            period.
    """
    if view.indicator(indicator).unit == "percent":
        comparison = answers_compared(view, indicator, group, edition)
    else:
        comparison = compared(view, indicator, basis, group, edition, rate_base)
    return _funnel_of(comparison, among, cast("Widening", widening), about)


def _funnel_of(comparison: Comparison, among: str, widening: Widening, about: str) -> FunnelAnswer:
    if among not in AMONG:
        raise ValueError(f"'{among}' is not one of {', '.join(AMONG)}")
    in_group = set(comparison.members["area_code"])
    wide = _everybody(comparison) if among == "all" else comparison
    areas = wide.members[["area_code", "area_name", "count", "denominator"]]
    is_proportion = comparison.about.unit == "percent"
    per = int(PER_CENT) if is_proportion else comparison.about.rate_per
    plot = funnel_plot(
        areas["count"], areas["denominator"], widening, per,
        about=_level(comparison, about, per), is_proportion=is_proportion,
    )  # fmt: skip
    codes = areas["area_code"]
    header = replace(comparison, denominator_year=wide.denominator_year).header()
    header["rate_per"] = per
    return FunnelAnswer(
        **header,
        among=among,
        plot=plot,
        areas=areas.assign(
            value=rate_per(areas["count"], areas["denominator"], per),
            place=place_in_funnel(areas["count"], areas["denominator"], plot),
            is_own=codes.eq(comparison.view.area_code),
            in_group=codes.isin(in_group),
        ),
        limits=_limits(plot, areas),
    )


def _level(comparison: Comparison, about: str, per: float) -> float | None:
    """Return the level that a funnel is to be about, per so many; None for the common one."""
    if not about:
        return None
    if about != TARGET:
        try:
            return float(about)
        except ValueError:
            raise ValueError(f"a funnel is about target or a number, not '{about}'") from None
    found = path_of(comparison.view, comparison.about.indicator_id)
    if found.target is None or found.goal == "rank":
        raise NoFiguresError(f"the target on {found.title} is no level that a funnel can be about")
    if found.unit != "count":
        return found.target
    own = comparison.members.set_index("area_code")["denominator"].get(found.area)
    if comparison.now.month_count != MONTHS_A_YEAR or own is None:
        raise ValueError(f"the target on {found.title} is of a year: ask for --basis rolling_year")
    return per * found.target / float(own)


def _everybody(comparison: Comparison) -> Comparison:
    """Return the comparison with every area of the kind as a member."""
    view = comparison.view
    areas = comparable_areas(view)
    if comparison.about.unit == "percent":
        return answers_compared(view, comparison.about.indicator_id, areas=areas)
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
