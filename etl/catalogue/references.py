"""Every name in the catalogue is of something that is there, and stands once."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from etl.catalogue.indicator import Indicator
from etl.catalogue.plan import Plan
from etl.offences import GROUP_SCHEME, OFFENCE_PREFIX
from etl.problems import Problem

_FILES = {
    "targets": ("targets.toml", "[[target]] "),
    "priority": ("plan.toml", "[[priority]] "),
    "published": ("published.csv", ""),
    "notes": ("notes.csv", ""),
    "actions": ("actions.csv", ""),
}
"""The file of a plan's folder that each part stands in, and how an entry is named there."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with one entry of a plan.

    Attributes:
        part: The field of `Plan` that the entry stands in.
        entry_id: The id of the entry.
        field: The field of the entry.
        value: What stands there.
        rule: The rule that it breaks.
        what_to_do: What the user does next.
    """

    part: str
    entry_id: str
    field: str
    value: str
    rule: str
    what_to_do: str

    def in_folder(self, plan_id: str) -> Problem:
        """Return it as a problem of a file in the plan's folder."""
        name, before = _FILES[self.part]
        column = "id" if self.field == "id" else f"{before}{self.entry_id} {self.field}"
        return Problem(f"{plan_id}/{name}", 0, column, self.value, self.rule, self.what_to_do)


def indicator_problems(
    known: Mapping[str, Indicator], group_names: Collection[str]
) -> Iterator[Problem]:
    """Yield what is wrong with the names that indicators use.

    Args:
        known: Indicators by id.
        group_names: The groups of the offence tables.
    """
    for indicator in known.values():
        file = f"indicators/{indicator.id}.toml"
        if indicator.id.startswith(OFFENCE_PREFIX):
            yield Problem(
                file, 0, "id", indicator.id,
                f"ids that begin with {OFFENCE_PREFIX} are those that the build gives to offences",
                "call the file otherwise",
            )  # fmt: skip
        for numerator in indicator.numerator:
            for measure in numerator.measures:
                group = measure.removeprefix(GROUP_SCHEME)
                if group != measure and group not in group_names:
                    yield Problem(
                        file, 0, "[[numerator]] measures", measure,
                        "the offence tables have no such group",
                        f"{_nearest(group, group_names, GROUP_SCHEME)}Groups are the names of "
                        "data/reference/offence_subgroups.csv",
                    )  # fmt: skip
        used = {"part_of": [indicator.part_of] if indicator.part_of else [],
                "recorded": indicator.recorded}  # fmt: skip
        for field, ids in used.items():
            for name, rule, what_to_do in _unknown(ids, known):
                yield Problem(file, 0, field, name, rule, what_to_do)


def faults_of(plan: Plan, known: Collection[str]) -> Iterator[Fault]:
    """Yield a fault for every id of a plan that names nothing, or stands twice.

    Args:
        plan: The plan.
        known: Ids of the indicators.
    """
    named = [
        *(("targets", each.id, "indicator", [each.indicator]) for each in plan.targets),
        *(("priority", each.id, "indicators", each.indicators) for each in plan.priority),
        *(
            (part, row_id, "indicator", [each.strip() for each in ids.split(";") if each.strip()])
            for part, row_id, ids in _rows(plan)
        ),
    ]
    for part, entry_id, field, ids in named:
        for name, rule, what_to_do in _unknown(ids, known):
            yield Fault(part, entry_id, field, name, rule, what_to_do)
    own = {each.id for each in plan.targets}
    for each in plan.targets:
        shared, others = each.reward_shared_with, own - {each.id}
        if shared and shared not in others:
            rule, what_to_do = "no other target of the plan has this id", _nearest(shared, others)
            yield Fault(
                "targets", each.id, "reward_shared_with", shared, rule,
                f"{what_to_do}or leave it out",
            )  # fmt: skip
    for part in ("targets", "published", "notes", "actions"):
        ids = [each.id for each in getattr(plan, part)]
        for doubled in sorted({each for each in ids if ids.count(each) > 1}):
            yield Fault(part, doubled, "id", doubled, "this id stands twice", "give each its own")


def _rows(plan: Plan) -> Iterator[tuple[str, str, str]]:
    """Yield the entries that name indicators in one cell: part, id, and the cell."""
    yield from (("published", row.id, row.indicator.replace("+", ";")) for row in plan.published)
    yield from (("notes", row.id, row.indicator) for row in plan.notes)
    yield from (("actions", row.id, row.indicators) for row in plan.actions)


def _unknown(ids: Iterable[str], known: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield each id that is not known, with the rule and what to do."""
    for name in ids:
        if name not in known:
            yield (
                name,
                "there is no such indicator",
                f"{_nearest(name, known)}or add its TOML file",
            )


def _nearest(name: str, known: Iterable[str], scheme: str = "") -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"did you mean {scheme}{near[0]}? " if near else ""
