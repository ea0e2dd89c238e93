"""What was changed in a plan, by whom and when; and what is said of changes to be saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

import pandas as pd

from dashboard.charts.wording import day_text
from dashboard.intake.plan_edits import Part, PlanChange, PlanEdits, Problem, RowEdit, SavedEdits
from dashboard.words.commentary import CLOCK
from dashboard.words.levels import in_words
from dashboard.words.plan_table import HEADINGS

NOUNS: dict[Part, tuple[str, str]] = {
    "targets": ("target", "targets"),
    "actions": ("action", "actions"),
}
_BASELINE = "write 2024/25, year ending December 2024, wave 2009 or not given"
_NAMED = 3
"""Rows that a sentence names."""
_NAMES: dict[Part, str] = {"targets": "indicator", "actions": "key_action"}
"""The column that a row is called by."""
_LONGEST = 80
"""Letters of an action in the name of a row."""


def history_table(
    history: Iterable[PlanChange],
    part: Part,
    rows: Mapping[str, Mapping[str, str]],
    titles: Mapping[str, str],
) -> pd.DataFrame:
    """Return what was changed in a table, the latest first: When, Who, row, What, From, To.

    Args:
        history: Of the plan.
        part: Which table.
        rows: Its rows now, by id.
        titles: Names of indicators by id.
    """
    lines = [each for each in history if each.part == part]
    found = []
    for (when, who, row), group in groupby(
        lines, lambda each: (each.changed_at, each.changed_by, each.row)
    ):
        changes = [*group]
        ids = next((each for each in changes if each.column == "id"), None)
        name = row_name(part, rows.get(row) or _cells(changes), titles) or row
        if ids is None:
            cells = [(_heading(part, each.column), each.before, each.after) for each in changes]
        else:
            cells = [_whole(part, changes, is_new=bool(ids.after))]
        found += [(_time(when), who, name, what, before, after) for what, before, after in cells]
    noun = NOUNS[part][0].capitalize()
    columns = ["When", "Who", noun, "What", "From", "To"]
    return pd.DataFrame(reversed(found), columns=columns)


def _cells(changes: Iterable[PlanChange]) -> dict[str, str]:
    return {each.column: each.after or each.before for each in changes}


def _whole(part: Part, changes: Iterable[PlanChange], *, is_new: bool) -> tuple[str, str, str]:
    """Return a row that is new, or went, as one line."""
    text = "; ".join(
        f"{_heading(part, name)}: {value}"
        for name, value in _cells(changes).items()
        if value and name not in ("id", _NAMES[part])
    )
    return ("Added", "", text) if is_new else ("Removed", text, "")


def row_name(part: Part, cells: Mapping[str, str], titles: Mapping[str, str]) -> str:
    """Return what a row is called: the name of its indicator, or its action, cut where long."""
    text = cells.get(_NAMES[part], "")
    name = titles.get(text, text)
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST].rstrip()}…"


def _heading(part: Part, column: str) -> str:
    return HEADINGS[part].get(column, column)


def _time(text: str) -> str:
    try:
        written = datetime.fromisoformat(text).astimezone(CLOCK)
    except ValueError:
        return text
    return f"{day_text(written)}, {written:%H:%M}"


def wrong_table(problems: Iterable[Problem], part: Part) -> pd.DataFrame:
    """Return what is wrong with rows as texts: Row, Column, Value, Rule, What to do."""
    return pd.DataFrame(
        [
            {
                "Row": str(each.line) if each.line else "All",
                "Column": _heading(part, each.column),
                "Value": each.value,
                "Rule": _rule(each),
                "What to do": each.what_to_do.partition(";")[0],
            }
            for each in problems
        ]
    )


def _rule(problem: Problem) -> str:
    if problem.column == "baseline_period":
        return _BASELINE
    return problem.rule.removeprefix("Value error, ")


def meanwhile_table(edits: PlanEdits, problems: Iterable[Problem]) -> pd.DataFrame:
    """Return what others changed of rows that somebody changed too, with what both want."""
    mine = {each.line: each.after or {} for each in edits.rows}
    return pd.DataFrame(
        [
            {
                "Row": str(each.line),
                "Column": _heading(edits.part, each.column),
                "Theirs": each.value,
                "Yours": mine[each.line].get(each.column, ""),
                "What happened": each.rule,
            }
            for each in problems
        ]
    )


def removed_question(part: Part, removed: Sequence[RowEdit], titles: Mapping[str, str]) -> str:
    """Return what is asked before rows are taken out: "Take out one target? Robbery"."""
    names = [row_name(part, each.before or {}, titles) for each in removed]
    more = f" and {in_words(len(names) - _NAMED)} more" if len(names) > _NAMED else ""
    return f"Take out {_counted(len(names), part)}? {', '.join(names[:_NAMED])}{more}."


def saved_sentence(part: Part, saved: SavedEdits) -> str:
    """Return that changes are published."""
    rows = len({each.row for each in saved.changes})
    return f"Saved and published: {_counted(rows, part)} changed."


def meanwhile_sentence(saved: SavedEdits) -> str:
    """Return who changed other rows meanwhile; "" if nobody did."""
    names = list(dict.fromkeys(each.changed_by for each in saved.meanwhile))
    if not names:
        return ""
    return f"Meanwhile {', '.join(names)} changed other rows: the table shows them."


def _counted(number: int, part: Part) -> str:
    one, several = NOUNS[part]
    return f"{in_words(number)} {one if number == 1 else several}"
