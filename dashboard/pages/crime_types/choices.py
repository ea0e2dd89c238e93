"""What a reader of the page Crime types chooses: type, comparison, figures, areas."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import NO_PLAN, AreaView, plan_of_area, view_of
from dashboard.analysis.comparison import bases_with_figures
from dashboard.analysis.crime_types import crime_types
from dashboard.analysis.names import KINDS_OF_AREA, distinct_names
from dashboard.analysis.neighbours import MADE_UP
from dashboard.analysis.question import ALL_CRIME
from dashboard.analysis.small_areas import small_areas
from dashboard.pages.crime_types.as_python import Slice
from dashboard.store.cache import cached_per_build
from dashboard.ui.choices import BASIS_NAMES, choose, choose_several
from dashboard.ui.selection import Choice
from dashboard.ui.series_choice import choose_series, has_several_series
from dashboard.words.crime_types import tree_labels
from dashboard.words.sources import source_of_indicators

MONTHLY = "month"
TYPE = "type"
"""The parameter of the address that names the type."""
MOST_COMPARED = 6
"""Areas whose lines can be told apart."""


class Chosen(NamedTuple):
    """A type on a basis.

    Attributes:
        view: Whose figures they are: those of the page's area, or of a small one within it.
        whole: The area of the page.
        indicator: The type; "" where nothing is counted.
        basis: What is compared.
    """

    view: AreaView
    whole: AreaView
    indicator: str
    basis: str

    @property
    def types(self) -> pd.DataFrame:
        """Every count on that basis, as `dashboard.analysis.crime_types` gives."""
        return crime_types(self.view, basis=self.basis)

    @property
    def monthly(self) -> AreaView:
        """The same area by the month: another series of the type where the one seen has none."""
        known = self.view.all_series(self.indicator) if self.indicator else []
        shown = self.view.headline(self.indicator) if self.indicator else None
        by_month = [each for each in known if each.frequency == MONTHLY]
        if not by_month or shown in by_month:
            return self.view
        return replace(self.view, series_asked=by_month[0].id)


def choose_type(view: AreaView, whole: AreaView) -> Chosen:
    """Ask for a type and what is compared; every part of the page that shows one type follows.

    Args:
        view: Whose types there are.
        whole: The area of the page.
    """
    with st.container(gap="xsmall"):
        which, against = st.container(), st.container()
    with against:
        basis = choose_basis(view, has_label=False)
    with which:
        options = _types_offered(view, basis)
        indicator = choose("Crime type", TYPE, options, has_label=False)
    return Chosen(view, whole, indicator, basis)


@cached_per_build
def _types_offered(view: AreaView, basis: str) -> Choice:
    names = distinct_names(tree_labels(crime_types(view, basis=basis)))
    first = ALL_CRIME if ALL_CRIME in names else next(iter(names), "")
    return Choice("crime type", names, first)


def choose_figures(view: AreaView) -> AreaView:
    """Ask for a small area and a series, where there are several; behind one button.

    Returns:
        The answers of what is chosen; the page's while nothing is.
    """
    if small_areas(view).empty and not has_several_series(view, *_counted(view)):
        return view
    with st.popover("Figures", icon=":material/tune:"):
        chosen = _choose_small_area(view)
        return choose_series(chosen, *_counted(chosen))


def _counted(view: AreaView) -> list[str]:
    """Return what is counted, all crime first."""
    return sorted(view.indicators_with_figures(), key=lambda each: each != ALL_CRIME)


def choose_basis(view: AreaView, *, has_label: bool = True) -> str:
    """Ask what is compared, among what there are figures for."""
    names = {basis: BASIS_NAMES[basis] for basis in bases_of(view)}
    options = Choice("comparison", names, next(iter(names)))
    return choose("Compare", "basis", options, has_label=has_label)


def bases_of(view: AreaView) -> list[str]:
    """Return what can be compared, the usual first: what all crime has figures for.

    Where all crime is not counted every basis is offered: one without a figure says why.
    """
    if found := bases_with_figures(view, ALL_CRIME, view.as_at_text):
        return found
    known = view.indicators_with_figures(offences_too=True)
    first = bases_with_figures(view, known[0], view.as_at_text) if known else []
    return [*first, *(basis for basis in list(BASIS_NAMES)[:-1] if basis not in first)]


def _choose_small_area(view: AreaView) -> AreaView:
    """Ask for a small area (LSOA) within the area of the page, where any has figures.

    Returns:
        The answers of that small area; or of the page's, while none is chosen.
    """
    small = small_areas(view)
    if small.empty:
        return view
    names = distinct_names(dict(zip(small["area_code"], small["area_name"], strict=True)))
    whole = {"": f"All of {view.area_name}"}
    chosen = choose("Small area", "small_area", Choice("small area", whole | names, ""))
    return view_of(view.warehouse, "", chosen, view.as_at_text) if chosen else view


def choose_areas(view: AreaView) -> list[str]:
    """Ask for areas of any kind that has figures; the area of the page is the default.

    Of small areas those that lie in it are offered.
    """
    return choose_several("Areas", "areas", _areas_offered(view))


@cached_per_build
def _areas_offered(view: AreaView) -> Choice:
    areas = view.warehouse.cached_frame("areas")
    real = areas[areas["area_kind"].ne(MADE_UP)]
    areas = pd.concat([real, small_areas(view)], ignore_index=True)
    kinds = areas["area_kind"].where(areas["area_kind"].ne("partnership"), "")
    kinds = kinds.replace(KINDS_OF_AREA)
    labels = [
        f"{name} ({kind})" if kind else str(name)
        for name, kind in zip(areas["area_name"], kinds, strict=True)
    ]
    names = distinct_names(dict(zip(areas["area_code"], labels, strict=True)))
    own = view.area_code
    names = names if own in names else {own: view.area_name} | names
    return Choice("area", names, own)


def types_in(view: AreaView, areas: list[str], basis: str) -> pd.DataFrame:
    """Return the types that any of the first areas has figures of, as `crime_types` gives."""
    tables = [crime_types(answers_of(view, each), basis=basis) for each in areas[:MOST_COMPARED]]
    known = [table for table in tables if len(table)] or tables
    return pd.concat(known, ignore_index=True).drop_duplicates("indicator_id", ignore_index=True)


def source_in(view: AreaView, areas: list[str], types: list[str]) -> str:
    """Return the source line of types in the first area that has figures of any of them."""
    for area in areas:
        answers = answers_of(view, area)
        if any(len(answers.series(each)) for each in types):
            return source_of_indicators(answers, *types)
    return source_of_indicators(view, *types)


def answers_of(view: AreaView, area: str) -> AreaView:
    """Return the answers of another area, as at the same month and of the same series."""
    if area == view.area_code:
        return view
    return view_of(view.warehouse, "", area, view.as_at_text, view.series_asked)


def first_type(types: pd.DataFrame) -> str:
    """Return the type that is looked at when none is chosen: all crime, or the first there is."""
    known = types["indicator_id"].tolist()
    return ALL_CRIME if ALL_CRIME in known else str(known[0])


def cut_of(view: AreaView, basis: str) -> Slice:
    """Return what an analysis is of, for its code."""
    has_plan_aside = not view.plan_id and plan_of_area(view.warehouse, view.area_code)
    plan = NO_PLAN if has_plan_aside else view.plan_id
    return Slice(plan, view.area_code, view.as_at_text, basis, view.series_asked)
