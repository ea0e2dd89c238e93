"""The review as rows to be scanned: line, now, path, change, chance, verdict and owner."""

from __future__ import annotations

import re

import pandas as pd

from dashboard.analysis.rows import Verdict
from dashboard.charts.sparkline import Sparkline, sparkline
from dashboard.charts.wording import NOT_GIVEN
from dashboard.metrics.ranking import ordinal
from dashboard.ui.chip import chip
from dashboard.ui.scorecard import Column, Row, drawing, level, moved, share, text
from dashboard.words.levels import capital, level_text, named, short_period, two_levels
from dashboard.words.meeting import change_cell
from dashboard.words.on_target import NO_TARGET, owner_text
from dashboard.words.reviewed import Reviewed, reviewed_in
from dashboard.words.target_words import OPEN_WORDS, RANK, per_of
from dashboard.words.verdict import PERCENT, chance_in_figures

NOTE_MARK = "†"
"""Stands beside an indicator that a data note is about."""
NO_OWNER = "no owner"
STANDS_OUT = "stands out"
"""The chip of an indicator without a target whose change chance does not explain."""
WIDEST = 30
"""Percent of change that the longest bar stands for; larger changes end there."""
WITHOUT_PLAN = (Column("Three years", says_itself=True), Column("Now"), Column("On last year"))
COLUMNS = (
    WITHOUT_PLAN[0],
    Column("Now, path"),
    WITHOUT_PLAN[2],
    Column("Verdict, chance", says_itself=True),
    Column("Owner", says_itself=True),
)
HOW_TO_READ = (
    "The line: twelve-month totals or rates, or the percentages, of three years. Its height is 20% "
    "of its own mean up and down, the same for all, so that slopes compare; two or three figures "
    "are dots over zero.",
    f"The bar of a change runs left for a fall and right for a rise, to {WIDEST}% at its longest: "
    "blue is for the better, orange for the worse, pale where chance could explain it. Changes "
    "compare the same months of two years.",
    "The chance is that of meeting the goal; of a place in the group, that the true place is there "
    "now.",
    f"{NOTE_MARK} A data note: see Notes.",
)


def columns_of(review: pd.DataFrame) -> tuple[Column, ...]:
    """Return the columns; without a plan those on targets are left out."""
    return WITHOUT_PLAN if review["status"].eq(NO_TARGET).all() else COLUMNS


def scorecard_rows(review: pd.DataFrame, levels: pd.DataFrame) -> dict[str, Row]:
    """Return a row for each indicator of a review, by its id, in order.

    Args:
        review: Of `dashboard.words.meeting.with_other_targets`.
        levels: Of `dashboard.analysis.levels.recent_levels`.
    """
    own = {str(name): part for name, part in levels.groupby("indicator_id", sort=False)}
    columns = columns_of(review)
    return {
        row.indicator_id: Row(
            known=row.indicator_id,
            name=f"{named(row)}{f' {NOTE_MARK}' if row.notes else ''}",
            under=_measured(row),
            cells=[cells[each.name] for each in columns],
        )
        for row in reviewed_in(review)
        for cells in (_cells(row, _line(row, own.get(row.indicator_id))),)
    }


def has_no_owner(row: Reviewed) -> bool:
    """Return whether the plan sets a target and names nobody who answers for it."""
    return row.verdict is not None and owner_text(row.verdict) == NOT_GIVEN


def chip_of(row: Reviewed) -> str:
    """Return the word of an indicator's chip: its verdict, or that its change stands out."""
    return STANDS_OUT if row.verdict is None and row.is_discovery else row.status


def short_title(title: str) -> str:
    """Return the first words of a priority's title: "Violent crime" of "Reduce violent crime"."""
    words = re.split(r", | and | as ", re.sub(r"^(Reduce|Improve|Raise|Tackle) ", "", title))[0]
    words = re.sub(r"^(the|The) ", "", words)
    if len(words) > LONGEST_SHORT:
        words = words.split(" of ")[0]
    return capital(words)


LONGEST_SHORT = 24
"""Characters of a priority's title where there is little room."""


def _line(row: Reviewed, levels: pd.DataFrame | None) -> Sparkline | None:
    unit = "percent" if row.unit == "percent" else "count"
    return None if levels is None else sparkline(levels, unit=unit)


def _cells(row: Reviewed, line: Sparkline | None) -> dict[str, str]:
    now, path = _now_and_path(row)
    return {
        "Three years": drawing(line),
        "Now": level(now),
        "Now, path": level(now, path),
        "On last year": _moved(row),
        "Verdict, chance": f"{chip(chip_of(row))}{_chance(row.verdict)}",
        "Owner": _owner(row),
    }


def _measured(row: Reviewed) -> str:
    """Return what the figures are of: "per 1,000 residents, year ending December 2009"."""
    target = row.verdict
    if target is None or target.actual is None:
        parts = [row.current_period]
    elif target.goal == RANK:
        parts = ["place in the group", target.actual_period]
    else:
        parts = [per_of(target).strip(), target.actual_period]
    same = f"the same figures as {row.repeats}" if row.repeats else ""
    return capital(", ".join(filter(None, [*parts, same])))


def _now_and_path(row: Reviewed) -> tuple[str, str]:
    target = row.verdict
    if target is None or target.actual is None:
        now = level_text(row.current, "percent" if row.unit == "percent" else "count")
        return now, "" if target is None else _goal(target)
    if target.goal == RANK:
        return ordinal(int(target.actual)), _goal(target)
    if target.path_now is not None:
        now, path = two_levels(target.actual, target.path_now, target.unit)
        return now, f"path {path}"
    return level_text(target.actual, target.unit), _goal(target)


def _goal(target: Verdict) -> str:
    """Return what stands for a path where there is none."""
    if target.goal == RANK:
        return f"top {target.place_asked}"
    if target.target is None:
        return "goal not given" if target.goal == "not_given" else "no path"
    return f"goal {level_text(target.target, target.unit)}"


def _moved(row: Reviewed) -> str:
    said = change_cell(row.change, row.percent, row.unit)
    percent = None if row.unit == "percent" else row.percent
    size = None if percent is None else min(max(percent / WIDEST, -1.0), 1.0)
    tested = row.change_in_full.significance
    drawn = moved(
        size,
        said,
        is_better=((percent or 0) < 0) == row.lower_is_better,
        is_sure=tested is not None and bool(tested.is_beyond_chance),
    )
    # A change of other months than the figure beside it says which.
    is_of_others = row.verdict is not None and row.verdict.actual_period != row.current_period
    if size is None or not is_of_others:
        return drawn
    return f'{drawn}<span class="under">{text(short_period(row.current_period))}</span>'


def _chance(target: Verdict | None) -> str:
    if target is None or target.probability is None or target.status not in OPEN_WORDS:
        return ""
    return share(target.probability * PERCENT, f"{chance_in_figures(target.probability)} chance")


def _owner(row: Reviewed) -> str:
    if row.verdict is None:
        return ""
    if has_no_owner(row):
        return f'<span class="missing">{NO_OWNER}</span>'
    return text(owner_text(row.verdict))
