"""Statistical neighbours of upper-tier authorities: ten ranked peers of each, by edition.

An edition holds from its month until the next one of the file. The publication names authorities
of its own numbering. One that is not a single partnership (a county of several, a borough that
was merged) cannot be ranked by partnership figures: its rows, and the places of such peers in
other groups, are withheld and counted, and closeness ranks keep their gaps.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pandas as pd

from etl.observation import observations
from etl.periods import MONTH_NAMES
from etl.problems import Problem
from etl.sources import PEER_COLUMNS, Reading, Source
from etl.sources._area_names import UnknownNameError, area_names
from etl.sources._csv import ROW_NUMBER, row_problems
from etl.sources._published_csv import headings, read_published_csv

PEER_GROUP = "DfE statistical neighbours"
COLUMNS = ("vintage", "la_name", "rank", "peer_name")
NOT_ONE = "the authority is not one partnership"
PEER_NOT_ONE = "the neighbour is not one partnership"

_VINTAGE = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")
_RANK = re.compile(r"[1-9][0-9]?")
_KEY = ["vintage", "la_name", "peer_name"]
_AGAIN = "download the file again, or correct the line"


def recognises(path: Path) -> bool:
    """Return whether the header names vintage, authority, rank and peer."""
    return set(COLUMNS) <= set(headings(path))


def read(path: Path) -> Reading:
    """Read the peer groups.

    Args:
        path: A CSV of one or several editions.

    Returns:
        No observations; the peers of every authority that is one partnership.

    Raises:
        InputError: The file cannot be read.
    """
    published = read_published_csv(path)
    problems = [*published.problems, *_wrong(path.name, published.table)]
    spoiled = {problem.line for problem in problems}
    table = published.table[~published.table[ROW_NUMBER].isin(spoiled)]
    names = sorted({*table["la_name"], *table["peer_name"]})
    codes = {name: code for name in names if (code := _partnership(name))}
    unplaced = ~table["la_name"].isin(codes)
    peer_unplaced = ~unplaced & ~table["peer_name"].isin(codes)
    withheld = Counter({NOT_ONE: int(unplaced.sum()), PEER_NOT_ONE: int(peer_unplaced.sum())})
    good = table[~unplaced & ~peer_unplaced]
    return Reading(
        observations([]),
        rows_read=published.rows_read,
        rows_used=len(good),
        problems=tuple(sorted(problems)),
        withheld={marker: count for marker, count in withheld.items() if count},
        peers=_peers(good, codes, sorted(table["vintage"].unique())),
    )


def _partnership(name: str) -> str:
    """Return the code of the partnership of an authority's name and area, or ""."""
    known = area_names()
    try:
        # The force is only asked about rows that a force could not place.
        code = known.partnership("", name)
    except UnknownNameError:
        return ""
    return "" if known.is_part(code, name) else code


def _peers(good: pd.DataFrame, codes: dict[str, str], vintages: list[str]) -> pd.DataFrame:
    last_days = {
        vintage: (pd.Timestamp(f"{following}-01") - pd.Timedelta(days=1)).strftime("%Y-%m-%d")
        for vintage, following in pairwise(vintages)
    }
    titles = {vintage: _edition_title(vintage) for vintage in vintages}
    return pd.DataFrame(
        {
            "peer_group": PEER_GROUP,
            "edition": good["vintage"].str[:4],
            "of_area_code": good["la_name"].map(codes),
            "area_code": good["peer_name"].map(codes),
            "area_name": good["peer_name"],
            "closeness_rank": good["rank"],
            "valid_from": good["vintage"] + "-01",
            "valid_to": [last_days.get(vintage, "") for vintage in good["vintage"]],
            "source": good["vintage"].map(titles),
        },
        columns=PEER_COLUMNS,
    ).astype("str")


def _edition_title(vintage: str) -> str:
    year, month = vintage.split("-")
    return (
        f"Department for Education, statistical neighbours, {MONTH_NAMES[int(month) - 1]} {year} "
        "edition"
    )


def _wrong(file: str, table: pd.DataFrame) -> list[Problem]:
    own = table["la_name"].eq(table["peer_name"])
    rules = [
        (~table["vintage"].str.fullmatch(_VINTAGE), "vintage", "this is not a month (2025-05)"),
        (~table["rank"].str.fullmatch(_RANK), "rank", "this is not a rank"),
        (table["la_name"].eq(""), "la_name", "the authority has no name"),
        (table["peer_name"].eq(""), "peer_name", "the neighbour has no name"),
        (own & table["la_name"].ne(""), "peer_name", "an authority is not its own neighbour"),
        (table.duplicated(_KEY, keep=False) & ~own, "peer_name", "this neighbour stands twice"),
    ]
    return [
        problem
        for wrong, column, rule in rules
        for problem in row_problems(file, table[wrong], column, rule, _AGAIN)
    ]


SOURCE = Source(
    source_id="dfe_neighbours",
    title="DfE statistical neighbours (CSV)",
    publisher="Department for Education",
    licence="Open Government Licence v3.0",
    openly_published=True,
    landing_page=(
        "https://www.gov.uk/government/publications/local-authority-interactive-tool-lait"
    ),
    cadence="with each revision of the model",
    recognises=recognises,
    read=read,
    csv_columns=COLUMNS,
)
