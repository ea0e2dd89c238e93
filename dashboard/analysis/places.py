"""The figures of the places of a map: partnerships, districts, wards, small areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.chance_of_changes import PARTNERSHIP
from dashboard.analysis.change import forbidden_by_notes
from dashboard.analysis.members import series_of_areas
from dashboard.analysis.window_figures import NO_FIGURE, SUPPRESSED, VALUES, window_figures
from dashboard.metrics.periods import Window, windows_for
from dashboard.store.cache import cached_per_build
from dashboard.store.warehouse import Warehouse

SMALL_AREAS = "all recorded crime and anti-social behaviour in small areas"
"""What is counted in small areas: one total of every type, see `small_area_count`."""


@dataclass(frozen=True)
class PlacesAnswer:
    """The figures of places.

    Attributes:
        title: What is counted: the indicator's title, or `SMALL_AREAS`.
        figures: place (code of the boundary), area_code (whose figures they are), area_name,
            count, before, change, percent, rate, instead; one row a place that has any.
        own: Codes of the places that are the view's own area, or lie in it.
        of_small_areas: Whether the places are small areas, counted as one total of all types.
    """

    title: str
    period: str
    previous_period: str
    figures: pd.DataFrame
    own: tuple[str, ...]
    of_small_areas: bool
    illustrative: bool


@cached_per_build
def places(
    view: AreaView, indicator: str, codes: Sequence[str], basis: str = "ytd"
) -> PlacesAnswer:
    """Return the figures of the places of a map, of which the codes are given.

    Raises:
        UnknownChoiceError: There is no such indicator.
        NoFiguresError: None of the places has a figure.
        ValueError: basis is not one.
    """
    about = view.indicator(indicator)
    view, month = view.own_period(indicator, view.as_at or view.latest_month())
    window, before = windows_for(basis, month)
    of_places = areas_of_places(view.warehouse, codes)
    series = series_of_areas(view, indicator, of_places["area_code"].unique().tolist())
    of_small_areas = series.empty
    if of_small_areas:
        figures = _small_areas(view, codes, (window, before))
    else:
        figures = window_figures(series, [window], about.rate_per)
        figures = of_places.merge(figures, on="area_code")
        if forbidden_by_notes(view, indicator, view.area_code, (window, before)):
            is_own = figures["area_code"].eq(view.area_code)
            figures.loc[is_own, ["change", "percent"]] = float("nan")
    if figures.empty or figures[["count", "before"]].isna().all(axis=None):
        raise NoFiguresError(
            "None of the areas of these boundaries has a figure of what is chosen, "
            f"{window.label()}."
        )
    own = of_places.loc[of_places["area_code"].eq(view.area_code), "place"]
    return PlacesAnswer(
        title=SMALL_AREAS if of_small_areas else about.title,
        period=window.label(),
        previous_period=before.label(),
        figures=figures[["place", "area_code", "area_name", *VALUES, "instead"]],
        own=tuple(own),
        of_small_areas=of_small_areas,
        illustrative=not of_small_areas and bool(series["illustrative"].any()),
    )


def areas_of_places(warehouse: Warehouse, codes: Sequence[str]) -> pd.DataFrame:
    """Return place, area_code, area_name: the partnership it is part of, or the area itself."""
    areas = warehouse.frame("areas")
    direct = areas[areas["area_code"].isin(list(codes))]
    direct = direct.assign(place=direct["area_code"])
    whole = areas[areas["area_kind"].eq(PARTNERSHIP)]
    parts = whole.assign(place=whole["local_authority_codes"].str.split(";")).explode("place")
    parts = parts[parts["place"].isin(list(codes))]
    # A partnership's own figures come before those of its district: the type tree is theirs.
    return pd.concat([parts, direct])[["place", "area_code", "area_name"]].drop_duplicates("place")


def _small_areas(
    view: AreaView, codes: Sequence[str], windows: tuple[Window, Window]
) -> pd.DataFrame:
    now, before = (_small_area_totals(view, codes, window) for window in windows)
    rows = now.merge(before, on="place", how="outer", suffixes=("", "_before"))
    rows["instead"] = rows["instead"].fillna(NO_FIGURE).where(rows["count"].isna(), "")
    change = rows["count"] - rows["count_before"]
    return rows.assign(
        area_code=rows["place"],
        area_name="",
        before=rows["count_before"],
        change=change,
        percent=float("nan"),
        rate=float("nan"),
    )


def _small_area_totals(view: AreaView, codes: Sequence[str], window: Window) -> pd.DataFrame:
    """Return place, count and instead; a month in which nothing was recorded has no row.

    Every month of the window must have been reported, by whichever force it was.
    """
    columns = ["place", "count", "instead"]
    rows = view.warehouse.frame(
        "small_area_counts", areas=list(codes), first=window.first_day, last=window.last_day
    )
    if rows["period_start"].nunique() < window.month_count:
        return pd.DataFrame(columns=columns).astype({"count": float, "place": "str"})
    hidden = rows["status"].eq(SUPPRESSED)
    is_hidden = hidden.groupby(rows["area_code"]).any()
    count = rows.groupby("area_code")["value"].sum().where(~is_hidden)
    own_words = is_hidden.map({True: SUPPRESSED, False: ""})
    found = pd.DataFrame({"count": count, "instead": own_words})
    return found.reset_index(names="place")[columns]
