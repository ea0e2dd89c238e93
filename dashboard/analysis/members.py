"""Counts and denominators of other areas: those of a group over the same window and year."""

from __future__ import annotations

import pandas as pd
from numpy.typing import NDArray

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import counted
from dashboard.analysis.series import ILLUSTRATIVE
from dashboard.analysis.small_areas import figures_of_areas
from dashboard.metrics.periods import Window
from dashboard.metrics.window_rows import ends_of, month_ordinals
from dashboard.metrics.windows import totals_over


def counts_over(areas: pd.DataFrame, series: pd.DataFrame, window: Window) -> pd.DataFrame:
    """Return area_code, area_name and count of areas over a window, NaN when incomplete.

    A total under zero corrects an earlier period and is no count of this one: NaN, so that it is
    neither the fewest nor in a mean.

    Args:
        areas: area_code, area_name; one row a member.
        series: Figures of one indicator in those areas.
        window: Whole months.
    """
    keys, totals = totals_over(counted(series), ["area_code"], [window])
    by_area = pd.Series(totals[:, 0], index=keys["area_code"])
    counts = areas["area_code"].map(by_area).astype("float64")
    return areas[["area_code", "area_name"]].assign(count=counts.where(counts.ge(0)))


def counts_by_month(series: pd.DataFrame, codes: list[str], months: range) -> NDArray:
    """Return the counts of areas by month, shape (areas, months), NaN where there is none.

    Args:
        series: Figures of one indicator in those areas, of one source.
        codes: The areas.
        months: By ordinal.
    """
    rows = series[series["period_kind"].eq("month")]
    rows = rows.assign(month=month_ordinals(rows["period_start"]))
    table = rows.pivot(index="area_code", columns="month", values="numerator")
    return table.reindex(index=codes, columns=list(months)).to_numpy(dtype=float)


def with_one_years_denominators(
    members: pd.DataFrame, denominators: pd.DataFrame, year: int
) -> tuple[pd.DataFrame, int | None]:
    """Add the denominators of one year, the same for all members, so that rates compare.

    The year is the latest not after `year` for which every member that has a count has a
    denominator, or else the earliest after it. Where no year has all, the one with the most is
    taken: the others stay without a rate.

    Args:
        members: area_code, count; one row a member.
        denominators: area_code, denominator_year, denominator.
        year: of the figures.

    Returns:
        The members with denominator (NaN where there is none), and the year; None when no
        denominator is known at all.
    """
    counting = members.loc[members["count"].notna(), "area_code"]
    known = denominators[denominators["area_code"].isin(counting)]
    if known.empty:
        return members.assign(denominator=float("nan")), None
    found = known.groupby("denominator_year")["area_code"].nunique().reset_index(name="members")
    found["is_after"] = found["denominator_year"].gt(year)
    found["distance"] = (found["denominator_year"] - year).abs()
    order = found.sort_values(["members", "is_after", "distance"], ascending=[False, True, True])
    chosen = int(order["denominator_year"].iloc[0])
    of_year = denominators[denominators["denominator_year"].eq(chosen)]
    by_area = of_year.set_index("area_code")["denominator"]
    return members.assign(denominator=members["area_code"].map(by_area).astype("float64")), chosen


def series_of_areas(view: AreaView, indicator_id: str, codes: list[str]) -> pd.DataFrame:
    """Return an indicator's figures in other areas, of the series that it is seen with here.

    Empty where the indicator has no figures here.
    """
    series = view.headline(indicator_id)
    if series is None:
        return view.series(indicator_id)
    return figures_of_areas(view.warehouse, indicator_id, codes, series.source, series.frequency)


def denominators_of(
    view: AreaView, measure: str, codes: list[str], source: str = ""
) -> pd.DataFrame:
    """Return area_code, denominator_year and denominator of areas, of one set of figures.

    Args:
        view: Under whose plan they are seen.
        measure: "ons:population" or "ons:households".
        codes: Area codes.
        source: A source of counts, whose own are taken where it gives any; "" for those of all
            publications.
    """
    made_up = source == ILLUSTRATIVE or (not source and view.is_illustrative)
    known = {"measure": measure, "areas": codes, "illustrative": made_up}
    own = view.warehouse.frame("denominators", **known, source="" if made_up else source)
    return own if len(own) else view.warehouse.frame("denominators", **known, source="")


def rated_over(
    view: AreaView, indicator_id: str, areas: pd.DataFrame, window: Window, denominator: str
) -> tuple[pd.DataFrame, pd.DataFrame, int | None]:
    """Return an indicator's figures in other areas, and their counts with one year's denominators.

    Args:
        view: Of the area that they are compared with.
        indicator_id: An indicator id.
        areas: area_code, area_name; one row a member.
        window: Whole months.
        denominator: "ons:population" or "ons:households".

    Returns:
        Every figure of theirs; area_code, area_name, count, denominator; the denominators' year.
    """
    codes = areas["area_code"].tolist()
    series, own = series_of_areas(view, indicator_id, codes), view.headline(indicator_id)
    people = denominators_of(view, denominator, codes, own.source if own else "")
    # Only figures that lie wholly inside, so that few are gone through.
    first = month_ordinals(series["period_start"])
    inside = (first >= window.first_month.ordinal) & (ends_of(series) <= window.last_month.ordinal)
    counts = counts_over(areas, series[inside], window)
    return series, *with_one_years_denominators(counts, people, window.last_month.year)
