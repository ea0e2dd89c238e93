"""What the executive board reads first, composed once: every word and chart of the first screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.analysis.rows import Verdict, rows_of
from dashboard.charts.chart import Chart
from dashboard.pages.overview.stretch import StretchCard
from dashboard.words.help import Kind
from dashboard.words.levels import named
from dashboard.words.on_target import (
    Tally,
    missed_of,
    owner_text,
    reason_text,
    status_cell,
)
from dashboard.words.quarter_changes import Line
from dashboard.words.top_priorities import goals_given, in_doubt_text
from dashboard.words.verdict import GOAL_MADE_UP

DESIGNATED = "Designated indicators"
SMALL_CHART = 112
"""Pixels: on a screen 800 high, three fit under the cards, and over the first of what changed."""


@dataclass(frozen=True)
class DesignatedCard:
    """The designated indicators.

    Attributes:
        tally: "10 of the 12 designated indicators are on target", or how many goals of theirs the
            plan gives.
        missed: Indicator, status, name and reason of each that is not.
        in_doubt: Which of those on target are not likely to be met; "" where none is.
        chip: That their goals are made up; "" where they are the plan's own.
    """

    tally: str
    missed: list[tuple[str, str, str, str]]
    in_doubt: str
    chip: str = ""


@dataclass(frozen=True)
class GoalCard:
    """One of the goals that the plan puts first.

    Attributes:
        target_id: The target.
        indicator_id: Its indicator.
        goal: The goal in few words.
        verdict: Symbol, word and figures.
        page: Where the evidence is.
        chart: Small; None without a figure.
        help_for: The kind of chart, for the help on it.
    """

    target_id: str
    indicator_id: str
    goal: str
    verdict: str
    page: str
    chart: Chart | None
    help_for: Kind


@dataclass(frozen=True)
class QuarterChanges:
    """What changed since the quarter before.

    Attributes:
        heading: How many verdicts changed.
        verdicts: Which, a line each.
        worse: Largest changes for the worse.
        better: Largest changes for the better.
        period: Whose changes are on a year before: the quarter, "October to December 2009", or,
            where nothing is counted by quarter, the period that most figures are of.
        is_compared: Whether any change can be named; else neither way has a line.
        source: What is compared, and where from.
    """

    heading: str
    verdicts: list[Line]
    worse: list[Line]
    better: list[Line]
    period: str
    is_compared: bool
    source: str


@dataclass(frozen=True)
class TopCards:
    """The targets that carry a reward, and the designated indicators; None without any."""

    stretch: list[StretchCard]
    designated: DesignatedCard | None


@dataclass(frozen=True)
class Board:
    """The Overview of an area under a plan; parts that it has no figures for are empty or None.

    Goals that were made up for the worked example stand in `made_up` alone.
    """

    headline: str
    said: list[str]
    top: TopCards
    goals: list[GoalCard]
    changes: QuarterChanges | None
    made_up: TopCards


def designated_card(targets: pd.DataFrame) -> DesignatedCard | None:
    """Return the card of some targets of `dashboard.analysis.status.given_status`; None of none."""
    if targets.empty:
        return None
    is_whole, missed = targets["goal"].ne("not_given").all(), _missed(targets)
    return DesignatedCard(
        tally=Tally.of_targets(targets).sentence("designated indicator", "designated indicators")
        if is_whole
        else goals_given(targets, len(targets), "designated", counted_only=bool(missed)),
        missed=missed,
        in_doubt=in_doubt_text(targets),
    )


def made_up_card(targets: pd.DataFrame) -> DesignatedCard | None:
    """Return the card of designated indicators whose goals are made up: those missed, uncounted."""
    missed = _missed(targets)
    return DesignatedCard(DESIGNATED, missed, "", GOAL_MADE_UP) if missed else None


def _missed(targets: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    return [
        (
            each.indicator_id,
            status_cell(each.status),
            named(each),
            f"{reason_text(each)}. Owner: {owner_text(each)}",
        )
        for each in rows_of(missed_of(targets), Verdict)
    ]


def made_small(chart: Chart) -> Chart:
    """Return a chart as low as a card takes it."""
    chart.figure.update_xaxes(tickformat="%b %Y")
    chart.figure.update_layout(height=SMALL_CHART, margin={"t": 20, "b": 4})
    return replace(chart)
