"""The figures of the places of a map: partnerships, districts, wards, small areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.chance_of_changes import PARTNERSHIP
from dashboard.analysis.change import forbidden_by_notes
from dashboard.analysis.members import series_of_areas
from dashboard.analysis.small_areas import figures_of_all_types, figures_of_small_areas
from dashboard.analysis.window_figures import VALUES, window_figures
from dashboard.metrics.periods import windows_for
from dashboard.store.cache import cached_per_build
from dashboard.store.warehouse import Warehouse

SMALL_AREAS = "all recorded crime and anti-social behaviour in small areas"
"""What is counted in small areas where they have no figures of the indicator."""


@dataclass(frozen=True)
class PlacesAnswer:
    """The figures of places.

    Attributes:
        title: What is counted: the indicator's title, or `SMALL_AREAS`.
        figures: place (code of the boundary), area_code (whose figures they are), area_name,
            count, before, change, percent, rate, instead; one row a place that has any.
        own: Codes of the places that are the view's own area, or lie in it.
        of_all_types: Whether the places are small areas, where no type of its is counted: the total
            of all types then stands for it.
    """

    title: str
    period: str
    previous_period: str
    figures: pd.DataFrame
    own: tuple[str, ...]
    of_all_types: bool
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
    of_all_types = False
    if series.empty:
        of_places = pd.DataFrame({"place": codes, "area_code": codes, "area_name": ""})
        series, of_all_types = _in_small_areas(view, indicator, codes)
    figures = of_places.merge(window_figures(series, [window], about.rate_per), on="area_code")
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
        title=SMALL_AREAS if of_all_types else about.title,
        period=window.label(),
        previous_period=before.label(),
        figures=figures[["place", "area_code", "area_name", *VALUES, "instead"]],
        own=tuple(own),
        of_all_types=of_all_types,
        illustrative=bool(series["illustrative"].any()),
    )


def _in_small_areas(
    view: AreaView, indicator: str, codes: Sequence[str]
) -> tuple[pd.DataFrame, bool]:
    """Return an indicator's figures in small areas, or those of all types and that they are."""
    for series in (
        series_of_areas(view, indicator, list(codes)),
        figures_of_small_areas(view.warehouse, indicator, codes),
    ):
        if len(series):
            return series, False
    return figures_of_all_types(view.warehouse, codes), True


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
