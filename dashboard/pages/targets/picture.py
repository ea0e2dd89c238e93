"""All targets on one picture: how far each is from its baseline to its goal, and its chance."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import NamedTuple

from dashboard.analysis.rows import Verdict
from dashboard.charts.wording import NOT_GIVEN, number_text
from dashboard.metrics.ranking import ordinal
from dashboard.metrics.status_table import (
    AT_RISK,
    CANNOT_SAY,
    MET,
    NOT_MET,
    OFF_TRACK,
    ON_TRACK,
)
from dashboard.ui.chip import chip
from dashboard.ui.scorecard import Column, Row, text
from dashboard.words.all_targets import MADE_UP_HEADING, named_first
from dashboard.words.levels import (
    day_month_text,
    exact_level_text,
    level_text,
    lowered,
    places_beside,
)
from dashboard.words.on_target import owner_text
from dashboard.words.target_words import RANK, chance_clause
from dashboard.words.verdict import GOAL_MADE_UP, chance_in_figures

COLUMNS = (
    Column("Now", is_figure=True),
    Column("Baseline to goal ◆, path today ❙", says_itself=True),
    Column("Goal"),
    Column("Chance"),
    Column("Verdict", says_itself=True),
    Column("Owner", only_wide=True),
)
MADE_UP = f"{MADE_UP_HEADING}, made up for the worked example"
HOW_TO_READ = (
    "Each bar goes from the baseline towards the goal, on one scale for all. "
    "The line across it is how far the path asks for today.",
    "A place in the group is drawn as its places: last on the left, those asked for outlined.",
    "The chance is that of meeting the goal when it is due; of a place, of truly holding it now. "
    "The least likely come first.",
)
LEAST, MOST = -0.1, 1.3
"""Shares of the way from baseline to goal that the scale ends at."""
KINDS = {"stretch": "Stretch", "aim": "Aim"}
"""Kinds that a name says, beside the plan's other target on the same indicator."""
WORST_FIRST = (NOT_MET, OFF_TRACK, AT_RISK, ON_TRACK, MET, CANNOT_SAY)
PERCENT = 100.0


class Way(NamedTuple):
    """How far a target is.

    Attributes:
        now: Share of the way from its baseline to its goal; 0 at the baseline, 1 at the goal.
        path: The share that its path asks for today; None without a path.
    """

    now: float
    path: float | None


def way_of(target: Verdict) -> Way | None:
    """Return how far a target that is a level is; None where that cannot be said.

    A minimum that is counted has no baseline: its way begins at none.
    """
    start = 0.0 if target.goal == "minimum_count" else target.baseline
    if target.goal == RANK or target.actual is None or target.target is None or start is None:
        return None
    whole = target.target - start
    if whole == 0:
        return None
    path = None if target.path_now is None else (target.path_now - start) / whole
    return Way((target.actual - start) / whole, path)


def row_of(target: Verdict, group_size: int) -> Row:
    """Return a target as a row of the picture.

    Args:
        target: One with a way to draw, or a place.
        group_size: Members of its group that have a place, for one that is a place.
    """
    is_rank = target.goal == RANK
    places = places_beside(target.target, target.unit)
    now = level_text(target.actual, target.unit, places=places)
    now = ordinal(int(target.actual or 0)) if is_rank else now
    goal = f"top {target.place_asked}" if is_rank else _goal(target)
    cells = (
        text(now),
        _places(target, group_size) if is_rank else _lane(target),
        text(goal),
        _chance(target),
        chip(target.status),
        _owner(target),
    )
    return Row(target.target_id, _name(target), cells)


def in_order(targets: Sequence[Verdict]) -> list[Verdict]:
    """Return targets with the least likely first, then those without a chance, the worst first."""
    return sorted(
        targets,
        key=lambda each: (
            not chance_clause(each),
            each.probability if chance_clause(each) and each.probability is not None else 0.0,
            WORST_FIRST.index(each.status),
        ),
    )


def _name(target: Verdict) -> str:
    """Return what a target is on, after what tells it from the plan's target on the same."""
    kind = "Place" if target.goal == RANK else KINDS.get(target.kind)
    if kind is None:
        return named_first(target)
    return f"{kind}: {named_first(target) if target.national_indicator else lowered(target.title)}"


def _owner(target: Verdict) -> str:
    owner = owner_text(target)
    if owner == NOT_GIVEN:
        return '<span class="missing">no owner</span>'
    return f'<span title="{html.escape(owner)}">{text(owner)}</span>'


def _goal(target: Verdict) -> str:
    return exact_level_text(target.target, target.unit)


def _chance(target: Verdict) -> str:
    """Return the chance as a bar and in figures; "" where there is none."""
    chance = target.probability
    if chance is None or not chance_clause(target):
        return ""
    said = chance_in_figures(chance)
    return (
        f'<span class="chance"><span class="bar mark"><span style="width:{_percent(chance)}">'
        f"</span></span>{html.escape(said)}</span>"
    )


def _lane(target: Verdict) -> str:
    """Return the way as a bar, with a line where the path is today and a diamond at the goal."""
    way = way_of(target)
    if way is None:
        return ""
    begin, end = sorted((_clear(0.0), _clear(min(max(way.now, LEAST), MOST))))
    parts = [
        _bar(_clear(0.0), _clear(1.0), "lane-way"),
        _bar(begin, end, "lane-now"),
        "" if way.now <= MOST else f'<svg x="{_percent(end)}" class="lane-more">{MORE}</svg>',
    ]
    if way.path is not None and LEAST <= way.path <= MOST:
        parts.append(f'<svg x="{_percent(_clear(way.path))}" class="lane-path">{PATH}</svg>')
    parts.append(f'<svg x="{_percent(_clear(1.0))}" class="lane-goal">{GOAL}</svg>')
    return _drawn(parts, _lane_in_words(target, way))


def _places(target: Verdict, of: int) -> str:
    """Return the places of a group as dots, the last at the baseline's end of the scale."""
    goal = min(target.place_asked, of - 1)
    dots = []
    for place in range(of, 0, -1):
        look = "own" if place == target.actual else "asked" if place <= goal else "other"
        at = _percent(_clear(min((of - place) / (of - goal), MOST)))
        dots.append(f'<circle cx="{at}" cy="12" r="{6 if look == "own" else 3.5}" '
                    f'class="place-{look}"/>')  # fmt: skip
    now = number_text(target.actual, "rank")
    return _drawn(dots, f"{now} of {of} places; the goal is the top {target.place_asked}")


MORE = '<path d="M-9 7l5 5l-5 5" fill="none" stroke="var(--paper)" stroke-width="2"/>'
PATH = '<rect x="-3" y="1" width="6" height="22"/><rect x="-1.5" y="1" width="3" height="22"/>'
GOAL = '<path d="M0 4l8 8l-8 8l-8 -8z"/>'


def _drawn(parts: Sequence[str], said: str) -> str:
    return f'<svg role="img" aria-label="{html.escape(said)}" class="lane">{"".join(parts)}</svg>'


def _bar(begin: float, end: float, look: str) -> str:
    return (
        f'<rect x="{_percent(begin)}" width="{_percent(end - begin)}" y="5" height="14" '
        f'class="{look}"/>'
    )


def _lane_in_words(target: Verdict, way: Way) -> str:
    start = "none" if target.goal == "minimum_count" else level_text(target.baseline, target.unit)
    said = f"{number_text(PERCENT * way.now, 'percent')} of the way from {start} to {_goal(target)}"
    if way.path is not None:
        said += f", where the path today asks for {number_text(PERCENT * way.path, 'percent')}"
    due = f", due {day_month_text(target.due)}" if target.due else ""
    return f"{said}{due}{f'; {GOAL_MADE_UP}' if target.goal_is_illustrative else ''}"


def _clear(share: float) -> float:
    """Return where on the scale a share of the way is, from 0 to 1."""
    return (share - LEAST) / (MOST - LEAST)


def _percent(share: float) -> str:
    return f"{PERCENT * share:.1f}%"
