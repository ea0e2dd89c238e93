"""Partnerships: found by what a person calls them, and the areas that are counted in them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

import pandas as pd

from etl.datadir import DataDir
from etl.loaded_parts import areas_of_loads, links_of_loads
from etl.problems import InputError
from etl.raw import known_areas
from etl.reading import CheckedFile

SMALL_AREA, DISTRICT, PARTNERSHIP = "lsoa", "district", "partnership"


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


def links_with(data: DataDir, files: Iterable[CheckedFile]) -> pd.DataFrame:
    """Return which area lies in which by what is loaded and by files, with `LINK_COLUMNS`."""
    own = (checked.reading.links for checked in files)
    return pd.concat([links_of_loads(data), *own], ignore_index=True)


def partnerships_of_districts(data: DataDir, links: pd.DataFrame) -> pd.DataFrame:
    """Return which partnerships a district lies in, as `stg_district_parent.sql` has it.

    Args:
        data: The data folder, with the districts that took the place of others.
        links: As `links_with` gives them.

    Returns:
        area_code and parent_code: by the latest lookup that has the district, or by those of its
        successor.
    """
    up = links[links["area_kind"].eq(DISTRICT) & links["parent_kind"].eq(PARTNERSHIP)]
    latest = up.groupby("area_code")["vintage"].transform("max")
    up = up[up["vintage"].eq(latest)][["area_code", "parent_code"]].drop_duplicates()
    return pd.concat([up, _inherited(data, up)], ignore_index=True)


def districts_of_small_areas(links: pd.DataFrame) -> pd.Series:
    """Return the district of a small area by the latest lookup that has it, by its code."""
    small = links[links["area_kind"].eq(SMALL_AREA) & links["parent_kind"].eq(DISTRICT)]
    small = small.sort_values("vintage").drop_duplicates("area_code", keep="last")
    return small.set_index("area_code")["parent_code"]


def partnerships_of_areas(data: DataDir, files: Iterable[CheckedFile]) -> pd.Series:
    """Return the partnership that a small area's or district's street-level counts are added to.

    A district that lies in several partnerships is in none, and neither is another district of
    theirs, as `stg_reported_place.sql` has it.

    Args:
        data: The data folder: lookups loaded before count.
        files: What was found in each, and so lookups among them.

    Returns:
        Codes of partnerships by code of the area; the areas of none are not in it.
    """
    links = links_with(data, files)
    up = partnerships_of_districts(data, links)
    split = up.loc[up["area_code"].duplicated(keep=False), "parent_code"]
    partnership = up[~up["parent_code"].isin(split)].set_index("area_code")["parent_code"]
    return pd.concat([partnership, districts_of_small_areas(links).map(partnership).dropna()])


def _inherited(data: DataDir, up: pd.DataFrame) -> pd.DataFrame:
    """Return the links of districts that only their successors have."""
    frames = [
        pd.read_csv(path, dtype="str", keep_default_na=False)
        for path in data.files("reference", "area_lineage.csv")
    ]
    lineage = pd.concat(frames, ignore_index=True)[["area_code", "successor_code"]]
    gone = lineage[~lineage["area_code"].isin(up["area_code"])]
    of_successor = up[["area_code", "parent_code"]].rename(columns={"area_code": "successor_code"})
    return gone.merge(of_successor)[["area_code", "parent_code"]].drop_duplicates()


def partnerships_of_authorities(rows: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Return rows of partnerships that are given, or all of whose local authorities are.

    Args:
        rows: With area_code.
        areas: area_kind and local_authority_codes, by code.

    Returns:
        area_code.
    """
    given = set(rows["area_code"])
    own = areas.loc[areas["area_kind"].eq(PARTNERSHIP), "local_authority_codes"]
    whole = own.map(lambda codes: bool(codes) and given.issuperset(codes.split(";")))
    return pd.DataFrame({"area_code": own.index[whole | own.index.isin(given)]})
