"""Indicators of single offences: what the catalogue leaves to the classification of offences.

A meeting looks at the indicators of `data/indicators/`, an analyst at any offence. So each group,
subgroup and code of the classification, and each type of `offence_types.csv`, of which figures are
loaded and which no indicator of the catalogue counts already, becomes an indicator when the
database is built: part of the next larger one, with its denominator and its rules for small
counts. Everything that takes an indicator takes these; `indicator.catalogued` tells them apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from etl.catalogue.indicator import Indicator, Numerator
from etl.numerators import parts_of
from etl.observation import measure_name
from etl.offences import (
    ALL_CRIME,
    GROUP_SCHEME,
    MEASURE_SCHEME,
    OFFENCE_PREFIX,
    Classification,
)
from etl.periods import PeriodKind

_HOME_OFFICE = "Home Office police recorded crime open data"
#: Who counts a type, by the scheme of its measure.
_COUNTED_BY = {
    "mps": "Metropolitan Police crime by borough",
    "street": "street-level crime of data.police.uk",
}
_POPULATION = "ons:population"

#: All records of small areas, whose figures `indicator_period.sql` adds under this id: of larger
#: areas it would give away, with all crime, what is suppressed of anti-social behaviour.
OF_SMALL_AREAS = "street:all"

Measures = frozenset[str]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A group, subgroup or code of the classification.

    Attributes:
        name: What follows `offence_` in its id.
        title: What it is called on screen.
        numerator: The measure that names it: `ho_group:rape`, `ho:28G`.
        within: Names of what it is counted in, the smallest first, as `ho_group:` has them.
        definition: What it counts.
    """

    name: str
    title: str
    numerator: str
    within: tuple[str, ...]
    definition: str


def offence_indicators(
    catalogued: Iterable[Indicator], offences: Classification, loaded: Collection[str]
) -> list[Indicator]:
    """Return an indicator for each kind of offence that is loaded and has none in the catalogue.

    Args:
        catalogued: The indicators of the catalogue.
        offences: The offence classification, with the codes that only files have.
        loaded: The measures of all files.

    Returns:
        Larger ones before their parts.
    """
    known = {indicator.id: indicator for indicator in catalogued}
    counted = _by_measures(known.values(), offences)
    types = [row for row in offences.types.to_dict("records") if row["measure_code"] in loaded]
    under_other_names = {row["same_as"] for row in types}
    made: dict[str, Indicator] = {}
    for kind in _kinds(offences):
        measures = _measures(kind.numerator, offences)
        is_loaded = kind.numerator in under_other_names or not measures.isdisjoint(loaded)
        if measures in counted or not is_loaded:
            continue
        parent = _parent(kind, counted, offences)
        made[OFFENCE_PREFIX + kind.name] = _indicator(kind, known.get(parent) or made.get(parent))
        counted[measures] = OFFENCE_PREFIX + kind.name
    for row in types:
        if frozenset([row["measure_code"]]) not in counted:
            same = counted.get(_measures(row["same_as"], offences), "") if row["same_as"] else ""
            own = _with_source(made[same], row) if same in made else _of_type(row, known)
            made[own.id] = own
    if OF_SMALL_AREAS in loaded:
        made[_street_all().id] = _street_all()
    return list(made.values())


def _by_measures(indicators: Iterable[Indicator], offences: Classification) -> dict[Measures, str]:
    """Return the indicator that counts just these measures, by each of its alternatives."""
    found: dict[Measures, str] = {}
    for indicator in indicators:
        if indicator.unit == "percent" or indicator.aggregation != "sum":
            continue
        for numerator in indicator.numerator:
            parts = parts_of(numerator, offences).values()
            found.setdefault(frozenset(each for part in parts for each in part), indicator.id)
    return found


def _measures(numerator: str, offences: Classification) -> Measures:
    parts = parts_of(Numerator(measures=[numerator]), offences).values()
    return frozenset(each for part in parts for each in part)


def _kinds(offences: Classification) -> Iterator[_Kind]:
    """Yield groups, then sections and subgroups, then codes."""
    subgroups = offences.subgroups.to_dict("records")
    for group in dict.fromkeys(row["offence_group"] for row in subgroups):
        yield _group(group, ())
    for row in subgroups:
        if row["section"]:
            yield _group(row["section"].capitalize(), (row["offence_group"],))
    above = {}
    for row in subgroups:
        within = tuple(filter(None, (row["section"], row["offence_group"])))
        above[row["offence_subgroup"]] = within
        yield _group(row["offence_subgroup"], within)
    for row in offences.offences.to_dict("records"):
        subgroup, code = row["offence_subgroup"], row["offence_code"]
        within = (subgroup, *above.get(subgroup, (row["offence_group"],)))
        yield _Kind(
            measure_name(code), f"{row['description']} ({code})", MEASURE_SCHEME + code,
            tuple(map(measure_name, within)), _definition_of_code(row),
        )  # fmt: skip


def _group(title: str, within: tuple[str, ...]) -> _Kind:
    name = measure_name(title)
    definition = f"Recorded offences of the Home Office's category “{title}”."
    return _Kind(name, title, GROUP_SCHEME + name, tuple(map(measure_name, within)), definition)


def _definition_of_code(row: dict[str, str]) -> str:
    text = f"Recorded offences of the Home Office's code {row['offence_code']}: "
    text += row["description"]
    for word, day in (("from", row["valid_from"]), ("until", row["valid_to"])):
        text += f", counted {word} {day}" if day else ""
    return f"{text}. {row['note']}".strip()


def _parent(kind: _Kind, counted: dict[Measures, str], offences: Classification) -> str:
    """Return the indicator of the smallest that a kind is counted in; "" where there is none."""
    own = _measures(kind.numerator, offences)
    for name in (*kind.within, ALL_CRIME):
        measures = _measures(GROUP_SCHEME + name, offences)
        if own < measures and measures in counted:
            return counted[measures]
    return ""


def _indicator(kind: _Kind, parent: Indicator | None) -> Indicator:
    return _made(
        OFFENCE_PREFIX + kind.name, kind.title, [kind.numerator], parent,
        definition=kind.definition, source=_HOME_OFFICE, period_kind="quarter",
    )  # fmt: skip


def _made(
    known: str,
    title: str,
    measures: list[str],
    parent: Indicator | None,
    *,
    definition: str,
    source: str,
    period_kind: PeriodKind,
) -> Indicator:
    return Indicator(
        id=known,
        title=title,
        unit="count",
        denominator=parent.denominator if parent else _POPULATION,
        rate_per=parent.rate_per if parent else 1000,
        lower_is_better=parent.lower_is_better if parent else True,
        period_kind=period_kind,
        small_count_threshold=parent.small_count_threshold if parent else 0,
        sensitive=parent.sensitive if parent else False,
        part_of=parent.id if parent else "",
        definition=definition,
        source=source,
        numerator=[Numerator(measures=measures)],
    )


def _with_source(own: Indicator, row: dict[str, str]) -> Indicator:
    """Return an indicator with a type that another publication prints as a further source."""
    measure = row["measure_code"]
    return own.model_copy(
        update={
            "numerator": [*own.numerator, Numerator(measures=[measure])],
            "source": f"{own.source}; {_counted_by(measure)}",
            "period_kind": "month",
        }
    )


def _of_type(row: dict[str, str], known: Mapping[str, Indicator]) -> Indicator:
    """Return an indicator of a type that is no kind of the classification."""
    measure = row["measure_code"]
    source = _counted_by(measure)
    known_as = OFFENCE_PREFIX + measure.replace(":", "_")
    return _made(
        known_as, row["title"], [measure], known.get(row["part_of"]),
        definition=f"{row['title']}, as {source} counts it. {row['note']}".strip(),
        source=source, period_kind="month",
    )  # fmt: skip


def _street_all() -> Indicator:
    return Indicator(
        id=f"{OFFENCE_PREFIX}street_all",
        title="Street-level crime and anti-social behaviour in small areas",
        unit="count",
        lower_is_better=True,
        period_kind="month",
        definition=(
            "All records of data.police.uk in a small area (LSOA): recorded crime and incidents of "
            "anti-social behaviour together. Places are moved a little by the publisher."
        ),
        source=_counted_by(OF_SMALL_AREAS),
    )


def _counted_by(measure: str) -> str:
    return _COUNTED_BY.get(measure.partition(":")[0], "the file that prints it")
