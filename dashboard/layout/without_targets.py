"""What is shown where no verdict can be given: an area's figures, or a plan's promises."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.parameters import ALL_CRIME
from dashboard.analysis.ranking import ranking
from dashboard.analysis.review import review
from dashboard.analysis.status import target_status
from dashboard.charts.chart import Chart
from dashboard.exhibits.changes import area_changes_chart
from dashboard.exhibits.promises import (
    NO_PLAN,
    promised_table,
    promises_headline,
    statements_by_kind,
    why_no_verdict,
)
from dashboard.exhibits.ranking import headline as rank_headline
from dashboard.exhibits.sources import source_of_area
from dashboard.layout.links import link_to
from dashboard.layout.parts import plain, show, small_print
from dashboard.layout.reading_table import show_reading_table
from dashboard.store.cache import cached_per_build


def area_figures(view: AreaView) -> None:
    """Draw the area's recorded crime: its place among others, and which types changed."""
    st.markdown(
        plain(why_no_verdict(target_status(view, view.as_at_text), view.as_at_text) or NO_PLAN)
    )
    try:
        st.markdown(plain(f"{rank_headline(ranking(view, 'all_crime'))}."))
        link_to("most_similar_group", "The ranking", indicator=ALL_CRIME)
    except NoFiguresError as nothing:
        st.markdown(plain(f"Not ranked: {nothing}."))
    chart = _changes(view)
    if chart is not None:
        show(chart, key="area_changes", help_for="bars_by_type")
        link_to("crime_types", "Crime types")


@cached_per_build
def _changes(view: AreaView) -> Chart | None:
    return area_changes_chart(
        review(view, view.as_at_text),
        view.indicators,
        view.area_name,
        source=source_of_all(view),
    )


@cached_per_build
def source_of_all(view: AreaView) -> str:
    """Return source and vintage of everything that the area has figures of."""
    series = (view.series(each) for each in view.indicators_with_figures())
    return source_of_area(series, view.warehouse.cached_frame("loads"))


def promised(view: AreaView) -> None:
    """Draw a plan that has no figures: what it reports, and what it leaves open."""
    plan = view.warehouse.cached_frame("plans").set_index("plan_id").loc[view.plan_id]
    listed = view.warehouse.cached_frame("plan_indicators", plan=view.plan_id)
    st.title(plain(promises_headline(plan, listed)), anchor=False)
    st.markdown(plain(str(plan["note"])))
    table = promised_table(
        listed,
        view.warehouse.cached_frame("targets", plan=view.plan_id),
        view.warehouse.cached_frame("indicators"),
    )
    st.header("What the plan reports", anchor=False)
    show_reading_table(table, caption="Indicators of the plan and their targets")
    for title, texts in statements_by_kind(
        view.warehouse.cached_frame("statements", plan=view.plan_id)
    ).items():
        st.header(title, anchor=False)
        st.markdown("\n".join(f"- {plain(text)}" for text in texts))
    small_print(f"Source: {plan['document']}")
