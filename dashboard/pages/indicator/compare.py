"""The tab Compare: the place of an area in its peer group, how sure it is, and who is near."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.ranking import ranking
from dashboard.store.cache import cached_per_build
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.indicator_charts import place_of
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain
from dashboard.ui.reading_table import show_reading_table
from dashboard.words.peers import about_group
from dashboard.words.rank_certainty import certainty_text, near_table
from dashboard.words.ranking import gap_text


def compare(view: AreaView, indicator: str) -> None:
    """Draw the tab."""
    drawn = place_of(view, indicator)
    if isinstance(drawn, str):
        st.markdown(plain(drawn))
        return
    answer = ranking(view, indicator)
    chart_card(
        drawn,
        key=f"place_{indicator}",
        file=file_name(view, indicator, "places"),
        help_for="ranked_bars",
        line=gap_text(answer),
        said=[certainty_text(answer), about_group(answer)],
    )
    near = _near(view, indicator)
    if len(near):
        st.header("Who is near", anchor=False)
        show_reading_table(near, caption=f"Members next to {answer.area_name} in order of place")
    link_to("most_similar_group", "Over time, and in other groups", indicator=indicator)


@cached_per_build
def _near(view: AreaView, indicator: str) -> pd.DataFrame:
    return near_table(ranking(view, indicator))
