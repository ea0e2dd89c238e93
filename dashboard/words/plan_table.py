"""Targets and actions of a plan as a table to change, and what somebody changed in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Literal

import pandas as pd

from dashboard.analysis.rows import Indicator
from dashboard.intake.plan_edits import Cells, Part, Problem, RowEdit, blank_cell
from dashboard.words.all_targets import KIND_WORDS
from dashboard.words.target_words import goal_in_words

Kind = Literal["text", "number", "day", "choice", "several"]
BETWEEN = ";"
"""What stands between several values in a cell of the plan."""

_GOALS = {
    "relative_change": "Change in %",
    "value": "Level",
    "rank": "Place in the group",
    "minimum_count": "At least so many",
    "not_given": "Not given",
}
_PATHS = {"straight": "Straight", "seasonal": "Seasonal", "steps": "Steps"}
_DEFAULTS = {"goal": "relative_change", "path": "straight", "kind": "plan"}
HEADINGS: dict[Part, dict[str, str]] = {
    "targets": {
        "indicator": "Indicator", "goal": "Kind of goal", "goal_number": "Goal",
        "due": "Due", "owner": "Owner", "lead_agency": "Lead agency",
        "baseline_period": "Baseline", "goal_stated": "Goal in words", "path": "Path",
        "kind": "Kind", "priority": "Priority", "steps": "Steps, as 2025/26=900; 2026/27=850",
        "tolerance": "Tolerance", "baseline_value": "Baseline figure",
        "due_stated": "Due in words", "reward_gbp": "Reward (£)",
        "reward_stated": "Reward in words", "reward_shared_with": "Reward shared with",
        "paragraph": "Where the plan says it",
        "note": "Note",
    },
    "actions": {
        "key_action": "Action", "section": "Section", "lead_agency": "Lead agency",
        "responsible_group": "Responsible group", "timing": "By when", "priority": "Priority",
        "indicators": "Serves", "number": "Number", "objective": "Objective",
        "outcome": "Outcome", "measure": "Measure", "resource": "Resource",
        "within_existing_resource": "Within existing resource",
        "partner_contributions": "Partner contributions",
        "estimated_new_costs": "Estimated new costs", "funding_source": "Funding source",
        "comments": "Comments", "note": "Note",
    },
}  # fmt: skip
_KINDS: dict[str, Kind] = {
    "indicator": "choice", "goal": "choice", "path": "choice", "kind": "choice",
    "priority": "choice", "indicators": "several", "due": "day", "goal_number": "number",
    "baseline_value": "number", "tolerance": "number", "reward_gbp": "number",
}  # fmt: skip
_RULE = "this says the goal as it was before you changed it"


@dataclass(frozen=True)
class Column:
    """A column of the table.

    Attributes:
        name: The field of the target or action.
        heading: What it is called.
        kind: What its cells hold.
        options: What can be chosen, with its name; of a choice or of several.
        default: What a new row begins with.
    """

    name: str
    heading: str
    kind: Kind
    options: Mapping[str, str] = field(default_factory=dict)
    default: str | None = None


def columns_of(
    part: Part,
    rows: Mapping[str, Cells],
    indicators: Mapping[str, str],
    priorities: Mapping[str, str],
) -> tuple[Column, ...]:
    """Return the columns of a table, those that are changed most first.

    Args:
        part: Which table.
        rows: Its rows: what stands there can be chosen again, whatever the lists have.
        indicators: Names by id.
        priorities: Names of the plan's priorities by id.
    """
    lists = {
        "indicator": indicators, "indicators": indicators, "goal": _GOALS, "path": _PATHS,
        "kind": KIND_WORDS, "priority": {each: f"{each} {priorities[each]}" for each in priorities},
    }  # fmt: skip
    found = []
    for name, heading in HEADINGS[part].items():
        kind = _KINDS.get(name, "text")
        there = {value for each in rows.values() for value in _values(each.get(name, ""), kind)}
        options = lists.get(name, {})
        more = {each: each for each in sorted(there - set(options)) if name in lists}
        found.append(Column(name, heading, kind, {**options, **more}, _DEFAULTS.get(name)))
    return tuple(found)


def table_of(columns: Sequence[Column], rows: Mapping[str, Cells]) -> pd.DataFrame:
    """Return rows as a table of numbers, days and texts, its index the row from 1."""
    index = pd.RangeIndex(1, len(rows) + 1, name="Row")
    return pd.DataFrame(
        {
            each.name: pd.Series(
                [_shown(cells.get(each.name, ""), each.kind) for cells in rows.values()],
                index=index,
                dtype="float64" if each.kind == "number" else "object",
            )
            for each in columns
        },
        index=index,
    )


def _values(cell: str, kind: Kind) -> list[str]:
    if kind not in ("choice", "several"):
        return []
    cells = cell.split(BETWEEN) if kind == "several" else [cell]
    return [each.strip() for each in cells if each.strip()]


def _shown(cell: str, kind: Kind) -> object:
    match kind:
        case "number":
            return _number(cell)
        case "day":
            return _day(cell)
        case "several":
            return _values(cell, kind)
        case "choice":
            return cell or None
        case _:
            return cell


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _day(cell: str) -> date | None:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return None


def edits_in(
    state: Mapping[str, Any], part: Part, columns: Sequence[Column], rows: Mapping[str, Cells]
) -> tuple[RowEdit, ...]:
    """Return what somebody changed in the table, row by row; a change that was undone is none.

    Args:
        state: What Streamlit keeps of a table that is edited.
        part: Which table.
        columns: Its columns.
        rows: Its rows when it was opened.
    """
    kinds = {each.name: each.kind for each in columns}
    edited = {int(row): cells for row, cells in state.get("edited_rows", {}).items()}
    gone = set(state.get("deleted_rows", []))
    edits = []
    for row, (row_id, before) in enumerate(rows.items()):
        after = dict(before) | _cells(edited.get(row, {}), part, kinds, before)
        edits.append(RowEdit(row_id, row + 1, before, None if row in gone else after))
    # A row of nothing but what it begins with was opened by chance.
    unsaid = {each.name: (None, "", [], each.default) for each in columns}
    new = [
        _cells(cells, part, kinds, {})
        for cells in state.get("added_rows", [])
        if any(value not in unsaid[name] for name, value in cells.items() if name in kinds)
    ]
    edits += [RowEdit("", len(rows) + n, None, cells) for n, cells in enumerate(new, start=1)]
    return tuple(each for each in edits if each.before != each.after)


def _cells(
    given: Mapping[str, Any], part: Part, kinds: Mapping[str, Kind], before: Cells
) -> dict[str, str]:
    """Return what was typed as cells of the plan; what says the same as before stays as it was."""
    cells = {
        name: _cell(value) or blank_cell(part, name)
        for name, value in given.items()
        if name in kinds
    }
    return {
        name: before[name] if name in before and _is_same(before[name], cell, kinds[name]) else cell
        for name, cell in cells.items()
    }


def _is_same(before: str, cell: str, kind: Kind) -> bool:
    return _shown(before, kind) == _shown(cell, kind)


def _cell(value: Any) -> str:  # noqa: ANN401 - what a browser sends
    match value:
        case None:
            return ""
        case float() if value.is_integer():
            return str(int(value))
        case list():
            return f"{BETWEEN} ".join(map(str, value))
        case _:
            # A day comes with its midnight.
            return str(value).removesuffix("T00:00:00.000").strip()


def with_goal_in_words(
    edits: Sequence[RowEdit], about: Mapping[str, Indicator]
) -> tuple[tuple[RowEdit, ...], list[Problem]]:
    """Return edits of targets in which the words of a goal follow its number.

    Words that the app wrote are written anew; words of a plan are left to whoever changes the goal.

    Args:
        edits: What was changed.
        about: Indicators by id.

    Returns:
        The edits, and a problem for each goal whose words say what it was before.
    """
    found, problems = [], []
    for each in edits:
        changed = set(each.columns())
        if each.after is None or "goal_stated" in changed or not changed & set(_GOAL_FIELDS):
            found.append(each)
            continue
        stated = (each.before or {}).get("goal_stated", "")
        if stated and stated != _goal_in_words(each.before or {}, about):
            problems.append(
                Problem("targets", each.line, "goal_stated", stated, _RULE, "say the new goal")
            )
        words = _goal_in_words(each.after, about)
        found.append(replace(each, after={**each.after, "goal_stated": words}))
    return tuple(found), problems


_GOAL_FIELDS = ("indicator", "goal", "goal_number")


def _goal_in_words(cells: Cells, about: Mapping[str, Indicator]) -> str:
    number, indicator = _number(cells.get("goal_number", "")), cells.get("indicator", "")
    if number is None or indicator not in about:
        return ""
    return goal_in_words(cells.get("goal", ""), number, about[indicator])
