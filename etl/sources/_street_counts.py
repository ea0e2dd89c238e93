"""Adds up street-level records in DuckDB; where that fails, line by line, to say which and why."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from etl.problems import InputError, Problem
from etl.sources._street_files import StreetFile, unpack
from etl.sources._street_lines import KEYS, LSOA_LINES, RULES, group_by_line
from etl.sources._street_query import COLUMNS, CRIME_TYPES, batches_of, group_records
from etl.sources._street_totals import with_totals

#: Stands for the total of all crime types; no record has a blank one.
ALL_TYPES = ""
#: More forces, months or crime types than this, and a column is not what it is called.
_MOST_VALUES = 1000
#: How the position of a value is kept.
_POSITION = {"reported_by": "int16", "month": "int16", "lsoa_code": "int32", "crime_type": "int16"}

#: Bytes that DuckDB may use before it writes to disk.
_MEMORY = "700MB"
#: Problems told one by one; a file of ten million wrong lines is told in one more.
MAX_PROBLEMS = 1000

#: Values, and for every group the position of its value among them; a table with those of `KEYS`.
Encoded = tuple[list[str], np.ndarray]
_Grouped = tuple[pa.Table, dict[str, Encoded]]


@dataclass
class Counts:
    """Records added up.

    Names cost a fifth of the time, so they are read of the first files of every force only.

    Attributes:
        where: The file, folder or archive, as problems name it.
        printed: Values of each of `KEYS`, with their positions.
        parts: For every batch, the position of each of its groups by `KEYS`, and its `records`;
            totals of all crime types too.
        names: Names of small areas by code, of those that these files name.
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
    workers = os.cpu_count() or 1
    batches = list(batches_of(files, workers))
    with (
        tempfile.TemporaryDirectory(prefix="safecity-") as folder,
        duckdb.connect() as connection,
        ThreadPoolExecutor(workers) as pool,
    ):
        connection.execute(f"set memory_limit = '{_MEMORY}'")
        connection.execute("set preserve_insertion_order = false")
        # Several batches of a thread each take less of the processor than one of several threads.
        connection.execute("set threads = $threads", {"threads": max(1, workers // len(batches))})
        waiting: deque[tuple[_Batch, Future[_Grouped | None]]] = deque()
        for number, of_batch in enumerate(batches):
            forces = {file.first[1] for file in of_batch}
            batch = _Batch(of_batch, Path(folder) / str(number), not forces <= counts.named)
            counts.named |= forces
            waiting.append((batch, pool.submit(_group_batch, connection, batch)))
            # While others are grouped, one is kept.
            if len(waiting) > workers:
                _add_batch(connection, counts, *waiting.popleft())
        while waiting:
            _add_batch(connection, counts, *waiting.popleft())
    return counts


@dataclass
class _Batch:
    """Files that are added up together, where they are unpacked, and whether names are read."""

    files: list[StreetFile]
    folder: Path
    with_names: bool
    paths: list[Path] = field(default_factory=list)


def _group_batch(connection: duckdb.DuckDBPyConnection, batch: _Batch) -> _Grouped | None:
    batch.folder.mkdir()
    batch.paths = list(unpack(batch.files, batch.folder))
    with connection.cursor() as own:
        return _grouped(own, batch.files, batch.paths, with_names=batch.with_names)


def _add_batch(
    connection: duckdb.DuckDBPyConnection,
    counts: Counts,
    batch: _Batch,
    grouped: Future[_Grouped | None],
) -> None:
    """Keep what was grouped; where something in a batch is wrong, take its files one by one."""
    if not _kept(counts, grouped.result()):
        with connection.cursor() as own:
            for file, path in zip(batch.files, batch.paths, strict=True):
                _add_file(own, counts, file, path)
    shutil.rmtree(batch.folder)


def _add_file(
    connection: duckdb.DuckDBPyConnection, counts: Counts, file: StreetFile, path: Path
) -> None:
    """Keep a file; of one with something wrong, its good lines, and what is wrong with others."""
    if _kept(counts, _grouped(connection, [file], [path], with_names=True)):
        return
    room = MAX_PROBLEMS - len(counts.problems)
    by_line = group_by_line(file, path, most_problems=room)
    counts.problems += by_line.problems
    counts.unusable += by_line.unusable
    counts.records += by_line.unusable
    keep(counts, by_line.groups, encoded(by_line.groups))


def _kept(counts: Counts, grouped: _Grouped | None) -> bool:
    """Keep a grouped table, unless there is none or a value in it is not what it should be."""
    if grouped is None or not _is_valid(counts, grouped[1]):
        return False
    keep(counts, *grouped)
    return True


def _grouped(
    connection: duckdb.DuckDBPyConnection,
    files: list[StreetFile],
    paths: list[Path],
    *,
    with_names: bool,
) -> _Grouped | None:
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
    table = group_records(
        connection, files[0].header, paths, with_names=with_names, expected=expected
    )
    return None if table is None else (table, encoded(table))


def encoded(table: pa.Table) -> dict[str, Encoded]:
    """Return the columns of `KEYS` of a grouped table as values and positions."""
    return {name: _encode(table[name]) for name in KEYS}


def _encode(column: pa.ChunkedArray) -> Encoded:
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    encoded = column.combine_chunks()
    values, at = encoded.dictionary.to_pylist(), encoded.indices
    if at.null_count:
        at = at.fill_null(len(values))
        values.append("")
    return values, at.to_numpy(zero_copy_only=False)


def _is_valid(counts: Counts, groups: dict[str, Encoded]) -> bool:
    new = {
        name: [value for value in groups[name][0] if value not in counts.printed[name]]
        for name in KEYS
    }
    places = new.pop("lsoa_code")
    lines = "\n".join([*places, ""])
    return (
        LSOA_LINES.fullmatch(lines) is not None
        and lines.count("\n") == len(places)
        and all(RULES[name][1].fullmatch(value) for name in new for value in new[name])
    )


def keep(counts: Counts, table: pa.Table, groups: dict[str, Encoded]) -> None:
    """Keep a table as positions, with totals of its types, and one name for each small area."""
    part = {key: _positions(counts, key, groups[key]) for key in KEYS}
    _keep_names(counts, table["lsoa_name"], groups["lsoa_code"])
    part["records"] = table["records"].to_numpy().astype("float64")
    counts.records += int(part["records"].sum())
    kinds = counts.printed["crime_type"]
    all_types = kinds.setdefault(ALL_TYPES, len(kinds))
    counts.parts.append(with_totals(part, all_types))


def _positions(counts: Counts, key: str, column: Encoded) -> np.ndarray:
    """Return the position of a table's values among all printed so far."""
    values, indices = column
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


def _keep_names(counts: Counts, names: pa.ChunkedArray, places: Encoded) -> None:
    """Keep the first name of each small area that has none yet."""
    values, indices = places
    if names.null_count == len(indices):
        return
    first = np.zeros(len(values), "int64")
    first[indices[::-1]] = np.arange(len(indices))[::-1]
    for place, name in zip(values, names.take(pa.array(first)).to_pylist(), strict=True):
        if name:
            counts.names.setdefault(place, name)
