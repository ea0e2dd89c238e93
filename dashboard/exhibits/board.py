"""What the executive board reads first, composed once: every word and chart of the first screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.analysis.rows import Verdict, rows_of
from dashboard.charts.chart import Chart
from dashboard.exhibits.changes import Line
from dashboard.exhibits.help import Kind
from dashboard.exhibits.stretch import StretchCard
from dashboard.exhibits.top_priorities import in_doubt_text
from dashboard.exhibits.verdicts import (
    Tally,
    illustrative_goals,
    missed_of,
    owner_text,
    reason_text,
    status_cell,
)
from dashboard.exhibits.words import named

SMALL_CHART = 112
"""Pixels: on a screen 800 high, three fit under the cards, and over the first of what changed."""


@dataclass(frozen=True)
class DesignatedCard:
    """The designated indicators.

    Attributes:
        tally: "10 of the 12 designated indicators are on target".
        missed: Indicator, status, name and reason of each that is not.
        in_doubt: Which of those on target are not likely to be met; "" where none is.
        note: How many goals are not the plan's own; "" where all are.
    """

    tally: str
    missed: list[tuple[str, str, str, str]]
    in_doubt: str
    note: str


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
class Board:
    """The Overview of an area under a plan; parts that it has no figures for are empty or None."""

    headline: str
    said: list[str]
    stretch: list[StretchCard]
    designated: DesignatedCard | None
    goals: list[GoalCard]
    changes: QuarterChanges | None


def designated_card(targets: pd.DataFrame) -> DesignatedCard | None:
    """Return the card of some targets of `dashboard.analysis.status`; None without any."""
    if targets.empty:
        return None
    return DesignatedCard(
        tally=Tally.of_targets(targets).sentence("designated indicator", "designated indicators"),
        missed=[
            (
                each.indicator_id,
                status_cell(each.status),
                named(each),
                f"{reason_text(each)}. Owner: {owner_text(each)}",
            )
            for each in rows_of(missed_of(targets), Verdict)
        ],
        in_doubt=in_doubt_text(targets),
        note=illustrative_goals(targets),
    )


def made_small(chart: Chart) -> Chart:
    """Return a chart as low as a card takes it."""
    chart.figure.update_xaxes(tickformat="%b %Y")
    chart.figure.update_layout(height=SMALL_CHART, margin={"t": 20, "b": 4})
    return replace(chart)
