"""What if the months from here went otherwise: a slider, a part, and what follows at once."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.contribution import parts_in
from dashboard.analysis.names import distinct_names
from dashboard.analysis.scenario import Scenario, scenario, whole_years
from dashboard.store.cache import cached_per_build
from dashboard.ui.choices import choose, choose_number
from dashboard.ui.parts import show_notices
from dashboard.ui.selection import Choice
from dashboard.words.reasons import reason_in_words

FEWEST, MOST = -40, 20
"""Percent that the slider goes to: beyond what any crime type did in a year of its record."""
NONE = "none"


class WhatIf(NamedTuple):
    """What was chosen, as `dashboard.analysis.scenario.scenario` takes it."""

    percent: float | None = None
    part: str = ""
    level_of: str = ""


AS_THINGS_GO = WhatIf()


def as_things_go(view: AreaView, indicator: str, target: str) -> Scenario | None:
    """Return the projection of a target unchanged; None where nothing is projected."""
    try:
        return scenario(view, indicator, target)
    except NoFiguresError:
        return None


def choose_what_if(view: AreaView, plain_one: Scenario) -> tuple[WhatIf, Scenario]:
    """Draw the choices; give what was chosen and what follows, where it can be worked out."""
    indicator, target = plain_one.as_things_go.indicator, plain_one.as_things_go.target_id
    st.markdown("**What if …**")
    percent = choose_number(
        "Each month from here, % on the same month a year before",
        "change",
        (FEWEST, MOST),
        min(max(round(plain_one.implied), FEWEST), MOST),
    )
    part, year = _part(view, indicator)
    chosen = WhatIf(percent, part, year)
    if chosen == AS_THINGS_GO:
        return chosen, plain_one
    try:
        found = scenario(view, indicator, target, percent=percent, part=part, level_of=year)
    except NoFiguresError as nothing:
        why = f": {reason_in_words(nothing.why)}" if nothing.why else ""
        show_notices([f"{nothing}{why}."])
        return AS_THINGS_GO, plain_one
    return chosen, found


def _part(view: AreaView, indicator: str) -> tuple[str, str]:
    """Ask for a part of the indicator and the year that it returns to; "" of neither."""
    names = _parts(view, indicator)
    if not names:
        return "", ""
    part = choose("One part returns to an earlier level", "part", Choice("part", names, NONE))
    if part == NONE:
        return "", ""
    years = whole_years(view, part)
    if not years:
        show_notices(["That part has no year with a figure for every month."])
        return "", ""
    return part, choose("Of", "level_of", Choice("year", {each: each for each in years}, years[0]))


@cached_per_build
def _parts(view: AreaView, indicator: str) -> dict[str, str]:
    """Return what can be chosen of an indicator's parts, no part first; {} where it has none."""
    parts = parts_in(view, indicator)
    titles = view.indicators["title"].loc[parts].to_dict()
    names = distinct_names({str(known): str(title) for known, title in titles.items()})
    return {NONE: "No part", **names} if parts else {}
