"""A whole plan taken in: its folder written in one switch, what it replaces put aside."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Generator, Iterable
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from etl.build_lock import build_lock
from etl.catalogue import Plan, load_catalogue
from etl.catalogue.entry import Entry
from etl.datadir import DataDir
from etl.own_plan_text import quoted
from etl.own_plans import PLAN, TARGETS
from etl.plan_history import HISTORY
from etl.plan_workbook import read_plan_workbook
from etl.problems import InputError

REPLACED = "replaced"
"""Folder of the data folder that keeps what a plan was before it was replaced."""
_TABLES = {"actions": "actions.csv", "notes": "notes.csv", "published": "published.csv",
           "peers": "peers.csv"}  # fmt: skip
_PARTS = ("group", "priority", "objective", "cross_cutting_area")


@dataclass(frozen=True, slots=True)
class AddedPlan:
    """What was taken in.

    Attributes:
        plan: The plan.
        replaced: The folder that the plan of this name was put aside to; None if it is new.
    """

    plan: Plan
    replaced: Path | None


def check_plan_workbook(data: DataDir, path: Path, *, replace: bool = False) -> Plan:
    """Return the plan of a workbook, checked like any file; nothing is kept.

    Args:
        data: The data folder.
        path: The workbook.
        replace: Whether a plan of its name may be replaced.

    Raises:
        InputError: Something is wrong with it, or its plan is there already.
    """
    catalogue = load_catalogue(data)
    plan = read_plan_workbook(path, catalogue)
    if plan.id in catalogue.plans and not replace:
        rule = f"the plan {plan.id} is there already"
        what_to_do = "replace it (--replace; what was there is put aside), or give another id"
        raise InputError.of(path.name, rule, what_to_do)
    return plan


def plan_counts(plan: Plan) -> dict[str, int]:
    """Return how many entries a plan has, by kind."""
    return {
        "targets": len(plan.targets),
        "actions": len(plan.actions),
        "published figures": len(plan.published),
        "notes": len(plan.notes),
    }


def plan_in_words(plan: Plan) -> str:
    """Return what a plan holds, as a sentence."""
    held = ", ".join(f"{count} {name}" for name, count in plan_counts(plan).items())
    return f"Plan {plan.id} ({plan.title}): {held}; nothing wrong."


def add_plan(data: DataDir, path: Path, *, added_by: str, replace: bool = False) -> AddedPlan:
    """Check the workbook of a plan and keep the plan for the next build.

    Raises:
        InputError: As for `check_plan_workbook`; nothing is kept then.
        OSError: The folder cannot be written; what was there stays.
    """
    with build_lock(data, added_by):
        plan = check_plan_workbook(data, path, replace=replace)
        with _written(data, plan) as replaced:
            return AddedPlan(plan, replaced)


@contextmanager
def plans_kept(data: DataDir, paths: Iterable[Path]) -> Generator[None]:
    """Keep the plans of workbooks, replacing those of their names, for who holds the build lock.

    If what is done inside fails, nothing of them is kept.

    Raises:
        InputError: As for `check_plan_workbook`.
    """
    with ExitStack() as kept:
        for path in paths:
            plan = check_plan_workbook(data, path, replace=True)
            kept.enter_context(_written(data, plan))
        yield


@contextmanager
def _written(data: DataDir, plan: Plan) -> Generator[Path | None]:
    """Write the plan's folder whole; if what is done inside fails, it is as it was before."""
    folder = data.root / "plans" / plan.id
    waiting = data.root / f".{plan.id}.part"
    aside = data.root / REPLACED / f"{plan.id}-{datetime.now():%Y%m%dT%H%M%S%f}"  # noqa: DTZ005
    had_one = folder.is_dir()
    shutil.rmtree(waiting, ignore_errors=True)
    try:
        write_plan(plan, waiting)
        folder.parent.mkdir(exist_ok=True)
        if had_one:
            aside.parent.mkdir(exist_ok=True)
            folder.rename(aside)
            _take_history_along(aside, waiting)
        try:
            waiting.rename(folder)
            yield aside if had_one else None
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            if had_one:
                aside.rename(folder)
            raise
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def _take_history_along(before: Path, folder: Path) -> None:
    if (before / HISTORY).is_file():
        shutil.copy2(before / HISTORY, folder / HISTORY)


def write_plan(plan: Plan, folder: Path) -> None:
    """Write a plan as the files of its folder, which is made.

    Args:
        plan: The plan. What is at its default is left out of the TOML files.
        folder: Where; it must not be there.
    """
    folder.mkdir(parents=True)
    own = plan.model_dump(exclude={"id", "partnership", "targets", *_PARTS, *_TABLES})
    defaults = {name: about.default for name, about in Plan.model_fields.items()}
    own = {name: value for name, value in own.items() if value != defaults[name]}
    text = [*_lines(own), "", "[partnership]", *_lines(_given(plan.partnership))]
    for part in _PARTS:
        text += entry_lines(part, getattr(plan, part))
    (folder / PLAN).write_text("\n".join([*text, ""]), encoding="utf-8")
    targets = "\n".join([*entry_lines("target", plan.targets), ""]).lstrip()
    (folder / TARGETS).write_text(targets, encoding="utf-8")
    for part, name in _TABLES.items():
        _write_csv(folder / name, Plan.model_fields[part].annotation, getattr(plan, part))


def _given(each: Entry) -> dict[str, Any]:
    return each.model_dump(exclude_defaults=True)


def entry_lines(table: str, entries: Iterable[Entry]) -> list[str]:
    """Return entries as the lines of a TOML file, with what is not at its default."""
    return [line for each in entries for line in ("", f"[[{table}]]", *_lines(_given(each)))]


def _lines(fields: dict[str, Any]) -> list[str]:
    return [f"{name} = {_toml(value)}" for name, value in fields.items()]


def _toml(value: Any) -> str:  # noqa: ANN401 - a field of an entry may be of any type
    match value:
        case float() | int():
            return repr(int(value) if float(value).is_integer() else value)
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case dict():
            inside = (f"{quoted(name)} = {_toml(level)}" for name, level in value.items())
            return f"{{ {', '.join(inside)} }}"
        case _:
            return quoted(str(value))


def _write_csv(path: Path, annotation: Any, entries: list[Entry]) -> None:  # noqa: ANN401
    model: type[Entry] = annotation.__args__[0]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(model.model_fields), lineterminator="\n")
        writer.writeheader()
        for each in entries:
            row = {name: "" if v is None else v for name, v in each.model_dump().items()}
            writer.writerow(row)
