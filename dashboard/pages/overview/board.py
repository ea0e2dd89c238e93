"""The Overview's words and charts, gathered once for all readers of an area, plan and month."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.change import change
from dashboard.analysis.projection import projection
from dashboard.analysis.quarter_changes import (
    changed_verdicts,
    largest_changes,
    of_commonest_period,
    quarter_before,
)
from dashboard.analysis.question import ALL_CRIME
from dashboard.analysis.ranking import ranking as ranking_answer
from dashboard.analysis.review import review
from dashboard.analysis.rows import Verdict, rows_of
from dashboard.analysis.status import given_status, target_status
from dashboard.analysis.target_trajectory import path_of
from dashboard.charts.chart import Chart, sentence
from dashboard.metrics.periods import windows_for
from dashboard.pages.overview.card_words import (
    Board,
    GoalCard,
    QuarterChanges,
    TopCards,
    designated_card,
    made_small,
    made_up_card,
)
from dashboard.pages.overview.goals import (
    first_of_each_goal,
    goal_sentence,
    rank_chart,
    rank_verdict_line,
    verdict_line,
)
from dashboard.pages.overview.stretch import StretchCard, made_up_stretch_card, stretch_card
from dashboard.store.cache import cached_per_build
from dashboard.ui.target_charts import judged
from dashboard.ui.without_targets import source_of_all
from dashboard.words.headline import change_sentence, headline
from dashboard.words.levels import named
from dashboard.words.on_target import (
    has_verdict,
    not_on_target_sentence,
)
from dashboard.words.quarter_changes import (
    movement_lines,
    quarter_text,
    verdict_changes,
    verdicts_sentence,
)
from dashboard.words.sources import source_of_indicators
from dashboard.words.target_words import other_targets
from dashboard.words.top_priorities import top_sentence
from dashboard.words.trajectory import trajectory_chart

LARGEST = 3
"""Changes named each way."""
RANK = "rank"


@cached_per_build
def board_of(view: AreaView) -> Board:
    """Return what the Overview shows; whoever gets it leaves it as it is."""
    targets = given_status(view, view.as_at_text)
    changes = [change(view, ALL_CRIME, basis) for basis in ("ytd", "rolling_year")]
    designated = designated_card(targets[targets["kind"].eq("designated")])
    moved = _quarter_changes(view) if has_verdict(targets) else None
    said = [
        top_sentence(targets),
        # The card of the designated indicators names its own.
        "" if designated else not_on_target_sentence(targets),
        change_sentence(changes),
    ]
    return Board(
        headline=headline(targets, changes),
        said=[sentence(text) for text in said if text],
        top=TopCards(_stretch_cards(view, targets), designated),
        goals=[_goal(view, row) for row in rows_of(first_of_each_goal(targets), Verdict)],
        changes=moved,
        made_up=_made_up(view),
    )


def _stretch_cards(view: AreaView, targets: pd.DataFrame) -> list[StretchCard]:
    rows = rows_of(targets[targets["kind"].eq("stretch")], Verdict)
    names = {row.target_id: named(row) for row in rows}
    return [
        stretch_card(
            row,
            path_of(view, row.indicator_id, row.target_id),
            view.as_at_text,
            other_targets(row, targets),
            names.get(row.reward_shared_with, ""),
        )
        for row in rows
    ]


def _made_up(view: AreaView) -> TopCards:
    targets = target_status(view, view.as_at_text)
    made_up = targets[targets["goal_is_illustrative"].astype(bool)]
    stretch = rows_of(made_up[made_up["kind"].eq("stretch")], Verdict)
    return TopCards(
        [
            made_up_stretch_card(row, path_of(view, row.indicator_id, row.target_id))
            for row in stretch
        ],
        made_up_card(made_up[made_up["kind"].eq("designated")]),
    )


def _goal(view: AreaView, target: Verdict) -> GoalCard:
    answer = path_of(view, target.indicator_id, target.target_id)
    chart, verdict = _chart_and_verdict(view, target)
    return GoalCard(
        target_id=target.target_id,
        indicator_id=target.indicator_id,
        goal=goal_sentence(answer, view.indicator(target.indicator_id)),
        verdict=verdict,
        page="most_similar_group" if target.goal == RANK else "targets",
        chart=None if chart is None else made_small(chart),
        help_for="rank_target" if target.goal == RANK else "small_trajectory",
    )


def _chart_and_verdict(view: AreaView, target: Verdict) -> tuple[Chart | None, str]:
    source = source_of_indicators(view, target.indicator_id)
    if target.goal != RANK:
        chart = trajectory_chart(
            path_of(view, target.indicator_id, target.target_id),
            view.indicator(target.indicator_id),
            source=source,
            projection=projection(view, target.indicator_id, target.target_id),
            compact=True,
        )
        return chart, verdict_line(target)
    try:
        ranking = ranking_answer(judged(view, target), target.indicator_id)
    except NoFiguresError:
        return None, verdict_line(target)
    return rank_chart(ranking, target, source=source), rank_verdict_line(target, ranking)


def _quarter_changes(view: AreaView) -> QuarterChanges:
    month, before = view.as_at_text, quarter_before(view.as_at_text)
    changed = changed_verdicts(given_status(view, month), given_status(view, before))
    rows = review(view, month)
    own = of_commonest_period(rows)
    of_quarter = own.empty or rows["quarter_percent"].notna().any()
    if of_quarter:
        period, compared = windows_for("quarter", month)[0].label(), quarter_text(month)
        largest = largest_changes(rows, LARGEST, percent="quarter_percent")
    else:
        period = str(own["current_period"].iloc[0])
        compared = f"{period} against {own['previous_period'].iloc[0]}"
        largest = largest_changes(own, LARGEST, percent="percent")
    return QuarterChanges(
        heading=verdicts_sentence(changed),
        verdicts=verdict_changes(changed, before),
        worse=movement_lines(largest, worse=True, of_quarter=of_quarter),
        better=movement_lines(largest, worse=False, of_quarter=of_quarter),
        period=period,
        is_compared=len(largest) > 0,
        source=f"Changes: {compared}. {source_of_all(view)}.",
    )
