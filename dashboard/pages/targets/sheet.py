"""The words of the page Targets, gathered once for all readers of an area, plan and month."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.groups import MOST_SIMILAR_GROUP
from dashboard.analysis.names import distinct_names
from dashboard.analysis.ranking import ranking
from dashboard.analysis.review import review
from dashboard.analysis.rows import Verdict, rows_of
from dashboard.analysis.status import given_status, target_status
from dashboard.pages.targets import words
from dashboard.pages.targets.picture import in_order, row_of, way_of
from dashboard.store.cache import cached_per_build
from dashboard.ui.indicator_charts import judged
from dashboard.ui.scorecard import Row
from dashboard.words.all_targets import targets_table, titles
from dashboard.words.meeting import changes_on_last_year
from dashboard.words.sources import source_of_indicators
from dashboard.words.target_words import RANK


@dataclass(frozen=True)
class TargetSheet:
    """All targets of a plan.

    Attributes:
        title: How they stand, in a sentence.
        about: What that rests on, a sentence each.
        given: Rows of the picture: targets whose goals the plan gives.
        made_up: Rows of the picture: goals made up for the worked example.
        without: A table of those that cannot be drawn, with the reason.
        table: All of them, as texts.
        illustrative: Whether any figure or goal is made up.
        source: Of what is drawn.
        names: By target id, kinds in the order of the page.
        by_indicator: The principal target of each indicator.
        first: The target to begin with.
    """

    title: str
    about: list[str]
    given: list[Row]
    made_up: list[Row]
    without: pd.DataFrame
    table: pd.DataFrame
    illustrative: bool
    source: str
    names: dict[str, str]
    by_indicator: dict[str, str]
    first: str


@cached_per_build
def sheet_of(view: AreaView) -> TargetSheet:
    """Return what the page shows; whoever gets it leaves it as it is."""
    given, every = given_status(view, view.as_at_text), target_status(view, view.as_at_text)
    targets = rows_of(every, Verdict)
    drawn = [each for each in targets if _is_drawn(each)]
    rest = every[~every["target_id"].isin([each.target_id for each in drawn])]
    principal = every.drop_duplicates("indicator_id")
    first = next((each for each in drawn if each.goal_is_given and each.goal != RANK), None)
    return TargetSheet(
        title=words.title(given, view.area_name),
        about=words.about(given),
        given=_rows(view, [each for each in drawn if not each.goal_is_illustrative]),
        made_up=_rows(view, [each for each in drawn if each.goal_is_illustrative]),
        without=words.without_picture(rest, changes_on_last_year(review(view, view.as_at_text))),
        table=targets_table(every),
        illustrative=bool(every["illustrative"].any() or every["goal_is_illustrative"].any()),
        source=source_of_indicators(view, *dict.fromkeys(each.indicator_id for each in drawn)),
        names=dict(distinct_names(titles(every))),
        by_indicator=dict(zip(principal["indicator_id"], principal["target_id"], strict=True)),
        first=(first or [*drawn, *targets][0]).target_id,
    )


def _is_drawn(target: Verdict) -> bool:
    if target.goal == RANK:
        return target.actual is not None
    return way_of(target) is not None


def _rows(view: AreaView, targets: list[Verdict]) -> list[Row]:
    return [row_of(each, _group_size(view, each)) for each in in_order(targets)]


def _group_size(view: AreaView, target: Verdict) -> int:
    if target.goal != RANK:
        return 0
    found = ranking(judged(view, target), target.indicator_id, group=MOST_SIMILAR_GROUP)
    return found.place.with_data
