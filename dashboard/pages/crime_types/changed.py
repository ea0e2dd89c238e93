"""What changed: the parts of the change of a type, and every type beside them."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.contribution import AREA, MONTH, TYPE, WAYS, contribution
from dashboard.analysis.crime_types import crime_types
from dashboard.charts.chart import Chart
from dashboard.pages.crime_types import as_python
from dashboard.pages.crime_types.choices import Chosen, cut_of
from dashboard.pages.crime_types.python import offer_python
from dashboard.pages.crime_types.types_table import show_types
from dashboard.store.cache import cached_per_build
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.choices import choose
from dashboard.ui.links import link_to
from dashboard.ui.selection import Choice
from dashboard.words.contribution import led_by, rate_sentence, waterfall_chart
from dashboard.words.levels import capital
from dashboard.words.sources import source_of_indicators

WAY_NAMES = {TYPE: "By type", AREA: "By area of the force", MONTH: "By month"}


class Parts(NamedTuple):
    """What makes up a change, drawn.

    Attributes:
        chart: None where no part has figures of both periods.
        of: The whole.
        title: Which parts went furthest its way; "" for none.
        periods: What is compared.
        rates: What the change is by residents, in a sentence; "" for nothing to say.
    """

    chart: Chart | None
    of: str
    title: str
    periods: str
    rates: str


def changed(chosen: Chosen, beside: DeltaGenerator) -> None:
    """Draw what makes up the change of the type, beside the table of every type.

    Args:
        chosen: The type.
        beside: Where it is asked by what the change is broken down.
    """
    if not chosen.indicator:
        return
    with beside:
        way = _choose_way(chosen)
    left, right = st.columns(2, gap="small")
    with left:
        _show_parts(chosen, way)
    with right:
        show_types(chosen)


def _choose_way(chosen: Chosen) -> str:
    ways = ways_of(chosen.view, chosen.indicator, chosen.basis) or [TYPE]
    if len(ways) == 1:
        return ways[0]
    names = {each: WAY_NAMES[each] for each in ways}
    return choose("By", "by", Choice("way to break it down", names, ways[0]), has_label=False)


def _show_parts(chosen: Chosen, way: str) -> None:
    parts = parts_of(chosen.view, chosen.indicator, chosen.basis, way)
    if parts is None or parts.chart is None:
        st.info("What it is made of is not counted in both periods.", icon=":material/info:")
        return
    code = as_python.contribution_code(cut_of(chosen.view, chosen.basis), parts.of, way)
    chart_card(
        parts.chart,
        key="contribution",
        file=file_name(chosen.view, parts.of, "parts"),
        title=parts.title,
        subtitle=parts.periods,
        line=parts.rates,
        help_for="waterfall",
        beside=lambda: offer_python(code, "contribution"),
    )
    link_to("indicator", "Everything about it", indicator=chosen.indicator)


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
def parts_of(view: AreaView, indicator: str, basis: str, way: str) -> Parts | None:
    """Draw what makes up a change; of a type without parts, that of its whole, which it is part of.

    Returns:
        None where it is neither.
    """
    try:
        answer = contribution(view, indicator, way, basis)
    except NoFiguresError:
        types = crime_types(view, basis=basis).set_index("indicator_id")
        whole = str(types["part_of"].get(indicator, ""))
        return parts_of(view, whole, basis, way) if whole else None
    known = [each for each in answer.parts["part_id"] if way == TYPE and each]
    source = source_of_indicators(view, indicator, *known)
    change = answer.change
    return Parts(
        waterfall_chart(answer, source=source),
        indicator,
        capital(led_by(answer, 1)),
        f"{change.current_label} on {change.previous_label}",
        rate_sentence(answer),
    )
