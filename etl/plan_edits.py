"""What somebody wants of targets or actions in a table, and what is wrong with it, row by row."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any, Literal

from etl.catalogue import Catalogue, Plan
from etl.catalogue.entry import Entry
from etl.catalogue.parse import entry
from etl.catalogue.references import faults_of
from etl.catalogue.target import NOT_GIVEN, Target
from etl.own_plan_text import financial_year_of
from etl.own_plans import folder_name
from etl.plan_sheets import ROW_SHEETS, RowSheet, cells_of, fields_of_row
from etl.problems import InputError, Problem

Part = Literal["targets", "actions"]
Cells = Mapping[str, str]
"""A row as a workbook has it: text by column."""

_SHEETS: dict[str, RowSheet] = {sheet.part: sheet for sheet in ROW_SHEETS}
_WORDS_NEEDED = {"targets": (), "actions": ("section", "key_action")}
"""Columns that the model lets be blank, but a row that somebody writes does not."""
_WHOLE = 100.0


@dataclass(frozen=True, slots=True)
class RowEdit:
    """What somebody wants of one row.

    Attributes:
        row_id: The id of the target or action; "" for a new one, which is given one.
        line: The row of the table, from 1.
        before: What it was when the table was opened; None for a new row.
        after: What it is to be; None for a row that goes.
    """

    row_id: str
    line: int
    before: Cells | None
    after: Cells | None

    def columns(self) -> list[str]:
        """Return the columns in which it differs."""
        before, after = dict(self.before or {}), dict(self.after or {})
        return [name for name in before | after if before.get(name, "") != after.get(name, "")]


@dataclass(frozen=True, slots=True)
class PlanEdits:
    """What somebody changed in one table.

    Attributes:
        plan: The id of the plan.
        part: The table.
        rows: What is wanted of each row that changed.
        changed_by: Who.
        seen: How many lines the plan's history had when the table was opened.
    """

    plan: str
    part: Part
    rows: tuple[RowEdit, ...]
    changed_by: str
    seen: int = 0


def rows_of_part(plan: Plan, part: Part) -> dict[str, dict[str, str]]:
    """Return the rows of a table by id, in the order of the plan."""
    return {each.id: cells_of(each) for each in getattr(plan, part)}


def blank_cell(part: Part, column: str) -> str:
    """Return what a cell that is left blank stands for: "not given" of a due date."""
    about = _SHEETS[part].model.model_fields[column]
    return "" if about.is_required() or about.default != NOT_GIVEN else NOT_GIVEN


def rebased(edits: PlanEdits, plan: Plan, *, keep: bool, seen: int) -> PlanEdits:
    """Return edits as of a plan that others changed meanwhile.

    Args:
        edits: What was wanted.
        plan: As it is now.
        keep: Whether what was wanted goes before what others did, cell by cell; else rows that
            others changed are left to them.
        seen: How many lines its history has now.
    """
    now = rows_of_part(plan, edits.part)
    rows = []
    for each in edits.rows:
        current = now.get(each.row_id)
        if each.before == current:
            rows.append(each)
        elif keep:
            after = each.after and dict(current or each.after) | {
                name: each.after.get(name, "") for name in each.columns()
            }
            rows.append(replace(each, before=current, after=after))
    return replace(edits, rows=tuple(each for each in rows if each.before != each.after), seen=seen)


def checked_rows(plan: Plan, edits: PlanEdits, catalogue: Catalogue) -> dict[str, Any]:
    """Return what edits make of rows: entries by id, None for one that goes.

    Raises:
        InputError: Something is wrong with rows; carries every problem, with row and column.
    """
    sheet, problems = _SHEETS[edits.part], list[Problem]()
    were: dict[str, Entry] = {each.id: each for each in getattr(plan, edits.part)}
    rows: dict[str, Entry | None] = {}
    lines: dict[str, int] = {}
    for each in edits.rows:
        row_id = each.row_id or _new_id(edits.part, each.after or {}, {*were, *rows})
        lines[row_id] = each.line
        rows[row_id] = None
        if each.after is not None:
            problems += _blank_words(edits.part, each)
            rows[row_id] = _entry(sheet, were.get(row_id), row_id, each, problems)
    if not problems:
        problems += _unknown_names(plan, edits.part, rows, lines, catalogue)
    if problems:
        raise InputError(problems)
    return rows


def _blank_words(part: Part, edit: RowEdit) -> Iterator[Problem]:
    after = edit.after or {}
    for name in _WORDS_NEEDED[part]:
        if not after.get(name, "").strip():
            yield Problem(part, edit.line, name, "", "this is blank", "write it")


def _entry(
    sheet: RowSheet, was: Entry | None, row_id: str, edit: RowEdit, problems: list[Problem]
) -> Entry | None:
    """Return a row's entry; fields whose cells did not change are what they were."""
    changed = set(edit.columns())
    kept = {} if was is None else {name: value for name, value in was if name not in changed}
    given = fields_of_row(sheet, edit.after or {})
    fields = kept | {name: value for name, value in given.items() if name in changed}
    required = [name for name, about in sheet.model.model_fields.items() if about.is_required()]
    fields = dict.fromkeys(required, "") | fields | {"id": row_id}
    made = entry(sheet.model, fields, file=sheet.part, line=edit.line, problems=problems)
    if isinstance(made, Target) and (rule := _impossible(made)):
        number = str(made.goal_number)
        problems.append(Problem(sheet.part, edit.line, "goal_number", number, rule, "correct it"))
    return made


def _impossible(target: Target) -> str:
    """Return what is wrong with the number of a goal; "" for nothing."""
    if target.goal_number is None:
        return ""
    if not math.isfinite(target.goal_number):
        return "this is no number"
    if target.goal == "relative_change" and target.goal_number < -_WHOLE:
        return "nothing can fall by more than 100%"
    return ""


def _new_id(part: Part, after: Cells, taken: Collection[str]) -> str:
    """Return a free id for a new row: its indicator and the year it is due in, or its section."""
    if part == "targets":
        year = _year_due(after.get("due", ""))
        first = "_".join(filter(None, [after.get("indicator") or "target", *year.split("/")]))
    else:
        first = folder_name(after.get("section", ""), "") or "action"
    names = (first if number == 1 else f"{first}_{number}" for number in count(1))
    return next(name for name in names if name not in taken)


def _year_due(text: str) -> str:
    try:
        return financial_year_of(date.fromisoformat(text))
    except ValueError:
        return ""


def _unknown_names(
    plan: Plan,
    part: Part,
    rows: Mapping[str, Entry | None],
    lines: Mapping[str, int],
    catalogue: Catalogue,
) -> Iterator[Problem]:
    """Yield rows that name an indicator which is not there."""
    changed = plan.model_copy(update={part: [each for each in rows.values() if each is not None]})
    for fault in faults_of(changed, catalogue.indicators):
        if fault.part == part:
            line = lines[fault.entry_id]
            yield Problem(part, line, fault.field, fault.value, fault.rule, fault.what_to_do)
