"""A plan's targets or actions as a table to change: opened, checked, saved in a process aside."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.intake.own_process import in_own_process
from etl.catalogue import load_catalogue
from etl.datadir import DataDir
from etl.own_plans import is_own_plan
from etl.plan_edits import (
    Cells,
    Part,
    PlanEdits,
    RowEdit,
    blank_cell,
    checked_rows,
    rebased,
    rows_of_part,
)
from etl.plan_edits_saved import ChangedMeanwhileError, SavedEdits, edit_plan, own_plan
from etl.plan_history import PlanChange, read_history
from etl.problems import InputError, Problem
from etl.progress import Progress

_NAME = "Your name"


@dataclass(frozen=True)
class OpenTable:
    """A table as it was when somebody opened it.

    Attributes:
        rows: Cells of each row, by id, in the order of the plan.
        history: What was changed in the plan so far, the first change first.
    """

    rows: dict[str, dict[str, str]]
    history: tuple[PlanChange, ...]


def open_table(data: DataDir, plan: str, part: Part) -> OpenTable:
    """Return a table of a plan of the data folder's own.

    Raises:
        InputError: There is no such plan, or somebody edited a file so that it cannot be read.
    """
    found = own_plan(data, load_catalogue(data), plan)
    history = tuple(read_history(data.root / "plans" / plan))
    return OpenTable(rows_of_part(found, part), history)


def wrong_with(data: DataDir, edits: PlanEdits) -> tuple[Problem, ...]:
    """Return what is wrong with edits, by row and column, before anything is kept.

    Raises:
        InputError: The plan cannot be read any more.
    """
    catalogue = load_catalogue(data)
    plan = own_plan(data, catalogue, edits.plan)
    nameless = Problem(edits.part, 0, _NAME, "", "this is blank", "give it: it is kept with them")
    found = () if edits.changed_by else (nameless,)
    try:
        checked_rows(plan, edits, catalogue)
    except InputError as error:
        return (*found, *error.problems)
    return found


def rebase_edits(data: DataDir, edits: PlanEdits, *, keep: bool) -> PlanEdits:
    """Return edits as of the plan as it is now; see `etl.plan_edits.rebased`.

    Raises:
        InputError: The plan cannot be read any more.
    """
    plan = own_plan(data, load_catalogue(data), edits.plan)
    seen = len(read_history(data.root / "plans" / plan.id))
    return rebased(edits, plan, keep=keep, seen=seen)


def save_edits(data: DataDir, edits: PlanEdits, progress: Progress) -> SavedEdits:
    """Write edits into a plan and publish it; see `etl.plan_edits_saved.edit_plan`.

    Raises:
        InputError: Something is wrong; nothing is kept then, and what was published stays.
            `ChangedMeanwhileError` where somebody else changed one of the rows.
        OSError: The files cannot be written; nothing is kept then either.
    """
    return in_own_process(edit_plan, data, edits, progress=progress)


__all__ = [
    "Cells", "ChangedMeanwhileError", "InputError", "Part", "PlanChange", "PlanEdits", "Problem",
    "RowEdit", "SavedEdits", "blank_cell", "is_own_plan",
]  # fmt: skip
