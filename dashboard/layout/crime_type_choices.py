"""What the analyses of the page Crime types share: type, basis, areas."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.analysis.names import KINDS_OF_AREA, named_apart
from dashboard.analysis.neighbours import MADE_UP
from dashboard.analysis.session import Session
from dashboard.exhibits import crime_types as exhibits
from dashboard.exhibits.as_python import Slice
from dashboard.layout.choices import BASIS_NAMES, choose, choose_several
from dashboard.store.cache import cached_per_build
from dashboard.ui.selection import Choice

FIRST_WHOLE = "all_crime"
MOST_COMPARED = 6
"""Areas whose lines can be told apart."""


@dataclass(frozen=True)
class TypeChoice:
    """A type on a basis.

    Attributes:
        indicator: The type; "" where nothing is counted.
        basis: What is compared.
        types: Every count on that basis, as `dashboard.analysis.crime_types` gives.
    """

    indicator: str
    basis: str
    types: pd.DataFrame


def choose_whole(session: Session, basis: str) -> TypeChoice:
    """Ask for a type that has parts."""
    chosen = _choose_type("Break down", "within", _wholes(session, basis))
    return TypeChoice(chosen, basis, session.crime_types(basis))


@cached_per_build
def _wholes(session: Session, basis: str) -> dict[str, str]:
    types = session.crime_types(basis)
    return exhibits.wholes(types) or dict(zip(types["indicator_id"], types["title"], strict=True))


def choose_one_type(session: Session, *, with_basis: bool = True) -> TypeChoice:
    """Ask for any type, and beside it for a basis where one is needed."""
    which, against = st.columns(2)
    with against:
        basis = choose_basis(session) if with_basis else bases_of(session)[0]
    types = session.crime_types(basis)
    names = named_apart(exhibits.tree_labels(types))
    with which:
        return TypeChoice(_choose_type("Crime type", "type", names), basis, types)


def choose_basis(session: Session) -> str:
    """Ask what is compared, among what there are figures for."""
    names = {basis: BASIS_NAMES[basis] for basis in bases_of(session)}
    return choose("Compare", "basis", Choice("comparison", names, next(iter(names))))


def bases_of(session: Session) -> list[str]:
    """Return what can be compared, the usual first: what all crime has figures for.

    Where all crime is not counted every basis is offered: one without a figure says why.
    """
    if found := session.bases(FIRST_WHOLE):
        return found
    known = session.picture.indicators_with_figures(offences_too=True)
    first = session.bases(known[0]) if known else []
    return [*first, *(basis for basis in list(BASIS_NAMES)[:-1] if basis not in first)]


def choose_small_area(session: Session) -> Session:
    """Ask for a small area (LSOA) within the area of the page, where any has figures.

    Returns:
        The answers of that small area; or of the page's, while none is chosen.
    """
    small = small_areas(session)
    if small.empty:
        return session
    names = named_apart(dict(zip(small["area_code"], small["area_name"], strict=True)))
    whole = {"": f"All of {session.picture.area_name}"}
    chosen = choose("Small area", "small_area", Choice("small area", whole | names, ""))
    return Session(session.warehouse, "", chosen, session.as_at) if chosen else session


@cached_per_build
def small_areas(session: Session) -> pd.DataFrame:
    """Return the small areas with figures that lie in the area of the page."""
    areas = session.frame("areas")
    own = areas[areas["area_code"].eq(session.picture.area_code)]
    within = ";".join([*own["area_code"], *own["local_authority_codes"]])
    return session.frame("small_areas", within=within)


def choose_areas(session: Session) -> list[str]:
    """Ask for areas of any kind that has figures; the area of the page is the default.

    Of small areas those that lie in it are offered.
    """
    return choose_several("Areas", "areas", _areas_offered(session))


@cached_per_build
def _areas_offered(session: Session) -> Choice:
    areas = session.frame("areas")
    real = areas[areas["area_kind"].ne(MADE_UP)]
    areas = pd.concat([real, small_areas(session)], ignore_index=True)
    kinds = areas["area_kind"].where(areas["area_kind"].ne("partnership"), "")
    kinds = kinds.replace(KINDS_OF_AREA)
    labels = [
        f"{name} ({kind})" if kind else str(name)
        for name, kind in zip(areas["area_name"], kinds, strict=True)
    ]
    names = named_apart(dict(zip(areas["area_code"], labels, strict=True)))
    own = session.picture.area_code
    names = names if own in names else {own: session.picture.area_name} | names
    return Choice("area", names, own)


def types_in(session: Session, areas: list[str], basis: str) -> pd.DataFrame:
    """Return the types that any of the first areas has figures of, as `crime_types` gives."""
    tables = [answers_of(session, each).crime_types(basis) for each in areas[:MOST_COMPARED]]
    known = [table for table in tables if len(table)] or tables
    return pd.concat(known, ignore_index=True).drop_duplicates("indicator_id", ignore_index=True)


def source_in(session: Session, areas: list[str], types: list[str]) -> str:
    """Return the source line of types in the first area that has figures of any of them."""
    for area in areas:
        answers = answers_of(session, area)
        if any(len(answers.picture.series(each)) for each in types):
            return answers.source(*types)
    return session.source(*types)


def answers_of(session: Session, area: str) -> Session:
    """Return the answers of another area, as at the same month."""
    plan = session.plan if area == session.picture.area_code else ""
    return Session(session.warehouse, plan, area, session.as_at)


def first_type(types: pd.DataFrame) -> str:
    """Return the type that is looked at when none is chosen: all crime, or the first there is."""
    known = types["indicator_id"].tolist()
    return FIRST_WHOLE if FIRST_WHOLE in known else str(known[0])


def cut_of(session: Session, basis: str) -> Slice:
    """Return what an analysis is of, for its code."""
    return Slice(session.plan, session.picture.area_code, session.as_at, basis)


def _choose_type(label: str, name: str, names: dict[str, str]) -> str:
    first = FIRST_WHOLE if FIRST_WHOLE in names else next(iter(names), "")
    return choose(label, name, Choice("crime type", names, first))
