"""What is shown where no verdict can be given: the figures of an area, or what its plan reports."""

from __future__ import annotations

from typing import NamedTuple

import streamlit as st

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.levels import baselines_in
from dashboard.analysis.pivot import RATE
from dashboard.analysis.places import places
from dashboard.analysis.question import ALL_CRIME
from dashboard.analysis.ranking import ranking
from dashboard.analysis.review import review
from dashboard.analysis.status import given_status
from dashboard.charts.chart import Chart
from dashboard.charts.wording import number_text
from dashboard.intake.boundaries import BoundaryError, boundary_files, shapes_of
from dashboard.store.builds import data_dir
from dashboard.store.cache import cached_per_build
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain, show, small_print
from dashboard.ui.reading_table import show_reading_table
from dashboard.words.places_map import around, places_chart
from dashboard.words.plan_without_figures import (
    NO_PLAN,
    plan_headline,
    reported_table,
    statements_by_kind,
    why_no_verdict,
)
from dashboard.words.quarter_changes import area_changes_chart
from dashboard.words.ranking import ranking_chart
from dashboard.words.reasons import reason_in_words
from dashboard.words.sources import source_of_area, source_of_indicators


def area_figures(view: AreaView) -> None:
    """Draw an area that no verdict can be given on: what changed, its place, where it lies."""
    drawn = _charts(view)
    left, right = st.columns(2, gap="medium")
    with left:
        if drawn.changes is not None:
            show(drawn.changes, key="area_changes", help_for="bars_by_type", in_section=True)
            link_to("crime_types", "Crime types")
        _first_target(view)
    with right:
        if drawn.place is not None:
            show(drawn.place, key="area_place", help_for="ranked_bars", in_section=True)
            link_to("most_similar_group", "The ranking", indicator=ALL_CRIME)
        else:
            st.markdown(plain(f"Not ranked: {drawn.why_no_place}."))
        if drawn.map is not None:
            show(drawn.map, key="area_map", help_for="area_map", in_section=True)


class _Charts(NamedTuple):
    """What rose and fell, the place among neighbours, the map; None where there is nothing."""

    changes: Chart | None
    place: Chart | None
    why_no_place: str
    map: Chart | None


@cached_per_build
def _charts(view: AreaView) -> _Charts:
    return _Charts(_changes(view), *_place(view), map_around(view, ALL_CRIME))


def _first_target(view: AreaView) -> None:
    """Invite the first target beside the figure that it would be about."""
    why = why_no_verdict(given_status(view, view.as_at_text), view.as_at_text)
    if why or view.plan_id:
        st.markdown(plain(why or NO_PLAN))
        return
    baseline = next(iter(baselines_in(view, ALL_CRIME)), None)
    if baseline is None:
        return
    with st.container(border=True, key="card_first_target"):
        title = view.indicator(ALL_CRIME).title
        st.metric(f"{title}, {baseline.period}", number_text(baseline.value))
        small_print(f"No target is set for it yet. {view.area_name} has no plan here.")
        link_to(
            "getting_started",
            "Set the first target",
            partnership=view.area_code,
            indicator=ALL_CRIME,
        )


def _place(view: AreaView) -> tuple[Chart | None, str]:
    """Return the place among neighbours, or why there is none."""
    try:
        answer = ranking(view, ALL_CRIME)
    except NoFiguresError as nothing:
        return None, str(nothing)
    if answer.place.is_withheld:
        return None, reason_in_words(answer.place.why_withheld(answer.period))
    return ranking_chart(answer, source=source_of_indicators(view, ALL_CRIME)), ""


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
