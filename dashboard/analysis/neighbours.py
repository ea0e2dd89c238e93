"""A group of our own making: the areas most alike on measures that the reader chooses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError, UnknownChoiceError
from dashboard.analysis.levels import year_to
from dashboard.analysis.members import denominators_of, rated_over, with_one_years_denominators
from dashboard.analysis.question import AreaAnswer, question
from dashboard.metrics.neighbours import GROUP_SIZE, nearest_neighbours
from dashboard.metrics.periods import Window
from dashboard.metrics.rates import rate_per

#: A group is asked for as "own:population,robbery".
OWN_MAKING = "own:"
LABEL = "A group of our own making"

POPULATION, HOUSEHOLDS = "ons:population", "ons:households"
SIZES = {"population": (POPULATION, "residents"), "households": (HOUSEHOLDS, "households")}
PER_HOUSEHOLD = "residents_per_household"
MADE_UP = "comparator"
"""Kind of the areas that are made up to be compared with."""


@dataclass(frozen=True)
class NeighboursAnswer(AreaAnswer):
    """The areas most alike, nearest first, and what they were chosen by."""

    JSON = """
        area area_name group=label group_kind is_official as_at period measures candidates
        left_out illustrative members
    """
    group_kind = "own_making"
    is_official = False

    period: str
    measures: tuple[str, ...]
    titles: tuple[str, ...]
    """Of the measures, in words."""
    candidates: int
    """Areas that have every measure, this one included."""
    left_out: int
    """Areas that lack one."""
    members: pd.DataFrame
    """area_code, area_name, distance, closeness_rank and each measure; the area first, at 0."""
    label: str = LABEL

    def measures_text(self) -> str:
        """The measures in a sentence: "residents and robbery per 1,000 residents"."""
        *most, last = self.titles
        return f"{', '.join(most)} and {last}" if most else last


@question
def neighbours(
    view: AreaView,
    measures: Annotated[
        str, "population, households, residents_per_household or indicator ids, with commas."
    ],
    others: Annotated[int, "How many neighbours."] = GROUP_SIZE - 1,
) -> NeighboursAnswer:
    """The areas most alike on chosen measures: a group of our own making, not an official one.

    An indicator is a measure where it is counted per resident or household: its rate over the
    twelve months up to the view's month, or to the latest with figures.

    Raises:
        UnknownChoiceError: There is no such measure.
        NoFiguresError: The area lacks a figure of one, or nobody else has them all.
        ValueError: others is less than 1.
    """
    if others < 1:
        raise ValueError(f"others is {others}; it is 1 or more")
    named = (measure.strip() for measure in measures.split(","))
    asked = tuple(dict.fromkeys(measure for measure in named if measure))
    known = {**dict.fromkeys((*SIZES, PER_HOUSEHOLD)), **_rated(view)}
    for measure in asked or ("",):
        if measure not in known:
            raise UnknownChoiceError("measure", measure, known)
    month = view.as_at or view.latest_month()
    areas, window = comparable_areas(view), year_to(month)
    columns = {measure: _measure(view, measure, areas, window) for measure in asked}
    figures = pd.DataFrame(columns)
    sizes = [measure for measure in asked if measure in SIZES]
    try:
        found = nearest_neighbours(figures, view.area_code, others, sizes)
    except ValueError as lacking:
        raise NoFiguresError(f"{view.area_name} has no such group: {lacking}") from lacking
    whole = int(figures.notna().all(axis=1).sum())
    if len(found) < 2:  # noqa: PLR2004 - the area and another
        raise NoFiguresError(f"nobody else has figures of {', '.join(asked)}, {window.label()}")
    names = areas.set_index("area_code")["area_name"]
    found.insert(1, "area_name", found["area_code"].map(names))
    return NeighboursAnswer(
        **view.header(month),
        period=window.label(),
        measures=asked,
        titles=tuple(measure_title(view, measure) for measure in asked),
        candidates=whole,
        left_out=len(areas) - whole,
        members=found,
    )


def measures_to_choose(view: AreaView) -> dict[str, str]:
    """Return every measure that a group can be made by, with its words."""
    with_figures = set(view.indicators_with_figures())
    ids = [*SIZES, PER_HOUSEHOLD, *(each for each in _rated(view) if each in with_figures)]
    return {each: measure_title(view, each) for each in ids}


def measure_title(view: AreaView, measure: str) -> str:
    """Return a measure in words, as in the middle of a sentence."""
    if measure in SIZES:
        return SIZES[measure][1]
    if measure == PER_HOUSEHOLD:
        return "residents per household"
    about = view.indicator(measure)
    title = about.title
    people = next(words for code, words in SIZES.values() if code == about.denominator)
    return f"{title[:1].lower()}{title[1:]} per {about.rate_per:,} {people}"


def comparable_areas(view: AreaView) -> pd.DataFrame:
    """Return area_code and area_name of all areas of the view's kind that have figures.

    Made-up comparators are compared with an area whose own figures are made up, and only then.
    """
    areas = view.warehouse.frame("areas")
    own = areas.loc[areas["area_code"].eq(view.area_code), "area_kind"]
    kinds = {*own, MADE_UP} if view.is_illustrative else {*own}
    return areas.loc[areas["area_kind"].isin(kinds), ["area_code", "area_name"]]


def _rated(view: AreaView) -> dict[str, None]:
    """Return the ids of indicators that are counted per resident or household."""
    rated = view.indicators["denominator"].isin([code for code, _ in SIZES.values()])
    return dict.fromkeys(view.indicators.index[rated].astype(str))


def _measure(view: AreaView, measure: str, areas: pd.DataFrame, window: Window) -> pd.Series:
    """Return a measure by area_code, NaN where there is none."""
    if measure in SIZES:
        return _people(view, SIZES[measure][0], areas, window)
    if measure == PER_HOUSEHOLD:
        homes = _people(view, HOUSEHOLDS, areas, window)
        return _people(view, POPULATION, areas, window) / homes
    about = view.indicator(measure)
    _, month = view.own_period(measure, window.last_month)
    _, rated, _ = rated_over(view, measure, areas, year_to(month), about.denominator)
    rates = rate_per(rated["count"], rated["denominator"], about.rate_per)
    return pd.Series(rates, index=rated["area_code"])


def _people(view: AreaView, code: str, areas: pd.DataFrame, window: Window) -> pd.Series:
    people = denominators_of(view, code, areas["area_code"].tolist())
    year = window.last_month.year
    rated, _ = with_one_years_denominators(areas.assign(count=0.0), people, year)
    return rated.set_index("area_code")["denominator"]
