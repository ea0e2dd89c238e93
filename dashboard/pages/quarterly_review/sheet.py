"""The Quarterly review's words and tables, gathered once for all readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import recent_levels
from dashboard.analysis.review import exceptions_of_area
from dashboard.analysis.review import review as review_answer
from dashboard.analysis.status import given_status
from dashboard.charts.chart import Chart
from dashboard.pages.quarterly_review.attention import Attention, exceptions, leads_each
from dashboard.pages.quarterly_review.exceptions import how_tested, quiet_lines, quiet_title
from dashboard.pages.quarterly_review.numbers import meeting_numbers
from dashboard.store.cache import cached_per_build
from dashboard.ui.indicator_charts import target_of
from dashboard.ui.reading_table import markup
from dashboard.words.all_targets import others_missed
from dashboard.words.help import Kind
from dashboard.words.indicator import history_chart
from dashboard.words.meeting import (
    Beside,
    actions_each,
    by_priority,
    notes_by_priority,
    with_other_targets,
)
from dashboard.words.meeting_title import meeting_title, quarter_sentence, without_verdict
from dashboard.words.reviewed import reviewed_in
from dashboard.words.sources import source_of_indicators

RANK = "rank"
"""The goal of a target that is a place in the group."""


@dataclass(frozen=True)
class Priority:
    """The indicators of a priority.

    Attributes:
        title: Of the priority.
        table: One row an indicator, as texts.
        markup: The same as HTML.
        notes: Data notes, each with the indicator it is about.
    """

    title: str
    table: pd.DataFrame
    markup: str
    notes: list[str]


@dataclass(frozen=True)
class Decisions:
    """What a meeting must decide, and what it need not any more.

    Attributes:
        exceptions: The most pressing first.
        others: Targets missed besides, and how many have no verdict; "" for neither.
        quiet_title: What has gone quiet, over `quiet`.
        quiet: A line each.
        tested: How changes were told from chance; "" where none was.
    """

    exceptions: list[Attention]
    others: str
    quiet_title: str
    quiet: list[str]
    tested: str


@dataclass(frozen=True)
class MeetingSheet:
    """What the page shows of a quarter.

    Attributes:
        title: The finding.
        quarter: What is compared with what.
        priorities: In the plan's order.
        numbers: Every indicator, to take away.
    """

    title: str
    quarter: str
    priorities: list[Priority]
    numbers: pd.DataFrame


@cached_per_build
def meeting_sheet(view: AreaView) -> MeetingSheet:
    """Return what the page shows; whoever gets it leaves it as it is."""
    targets = given_status(view, view.as_at_text)
    review = with_other_targets(review_answer(view, view.as_at_text), targets)
    named = view.warehouse.cached_frame("priorities", plan=view.plan_id)
    actions = view.warehouse.cached_frame("actions", plan=view.plan_id)
    beside = Beside(recent_levels(view, view.as_at_text), actions_each(actions))
    notes = notes_by_priority(review, named)
    return MeetingSheet(
        title=meeting_title(review, targets, view.as_at_text),
        quarter=quarter_sentence(review, view.as_at_text),
        priorities=[
            Priority(title, table, markup(table, f"Indicators: {title}"), notes[title])
            for title, table in by_priority(review, named, beside)
        ],
        numbers=meeting_numbers(review),
    )


@cached_per_build
def decisions(view: AreaView) -> Decisions:
    """Return what needs a decision; whoever gets it leaves it as it is."""
    targets, answer = given_status(view, view.as_at_text), exceptions_of_area(view)
    review = with_other_targets(review_answer(view, view.as_at_text), targets)
    others = (others_missed(targets, review), without_verdict(targets))
    return Decisions(
        exceptions=exceptions(
            review, leads_each(view.warehouse.cached_frame("actions", plan=view.plan_id))
        ),
        others=" ".join(filter(None, others)),
        quiet_title=quiet_title(answer),
        quiet=quiet_lines(answer),
        tested=how_tested(answer),
    )


class Evidence(NamedTuple):
    """What a verdict rests on, drawn, and the kind of chart that it is."""

    chart: Chart
    kind: Kind


@cached_per_build
def evidence(view: AreaView, indicator: str) -> Evidence | None:
    """Draw what the verdict on an indicator of the review rests on; None without figures.

    That is its principal target against its goal, or its history where there is no goal to draw.
    """
    rows = review_answer(view, view.as_at_text)
    (found,) = reviewed_in(rows[rows["indicator_id"].eq(indicator)])
    target = found.verdict
    if target is not None and (target.goal == RANK or target.target is not None):
        drawn = target_of(view, indicator, target.target_id)
        if drawn is not None:
            return Evidence(drawn, "rank_target" if target.goal == RANK else "trajectory")
    history = history_chart(
        view.series(indicator),
        view.indicator(indicator),
        found.change_in_full,
        area_name=view.area_name,
        as_at=view.as_at_text,
        source=source_of_indicators(view, indicator),
    )
    return None if history is None else Evidence(history, "history")
