"""The plan's money: what is asked held against what is found."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.actions import actions_in, priority_titles
from dashboard.analysis.area_view import AreaView
from dashboard.pages.actions.money_words import BY, MoneyShown, money_shown
from dashboard.store.cache import cached_per_build
from dashboard.ui.chart_card import chart_card
from dashboard.ui.choices import choose_view
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice


@redrawn_alone
def money_section(view: AreaView) -> None:
    """Draw the chart of a choice, and the sums that contradict each other."""
    by = choose_view("Money by", "money", Choice("money", BY, "priority"))
    shown = _shown(view, by)
    if shown.chart is None:
        st.markdown("The plan gives no sum of money.")
        return
    chart_card(shown.chart, key="money", file=f"money_by_{by}", line=shown.line, said=shown.said)


@cached_per_build
def _shown(view: AreaView, by: str) -> MoneyShown:
    source = f"Source: {view.plan['document']}"
    return money_shown(actions_in(view), by, priority_titles(view), source)
