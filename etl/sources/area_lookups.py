"""ONS lookups: which small area lies in which ward, district, partnership and force.

A file has columns of codes and of names of several kinds of area, each with the year of its codes:
`lsoa21_code`, `ltla24_name`, or as ONS itself heads them `LSOA21CD`, `LAD17NM`. A file with one
kind in several years says which codes replaced which.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from etl.datadir import PROJECT_DATA
from etl.observation import observations
from etl.problems import InputError, Problem
from etl.sources import AREA_COLUMNS, LINK_COLUMNS, Reading, Source
from etl.sources._csv import ROW_NUMBER, row_problems
from etl.sources._published_csv import headings, read_published_csv

#: Kinds of area by the word of their column, the smallest first.
KINDS = {
    "lsoa": "lsoa",
    "ward": "ward",
    "wd": "ward",
    "ltla": "district",
    "lad": "district",
    "csp": "partnership",
    "pfa": "force",
}
_ORDER = list(dict.fromkeys(KINDS.values()))
#: Kinds of which every area lies in one area of each larger kind; a district can lie in several
#: partnerships.
_WHOLE = ("lsoa", "ward")
_COLUMN = re.compile(rf"({'|'.join(KINDS)})(\d\d)_?(code|name|cd|nm)", re.IGNORECASE)
_CODE = re.compile(r"[EWNSK]\d{8}")
_AGAIN = "download it again from the ONS Open Geography portal"


@dataclass(frozen=True, slots=True, order=True)
class AreaColumn:
    """A column of codes.

    Attributes:
        year: Of the codes, such as "2021".
        kind: Such as "lsoa".
        code: Its heading.
        name: Heading of the names that belong to it, "" where there are none.
    """

    year: str
    kind: str
    code: str
    name: str


def area_columns(columns: tuple[str, ...]) -> list[AreaColumn]:
    """Return the columns of codes among the headings, the smallest areas and oldest codes first."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for heading in columns:
        if parts := _COLUMN.fullmatch(heading):
            key = KINDS[parts[1].lower()], f"20{parts[2]}"
            found.setdefault(key, {})[parts[3].lower()[0]] = heading
    coded = [
        AreaColumn(year, kind, by_first["c"], by_first.get("n", ""))
        for (kind, year), by_first in found.items()
        if "c" in by_first
    ]
    return sorted(coded, key=lambda column: (_ORDER.index(column.kind), column.year))


def recognises(path: Path) -> bool:
    """Return whether the file has codes of at least two kinds of area, or of two years."""
    return len(area_columns(headings(path))) > 1


def read(path: Path) -> Reading:
    """Read a lookup.

    Returns:
        No observations; areas that the project does not know otherwise, and links: an area to each
        larger one, with the year of the smaller one's codes as vintage; a code to the one that
        replaced it, with the new one's year.

    Raises:
        InputError: The file is not usable as a whole.
    """
    lines = read_published_csv(path)
    columns = area_columns(headings(path))
    problems = [*lines.problems, *_malformed(path.name, lines.table, columns)]
    spoiled = {problem.line for problem in problems}
    good = lines.table[~lines.table[ROW_NUMBER].isin(list(spoiled))]
    pairs = [
        (small, large)
        for small, large in itertools.combinations(columns, 2)
        if small.kind != large.kind
    ]
    problems += [found for pair in pairs for found in _split(path.name, good, *pair)]
    links = [_links(good, small, large) for small, large in pairs]
    links += [_replaced(good, old, new) for old, new in _consecutive(columns)]
    if good.empty:
        raise InputError(problems or [Problem(path.name, 0, "", "", "it has no lines", _AGAIN)])
    return Reading(
        observations([]),
        lines.rows_read,
        areas=_areas(good, columns),
        problems=tuple(problems),
        links=pd.concat(links, ignore_index=True).drop_duplicates(ignore_index=True),
        rows_used=len(good),
    )


def _consecutive(columns: list[AreaColumn]) -> list[tuple[AreaColumn, AreaColumn]]:
    return [pair for pair in itertools.pairwise(columns) if pair[0].kind == pair[1].kind]


def _malformed(file: str, table: pd.DataFrame, columns: list[AreaColumn]) -> list[Problem]:
    return [
        problem
        for column in columns
        for problem in row_problems(
            file, table[~table[column.code].str.fullmatch(_CODE)], column.code,
            "this is not the code of an area", _AGAIN,
        )
    ]  # fmt: skip


def _split(file: str, table: pd.DataFrame, small: AreaColumn, large: AreaColumn) -> list[Problem]:
    """Return the small areas that the file puts in two larger ones: they would count twice."""
    if small.kind not in _WHOLE:
        return []
    pairs = table.drop_duplicates([small.code, large.code])
    doubled = pairs[pairs.duplicated(small.code)]
    rule = f"this {small.kind} stands under another {large.kind} too"
    return row_problems(file, doubled, small.code, rule, f"keep the right line, or {_AGAIN}")


def _links(table: pd.DataFrame, small: AreaColumn, large: AreaColumn) -> pd.DataFrame:
    return _link_frame(table, small, large, small.year)


def _replaced(table: pd.DataFrame, old: AreaColumn, new: AreaColumn) -> pd.DataFrame:
    changed = table[table[old.code].ne(table[new.code])]
    return _link_frame(changed, old, new, new.year)


def _link_frame(
    table: pd.DataFrame, small: AreaColumn, large: AreaColumn, vintage: str
) -> pd.DataFrame:
    links = pd.DataFrame(
        {
            "area_code": table[small.code],
            "area_name": table[small.name] if small.name else table[small.code],
            "area_kind": small.kind,
            "parent_code": table[large.code],
            "parent_kind": large.kind,
            "vintage": vintage,
        },
        columns=LINK_COLUMNS,
    )
    return links.drop_duplicates().astype("str")


def _areas(table: pd.DataFrame, columns: list[AreaColumn]) -> pd.DataFrame:
    """Return the areas that are not in the project's own table, latest name last."""
    own = pd.read_csv(PROJECT_DATA / "reference" / "areas.csv", dtype="str", keep_default_na=False)
    force = next((column for column in reversed(columns) if column.kind == "force"), None)
    frames = []
    for column in sorted(columns):
        frame = pd.DataFrame(
            {
                "area_code": table[column.code],
                "area_name": table[column.name] if column.name else table[column.code],
                "area_kind": column.kind,
                "force_code": table[force.code] if force else "",
                "force_name": table[force.name] if force and force.name else "",
                "local_authority_codes": "",
            },
            columns=AREA_COLUMNS,
        )
        frames.append(frame[~frame["area_code"].isin(own["area_code"])])
    together = pd.concat(frames, ignore_index=True).astype("str")
    return together.drop_duplicates("area_code", keep="last", ignore_index=True)


SOURCE = Source(
    source_id="area_lookups",
    title="lookups between areas: small areas, wards, districts, partnerships, forces",
    publisher="Office for National Statistics, Open Geography portal",
    licence="Open Government Licence v3.0",
    openly_published=True,
    landing_page="https://geoportal.statistics.gov.uk/",
    cadence="every year",
    recognises=recognises,
    read=read,
    csv_columns=("LSOA21CD", "LSOA21NM", "LAD24CD", "LAD24NM"),
)
