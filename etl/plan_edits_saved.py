"""Edits of a plan saved: written into its files, and published, or nothing kept of them."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from etl.build import build_locked
from etl.build_lock import build_lock
from etl.catalogue import Catalogue, Plan, load_catalogue
from etl.catalogue.entry import Entry
from etl.catalogue.parse import place
from etl.datadir import DataDir
from etl.own_plans import TARGETS, is_own_plan
from etl.plan_edits import Part, PlanEdits, checked_rows, rows_of_part
from etl.plan_history import PlanChange, cell_changes, read_history, recorded
from etl.plan_row_text import CannotRewriteError, with_actions, with_targets
from etl.plan_sheets import cells_of
from etl.problems import InputError, Problem
from etl.progress import Progress

_FILES = {"targets": TARGETS, "actions": "actions.csv"}
_SINCE, _KEEP = "since you opened the table", "keep yours, or leave the row to them"


@dataclass(frozen=True, slots=True)
class SavedEdits:
    """What was published.

    Attributes:
        plan: The id of the plan.
        changes: What this person changed.
        meanwhile: What others changed since the table was opened, in other rows.
    """

    plan: str
    changes: tuple[PlanChange, ...]
    meanwhile: tuple[PlanChange, ...]


class ChangedMeanwhileError(InputError):
    """Somebody else changed a row since the table was opened; each cell is a problem."""


def edit_plan(
    data: DataDir, edits: PlanEdits, progress: Progress = lambda _step, _share: None
) -> SavedEdits:
    """Write edits into a plan's files, and publish a build that has them.

    What stands in the files of other rows is left as it is, to the letter.

    Args:
        data: The data folder.
        edits: What is wanted.
        progress: Told how far the work is.

    Raises:
        ChangedMeanwhileError: Somebody else changed one of the rows since the table was opened.
        InputError: Something is wrong with a row, with the catalogue, or with the build;
            `BuildIsRunningError` if somebody else builds. Nothing is kept of any, and what was
            published stays.
        OSError: The files cannot be written; nothing is kept then either.
    """
    with build_lock(data, edits.changed_by):
        catalogue = load_catalogue(data)
        plan = own_plan(data, catalogue, edits.plan)
        folder = data.root / "plans" / plan.id
        history = read_history(folder)
        if changed := list(_changed_meanwhile(plan, edits, history)):
            raise ChangedMeanwhileError(changed)
        rows = checked_rows(plan, edits, catalogue)
        changes = tuple(_changes(plan, edits, rows))
        path = folder / _FILES[edits.part]
        with _rewritten(path, plan, edits.part, rows), recorded(folder, changes):
            build_locked(data, progress)
    return SavedEdits(plan.id, changes, tuple(history[edits.seen :]))


def own_plan(data: DataDir, catalogue: Catalogue, plan_id: str) -> Plan:
    """Return a plan that is the data folder's own.

    Raises:
        InputError: There is none of this id, or it comes with the product.
    """
    if plan_id not in catalogue.plans or not is_own_plan(data, plan_id):
        rule = "this data folder has no such plan of its own"
        what_to_do = f"take a copy: safecity template plan --of {plan_id}"
        raise InputError.of(f"plans/{plan_id}", rule, what_to_do)
    return catalogue.plans[plan_id]


def _changed_meanwhile(
    plan: Plan, edits: PlanEdits, history: Sequence[PlanChange]
) -> Iterator[Problem]:
    """Yield each cell that is not what it was when the table was opened, with who changed it."""
    now = rows_of_part(plan, edits.part)
    for each in edits.rows:
        current = now.get(each.row_id)
        if current in (each.before, each.after):
            continue
        if current is None:
            rule = f"{_who(history, edits.part, each.row_id)} took this row out {_SINCE}"
            yield Problem(edits.part, each.line, "", "", rule, _KEEP)
            continue
        for column in replace(each, after=current).columns():
            before = (each.before or {}).get(column) or "nothing"
            who = _who(history, edits.part, each.row_id, column)
            rule = f"{who} changed this from {before} {_SINCE}"
            yield Problem(edits.part, each.line, column, current.get(column, ""), rule, _KEEP)


def _who(history: Sequence[PlanChange], part: str, row: str, column: str = "") -> str:
    """Return who changed a cell, or a row, last."""
    lines = [
        each
        for each in history
        if (each.part, each.row) == (part, row) and column in ("", each.column)
    ]
    return lines[-1].changed_by if lines else "somebody"


def _changes(
    plan: Plan, edits: PlanEdits, rows: Mapping[str, Entry | None]
) -> Iterator[PlanChange]:
    """Yield a line of the history for each cell that changes."""
    were = rows_of_part(plan, edits.part)
    for row_id, made in rows.items():
        after = {} if made is None else cells_of(made)
        yield from cell_changes(edits.changed_by, edits.part, row_id, were.get(row_id, {}), after)


@contextmanager
def _rewritten(path: Path, plan: Plan, part: Part, rows: Mapping[str, Any]) -> Generator[None]:
    """Write rows into a file; they are as they were again if what is done inside fails.

    Raises:
        InputError: They cannot be written there without touching others.
    """
    before = path.read_bytes() if path.is_file() else None
    written = _with_rows(before or b"", path, part, rows)
    _replace(path, written)
    try:
        yield
    except BaseException:
        now = path.read_bytes()
        if now != written:
            # A person wrote there meanwhile, which stays.
            were = {each.id: each for each in getattr(plan, part)}
            with suppress(InputError):
                _replace(path, _with_rows(now, path, part, {each: were.get(each) for each in rows}))
        elif before is not None:
            _replace(path, before)
        else:
            path.unlink()
        raise


def _with_rows(content: bytes, path: Path, part: Part, rows: Mapping[str, Any]) -> bytes:
    try:
        text = content.decode("utf-8")
        written = with_targets(text, rows) if part == "targets" else with_actions(text, rows)
        return written.encode()
    except (CannotRewriteError, UnicodeError) as error:
        rule = f"these rows cannot be changed in the app: {error}"
        raise InputError.of(place(path), rule, "change them in the file by hand") from error


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole: whoever reads it meanwhile, or a full disk, finds no half of it."""
    waiting = path.with_name(f".{path.name}.part")
    try:
        waiting.write_bytes(content)
        waiting.replace(path)
    finally:
        waiting.unlink(missing_ok=True)
