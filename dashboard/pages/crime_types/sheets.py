"""Words, charts and tables of the page Crime types, gathered once for all readers."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.contribution import TYPE, WAYS, contribution
from dashboard.analysis.crime_types import crime_types
from dashboard.analysis.season import season
from dashboard.charts.chart import Chart
from dashboard.pages.crime_types.season import season_chart
from dashboard.pages.crime_types.type_tree import adding_up, left_out, rows_to_show
from dashboard.store.cache import cached_per_build
from dashboard.ui.crime_type_choices import bases_of
from dashboard.words import crime_types as words
from dashboard.words.contribution import rate_sentence, waterfall_chart
from dashboard.words.page_titles import crime_types_title
from dashboard.words.sources import source_of_indicators


@dataclass(frozen=True)
class Waterfall:
    """What makes up a change.

    Attributes:
        chart: None where no part has figures of both periods.
        rates: What the change is by residents, in a sentence; "" for nothing to say.
    """

    chart: Chart | None
    rates: str


@dataclass(frozen=True)
class TypesSheet:
    """A table of types, of one area or of several side by side.

    Attributes:
        table: As texts.
        rows: The same as numbers, to take away; empty where there is no figure.
        said: How to read it, whether it adds up, and what is left out.
        source: Source and vintage.
        illustrative: Whether any figure is made up.
    """

    table: pd.DataFrame
    rows: pd.DataFrame
    said: str
    source: str
    illustrative: bool


@cached_per_build
def title_of(view: AreaView) -> str:
    """Return the page's first sentence: how all crime of the area changed, and which types most."""
    if not view.as_at_text:
        return f"No figures are loaded for {view.area_name}"
    types = crime_types(view, basis=bases_of(view)[0])
    return crime_types_title(types, view.area_name)


@cached_per_build
def ways_of(view: AreaView, indicator: str, basis: str) -> list[str]:
    """Return the ways in which a change can be broken down."""
    found = []
    for way in WAYS:
        try:
            contribution(view, indicator, way, basis)
        except NoFiguresError:
            continue
        found.append(way)
    return found


@cached_per_build
def waterfall_of(view: AreaView, indicator: str, basis: str, way: str) -> Waterfall:
    """Draw what makes up a change."""
    answer = contribution(view, indicator, way, basis)
    parts = [each for each in answer.parts["part_id"] if way == TYPE and each]
    source = source_of_indicators(view, indicator, *parts)
    return Waterfall(waterfall_chart(answer, source=source), rate_sentence(answer) or "")


@cached_per_build
def months_of(view: AreaView, indicator: str) -> Chart:
    """Draw the months of a type, year by year; `NoFiguresError` where there are none."""
    return season_chart(season(view, indicator), source=source_of_indicators(view, indicator))


@cached_per_build
def type_labels(view: AreaView, basis: str) -> dict[str, str]:
    """Return what the types are called where they are chosen, by id."""
    return words.tree_labels(crime_types(view, basis=basis))


@cached_per_build
def summary_of(view: AreaView, indicator: str, basis: str) -> str:
    """Return what changed, in a sentence."""
    return words.summary(crime_types(view, basis=basis), indicator)


@cached_per_build
def types_sheet(view: AreaView, indicator: str, basis: str, only: tuple[str, ...]) -> TypesSheet:
    """Return the table of types: of those in ``only``, or of all."""
    types = crime_types(view, basis=basis)
    rows = rows_to_show(types, indicator, only)
    said = (adding_up(types, indicator), left_out(types, rows))
    return TypesSheet(
        table=words.types_table(rows),
        rows=rows,
        said=" ".join([words.how_to_read(rows), *filter(None, () if only else said)]),
        source=source_of_indicators(view, *rows["indicator_id"]),
        illustrative=bool(rows["illustrative"].any()),
    )
