"""What the reader compares with: offence, period, rate base, and one group of all there are."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.comparison import BASES, bases_with_figures
from dashboard.analysis.groups import SAME_FORCE, groups_of, same_force
from dashboard.analysis.neighbours import OWN_MAKING, SIZES, measures_to_choose
from dashboard.analysis.question import ALL_CRIME
from dashboard.store.cache import cached_per_build
from dashboard.ui.choices import (
    BASIS_NAMES,
    choose,
    choose_indicator,
    choose_several,
    first_indicator,
    groups_to_choose,
    indicators_to_choose,
)
from dashboard.ui.selection import Choice, group_of
from dashboard.ui.series_choice import choose_series

FIRST_MEASURE = "population"
FORCE, OWN = "force", "own"
OTHERS = {
    FORCE: f"{SAME_FORCE} (not a similar group)",
    OWN: "A group of our own making (not an official one)",
}
BASE_NAMES = {"population": "Residents", "households": "Households"}


class PeerChoice(NamedTuple):
    """What is compared, as `dashboard.analysis.ranking.ranking` takes it."""

    indicator: str
    basis: str
    group: str
    edition: str
    rate_base: str

    @property
    def options(self) -> tuple[str, str, str, str]:
        """All but the indicator."""
        return self.basis, self.group, self.edition, self.rate_base


def choose_peers(view: AreaView, indicators: pd.DataFrame) -> tuple[AreaView, PeerChoice]:
    """Ask for everything that a comparison rests on.

    Returns:
        The area with the series chosen, and what is compared.
    """
    first = first_indicator(view)
    if first not in set(indicators["indicator_id"]):
        first = ALL_CRIME
    indicator = choose_indicator(indicators_to_choose(indicators, first), has_label=False)
    view = choose_series(view, indicator)
    with st.popover("Period, rates, group", icon=":material/tune:", key="compared"):
        names = {
            basis: BASIS_NAMES[basis]
            for basis in bases_with_figures(view, indicator, view.as_at_text)
        }
        basis = choose("Period", "basis", Choice("period", names, next(iter(names), "")))
        usual = str(indicators["denominator"].get(indicator, ""))
        default = next((name for name, (code, _) in SIZES.items() if code == usual), "")
        rate_base = choose("Rates by", "rate_base", Choice("rate base", BASE_NAMES, default))
        chosen = choose("Compared with", "group", groups_offered(view))
        alike = _choose_measures(view) if chosen == OWN else []
    name, edition = (SAME_FORCE, "") if chosen == FORCE else group_of(chosen)
    if chosen == OWN:
        name = OWN_MAKING + ",".join(alike)
    return view, PeerChoice(
        indicator, basis or BASES[-1], name, edition, "" if rate_base == default else rate_base
    )


@cached_per_build
def ranked_indicators(view: AreaView) -> pd.DataFrame:
    """Return the indicators that are counted per resident and that the area has figures of."""
    indicators = view.indicators
    counted = view.indicators_with_figures(offences_too=True)
    with_figures = indicators["indicator_id"].isin(counted)
    return indicators[with_figures & indicators["denominator"].ne("")]


@cached_per_build
def groups_offered(view: AreaView) -> Choice:
    """Return every group that the area can be compared in, the police's own first."""
    published = groups_to_choose(groups_of(view)).options
    force = {FORCE: OTHERS[FORCE]} if len(same_force(view)) > 1 else {}
    options = {**published, **force, OWN: OTHERS[OWN]}
    return Choice("group", options, next(iter(options)))


def _choose_measures(view: AreaView) -> list[str]:
    measures = measures_to_choose(view)
    names = {known: f"{title[:1].upper()}{title[1:]}" for known, title in measures.items()}
    return choose_several(
        "Alike in (all weigh the same)", "alike", Choice("measure", names, FIRST_MEASURE)
    )
