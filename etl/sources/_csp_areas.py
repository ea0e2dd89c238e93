"""What the rows of a Community Safety Partnership table are about.

A row is a partnership, a whole force, what a force could not place in a partnership
("Unassigned Surrey"), or a place outside all of them ("Manchester Airport").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from etl.observation import measure_name
from etl.sources._ons_areas import AREA_CODE, ASK_FOR_CODE, KIND_BY_CODE, Place, PlaceError
from etl.sources._workbook import without_notes

#: The columns that say what a row is about, by the two words their headings have in common.
PLACE_COLUMNS = {
    "force_code": ("police force", "code"),
    "force_name": ("police force", "name"),
    "partnership_code": ("community safety partnership", "code"),
    "partnership_name": ("community safety partnership", "name"),
    "authority_code": ("local authority", "code"),
    "authority_name": ("local authority", "name"),
}

PARTNERSHIP_CODE = re.compile(r"E22[0-9]{6}|W(?:14|22)[0-9]{6}")
_UNASSIGNED = "unassigned"

#: Codes of a partnership's authorities by force and partnership name.
Combined = Mapping[tuple[str, str], tuple[str, ...]]


def place_column(heading: str) -> str | None:
    """Return which of `PLACE_COLUMNS` a heading names, or None."""
    words = heading.casefold()
    for column, (subject, what) in PLACE_COLUMNS.items():
        if subject in words and words.endswith(what):
            return column
    return None


def place_heading(column: str, headings: Iterable[str]) -> str:
    """Return the heading of one of `PLACE_COLUMNS` among a table's headings."""
    return next((heading for heading in headings if place_column(heading) == column), column)


def force_codes(places: pd.DataFrame) -> dict[str, str]:
    """Return the code of every force by its name in lower case.

    A force's own total says its code; a force without one (City of London) takes it from its
    partnerships. Unassigned rows are not asked: some carry the code of another force.

    Args:
        places: The columns of `PLACE_COLUMNS`, one row an area.
    """
    total = places["partnership_code"].eq("") & places["partnership_name"].eq("")
    partnership = places["partnership_code"].ne("")
    codes: dict[str, str] = {}
    for group in (places[total], places[partnership]):
        for code, name in zip(group["force_code"], group["force_name"], strict=True):
            if AREA_CODE.fullmatch(code):
                codes.setdefault(_key(name), code)
    return codes


def combined_authorities(listed: pd.DataFrame) -> Combined:
    """Return which authorities each combined partnership covers.

    Args:
        listed: The list's `force_name`, `partnership_name` and `authority_code`; a blank name
            continues the row above.
    """
    named = listed[["force_name", "partnership_name"]].replace("", None).ffill().fillna("")
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for force, partnership, code in zip(
        named["force_name"], named["partnership_name"], listed["authority_code"], strict=True
    ):
        if AREA_CODE.fullmatch(code):
            key = _key(force), _key(partnership)
            found[key] = (*found.get(key, ()), code)
    return found


def place_of(row: Mapping[str, str], forces: Mapping[str, str], combined: Combined) -> Place:
    """Return what a row is about.

    Args:
        row: Text by `PLACE_COLUMNS`.
        forces: Result of `force_codes`.
        combined: Result of `combined_authorities`.

    Raises:
        PlaceError: A code is missing or malformed, or the force is unknown.
    """
    force_name = without_notes(row["force_name"])
    force_code = forces.get(_key(row["force_name"]), "")
    name = without_notes(row["partnership_name"])
    if row["partnership_code"]:
        code, kind = _partnership_code(row["partnership_code"]), "partnership"
    elif not name:
        code, kind, name = _force_code(row["force_code"]), _kind(row["force_code"]), force_name
    elif AREA_CODE.search(row["authority_code"]):
        raise PlaceError("partnership_code", "a partnership has no code", ASK_FOR_CODE)
    elif not measure_name(name):
        raise PlaceError("partnership_name", "a row of figures has no name", "write the name")
    elif not name.casefold().startswith(_UNASSIGNED):
        code, kind = f"other:{measure_name(name)}", "other"
    elif force_code:
        code, kind, name = f"{_UNASSIGNED}:{force_code}", _UNASSIGNED, f"Unassigned {force_name}"
    else:
        raise PlaceError("force_name", "no force of this name has a code", ASK_FOR_CODE)
    authorities = ";".join(_authorities(row, combined)) if kind == "partnership" else ""
    return Place(code, name, kind, force_code or row["force_code"], force_name, authorities)


def _partnership_code(code: str) -> str:
    if not PARTNERSHIP_CODE.fullmatch(code):
        rule = "this is not the code of a Community Safety Partnership (E22... or W14...)"
        raise PlaceError("partnership_code", rule, ASK_FOR_CODE)
    return code


def _force_code(code: str) -> str:
    if not AREA_CODE.fullmatch(code):
        rule = "this is not the code of a police force area (E23... or W15...)"
        raise PlaceError("force_code", rule, ASK_FOR_CODE)
    return code


def _kind(code: str) -> str:
    return KIND_BY_CODE.get(code[:3], "force")


def _authorities(row: Mapping[str, str], combined: Combined) -> tuple[str, ...]:
    """Return a partnership's authorities: its own cell, or the list of combined ones.

    Raises:
        PlaceError: There is a list, the row refers to it, and the partnership is not on it.
    """
    stated = tuple(AREA_CODE.findall(row["authority_code"]))
    if stated or not row["authority_code"] or not combined:
        return stated
    key = _key(row["force_name"]), _key(row["partnership_name"])
    if key not in combined:
        rule = "the list of combined local authorities does not name this partnership"
        raise PlaceError("authority_code", rule, "add its authorities to that list")
    return combined[key]


def _key(name: str) -> str:
    return without_notes(name).casefold()
