"""Crime types: slice by type, area, period and basis; what is behind a change."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.answers.crime_types import history_of_type, kinds_of_history
from dashboard.exhibits import crime_types as exhibits
from dashboard.layout.choices import BASIS_NAMES, choose, choose_types
from dashboard.layout.downloads import download
from dashboard.layout.parts import plain, show, show_source, show_table
from dashboard.selection import Choice
from dashboard.session import Session

FIRST_WHOLE = "all_crime"


def page(session: Session) -> None:
    """Draw the page."""
    st.title("Crime types", anchor=False)
    if not session.as_at:
        st.info(f"No figures are loaded for {session.picture.area_name}.")
        return
    _slice(session)


@st.fragment
def _slice(session: Session) -> None:
    which, against = st.columns(2)
    with against:
        types = session.crime_types(_choose_basis(session))
    names = exhibits.wholes(types) or dict(zip(types["indicator_id"], types["title"], strict=True))
    first = FIRST_WHOLE if FIRST_WHOLE in names else next(iter(names), "")
    with which:
        whole = choose("Break down", "within", Choice("crime type", names, first))
    if not whole:
        st.info(f"Nothing is counted in {session.picture.area_name}.")
        return
    st.markdown(plain(exhibits.summary(types, whole)))
    source = session.source(whole, *types.loc[types["part_of"].eq(whole), "indicator_id"])
    chart = exhibits.contribution_chart(types, whole, source=source)
    if chart is not None:
        show(chart, key="contribution")
    chosen = _table(session, types)
    _history(session, types, list(chosen) or [whole])


def _table(session: Session, types: pd.DataFrame) -> tuple[str, ...]:
    """Show the types chosen, or all, with a download; gives what is chosen."""
    st.subheader("Every type", anchor=False)
    chosen = choose_types(types)
    rows = types[types["indicator_id"].isin(chosen)] if chosen else types
    show_table(exhibits.types_table(rows), alt="Table of crime types")
    st.markdown(f":small[{plain(exhibits.how_to_read(rows))}]")
    source, illustrative = session.source(*rows["indicator_id"]), rows["illustrative"].any()
    show_source(source, illustrative=bool(illustrative))
    download(rows, name="crime_types", illustrative=bool(illustrative))
    return chosen


def _history(session: Session, types: pd.DataFrame, chosen: list[str]) -> None:
    picture, as_at = session.picture, session.as_at
    names = {
        each: exhibits.HISTORY_NAMES[each] for each in kinds_of_history(picture, chosen, as_at)
    }
    kind = choose("History of", "history", Choice("history", names, next(iter(names), "")))
    if not kind:
        return
    chart = exhibits.history_chart(
        {each: history_of_type(picture, each, kind, as_at) for each in chosen},
        types,
        kind=kind,
        area_name=picture.area_name,
        source=session.source(*chosen),
    )
    if chart is not None:
        show(chart, key="history")


def _choose_basis(session: Session) -> str:
    bases = session.bases(FIRST_WHOLE) or list(BASIS_NAMES)[:-1]
    names = {basis: BASIS_NAMES[basis] for basis in bases}
    return choose("Compare", "basis", Choice("comparison", names, bases[0]))
