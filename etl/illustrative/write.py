"""Writes the files of the illustrative set, the same bytes every time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from etl.illustrative import facts
from etl.illustrative.comparators import (
    COMPARATORS,
    KIND,
    comparator_counts,
    households_of,
    populations_of,
)
from etl.illustrative.facts import Levels
from etl.illustrative.series import southampton_counts
from etl.illustrative.shapes import FIRST_YEAR, month_text
from etl.illustrative.targets import targets_text
from etl.manifest import Load, checksum_of, manifest_text

OBSERVATION_COLUMNS = (
    "area_code", "measure_code", "period", "value", "sample_size", "lower", "upper", "status",
)  # fmt: skip
AREA_COLUMNS = ("area_code", "area_name", "area_kind", "force_code", "force_name")
PEER_COLUMNS = (
    "peer_group", "edition", "of_area_code", "area_code", "area_name", "closeness_rank",
    "valid_from", "valid_to", "source",
)  # fmt: skip

PEER_GROUP, EDITION = "Most Similar Group", "illustrative"
PEER_SOURCE = (
    "Illustrative: made up. The plan counts 15 areas with Southampton and does not name the others"
)
#: The month after the last figure, when such a file would have been handed in.
PUBLISHED = date(2010, 1, 31)
LOADED_AT, LOADED_BY = "2010-01-31T00:00:00+00:00", "etl.illustrative"
_ID_LENGTH = 16
_QUARTERS_A_YEAR = 4
_LAST_QUARTER = 14  # October to December 2009, counted from April to June 2006
_LAST_WHOLE_YEAR = 2008  # the financial year 2008/09

Row = tuple[str, str, str, str, str]
"""Area, measure, period, value and how many answered."""


def write_illustrative(folder: Path) -> list[Path]:
    """Write the illustrative set.

    Args:
        folder: Where to; made when it is not there.

    Returns:
        The files, by name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    texts = {
        "observations.csv": _table(OBSERVATION_COLUMNS, ((*row, "", "", "") for row in _rows())),
        "areas.csv": _table(AREA_COLUMNS, ((c.code, c.name, KIND, "", "") for c in COMPARATORS)),
        "peers.csv": _table(PEER_COLUMNS, _peers()),
        "targets.toml": targets_text(),
    }
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    load = _load(folder / "observations.csv")
    load.manifest.write_bytes(manifest_text(load).encode())
    return sorted([*(folder / name for name in texts), load.manifest])


def _rows() -> Iterator[Row]:
    yield from _counts(facts.AREA, southampton_counts())
    yield from _of_quarters(facts.AREA, facts.QUARTER_LEVELS)
    yield from _of_years(facts.AREA, facts.YEAR_LEVELS)
    yield from _of_survey(facts.AREA, facts.SURVEYS, str(facts.SURVEY_ANSWERS))
    yield from _residents(facts.AREA, facts.POPULATION, facts.HOUSEHOLDS)
    yield from _of_years(facts.ENGLAND, facts.ENGLAND_YEAR_LEVELS)
    yield from _of_survey(facts.ENGLAND, facts.ENGLAND_SURVEYS, "")
    for area in COMPARATORS:
        yield from _counts(area.code, comparator_counts(area))
        yield from _residents(area.code, populations_of(area), households_of(area))


def _counts(area: str, counts: dict[str, list[int]]) -> Iterator[Row]:
    for measure, months in counts.items():
        for month, value in enumerate(months):
            yield area, f"local:{measure}", month_text(month), str(value), ""


def _of_quarters(area: str, levels: Sequence[Levels]) -> Iterator[Row]:
    for each in levels:
        first = _LAST_QUARTER + 1 - len(each.values)
        for quarter, value in enumerate(each.values, start=first):
            year, number = divmod(quarter, _QUARTERS_A_YEAR)
            period = f"Q{number + 1} {_financial_year(FIRST_YEAR + year)}"
            yield area, each.measure, period, f"{value:g}", ""


def _of_years(area: str, levels: Sequence[Levels]) -> Iterator[Row]:
    for each in levels:
        first = _LAST_WHOLE_YEAR + 1 - len(each.values)
        for year, value in enumerate(each.values, start=first):
            yield area, each.measure, _financial_year(year), f"{value:g}", ""


def _of_survey(area: str, answers: Iterable[tuple[str, int]], asked: str) -> Iterator[Row]:
    for measure, percent in answers:
        yield area, measure, facts.SURVEY_WAVE, str(percent), asked


def _residents(area: str, people: Sequence[int], homes: Sequence[int]) -> Iterator[Row]:
    """Yield mid-year estimates, as figures of the financial year that their June lies in."""
    for measure, values in (("ons:population", people), ("ons:households", homes)):
        for year, value in enumerate(values, start=FIRST_YEAR):
            yield area, measure, _financial_year(year), str(value), ""


def _financial_year(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02d}"


def _peers() -> Iterator[tuple[object, ...]]:
    for area in COMPARATORS:
        yield (
            PEER_GROUP, EDITION, facts.AREA, area.code, area.name, area.number, "", "", PEER_SOURCE,
        )  # fmt: skip


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def _load(observations: Path) -> Load:
    checksum = checksum_of(observations)
    return Load(
        file_id=checksum[:_ID_LENGTH],
        file_name=observations.name,
        checksum=checksum,
        source_id="own_figures",
        published=PUBLISHED,
        loaded_at=LOADED_AT,
        loaded_by=LOADED_BY,
        accept_partial=False,
        illustrative=True,
        path=observations,
    )
