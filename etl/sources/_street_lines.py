"""Street-level records line by line: the slow way, which says what is wrong with each line."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from etl.problems import Problem
from etl.sources._street_files import StreetFile
from etl.sources._street_query import COLUMNS

KEYS = ("reported_by", "month", "lsoa_code", "crime_type")

_MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
#: Small areas of England, Wales and Scotland, or of Northern Ireland; or none.
_LSOA = re.compile(r"|[EWNS]\d{8}|95[A-Z]{2}\d{2}[A-Z]\d")
#: As many of them as there may be, each on a line: one search for thirty thousand.
LSOA_LINES = re.compile(rf"(?:(?:{_LSOA.pattern})\n)*")
_PRINTED = re.compile(r"[^\x00-\x1f\x7f�]*[^\W_][^\x00-\x1f\x7f�]*")
#: For each of `KEYS`: its heading, what a value looks like, what is wrong otherwise, what to do.
RULES = {
    "reported_by": ("Reported by", _PRINTED, "no force is named", "name the force"),
    "month": ("Month", _MONTH, "this is not a month", "write it as 2014-01"),
    "lsoa_code": (
        "LSOA code", _LSOA, "this is not the code of a small area",
        "check whether the columns have shifted; leave it blank where the place is not known",
    ),
    "crime_type": ("Crime type", _PRINTED, "no crime type is named", "name the crime type"),
}  # fmt: skip


class GroupedLines(NamedTuple):
    """The records of a file added up line by line.

    Attributes:
        groups: `KEYS`, lsoa_name and records of the good lines.
        problems: What is wrong with the others, the first ones.
        unusable: How many others there are in all.
    """

    groups: pa.Table
    problems: list[Problem]
    unusable: int


def group_by_line(file: StreetFile, path: Path, *, most_problems: int) -> GroupedLines:
    """Add up the good records of a file; its other lines become problems.

    Args:
        file: The file, as problems name it.
        path: Where it is unpacked.
        most_problems: How many problems are told one by one.
    """
    groups: Counter[tuple[str, ...]] = Counter()
    names: dict[str, str] = {}
    problems: list[Problem] = []
    unusable = 0
    with path.open("rb") as lines:
        next(lines, None)
        for number, line in enumerate(lines, start=2):
            if not line.strip():
                continue
            found = _record(file, number, line)
            if isinstance(found, Problem):
                unusable += 1
                if len(problems) < most_problems:
                    problems.append(found)
                continue
            groups[tuple(found[name] for name in KEYS)] += 1
            names.setdefault(found["lsoa_code"], found["lsoa_name"])
    return GroupedLines(_as_table(groups, names), problems, unusable)


def _as_table(groups: Counter[tuple[str, ...]], names: dict[str, str]) -> pa.Table:
    return pa.table(
        [
            *(pa.array([key[at] for key in groups], pa.string()) for at in range(len(KEYS))),
            pa.array([names[key[2]] for key in groups], pa.string()),
            pa.array(list(groups.values()), pa.int64()),
        ],
        [*KEYS, "lsoa_name", "records"],
    )


def _record(file: StreetFile, number: int, line: bytes) -> dict[str, str] | Problem:
    """Return one line as a record by the select's names, or what is wrong with it."""
    again = "download it again from data.police.uk, or mend the line"
    shown = line.decode("utf-8", errors="replace").strip()[:200]
    try:
        values = next(csv.reader([line.decode("utf-8").rstrip("\r\n")], strict=True))
    except UnicodeDecodeError:
        return Problem(file.name, number, "", shown, "the line is not UTF-8 text", again)
    except csv.Error as error:
        return Problem(file.name, number, "", shown, f"this is not a line of a CSV: {error}", again)
    if len(values) != len(file.header):
        rule = f"the line has {len(values)} values, the header {len(file.header)}"
        return Problem(file.name, number, "", shown, rule, again)
    row = dict.fromkeys(COLUMNS.values(), "")
    row |= {COLUMNS[h]: v for h, v in zip(file.header, values, strict=True) if h in COLUMNS}
    row["reported_by"] = row["reported_by"] or row["falls_within"]
    for name, (heading, pattern, rule, what_to_do) in RULES.items():
        if not pattern.fullmatch(row[name]):
            return Problem(file.name, number, heading, row[name][:200], rule, what_to_do)
    return row
