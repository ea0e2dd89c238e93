"""What the rows of a table by police force area are about.

A row is a force, a region, a country, or something that has no code: British Transport Police,
victims whose force is unknown, or a country without one of its forces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.observation import measure_name
from etl.sources._ons_areas import AREA_CODE, ASK_FOR_CODE, KIND_BY_CODE, Place, PlaceError
from etl.sources._workbook import without_notes

#: A code with the note mark of the area's name stuck to it.
_MARKED_CODE = re.compile(rf"({AREA_CODE.pattern})([0-9]{{0,2}})")
_LOOKS_LIKE_CODE = re.compile(r"[A-Z][0-9]+", re.IGNORECASE)
_LEFT_OUT = re.compile(r"\(exc(?:l|luding)?\b\.?\s*([^)]*)\)", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_SMALL_WORDS = re.compile(r"\b(And|Of|The)\b")
#: Words by which the name of one area differs from sheet to sheet.
_FREE_WORDS = {"and", "of", "the", "region"}
_CODE_LENGTH, _KIND_LENGTH = len("E23000030"), len("E23")


def looks_like_code(text: str) -> bool:
    """Return whether a cell holds an area's code, right or wrong; footnotes do not."""
    return bool(_LOOKS_LIKE_CODE.fullmatch(text))


def place_of(code: str, name: str) -> Place:
    """Return what a row is about.

    Args:
        code: Cell of the code, "" for what has none.
        name: Cell of the name, note marks included.

    Raises:
        PlaceError: The code is not one of a force, region or country, or there is no name.
    """
    plain = without_notes(name)
    if not measure_name(plain):
        raise PlaceError("Area Name", "a row of figures has no area", "write the area's name")
    left_out = _LEFT_OUT.search(plain)
    title = _title_case(_BRACKETS.sub("", plain))
    if left_out or not code:
        title += f" (excluding {left_out[1].strip()})" if left_out else ""
        return Place(f"other:{measure_name(title)}", title, "other", "", "", "")
    marked = _MARKED_CODE.fullmatch(code)
    kind = KIND_BY_CODE.get(code[:3]) if marked else None
    if marked is None or kind is None:
        rule = "this is not the code of a force, region or country (E23, W15, E12, E92, W92, K04)"
        raise PlaceError("Area Code", rule, ASK_FOR_CODE)
    force = (marked[1], title) if kind == "force" else ("", "")
    return Place(marked[1], title, kind, *force, "")


class NamesElsewhere:
    """Which codes every name has on each sheet of a workbook: sheets check each other."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Take up rows of sheet, code and name."""
        self._codes: dict[frozenset[str], dict[str, set[str]]] = {}
        for sheet, code, name in rows:
            of_name = self._codes.setdefault(_words(name), {})
            of_name.setdefault(sheet, set()).add(code[:_CODE_LENGTH])

    def check(self, sheet: str, code: str, name: str) -> None:
        """Raise `PlaceError` where another sheet has another code for this name.

        A region and a force can have one name: only codes of one kind are compared.
        """
        kind, code = code[:_KIND_LENGTH], code[:_CODE_LENGTH]
        for other, codes in self._codes.get(_words(name), {}).items():
            of_kind = {each for each in codes if each and (each.startswith(kind) or not kind)}
            if other != sheet and of_kind and code not in of_kind:
                rule = f"another sheet gives {without_notes(name)} the code {min(of_kind)}"
                raise PlaceError("Area Code", rule, "correct the sheet that is wrong")


def _words(name: str) -> frozenset[str]:
    """Return the words that tell an area's name from others, however it is written."""
    return frozenset(measure_name(without_notes(name)).split("_")) - _FREE_WORDS


def _title_case(name: str) -> str:
    if not name.isupper():
        return name
    return _SMALL_WORDS.sub(lambda word: word[0].lower(), name.title())
