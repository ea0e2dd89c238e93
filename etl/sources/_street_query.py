"""The query that adds up street-level files in DuckDB, and the types it reads their columns as.

Forces, months and crime types are few and known beforehand: read as one of a list they are grouped
by small numbers, which takes less time than texts, and come out numbered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import duckdb
import pyarrow as pa

from etl.sources._street_files import StreetFile

#: The select that adds up; `etl.spark` runs the same file.
STREET_COUNT = Path(__file__).resolve().parent.parent / "sql" / "incidents" / "street_count.sql"

#: What the select calls a column, by its heading.
COLUMNS = {
    "Month": "month",
    "Reported by": "reported_by",
    "Falls within": "falls_within",
    "LSOA code": "lsoa_code",
    "LSOA name": "lsoa_name",
    "Crime type": "crime_type",
}
#: Every crime type since December 2010, as printed: https://data.police.uk/about/#columns and
#: https://data.police.uk/changelog/ (those that ended in 2011 and 2013). Others are read as text.
CRIME_TYPES = (
    "Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs",
    "Other crime", "Other theft", "Possession of weapons", "Public disorder and weapons",
    "Public order", "Robbery", "Shoplifting", "Theft from the person", "Vehicle crime",
    "Violence and sexual offences", "Violent crime",
)  # fmt: skip

#: Bytes added up at a time: about half a month of every force at most, so that the groups and
#: buffers of all workers stay under a gigabyte, and little is left to do after the last.
_MOST_BATCH_BYTES = 64 * 1024**2
_LEAST_BATCH_BYTES = 4 * 1024**2


def batches_of(files: tuple[StreetFile, ...], workers: int) -> Iterator[list[StreetFile]]:
    """Yield files of one header: enough batches to keep all workers busy, none too large."""
    share = sum(file.size for file in files) // (2 * workers)
    most = min(max(share, _LEAST_BATCH_BYTES), _MOST_BATCH_BYTES)
    for _, alike in groupby(sorted(files, key=lambda file: file.header), lambda file: file.header):
        batch: list[StreetFile] = []
        for file in alike:
            if batch and sum(each.size for each in batch) + file.size > most:
                yield batch
                batch = []
            batch.append(file)
        yield batch


def group_records(
    connection: duckdb.DuckDBPyConnection,
    header: tuple[str, ...],
    paths: list[Path],
    *,
    with_names: bool,
    expected: Mapping[str, Sequence[str]],
) -> pa.Table | None:
    """Return the records of files added up, with the columns of `street_count.sql`.

    Args:
        connection: Any connection.
        header: Column headings of all the files.
        paths: The files.
        with_names: Whether the names of small areas are read.
        expected: For some columns of the select, values that they are expected to hold; these
            columns come as dictionaries, and the files are read a second time as text where there
            is another value.

    Returns:
        The groups, or None where DuckDB finds a line that is none.
    """
    try:
        if expected:
            table = _query(connection, header, paths, with_names, expected)
            if not any(table[name].null_count for name in expected):
                return table
        return _query(connection, header, paths, with_names, {})
    except (duckdb.InvalidInputException, duckdb.ConversionException):
        return None


def _query(
    connection: duckdb.DuckDBPyConnection,
    header: tuple[str, ...],
    paths: list[Path],
    with_names: bool,
    expected: Mapping[str, Sequence[str]],
) -> pa.Table:
    named = [COLUMNS.get(heading, f"column_{n}") for n, heading in enumerate(header)]
    if not with_names:
        named = [f"{each}_unread" if each == "lsoa_name" else each for each in named]
    # A record without "Reported by" is none that the select can use: it is read line by line.
    columns = [each for each in COLUMNS.values() if each != "falls_within"]
    wanted = ", ".join(
        _typed(each, expected) if each in named else f"cast(null as varchar) as {each}"
        for each in columns
    )
    query = (
        f"with street_record as (select {wanted} from read_csv($paths, columns = $columns, "
        "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"'))\n"
        + STREET_COUNT.read_text(encoding="utf-8")
    )
    given = {"paths": [str(path) for path in paths], "columns": dict.fromkeys(named, "VARCHAR")}
    return connection.sql(query, params=given).to_arrow_table()


def _typed(column: str, expected: Mapping[str, Sequence[str]]) -> str:
    """Return a column as one of what is expected in it, null where it is something else."""
    if column not in expected:
        return column
    # A type takes no parameter: texts are quoted as SQL quotes them.
    texts = ", ".join("'" + each.replace("'", "''") + "'" for each in expected[column])
    return f"try_cast({column} as enum ({texts})) as {column}"
