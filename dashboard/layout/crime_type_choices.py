"""What the analyses of the page Crime types share: type, basis, areas."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.exhibits import crime_types as exhibits
from dashboard.exhibits.as_python import Slice
from dashboard.layout.choices import BASIS_NAMES, choose, choose_several
from dashboard.selection import Choice, named_apart
from dashboard.session import Session

FIRST_WHOLE = "all_crime"
COMPARATOR = "comparator"
MOST_COMPARED = 6
"""Areas whose lines can be told apart."""


@dataclass(frozen=True)
class TypeChoice:
    """A type on a basis.

    Attributes:
        indicator: The type; "" where nothing is counted.
        basis: What is compared.
        types: Every count on that basis, as `dashboard.answers.crime_types` gives.
    """

    indicator: str
    basis: str
    types: pd.DataFrame


def choose_whole(session: Session, basis: str) -> TypeChoice:
    """Ask for a type that has parts."""
    types = session.crime_types(basis)
    names = exhibits.wholes(types) or dict(zip(types["indicator_id"], types["title"], strict=True))
    return TypeChoice(_choose_type("Break down", "within", names), basis, types)


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
    """Return what there are figures for, the usual one first."""
    return session.bases(FIRST_WHOLE) or list(BASIS_NAMES)[:-1]


def choose_areas(session: Session) -> list[str]:
    """Ask for areas of any kind that has figures; the area of the page is the default."""
    areas = session.frame("areas").query("area_kind != @COMPARATOR")
    kinds = areas["area_kind"].where(areas["area_kind"].ne("partnership"), "")
    labels = [
        f"{name} ({kind})" if kind else str(name)
        for name, kind in zip(areas["area_name"], kinds, strict=True)
    ]
    names = named_apart(dict(zip(areas["area_code"], labels, strict=True)))
    own = session.picture.area_code
    return choose_several("Areas", "areas", Choice("area", names, own))


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
