"""What if the months from here went otherwise: a slider, a part, and what follows at once."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.contribution import parts_in
from dashboard.analysis.names import distinct_names
from dashboard.analysis.scenario import scenario, whole_years
from dashboard.ui.choices import choose, choose_number
from dashboard.ui.parts import plain, show_notices, small_print
from dashboard.ui.selection import Choice
from dashboard.words.projection import NOT_A_FORECAST, implied_sentence, scenario_sentence
from dashboard.words.reasons import reason_in_words

FEWEST, MOST = -40, 20
"""Percent that the slider goes to: beyond what any crime type did in a year of its record."""
NO_PART = "none"


class WhatIf(NamedTuple):
    """What was chosen, as `dashboard.analysis.scenario.scenario` takes it."""

    percent: float | None
    part: str
    level_of: str


def what_if_choices(view: AreaView, indicator: str, target: str) -> WhatIf | None:
    """Draw the choices and the sentence; gives what was chosen, None where nothing is or can be."""
    try:
        plain_one = scenario(view, indicator, target)
    except NoFiguresError:
        return None
    st.markdown("**What if the months from here went otherwise?**")
    small_print(implied_sentence(plain_one))
    columns = st.columns([2, 2, 1])
    with columns[0]:
        percent = choose_number(
            "Each month from here, % more or fewer than a year before",
            "change",
            (FEWEST, MOST),
            min(max(round(plain_one.implied), FEWEST), MOST),
        )
    part, year = _part(view, indicator, columns)
    if percent is None and not part:
        return None
    try:
        found = scenario(view, indicator, target, percent=percent, part=part, level_of=year)
    except NoFiguresError as nothing:
        why = f": {reason_in_words(nothing.why)}" if nothing.why else ""
        show_notices([f"{nothing}{why}."])
        return None
    st.markdown(plain(scenario_sentence(found)))
    small_print(NOT_A_FORECAST)
    return WhatIf(percent, part, year)


def _part(view: AreaView, indicator: str, columns: list) -> tuple[str, str]:
    """Ask for a part of the indicator and the year that it returns to; "" of neither."""
    parts = parts_in(view, indicator)
    if not parts:
        return "", ""
    titles = view.indicators["title"].loc[parts].to_dict()
    names = {NO_PART: "No part", **distinct_names({str(k): str(v) for k, v in titles.items()})}
    with columns[1]:
        part = choose(
            "One part returns to an earlier level", "part", Choice("part", names, NO_PART)
        )
    if part == NO_PART:
        return "", ""
    years = whole_years(view, part)
    if not years:
        show_notices(["That part has no year with a figure for every month."])
        return "", ""
    with columns[2]:
        year = choose("Of", "level_of", Choice("year", {each: each for each in years}, years[0]))
    return part, year
