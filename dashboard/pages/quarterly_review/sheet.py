"""The Quarterly review's words and tables, gathered once for all readers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd
import plotly.graph_objects as go

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.levels import recent_levels
from dashboard.analysis.review import exceptions_of_area
from dashboard.analysis.review import review as review_answer
from dashboard.analysis.status import given_status
from dashboard.charts.chart import Chart
from dashboard.pages.quarterly_review.attention import Said, leads_each, said_of_each
from dashboard.pages.quarterly_review.exceptions import how_tested, quiet_lines, quiet_title
from dashboard.pages.quarterly_review.finding import (
    meeting_title,
    quarter_sentence,
    without_verdict,
)
from dashboard.pages.quarterly_review.numbers import meeting_numbers
from dashboard.pages.quarterly_review.scorecard_rows import (
    columns_of,
    has_no_owner,
    scorecard_rows,
    short_title,
)
from dashboard.store.cache import cached_per_build
from dashboard.ui.indicator_charts import target_of
from dashboard.ui.scorecard import Column, Row
from dashboard.words.all_targets import others_missed
from dashboard.words.help import Kind
from dashboard.words.indicator import history_chart
from dashboard.words.levels import measure_of_level
from dashboard.words.meeting import parts_by_priority, with_other_targets
from dashboard.words.reviewed import reviewed_in
from dashboard.words.sources import source_of_indicators
from dashboard.words.target_words import RANK

ATTENTION, ALL, NO_OWNER = "attention", "all", "no_owner"
"""Lists of a review, beside those of the plan's priorities."""


class Part(NamedTuple):
    """A list of indicators: what it is called, and whose they are, in order."""

    name: str
    indicators: list[str]


@dataclass(frozen=True)
class MeetingSheet:
    """What the page shows of a quarter.

    Attributes:
        title: The finding.
        about: What is compared with what, what needs attention no more, and what is missed besides,
            a sentence each.
        columns: Of the scorecard.
        rows: Of the scorecard, by indicator, the most pressing first.
        parts: Lists to look at, by their name in the address; the first is shown first.
        priorities: All indicators by the plan's priorities, in its order.
        notes: What is known of figures, each with the indicator it is about.
        said: What is said of each indicator.
        numbers: Every indicator, to take away.
    """

    title: str
    about: list[str]
    columns: tuple[Column, ...]
    rows: dict[str, Row]
    parts: dict[str, Part]
    priorities: list[Part]
    notes: list[str]
    said: dict[str, Said]
    numbers: pd.DataFrame

    @property
    def exceptions(self) -> list[str]:
        """The indicators that need attention, the most pressing first."""
        return [known for known, said in self.said.items() if said.needs_attention]


@cached_per_build
def meeting_sheet(view: AreaView) -> MeetingSheet:
    """Return what the page shows; whoever gets it leaves it as it is."""
    targets = given_status(view, view.as_at_text)
    review = with_other_targets(review_answer(view, view.as_at_text), targets)
    plan = {"plan": view.plan_id}
    priorities = parts_by_priority(review, view.warehouse.cached_frame("priorities", **plan))
    leads = leads_each(view.warehouse.cached_frame("actions", **plan))
    return MeetingSheet(
        title=meeting_title(review, targets, view.as_at_text),
        about=_about(view, review, targets),
        columns=columns_of(review),
        rows=scorecard_rows(review, recent_levels(view, view.as_at_text)),
        parts=_parts(review, priorities),
        priorities=[Part(title, list(part["indicator_id"])) for _, title, part in priorities],
        notes=[f"{row.title}: {row.notes}" for row in reviewed_in(review) if row.notes],
        said=said_of_each(review, leads),
        numbers=meeting_numbers(review),
    )


def _parts(
    review: pd.DataFrame, priorities: list[tuple[str, str, pd.DataFrame]]
) -> dict[str, Part]:
    """Return the lists to choose from; what has nothing in it is left out."""
    rows = reviewed_in(review)
    needed = [row.indicator_id for row in rows if row.needs_attention]
    unowned = [row.indicator_id for row in rows if has_no_owner(row)]
    found = {
        ATTENTION: Part(f"Needs attention {len(needed)}", needed),
        ALL: Part(f"All {len(rows)}", [row.indicator_id for row in rows]),
        **{
            known: Part(f"{known} {short_title(title.removeprefix(f'{known}. '))}", list(part))
            for known, title, frame in priorities
            if known
            for part in (frame["indicator_id"],)
        },
        NO_OWNER: Part(f"Without owner {len(unowned)}", unowned),
    }
    return {name: part for name, part in found.items() if part.indicators}


def _about(view: AreaView, review: pd.DataFrame, targets: pd.DataFrame) -> list[str]:
    answer = exceptions_of_area(view)
    quiet = quiet_lines(answer)
    said = [
        quarter_sentence(review, view.as_at_text),
        how_tested(answer),
        others_missed(targets, review),
        without_verdict(targets),
        f"{quiet_title(answer)}{': ' if quiet else '.'}{'; '.join(quiet)}",
    ]
    return [each for each in said if each]


HEIGHT = 250
"""Pixels of a trajectory beside the list."""


class Evidence(NamedTuple):
    """What a verdict rests on, drawn.

    Attributes:
        chart: The chart.
        kind: For how to read it.
        measure: What is drawn, in few words.
    """

    chart: Chart
    kind: Kind
    measure: str


@cached_per_build
def evidence(view: AreaView, indicator: str) -> Evidence | None:
    """Draw what the verdict on an indicator of the review rests on; None without figures.

    That is its principal target against its goal, or its history where there is no goal to draw.
    """
    rows = review_answer(view, view.as_at_text)
    (found,) = reviewed_in(rows[rows["indicator_id"].eq(indicator)])
    target, about = found.verdict, view.indicator(indicator)
    if target is not None and (target.goal == RANK or target.target is not None):
        drawn = target_of(view, indicator, target.target_id)
        if drawn is not None and target.goal == RANK:
            return Evidence(drawn, "rank_target", "Place in the group")
        if drawn is not None:
            return Evidence(_lower(drawn), "trajectory", measure_of_level(about))
    history = history_chart(
        view.series(indicator),
        about,
        found.change_in_full,
        area_name=view.area_name,
        as_at=view.as_at_text,
        source=source_of_indicators(view, indicator),
    )
    if history is None:
        return None
    return Evidence(history, "history", history.caption.subtitle)


def _lower(chart: Chart) -> Chart:
    """Return a chart as high as there is room for beside the list; the one given stays."""
    figure = go.Figure(chart.figure, skip_invalid=False)
    return replace(chart, figure=figure.update_layout(height=HEIGHT))
