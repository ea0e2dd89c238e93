"""The whole catalogue of a data folder, with the references between its files checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.catalogue.entry import Entry
from etl.catalogue.indicator import Indicator
from etl.catalogue.parse import E, entry, place, read_csv_entries, read_toml
from etl.catalogue.plan import Action, DataNote, Peer, Plan, PublishedFigure
from etl.catalogue.references import faults_of, indicator_problems
from etl.catalogue.target import GoalFilledIn, Target
from etl.datadir import DataDir
from etl.offences import Classification, load_classification
from etl.problems import InputError, Problem

ILLUSTRATIVE = "illustrative"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that is known before a single figure is loaded.

    Attributes:
        indicators: By id.
        plans: By id, in the order in which they are offered.
        goals_filled_in: Made-up goals of the illustrative set.
        classification: Offence codes and their groups.
    """

    indicators: Mapping[str, Indicator]
    plans: Mapping[str, Plan]
    goals_filled_in: tuple[GoalFilledIn, ...]
    classification: Classification


def load_catalogue(data: DataDir) -> Catalogue:
    """Parse indicators and plans.

    Raises:
        InputError: Something is wrong; carries every problem, with file, entry and field.
    """
    problems: list[Problem] = []
    indicators = _indicators(data.files("indicators", "*.toml"), problems)
    goals = [
        goal
        for path in data.files(ILLUSTRATIVE, "targets.toml")
        for goal in _entries(path, "target", GoalFilledIn, problems)
    ]
    plans = [_plan(folder, problems) for folder in data.folders("plans")]
    catalogue = Catalogue(
        indicators=indicators,
        plans={plan.id: plan for plan in sorted(filter(None, plans), key=_order)},
        goals_filled_in=tuple(goals),
        classification=load_classification(data),
    )
    problems.extend(indicator_problems(catalogue.indicators, catalogue.classification.group_names))
    for plan in catalogue.plans.values():
        problems.extend(fault.in_folder(plan.id) for fault in faults_of(plan, catalogue.indicators))
    if problems:
        raise InputError(problems)
    return catalogue


def _order(plan: Plan) -> tuple[int, str]:
    return plan.display_order, plan.id


def _indicators(paths: Iterable[Path], problems: list[Problem]) -> dict[str, Indicator]:
    parsed = (
        entry(Indicator, {"id": path.stem} | read_toml(path), file=place(path), problems=problems)
        for path in paths
    )
    return {indicator.id: indicator for indicator in parsed if indicator is not None}


def _plan(folder: Path, problems: list[Problem]) -> Plan | None:
    """Return the plan of a folder; its other files are read into it."""
    path = folder / "plan.toml"
    if not path.is_file():
        problems.append(
            Problem(f"plans/{folder.name}", 0, "", "", "there is no plan.toml", "add plan.toml")
        )
        return None
    fields = read_toml(path) | {
        "id": folder.name,
        "targets": _entries(folder / "targets.toml", "target", Target, problems),
        "published": read_csv_entries(folder / "published.csv", PublishedFigure, problems),
        "notes": read_csv_entries(folder / "notes.csv", DataNote, problems),
        "actions": read_csv_entries(folder / "actions.csv", Action, problems),
        "peers": read_csv_entries(folder / "peers.csv", Peer, problems),
    }
    return entry(Plan, fields, file=place(path), problems=problems)


def _entries(path: Path, table: str, model: type[E], problems: list[Problem]) -> list[E]:
    """Return the `[[table]]` entries of a TOML file that need not be there."""
    if not path.is_file():
        return []
    parsed = (
        entry(
            model,
            fields,
            file=place(path),
            problems=problems,
            name=f"[[{table}]] {fields.get('id', fields.get('target', position))}",
        )
        for position, fields in enumerate(read_toml(path).get(table, []), start=1)
    )
    return [each for each in parsed if each is not None]


def entries_as_rows(entries: Iterable[Entry], **more: object) -> list[dict[str, object]]:
    """Return entries as plain rows, each with the further columns given."""
    return [more | each.model_dump() for each in entries]
