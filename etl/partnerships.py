"""A partnership found by what a person calls it."""

from __future__ import annotations

import difflib

from etl.datadir import DataDir
from etl.problems import InputError
from etl.raw import areas_of_loads, known_areas


def partnership_named(data: DataDir, asked: str) -> tuple[str, str]:
    """Return code and name of a partnership.

    Args:
        data: The data folder, whose loads may describe more than the reference tables.
        asked: Its code or its name.

    Raises:
        InputError: There is no such partnership; says which is the nearest.
    """
    names: dict[str, str] = {}
    for areas in (known_areas(data), areas_of_loads(data)):
        own = areas[areas["area_kind"].eq("partnership")]
        names |= dict(zip(own["area_code"], own["area_name"], strict=True))
    by_name = {name.casefold(): code for code, name in names.items()}
    code = asked if asked in names else by_name.get(asked.strip().casefold(), "")
    if code:
        return code, names[code]
    near = difflib.get_close_matches(asked.casefold(), [*by_name, *names], n=1)
    meant = f"did you mean {names.get(near[0]) or names[by_name[near[0]]]}? " if near else ""
    raise InputError.of(
        "partnership",
        "there is no such partnership",
        f"{meant}Codes begin with E22 or W22: data/reference/areas.csv lists them",
        value=asked,
    )
