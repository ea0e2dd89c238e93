"""The forces as data.police.uk prints them, with the codes that ONS has for their areas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pandas as pd

from etl.datadir import PROJECT_DATA
from etl.observation import measure_name
from etl.sources import AREA_COLUMNS

FORCES = PROJECT_DATA / "reference" / "police_uk_forces.csv"
_UNASSIGNED = "unassigned:"
_OTHER = "other:"


@dataclass(frozen=True, slots=True)
class ReportingForce:
    """A body that records crime.

    Attributes:
        code: ONS code of its area; "other:…" where it has none (British Transport Police).
        name: As other publications print it.
    """

    code: str
    name: str

    @property
    def unassigned_code(self) -> str:
        """Return the area that its records without a place are counted in."""
        return _UNASSIGNED + self.code.removeprefix(_OTHER)


def reporting_force(printed: str) -> ReportingForce:
    """Return a force by the name that data.police.uk prints; an unknown one by that name."""
    return _by_name().get(printed.strip().casefold()) or _without_code(printed.strip())


def forces_by_printed_name(printed: Iterable[str]) -> dict[str, ReportingForce]:
    """Return forces by the names that data.police.uk prints."""
    return {name: reporting_force(name) for name in printed}


def force_of_file(name: str) -> ReportingForce | None:
    """Return the force that a street-level file's name has as "hampshire"."""
    return _by_file().get(name)


def areas_without_place(forces: Iterable[ReportingForce]) -> pd.DataFrame:
    """Return the areas that forces without a code, and records without a place, are counted in.

    Returns:
        Rows with `AREA_COLUMNS`.
    """
    rows = []
    for force in dict.fromkeys(forces):
        name, code = force.name, force.code
        rows.append([force.unassigned_code, f"Unassigned {name}", "unassigned", code, name, ""])
        if code.startswith(_OTHER):
            rows.append([code, name, "other", code, name, ""])
    return pd.DataFrame(rows, columns=AREA_COLUMNS, dtype="str")


def _without_code(name: str) -> ReportingForce:
    return ReportingForce(_OTHER + measure_name(name), name)


@cache
def _by_name() -> dict[str, ReportingForce]:
    return {name.casefold(): force for name, force in _column("reported_by").items()}


@cache
def _by_file() -> dict[str, ReportingForce]:
    return _column("file_name")


def _column(key: str) -> dict[str, ReportingForce]:
    """Return the forces of the reference table by one of its columns."""
    table = pd.read_csv(FORCES, dtype="str", keep_default_na=False)
    return {
        printed: ReportingForce(code, name) if code else _without_code(name)
        for printed, code, name in zip(
            table[key], table["force_code"], table["force_name"], strict=True
        )
    }
