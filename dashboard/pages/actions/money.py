"""The plan's money: what is asked held against what is found."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.pages.actions.money_words import BY, money_shown
from dashboard.ui.chart_card import chart_card
from dashboard.ui.choices import choose_view
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.selection import Choice


@redrawn_alone
def money_section(view: AreaView, actions: pd.DataFrame, titles: Mapping[str, str]) -> None:
    """Draw the chart of a choice, and the sums that contradict each other."""
    by = choose_view("Money by", "money", Choice("money", BY, "priority"))
    source = f"Source: {view.plan['document']}"
    shown = money_shown(actions, by, titles, source)
    if shown.chart is None:
        st.markdown("The plan gives no sum of money.")
        return
    chart_card(shown.chart, key="money", file=f"money_by_{by}", line=shown.line, said=shown.said)
