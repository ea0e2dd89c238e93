"""What is shown where no verdict can be given: the figures of an area, or what its plan reports."""

from __future__ import annotations

import streamlit as st

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.pivot import RATE
from dashboard.analysis.places import places
from dashboard.charts.chart import Chart
from dashboard.intake.boundaries import BoundaryError, boundary_files, shapes_of
from dashboard.store.builds import data_dir
from dashboard.store.cache import cached_per_build
from dashboard.ui.parts import plain, small_print
from dashboard.ui.reading_table import show_reading_table
from dashboard.words.places_map import around, places_chart
from dashboard.words.plan_without_figures import (
    plan_headline,
    reported_table,
    statements_by_kind,
)
from dashboard.words.sources import source_of_area, source_of_indicators


@cached_per_build
def map_around(view: AreaView, indicator: str) -> Chart | None:
    """Return the map with the area in the middle, from the first boundaries that have it."""
    for path in boundary_files(data_dir()).values():
        try:
            shapes = shapes_of(path)
            near = around(shapes, view.area_code)
            if near is None:
                continue
            found, box = near
            answer = places(view, indicator, tuple(found["area_code"]), "rolling_year")
            source = source_of_indicators(view, indicator)
            return places_chart(answer, found, RATE, source=source, view=box)
        except (BoundaryError, NoFiguresError):
            continue
    return None


@cached_per_build
def source_of_all(view: AreaView) -> str:
    """Return source and vintage of everything that the area has figures of."""
    series = (view.series(each) for each in view.indicators_with_figures())
    return source_of_area(series, view.warehouse.cached_frame("loads"))


def plan_without_figures(view: AreaView) -> None:
    """Draw a plan that has no figures: what it reports, and what it leaves open."""
    plan = view.warehouse.cached_frame("plans").set_index("plan_id").loc[view.plan_id]
    listed = view.warehouse.cached_frame("plan_indicators", plan=view.plan_id)
    st.title(plain(plan_headline(plan, listed)), anchor=False)
    st.markdown(plain(str(plan["note"])))
    table = reported_table(
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
