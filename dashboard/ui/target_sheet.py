"""The words of the page Targets, gathered once for all readers of an area, plan and month."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.names import distinct_names
from dashboard.analysis.review import review
from dashboard.analysis.rows import Verdict, rows_of
from dashboard.analysis.status import given_status, target_status
from dashboard.store.cache import cached_per_build
from dashboard.words import all_targets as words
from dashboard.words.meeting import changes_on_last_year
from dashboard.words.page_titles import targets_title
from dashboard.words.sources import source_of_indicators
from dashboard.words.verdict import GOAL_MADE_UP


@dataclass(frozen=True)
class SmallTarget:
    """A target among others: its name, and status and figures in a sentence."""

    target_id: str
    title: str
    verdict: str
    chip: str
    """That its goal is made up; "" where it is the plan's own."""


@dataclass(frozen=True)
class KindOfTargets:
    """The targets of one kind, or those whose goals are made up.

    Attributes:
        kind: Its id.
        heading: Its heading.
        drawn: Those that have a picture.
        without: A table of those that have none; None where all have one.
        source: Of what is drawn.
        illustrative: Whether any figure drawn is made up.
    """

    kind: str
    heading: str
    drawn: list[SmallTarget]
    without: pd.DataFrame | None
    source: str
    illustrative: bool


@dataclass(frozen=True)
class TargetSheet:
    """All targets of a plan.

    Attributes:
        title: How they stand, in a sentence.
        summary: What that rests on.
        table: All of them, as texts.
        illustrative: Whether any figure or goal is made up.
        names: By target id, kinds in the order of the page.
        by_indicator: The principal target of each indicator.
        kinds: Those that there are.
    """

    title: str
    summary: str
    table: pd.DataFrame
    illustrative: bool
    names: dict[str, str]
    by_indicator: dict[str, str]
    kinds: list[KindOfTargets]


@cached_per_build
def sheet_of(view: AreaView) -> TargetSheet:
    """Return what the page shows; whoever gets it leaves it as it is."""
    given, targets = given_status(view, view.as_at_text), target_status(view, view.as_at_text)
    first = targets.drop_duplicates("indicator_id")
    parts = {words.KINDS[kind]: (kind, rows) for kind, rows in _by_kind(given)}
    made_up = targets[targets["goal_is_illustrative"].astype(bool)]
    if len(made_up):
        parts[words.MADE_UP_HEADING] = (words.MADE_UP, made_up)
    kinds = [_kind(view, rows, kind, heading) for heading, (kind, rows) in parts.items()]
    return TargetSheet(
        title=targets_title(given, view.area_name),
        summary=words.summary(given, view.as_at_text),
        table=words.targets_table(targets),
        illustrative=bool(targets["illustrative"].any() or targets["goal_is_illustrative"].any()),
        names=dict(distinct_names(words.titles(targets))),
        by_indicator=dict(zip(first["indicator_id"], first["target_id"], strict=True)),
        kinds=kinds,
    )


def _by_kind(targets: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    parts = [(kind, targets[targets["kind"].eq(kind)]) for kind in words.KINDS]
    return [(kind, rows) for kind, rows in parts if len(rows)]


def _kind(view: AreaView, rows: pd.DataFrame, kind: str, heading: str) -> KindOfTargets:
    has_chart = [words.has_chart(each) for each in rows_of(rows, Verdict)]
    drawn, rest = rows[has_chart], rows[[not each for each in has_chart]]
    changes = changes_on_last_year(review(view, view.as_at_text))
    return KindOfTargets(
        kind=kind,
        heading=heading,
        drawn=[
            SmallTarget(
                each.target_id,
                *words.in_short(each),
                GOAL_MADE_UP if each.goal_is_illustrative else "",
            )
            for each in rows_of(drawn, Verdict)
        ],
        without=None if rest.empty else words.without_chart(rest, changes),
        source=source_of_indicators(view, *drawn["indicator_id"].drop_duplicates())
        if len(drawn)
        else "",
        illustrative=bool(drawn["illustrative"].any()),
    )
