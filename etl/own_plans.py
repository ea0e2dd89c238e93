"""A partnership's own plan: a target written into it, and published, or nothing kept of it."""

from __future__ import annotations

import math
import shutil
import tomllib
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from etl.build import build_locked
from etl.build_lock import build_lock
from etl.catalogue import Catalogue, Plan, Target, load_catalogue
from etl.catalogue.parse import entry, place
from etl.datadir import PROJECT_DATA, DataDir
from etl.own_plan_text import (
    financial_year_of,
    first_lines,
    on_one_line,
    plan_text,
    target_text,
)
from etl.plan_history import cell_changes, recorded
from etl.plan_sheets import cells_of
from etl.problems import InputError, Problem
from etl.progress import Progress

PLAN, TARGETS = "plan.toml", "targets.toml"
COME_WITH_THE_PRODUCT = frozenset({"safer_communities_2009_10", "southampton_2010_11"})
"""Plans that repeat a printed document; in a clone they stand in the data folder itself."""
_LONGEST_FOLDER = 40
"""Letters of the partnership's name in the name of a folder."""


@dataclass(frozen=True, slots=True)
class NewTarget:
    """A target as a person gave it.

    Attributes:
        area_code: Of the partnership that promises it.
        area_name: Its name.
        plan: The plan that it is added to; "" for the partnership's own plan for the financial
            year it is due in, which is begun if there is none.
        indicator: An indicator id.
        goal: relative_change or value.
        goal_number: Percent, negative for a fall; or the level.
        goal_stated: The same in a few words.
        baseline_period: "2024/25", "year ending December 2024", "wave 2009" or "not given".
        due: The last day that counts.
        path: straight or seasonal.
        owner: Who answers for it; "" where nobody is named.
        written_by: Who wrote it.
        written_on: When.
    """

    area_code: str
    area_name: str
    plan: str
    indicator: str
    goal: str
    goal_number: float
    goal_stated: str
    baseline_period: str
    due: date
    path: str
    owner: str
    written_by: str
    written_on: date


@dataclass(frozen=True, slots=True)
class SavedTarget:
    """Where a target stands now: the plan, which is the name of its folder, and its id."""

    plan: str
    target: str


def is_own_plan(data: DataDir, plan_id: str) -> bool:
    """Return whether a plan is the data folder's own: none that comes with the product."""
    if plan_id in COME_WITH_THE_PRODUCT and data.root.resolve() == PROJECT_DATA:
        return False
    return (data.root / "plans" / plan_id / PLAN).is_file()


def folder_name(area_name: str, financial_year: str) -> str:
    """Return what the folder of a plan is called: "southampton_2025_26"."""
    letters = "".join(each if each.isalnum() else " " for each in area_name.lower())
    name = "_".join(letters[:_LONGEST_FOLDER].split())
    return "_".join(filter(None, [name, *financial_year.split("/")]))


def add_target(
    data: DataDir, new: NewTarget, progress: Progress = lambda _step, _share: None
) -> SavedTarget:
    """Write a target to the end of a plan of the data folder, and publish a build that has it.

    What stands in the plan's files is left as it is, to the letter.

    Args:
        data: The data folder.
        new: The target.
        progress: Told how far the work is.

    Raises:
        InputError: Something is wrong with it, with the catalogue, or with the build; then nothing
            of it is kept, and what was published stays. `BuildIsRunningError` if somebody else
            builds.
        OSError: The files cannot be written; nothing is kept then either.
    """
    with build_lock(data, new.written_by):
        catalogue = load_catalogue(data)
        plan_id = _plan_for(data, catalogue, new)
        folder = data.root / "plans" / plan_id
        target = _checked(new, catalogue, plan_id)
        if folder.is_dir():
            written = _appended(folder / TARGETS, target)
        else:
            written = _begun(folder, new, target, catalogue)
        lines = cell_changes(new.written_by, "targets", target.id, {}, cells_of(target))
        with written, recorded(folder, lines):
            build_locked(data, progress)
    return SavedTarget(plan_id, target.id)


def _plan_for(data: DataDir, catalogue: Catalogue, new: NewTarget) -> str:
    """Return the plan that the target goes to; one that is not there yet is to be begun."""
    if new.plan:
        if not _is_own(data, catalogue.plans.get(new.plan), new.area_code):
            rule = f"{new.area_name} has no such plan in this data folder"
            raise InputError.of(f"plans/{new.plan}", rule, "choose another plan")
        return new.plan
    name = folder_name(new.area_name, financial_year_of(new.due))
    code = folder_name(new.area_code, "")
    for number in count():
        # A namesake of another area, or one that repeats a printed document, is not written to.
        plan_id = "_".join([name, code, str(number)][: 1 + min(number, 2)])
        plan = catalogue.plans.get(plan_id)
        if plan is None or (_is_own(data, plan, new.area_code) and not plan.published):
            return plan_id
    raise AssertionError("there is no last number")


def _is_own(data: DataDir, plan: Plan | None, area_code: str) -> bool:
    if plan is None or plan.area_code != area_code:
        return False
    return (data.root / "plans" / plan.id / PLAN).is_file()


def _checked(new: NewTarget, catalogue: Catalogue, plan_id: str) -> Target:
    """Return the target as the catalogue has it.

    Raises:
        InputError: The catalogue's rules, or those of a promise that can be followed, are broken.
    """
    file, problems = f"{plan_id}/{TARGETS}", list[Problem]()
    plan = catalogue.plans.get(plan_id)
    target_id = _free_id(new, {each.id for each in plan.targets} if plan else set())
    day = f"{new.written_on.day} {new.written_on:%B} {new.written_on.year}"
    fields = {
        "id": target_id, "indicator": new.indicator, "kind": "plan", "goal": new.goal,
        "goal_number": new.goal_number, "goal_stated": on_one_line(new.goal_stated),
        "baseline_period": new.baseline_period, "due": new.due, "path": new.path,
        "owner": on_one_line(new.owner), "paragraph": "",
        "note": f"Written in the app by {on_one_line(new.written_by)} on {day}.",
    }  # fmt: skip
    target = entry(Target, fields, file=file, problems=problems, name=f"[[target]] {target_id}")
    if new.indicator not in catalogue.indicators:
        problems.append(
            Problem(file, 0, "indicator", new.indicator, "there is no such indicator",
                    "choose one of the catalogue")
        )  # fmt: skip
    if not math.isfinite(new.goal_number):
        problems.append(
            Problem(file, 0, "goal_number", str(new.goal_number), "this is no number",
                    "give a number")
        )  # fmt: skip
    if problems or target is None:
        raise InputError(problems)
    return target


def _free_id(new: NewTarget, taken: set[str]) -> str:
    first = "_".join([new.indicator, *financial_year_of(new.due).split("/")])
    names = (first if number == 1 else f"{first}_{number}" for number in count(1))
    return next(name for name in names if name not in taken)


@contextmanager
def _begun(folder: Path, new: NewTarget, target: Target, catalogue: Catalogue) -> Generator[None]:
    """Begin a plan, whose folder is there at once and whole, and goes if what is inside fails."""
    last = max((plan.display_order for plan in catalogue.plans.values()), default=0)
    text = plan_text(new.area_code, new.area_name, financial_year_of(new.due), last + 1)
    waiting = folder.parent.parent / f".{folder.name}.part"
    shutil.rmtree(waiting, ignore_errors=True)
    has_others = folder.parent.is_dir()
    try:
        waiting.mkdir(parents=True)
        (waiting / PLAN).write_text(text, encoding="utf-8")
        (waiting / TARGETS).write_text(first_lines() + target_text(target), encoding="utf-8")
        folder.parent.mkdir(exist_ok=True)
        waiting.rename(folder)
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if not has_others:
            # Somebody may have put a plan of theirs there meanwhile.
            with suppress(OSError):
                folder.parent.rmdir()
        raise
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


@contextmanager
def _appended(path: Path, target: Target) -> Generator[None]:
    """Put a target at the end of a file; just that goes again, if what is done inside fails.

    Raises:
        InputError: It would not be read as one more target there.
    """
    was_there = path.is_file()
    before = path.read_bytes() if was_there else first_lines().encode()
    text = ("" if before.endswith(b"\n") or not before else "\n") + target_text(target)
    added = (text.replace("\n", "\r\n") if b"\r\n" in before else text).encode()
    if _targets(before + added, path)[:-1] != _targets(before, path):
        raise InputError.of(place(path), "no target can be put at its end", "add it by hand")
    try:
        with path.open("ab") as file:
            file.write(added if was_there else before + added)
        yield
    except BaseException:
        if was_there:
            _take_out(path, before, added)
        else:
            path.unlink(missing_ok=True)
        raise


def _take_out(path: Path, before: bytes, added: bytes) -> None:
    """Take out what was added; what a person wrote there meanwhile stays."""
    now = path.read_bytes()
    if now != before and (before + added).startswith(now):
        # The disk was full half-way, or all of it is there.
        path.write_bytes(before)
    elif added in now:
        path.write_bytes(now.replace(added, b"", 1))


def _targets(content: bytes, path: Path) -> list[Any]:
    try:
        return tomllib.loads(content.decode("utf-8")).get("target", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError.of(
            place(path), f"no target can be put at its end: {error}", "add it by hand"
        ) from error
