"""Charts and tables of several types and areas side by side, gathered once for all readers."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.crime_types import crime_types, history_of_type, kinds_of_history
from dashboard.analysis.names import distinct_names, kinds_of
from dashboard.charts.chart import Chart
from dashboard.pages.crime_types import history as crime_type_history
from dashboard.pages.crime_types.sheets import TypesSheet
from dashboard.store.cache import cached_per_build
from dashboard.ui.crime_type_choices import answers_of, source_in, types_in
from dashboard.words import crime_types as words
from dashboard.words.sources import source_of_indicators

Codes = tuple[str, ...]


@cached_per_build
def histories_there_are(view: AreaView, types: Codes, areas: Codes) -> list[str]:
    """Return which histories there are of any of the types in any of the areas."""
    found = {
        kind
        for other in _views(view, areas)
        for kind in kinds_of_history(other, list(types), view.as_at_text)
    }
    return [each for each in crime_type_history.HISTORY_NAMES if each in found]


@cached_per_build
def history_of(view: AreaView, types: Codes, area: str, basis: str, kind: str) -> Chart | None:
    """Draw the history of types in one area."""
    own = answers_of(view, area)
    return crime_type_history.history_chart(
        {each: history_of_type(own, each, kind, own.as_at_text) for each in types},
        types_in(view, [area], basis),
        kind=kind,
        area_name=own.area_name,
        source=source_of_indicators(own, *types),
    )


@cached_per_build
def histories_of(view: AreaView, types: Codes, areas: Codes, kind: str) -> Chart | None:
    """Draw the histories of types in several areas."""
    views = _views(view, areas)
    names = _names_of(views)
    return crime_type_history.histories_chart(
        {
            (other.indicator(each).title, names[other.area_code]): history_of_type(
                other, each, kind, view.as_at_text
            )
            for each in types
            for other in views
        },
        kind=kind,
        source=source_in(view, list(areas), list(types)),
        illustrative=any(other.is_illustrative for other in views),
    )


@cached_per_build
def side_by_side(view: AreaView, types: Codes, areas: Codes, basis: str) -> TypesSheet:
    """Return what the types stand at in the areas."""
    names = _names_of(_views(view, areas))
    tables = []
    for area in areas:
        every = crime_types(answers_of(view, area), basis=basis)
        rows = every[every["indicator_id"].isin(types)]
        tables.append(rows.assign(area_code=area, area_name=names[area]))
    table = pd.concat(tables, ignore_index=True)
    if table.empty:
        return TypesSheet(table, table, "", "", illustrative=False)
    return TypesSheet(
        table=words.side_by_side(table),
        rows=table,
        said=words.how_to_read(table),
        source=source_in(view, list(areas), list(types)),
        illustrative=bool(table["illustrative"].any()),
    )


def _views(view: AreaView, areas: Codes) -> list[AreaView]:
    return [answers_of(view, area) for area in areas]


def _names_of(views: list[AreaView]) -> dict[str, str]:
    names = {other.area_code: other.area_name for other in views}
    return distinct_names(names, kinds_of(views[0].warehouse.frame("areas")) if views else None)
