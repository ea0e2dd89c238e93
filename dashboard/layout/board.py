"""The Overview's words and charts, gathered once for all readers of an area, plan and month."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.analysis.picture import NoFiguresError
from dashboard.analysis.session import Session
from dashboard.analysis.since import changed_verdicts, largest_changes, quarter_before
from dashboard.charts.chart import Chart, sentence
from dashboard.exhibits.board import Board, GoalCard, Since, designated_card, made_small
from dashboard.exhibits.changes import (
    TOTAL,
    movement_lines,
    quarter_text,
    verdict_changes,
    verdicts_sentence,
)
from dashboard.exhibits.headline import change_sentence, headline
from dashboard.exhibits.headline_goals import (
    first_of_each_goal,
    goal_sentence,
    rank_chart,
    rank_verdict_line,
    verdict_line,
)
from dashboard.exhibits.stretch import stretch_card
from dashboard.exhibits.target_words import other_targets
from dashboard.exhibits.top_priorities import top_sentence
from dashboard.exhibits.trajectory import trajectory_chart
from dashboard.exhibits.verdicts import (
    has_verdict,
    not_on_target_sentence,
)
from dashboard.layout.target_charts import judged
from dashboard.layout.without_targets import source_of_all
from dashboard.metrics.periods import windows_for
from dashboard.store.cache import cached_per_build

LARGEST = 3
"""Changes named each way."""
RANK = "rank"


@cached_per_build
def board_of(session: Session) -> Board:
    """Return what the Overview shows; whoever gets it leaves it as it is."""
    targets = session.targets()
    changes = [session.change(TOTAL, basis) for basis in ("ytd", "rolling_year")]
    stretch = targets[targets["kind"].eq("stretch")]
    designated = designated_card(targets[targets["kind"].eq("designated")])
    since = _since(session) if has_verdict(targets) else None
    said = [
        top_sentence(targets),
        # The card of the designated indicators names its own.
        "" if designated else not_on_target_sentence(targets),
        change_sentence(changes),
    ]
    return Board(
        headline=headline(targets, changes),
        said=[sentence(text) for text in said if text],
        stretch=[
            stretch_card(
                row,
                session.trajectory(row["indicator_id"], row["target_id"]),
                session.as_at,
                other_targets(row, targets),
            )
            for row in stretch.to_dict("records")
        ],
        designated=designated,
        goals=[_goal(session, row) for row in first_of_each_goal(targets).to_dict("records")],
        since=since,
    )


def _goal(session: Session, row: dict) -> GoalCard:
    indicator, target = str(row["indicator_id"]), str(row["target_id"])
    answer = session.trajectory(indicator, target)
    chart, verdict = _chart_and_verdict(session, row)
    return GoalCard(
        target_id=target,
        indicator_id=indicator,
        goal=goal_sentence(answer, session.picture.indicator(indicator)),
        verdict=verdict,
        page="most_similar_group" if row["goal"] == RANK else "targets",
        chart=None if chart is None else made_small(chart),
        help_for="rank_target" if row["goal"] == RANK else "small_trajectory",
    )


def _chart_and_verdict(session: Session, row: dict) -> tuple[Chart | None, str]:
    indicator, target = str(row["indicator_id"]), str(row["target_id"])
    source = session.source(indicator)
    if row["goal"] != RANK:
        chart = trajectory_chart(
            session.trajectory(indicator, target),
            session.picture.indicator(indicator),
            source=source,
            projection=session.projection(indicator, target),
            compact=True,
        )
        return chart, verdict_line(row)
    try:
        ranking = judged(session, row).ranking(indicator)
    except NoFiguresError:
        return None, verdict_line(row)
    return rank_chart(ranking, row, source=source), rank_verdict_line(row, ranking)


def _since(session: Session) -> Since:
    changed, largest = _since_the_quarter_before(session)
    before = quarter_before(session.as_at)
    return Since(
        heading=verdicts_sentence(changed),
        verdicts=verdict_changes(changed, before),
        worse=movement_lines(largest, worse=True),
        better=movement_lines(largest, worse=False),
        quarter=windows_for("quarter", session.as_at)[0].label(),
        source=f"Changes: {quarter_text(session.as_at)}. {source_of_all(session)}.",
    )


def _since_the_quarter_before(session: Session) -> tuple[pd.DataFrame, pd.DataFrame]:
    earlier = replace(session, as_at=quarter_before(session.as_at))
    return (
        changed_verdicts(session.targets(), earlier.targets()),
        largest_changes(session.review(), LARGEST, percent="quarter_percent"),
    )
