"""The whole catalogue of a data folder, with the references between its files checked."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.catalogue.entry import Entry
from etl.catalogue.indicator import Indicator
from etl.catalogue.parse import E, entry, place, read_csv_entries, read_toml
from etl.catalogue.plan import Action, DataNote, Peer, Plan, PublishedFigure
from etl.catalogue.target import GoalFilledIn, Target
from etl.datadir import DataDir
from etl.offences import GROUP_SCHEME, OFFENCE_PREFIX, Classification, load_classification
from etl.problems import InputError, Problem

ILLUSTRATIVE = "illustrative"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that is known before a single figure is loaded.

    Attributes:
        indicators: By id.
        plans: By id, in the order in which they are offered.
        illustrative_indicators: Ids of indicators that only the illustrative set has.
        goals_filled_in: Made-up goals of the illustrative set.
        placeholders: Made-up targets of the illustrative set.
        classification: Offence codes and their groups.
    """

    indicators: Mapping[str, Indicator]
    plans: Mapping[str, Plan]
    illustrative_indicators: frozenset[str]
    goals_filled_in: tuple[GoalFilledIn, ...]
    placeholders: tuple[Target, ...]
    classification: Classification


def load_catalogue(data: DataDir) -> Catalogue:
    """Parse indicators and plans.

    Raises:
        InputError: Something is wrong; carries every problem, with file, entry and field.
    """
    problems: list[Problem] = []
    own = _indicators(data.files("indicators", "*.toml"), problems)
    made_up = _indicators(data.files(f"{ILLUSTRATIVE}/indicators", "*.toml"), problems)
    goals, placeholders = _illustrative_targets(data, problems)
    plans = [_plan(folder, problems) for folder in data.folders("plans")]
    catalogue = Catalogue(
        indicators=own | made_up,
        plans={plan.id: plan for plan in sorted(filter(None, plans), key=_order)},
        illustrative_indicators=frozenset(made_up),
        goals_filled_in=goals,
        placeholders=placeholders,
        classification=load_classification(data),
    )
    problems.extend(_broken_references(catalogue))
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


def _illustrative_targets(
    data: DataDir, problems: list[Problem]
) -> tuple[tuple[GoalFilledIn, ...], tuple[Target, ...]]:
    goals: list[GoalFilledIn] = []
    placeholders: list[Target] = []
    for path in data.files(ILLUSTRATIVE, "targets.toml"):
        goals += _entries(path, "target", GoalFilledIn, problems)
        placeholders += _entries(path, "placeholder", Target, problems)
    return tuple(goals), tuple(placeholders)


def _broken_references(catalogue: Catalogue) -> Iterable[Problem]:
    """Yield a problem for every id that names something which is not there, or stands twice."""
    known = catalogue.indicators
    for indicator in known.values():
        if indicator.id.startswith(OFFENCE_PREFIX):
            yield Problem(
                f"indicators/{indicator.id}.toml", 0, "id", indicator.id,
                f"ids that begin with {OFFENCE_PREFIX} are those that the build gives to offences",
                "call the file otherwise",
            )  # fmt: skip
        yield from _unknown_groups(indicator, catalogue.classification.group_names)
        if indicator.part_of:
            yield from _unknown(
                f"indicators/{indicator.id}.toml", "part_of", [indicator.part_of], known
            )
        yield from _unknown(
            f"indicators/{indicator.id}.toml", "recorded", indicator.recorded, known
        )
    for plan in catalogue.plans.values():
        folder = plan.id
        for target in plan.targets:
            field = f"[[target]] {target.id} indicator"
            yield from _unknown(f"{folder}/targets.toml", field, [target.indicator], known)
        for priority in plan.priority:
            field = f"[[priority]] {priority.id} indicators"
            yield from _unknown(f"{folder}/plan.toml", field, priority.indicators, known)
        tables: dict[str, Iterable[tuple[str, str]]] = {
            "published.csv": ((row.id, row.indicator.replace("+", ";")) for row in plan.published),
            "notes.csv": ((row.id, row.indicator) for row in plan.notes),
            "actions.csv": ((row.id, row.indicators) for row in plan.actions),
        }
        for name, rows in tables.items():
            for row_id, ids in rows:
                named = [each.strip() for each in ids.split(";") if each.strip()]
                yield from _unknown(f"{folder}/{name}", f"{row_id} indicator", named, known)
        yield from _doubled(plan)


def _unknown_groups(indicator: Indicator, known: list[str]) -> Iterable[Problem]:
    for numerator in indicator.numerator:
        for measure in numerator.measures:
            group = measure.removeprefix(GROUP_SCHEME)
            if group != measure and group not in known:
                near = difflib.get_close_matches(group, known, n=1)
                hint = f"did you mean {GROUP_SCHEME}{near[0]}? " if near else ""
                yield Problem(
                    f"indicators/{indicator.id}.toml", 0, "[[numerator]] measures", measure,
                    "the offence tables have no such group",
                    f"{hint}Groups are the names of data/reference/offence_subgroups.csv",
                )  # fmt: skip


def _unknown(
    file: str, field: str, ids: Iterable[str], known: Mapping[str, object]
) -> Iterable[Problem]:
    for name in ids:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}? " if near else ""
            yield Problem(
                file, 0, field, name, "there is no such indicator", f"{hint}or add its TOML file"
            )


def _doubled(plan: Plan) -> Iterable[Problem]:
    tables: dict[str, list[str]] = {
        "targets.toml": [target.id for target in plan.targets],
        "published.csv": [row.id for row in plan.published],
        "notes.csv": [row.id for row in plan.notes],
        "actions.csv": [row.id for row in plan.actions],
    }
    for name, ids in tables.items():
        for doubled in sorted({each for each in ids if ids.count(each) > 1}):
            yield Problem(
                f"{plan.id}/{name}", 0, "id", doubled, "this id stands twice", "give each its own"
            )


def entries_as_rows(entries: Iterable[Entry], **more: object) -> list[dict[str, object]]:
    """Return entries as plain rows, each with the further columns given."""
    return [more | each.model_dump() for each in entries]
