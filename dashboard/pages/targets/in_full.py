"""Everything that is said of one target, a part of it at a time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.groups import MOST_SIMILAR_GROUP
from dashboard.analysis.projection import projection
from dashboard.analysis.ranking import ranking
from dashboard.analysis.rows import Verdict
from dashboard.analysis.status import target_status, verdict_on
from dashboard.analysis.target_trajectory import path_of
from dashboard.analysis.trajectory import trajectory
from dashboard.charts.chart import Chart
from dashboard.pages.targets.outlook import outlook_lines, rank_lines
from dashboard.store.cache import cached_per_build
from dashboard.ui.chart_card import chart_card, file_name
from dashboard.ui.choices import choose_view
from dashboard.ui.links import link_to
from dashboard.ui.parts import plain, show_table
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.selection import Choice
from dashboard.words.indicator import notes_lines, targets_table
from dashboard.words.on_target import reason_text
from dashboard.words.places import projected_place_in_words
from dashboard.words.sources import source_of_indicators
from dashboard.words.target_facts import target_facts
from dashboard.words.target_words import RANK
from dashboard.words.trajectory import seasonal_chart


def in_full(view: AreaView, target: Verdict) -> None:
    """Draw what the plan says of a target, what it needs, its months and what to know of it."""
    months = _months(view, target.target_id)
    parts: dict[str, tuple[str, Callable[[], object]]] = {
        "needed": ("What is needed", lambda: _needed(view, target)),
        "plan": ("What the plan says", lambda: _plan(view, target)),
    }
    if months is not None:
        parts["months"] = ("Month by month", lambda: _draw_months(view, target, months))
    others = target_status(view, view.as_at_text, indicator=target.indicator_id)
    if len(others) > 1:
        table = targets_table(others)
        parts["others"] = (
            "Other targets on it",
            lambda: show_reading_table(table, caption="Targets on this indicator"),
        )
    if lines := notes_lines(view.notes_on(target.indicator_id), target.indicator_id):
        parts["notes"] = ("Data notes", lambda: st.markdown(_listed(lines)))
    names = {known: name for known, (name, _) in parts.items()}
    chosen = choose_view("Look at", "tab", Choice("view", names, "needed"))
    parts[chosen][1]()
    link_to("indicator", "Everything about this indicator", indicator=target.indicator_id)


def _needed(view: AreaView, target: Verdict) -> None:
    lines = _lines(view, target)
    st.markdown("\n".join(f"- **{plain(name)}.** {plain(text)}" for name, text in lines))


def _lines(view: AreaView, target: Verdict) -> list[tuple[str, str]]:
    if target.closed or (target.goal == RANK and target.actual is None):
        return [("Verdict", f"{reason_text(target)}.")]
    if target.goal != RANK:
        return outlook_lines(
            trajectory(view, target.indicator_id, target.target_id),
            projection(view, target.indicator_id, target.target_id),
        )
    answer = ranking(view, target.indicator_id, group=MOST_SIMILAR_GROUP)
    return rank_lines(
        answer,
        target.place_asked,
        projected_place_in_words(target.at_due),
        is_projected=target.probability_at_due is not None,
    )


def _plan(view: AreaView, target: Verdict) -> None:
    facts = target_facts(target, view.indicator(target.indicator_id))
    show_table(facts, alt="What the plan says of this target")


@cached_per_build
def _months(view: AreaView, target: str) -> Chart | None:
    """Draw the months of a target beside its path's; None where the path has no seasons."""
    indicator = verdict_on(view, target).indicator_id
    source, series = source_of_indicators(view, indicator), view.series(indicator)
    return seasonal_chart(path_of(view, indicator, target), series, source=source)


def _draw_months(view: AreaView, target: Verdict, months: Chart) -> None:
    chart_card(
        months,
        key=f"months_{target.target_id}",
        file=file_name(view, target.indicator_id, "months"),
        help_for="monthly_path",
    )


def _listed(lines: list[str]) -> str:
    return "\n".join(f"- {plain(line)}" for line in lines)
