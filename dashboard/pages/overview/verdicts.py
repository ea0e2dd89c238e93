"""Verdicts and chances quarter by quarter, as tiles, and what the plan leaves open in words."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.rows import Verdict
from dashboard.analysis.verdict_history import TargetHistory, VerdictHistory
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.tiles import Tile, TileRow, tiles
from dashboard.metrics.status_table import CANNOT_SAY
from dashboard.ui.without_targets import source_of_all
from dashboard.words.levels import capital, in_words
from dashboard.words.top_priorities import NOUNS, count_of_top
from dashboard.words.verdict import GOAL_MADE_UP, PERCENT, SYMBOLS, chance_in_figures


def tiles_chart(view: AreaView, history: VerdictHistory) -> Chart | None:
    """Draw the targets that had a verdict in any of the quarters, designated indicators first.

    Returns:
        None where none had.
    """
    told = [each for each in history.targets if any(_has_verdict(one) for one in each.verdicts)]
    if not told:
        return None
    told.sort(key=lambda each: list(NOUNS).index(each.now.kind) if each.now.kind in NOUNS else 9)
    is_made_up = any(each.now.goal_is_illustrative for each in told)
    kind = GOAL_MADE_UP if is_made_up else "goals that the plan gives"
    return tiles(
        [_row(each) for each in told],
        history.periods,
        caption=Caption(
            title=_finding(history),
            subtitle=f"Verdict and chance of the goal at each quarter's end, {view.area_name}; "
            f"{kind}",
            source=source_of_all(view),
            illustrative=is_made_up or any(each.now.illustrative for each in told),
        ),
    )


def counted_sentence(targets: pd.DataFrame) -> str:
    """Return how many top priorities the plan counts, names and gives a goal; "" where all.

    Such as "The plan counts twelve designated indicators, names eight and gives one goal".

    Args:
        targets: Of `dashboard.analysis.status.given_status`.
    """
    of_kind = targets[targets["kind"].eq("designated")]
    others = int(targets["kind"].eq("stretch").sum())
    counted, given = count_of_top(targets) - others, int(of_kind["goal"].ne("not_given").sum())
    if of_kind.empty or counted == len(of_kind) == given:
        return ""
    named = "" if counted == len(of_kind) else f", names {in_words(len(of_kind))}"
    goals = f"{in_words(given) if given else 'no'} goal{'' if given == 1 else 's'}"
    return f"The plan counts {in_words(counted)} designated indicators{named} and gives {goals}"


def _finding(history: VerdictHistory) -> str:
    changed = history.changed
    since = f"since {history.periods[-2]}" if len(history.periods) > 1 else "so far"
    if not changed:
        return f"No verdict changed {since}"
    if len(changed) == 1:
        now = changed[0].now
        return f"{now.national_indicator or now.title} is {now.status}: one change {since}"
    return f"{capital(in_words(len(changed)))} verdicts changed {since}"


def _has_verdict(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.status != CANNOT_SAY


def _row(history: TargetHistory) -> TileRow:
    now = history.now
    number = f"{now.national_indicator} " if now.national_indicator else ""
    chance = now.probability
    return TileRow(
        name=f"{number}{now.title}",
        tiles=[_tile(each) for each in history.verdicts],
        percent=None if chance is None else PERCENT * chance,
    )


def _tile(verdict: Verdict | None) -> Tile:
    if verdict is None:
        return Tile("")
    chance = verdict.probability
    said = "" if chance is None else chance_in_figures(chance)
    return Tile(verdict.status, SYMBOLS[verdict.status], said)
