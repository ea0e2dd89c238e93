"""Street-level records that were added up elsewhere, such as on Spark: one Parquet file of counts.

It has the columns of `street_count.sql`, and a mark in its metadata by which it is known. What is
read of it goes the way of records that are added up here: the same codes, totals and areas.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from etl.problems import InputError, Problem
from etl.sources._street_counts import MAX_PROBLEMS, Counts, encoded, keep
from etl.sources._street_lines import KEYS, RULES

#: In the metadata of such a file: what it is, and the version of its layout.
_MARK = {b"safecity.street_counts": b"1"}
_PARQUET = b"PAR1"
_SCHEMA = pa.schema(
    [*((name, pa.string()) for name in (*KEYS, "lsoa_name")), ("records", pa.int64())]
)
#: Three times the groups of every record since 2010; what a file claims to hold costs it nothing.
MAX_GROUPS = 200_000_000

_COUNT_AGAIN = "count the records again: safecity add FOLDER --engine spark"


def write_counted(counts: pa.Table, path: Path) -> None:
    """Write counts as a file that can be added.

    Args:
        counts: The columns of `street_count.sql`, one row a group.
        path: Where to.
    """
    table = counts.select(_SCHEMA.names).cast(_SCHEMA)
    pq.write_table(table.replace_schema_metadata(_MARK), path, compression="zstd")


def holds_counts(path: Path) -> bool:
    """Return whether a file holds counts that `write_counted` wrote."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        if file.read(len(_PARQUET)) != _PARQUET:
            return False
    try:
        schema = pq.read_schema(path)
    except (pa.ArrowException, OSError):
        return False
    return schema.equals(_SCHEMA) and _MARK.items() <= (schema.metadata or {}).items()


def read_counted(path: Path) -> Counts:
    """Return the counts of a file that `holds_counts`.

    Raises:
        InputError: It is damaged or too large, or a value is not what its column is for; the
            problems name each such value once, since the lines it came from are not here.
    """
    try:
        table = _table(path)
    except (pa.ArrowException, OSError) as error:
        raise InputError.of(
            path.name, "the file of counts is damaged", _COUNT_AGAIN, value=str(error)
        ) from None
    grouped = encoded(table)
    problems = [
        Problem(path.name, 0, heading, value[:200], rule, what_to_do)
        for name, (heading, pattern, rule, what_to_do) in RULES.items()
        for value in grouped.values[name].drop_null().to_pylist()
        if not pattern.fullmatch(value)
    ]
    if problems:
        raise InputError(problems[:MAX_PROBLEMS])
    counts = Counts(path.name)
    keep(counts, grouped)
    return counts


def _table(path: Path) -> pa.Table:
    with pq.ParquetFile(path, read_dictionary=[*KEYS, "lsoa_name"]) as file:
        groups = file.metadata.num_rows
        if groups > MAX_GROUPS:
            rule = f"there are {groups:,} counts in it, more than {MAX_GROUPS:,}"
            raise InputError.of(path.name, rule, "count fewer years at a time")
        table = file.read()
    # A position without a value in a damaged file would be found by none of the steps that follow.
    table.validate(full=True)
    return table.unify_dictionaries()
