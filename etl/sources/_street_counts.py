"""Adds up street-level records in DuckDB; where that fails, line by line, to say which and why."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from etl.problems import InputError, Problem
from etl.sources._street_files import StreetFile, unpack
from etl.sources._street_lines import KEYS, RULES, group_by_line
from etl.sources._street_query import COLUMNS, CRIME_TYPES, group_records
from etl.sources._street_totals import with_totals

#: Stands for the total of all crime types; no record has a blank one.
ALL_TYPES = ""
#: More forces, months or crime types than this, and a column is not what it is called.
_MOST_VALUES = 1000
#: How the position of a value is kept.
_POSITION = {"reported_by": "int16", "month": "int16", "lsoa_code": "int32", "crime_type": "int16"}

#: Bytes added up at a time: few enough that groups and buffers stay under a gigabyte. The first
#: batch is about a month of every force, which names nearly all small areas.
_BATCH_BYTES = 256 * 1024**2
_FIRST_BATCH_BYTES = 128 * 1024**2
#: Bytes that DuckDB may use before it writes to disk.
_MEMORY = "700MB"
#: Problems told one by one; a file of ten million wrong lines is told in one more.
MAX_PROBLEMS = 1000

#: Values, and for every group the position of its value among them.
_Encoded = tuple[list[str], np.ndarray]


@dataclass
class Counts:
    """Records added up.

    Names cost a fifth of the time, so they are read of the first files of every force only.

    Attributes:
        where: The file, folder or archive, as problems name it.
        printed: Values of each of `KEYS`, with their positions.
        parts: For every batch, the position of each of its groups by `KEYS`, and its `records`;
            totals of all crime types too.
        names: Name of every small area by code; its code, where those files do not name it.
        named: Forces whose names are read.
        records: Lines read.
        problems: Lines that could not be used, the first `MAX_PROBLEMS`.
        unusable: How many lines those are in all.
    """

    where: str
    printed: dict[str, dict[str, int]] = field(default_factory=lambda: {key: {} for key in KEYS})
    parts: list[dict[str, np.ndarray]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    records: int = 0
    problems: list[Problem] = field(default_factory=list)
    unusable: int = 0


def add_up(where: str, files: tuple[StreetFile, ...]) -> Counts:
    """Return the records of street-level files, added up.

    Args:
        where: The file, folder or archive, as problems name it.
        files: The files in it.

    Raises:
        InputError: A part of the archive is damaged, or a column holds something else.
    """
    counts = Counts(where)
    with (
        tempfile.TemporaryDirectory(prefix="safecity-") as folder,
        duckdb.connect() as connection,
        ThreadPoolExecutor(max_workers=1) as worker,
    ):
        connection.execute(f"set memory_limit = '{_MEMORY}'")
        connection.execute("set preserve_insertion_order = false")
        # While DuckDB groups a batch, the one before is kept.
        before: tuple[_Batch, Future[pa.Table | None]] | None = None
        for number, files_of_batch in enumerate(_batches(files)):
            forces = {file.first[1] for file in files_of_batch}
            batch = _Batch(files_of_batch, Path(folder) / str(number), not forces <= counts.named)
            counts.named |= forces
            task = worker.submit(_group_batch, connection, batch)
            if before is not None:
                _add_batch(connection, counts, before[0], before[1].result())
            before = batch, task
        if before is not None:
            _add_batch(connection, counts, before[0], before[1].result())
    return counts


@dataclass
class _Batch:
    """Files that are added up together, where they are unpacked, and whether names are read."""

    files: list[StreetFile]
    folder: Path
    with_names: bool
    paths: list[Path] = field(default_factory=list)


def _group_batch(connection: duckdb.DuckDBPyConnection, batch: _Batch) -> pa.Table | None:
    batch.folder.mkdir()
    batch.paths = list(unpack(batch.files, batch.folder))
    return _grouped(connection, batch.files, batch.paths, with_names=batch.with_names)


def _batches(files: tuple[StreetFile, ...]) -> Iterator[list[StreetFile]]:
    """Yield files of one header, of about `_BATCH_BYTES` together."""
    most = _FIRST_BATCH_BYTES
    for _, alike in groupby(sorted(files, key=lambda file: file.header), lambda file: file.header):
        batch: list[StreetFile] = []
        for file in alike:
            if batch and sum(each.size for each in batch) + file.size > most:
                yield batch
                batch, most = [], _BATCH_BYTES
            batch.append(file)
        yield batch


def _add_batch(
    connection: duckdb.DuckDBPyConnection, counts: Counts, batch: _Batch, table: pa.Table | None
) -> None:
    """Keep what was grouped; where something in a batch is wrong, take its files one by one."""
    if _kept(counts, table):
        shutil.rmtree(batch.folder)
        return
    with connection.cursor() as own:
        for file, path in zip(batch.files, batch.paths, strict=True):
            if not _kept(counts, _grouped(own, [file], [path], with_names=True)):
                room = MAX_PROBLEMS - len(counts.problems)
                by_line = group_by_line(file, path, most_problems=room)
                counts.problems += by_line.problems
                counts.unusable += by_line.unusable
                counts.records += by_line.unusable
                _keep(counts, by_line.groups, _encoded(by_line.groups))
    shutil.rmtree(batch.folder)


def _kept(counts: Counts, table: pa.Table | None) -> bool:
    """Keep a grouped table, unless there is none or a value in it is not what it should be."""
    if table is None:
        return False
    encoded = _encoded(table)
    if not _is_valid(counts, encoded):
        return False
    _keep(counts, table, encoded)
    return True


def _grouped(
    connection: duckdb.DuckDBPyConnection,
    files: list[StreetFile],
    paths: list[Path],
    *,
    with_names: bool,
) -> pa.Table | None:
    """Return the grouped records of files of one header, or None where a line is none."""
    first = {
        "month": {file.first[0] for file in files},
        "reported_by": {file.first[1] for file in files},
    }
    # Each file is of one month and force, as its first record says; where it is not, a second look
    # at it as text finds the others.
    expected: dict[str, Sequence[str]] = {
        name: sorted(value for value in values if RULES[name][1].fullmatch(value))
        for name, values in first.items()
    }
    expected["crime_type"] = CRIME_TYPES
    if not all(expected.values()):
        expected = {}
    return group_records(
        connection, files[0].header, paths, with_names=with_names, expected=expected
    )


def _encoded(table: pa.Table) -> dict[str, _Encoded]:
    return {name: _encode(table[name]) for name in KEYS}


def _encode(column: pa.ChunkedArray) -> _Encoded:
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    encoded = column.combine_chunks()
    values, at = encoded.dictionary.to_pylist(), encoded.indices
    if at.null_count:
        at = at.fill_null(len(values))
        values.append("")
    return values, at.to_numpy(zero_copy_only=False)


def _is_valid(counts: Counts, encoded: dict[str, _Encoded]) -> bool:
    return all(
        pattern.fullmatch(value)
        for name, (_, pattern, _, _) in RULES.items()
        for value in encoded[name][0]
        if value not in counts.printed[name]
    )


def _keep(counts: Counts, table: pa.Table, encoded: dict[str, _Encoded]) -> None:
    """Keep a table as positions, with totals of its types, and one name for each small area."""
    part = {key: _positions(counts, key, encoded[key]) for key in KEYS}
    _keep_names(counts, table["lsoa_name"], encoded["lsoa_code"])
    part["records"] = table["records"].to_numpy().astype("float64")
    counts.records += int(part["records"].sum())
    kinds = counts.printed["crime_type"]
    all_types = kinds.setdefault(ALL_TYPES, len(kinds))
    counts.parts.append(with_totals(part, all_types))


def _positions(counts: Counts, key: str, encoded: _Encoded) -> np.ndarray:
    """Return the position of a table's values among all printed so far."""
    values, indices = encoded
    positions = counts.printed[key]
    # A dictionary may hold values that no group has.
    there = np.flatnonzero(np.bincount(indices, minlength=len(values)))
    at = np.zeros(len(values), _POSITION[key])
    at[there] = [positions.setdefault(values[each], len(positions)) for each in there.tolist()]
    if key != "lsoa_code" and len(positions) > _MOST_VALUES:
        heading = next(heading for heading, name in COLUMNS.items() if name == key)
        rule = f"there are more than {_MOST_VALUES:,} different values of {heading}"
        raise InputError.of(counts.where, rule, "check whether the columns have shifted")
    return at[indices]


def _keep_names(counts: Counts, names: pa.ChunkedArray, places: _Encoded) -> None:
    """Keep the first name of each small area that has none yet."""
    values, indices = places
    found: Iterable[str | None] = values
    if names.null_count < len(indices):
        first = np.zeros(len(values), "int64")
        first[indices[::-1]] = np.arange(len(indices))[::-1]
        found = names.take(pa.array(first)).to_pylist()
    for place, name in zip(values, found, strict=True):
        counts.names.setdefault(place, name or place)
