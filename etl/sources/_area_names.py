"""Areas by the names that publications give them, where they give no codes."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache

import pandas as pd

from etl.datadir import PROJECT_DATA, DataDir
from etl.observation import measure_name
from etl.sources import AREA_COLUMNS

OTHER = "other:"
_UNASSIGNED = "unassigned"
_AIRPORT = "airport"


class UnknownNameError(Exception):
    """No area has this name; carries the nearest name that one has, or ""."""

    def __init__(self, name: str, nearest: str) -> None:
        """Keep what a problem needs."""
        super().__init__(name)
        self.nearest = nearest


@dataclass(frozen=True)
class AreaNames:
    """Codes of forces and partnerships by name.

    Attributes:
        areas: Every known area by its code, with the fields of `AREA_COLUMNS`.
        codes: Area codes by kind ("force", "partnership") and folded name.
        others: Names of bodies without an area, by code.
        parts: Names of areas that are now part of another, folded, with that one's code.
    """

    areas: dict[str, dict[str, str]]
    codes: dict[tuple[str, str], str]
    others: dict[str, str]
    parts: dict[str, str]

    def force(self, name: str) -> str:
        """Return the code of a force, or "other:…" for a body that is no territorial force.

        Raises:
            UnknownNameError: No force has this name.
        """
        return self._code("force", name)

    def partnership(self, force: str, name: str) -> str:
        """Return the code of a partnership, or what its force could not place.

        Args:
            force: Code of its force.
            name: As printed; "" and "Unassigned Kent" are what Kent could not place.

        Raises:
            UnknownNameError: No partnership has this name.
        """
        folded = _folded(name)
        if force.startswith(OTHER):
            return force
        if not folded or folded.startswith(_UNASSIGNED):
            return f"{_UNASSIGNED}:{force}"
        if folded.endswith(_AIRPORT):
            return OTHER + measure_name(name)
        return self._code("partnership", name)

    def is_part(self, code: str, name: str) -> bool:
        """Return whether a name is that of a part of the area, not of the whole."""
        return self.parts.get(_folded(name)) == code

    def describe(self, code: str, name: str, force: str) -> dict[str, str]:
        """Return the fields of `AREA_COLUMNS` for an area that a file names."""
        if code in self.areas:
            return self.areas[code]
        own = self.areas.get(force, {"area_name": name})
        unassigned = code.startswith(_UNASSIGNED)
        return {
            "area_code": code,
            "area_name": (
                f"Unassigned {own['area_name']}" if unassigned else self.others.get(code, name)
            ),
            "area_kind": _UNASSIGNED if unassigned else "other",
            "force_code": "" if force.startswith(OTHER) else force,
            "force_name": "" if force.startswith(OTHER) else own["area_name"],
            "local_authority_codes": "",
        }

    def _code(self, kind: str, name: str) -> str:
        folded = _folded(name)
        if (code := self.codes.get((kind, folded))) is not None:
            return code
        known = {each: code for (of_kind, each), code in self.codes.items() if of_kind == kind}
        near = difflib.get_close_matches(folded, known, n=1)
        raise UnknownNameError(name, self._title(known[near[0]]) if near else "")

    def _title(self, code: str) -> str:
        return f"{self.areas[code]['area_name']} ({code})" if code in self.areas else code


@cache
def area_names() -> AreaNames:
    """Return the names of `data/reference/areas.csv` and of `area_names.csv` beside it."""
    data = DataDir(PROJECT_DATA)
    listed = pd.concat(_read(data, "areas.csv"))[AREA_COLUMNS]
    areas = {row["area_code"]: row for row in listed.to_dict("records")}
    codes = {(row["area_kind"], _folded(row["area_name"])): code for code, row in areas.items()}
    others: dict[str, str] = {}
    parts: dict[str, str] = {}
    for row in pd.concat(_read(data, "area_names.csv")).to_dict("records"):
        code = row["area_code"]
        kind = "force" if code.startswith(OTHER) else areas[code]["area_kind"]
        codes.setdefault((kind, _folded(row["alias"])), code)
        if code.startswith(OTHER):
            others.setdefault(code, row["alias"])
        if row["why"].startswith("part of"):
            parts[_folded(row["alias"])] = code
    return AreaNames(areas, codes, others, parts)


def _read(data: DataDir, name: str) -> list[pd.DataFrame]:
    return [
        pd.read_csv(path, dtype="str", keep_default_na=False)
        for path in data.files("reference", name)
    ]


def _folded(name: str) -> str:
    """Return a name without case, punctuation and "&", so that spellings agree."""
    return measure_name(name.replace("&", " and "))
