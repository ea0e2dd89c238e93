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
import pyarrow.compute as pc

from etl.problems import InputError, Problem
from etl.sources._street_files import StreetFile, unpack
from etl.sources._street_lines import KEYS, LSOA_LINES, RULES, group_by_line
from etl.sources._street_query import COLUMNS, CRIME_TYPES, batches_of, group_records
from etl.sources._street_totals import with_totals

#: The position of the total of all crime types, and what stands there.
ALL_TYPES = 0
_NO_TYPE = pa.array([None], pa.string())
#: More forces, months or crime types than this, and a column is not what it is called.
_MOST_VALUES = 1000
#: How the position of a value is kept.
_POSITION = {"reported_by": "int16", "month": "int16", "lsoa_code": "int32", "crime_type": "int16"}

#: Bytes that DuckDB may use before it writes to disk.
_MEMORY = "700MB"
#: Problems told one by one; a file of ten million wrong lines is told in one more.
MAX_PROBLEMS = 1000


@dataclass(frozen=True, slots=True)
class Grouped:
    """Records of some files, grouped.

    Attributes:
        values: Values of each of `KEYS`; the last type is null, for the total of all.
        groups: For each group and total, the position of its value by `KEYS`, and its `records`.
        names: Names of small areas by code, where they were read.
        records: How many there are.
    """

    values: dict[str, pa.StringArray]
    groups: dict[str, np.ndarray]
    names: dict[str, str]
    records: int


@dataclass
class Counts:
    """Records added up.

    Names cost a fifth of the time, so they are read of the first files of every force only.

    Attributes:
        where: The file, folder or archive, as problems name it.
        printed: Values of each of `KEYS`, by their positions; null at `ALL_TYPES`.
        parts: For every batch, the position of each of its groups by `KEYS`, and its `records`;
            totals of all crime types too.
        names: Names of small areas by code, of those that these files name.
        named: Forces whose names are read.
        records: Lines read.
        problems: Lines that could not be used, the first `MAX_PROBLEMS`.
        unusable: How many lines those are in all.
    """

    where: str
    printed: dict[str, pa.StringArray] = field(
        default_factory=lambda: dict.fromkeys(KEYS, _NO_TYPE[:0]) | {"crime_type": _NO_TYPE}
    )
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
        waiting: deque[tuple[_Batch, Future[Grouped | None]]] = deque()
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


def _group_batch(connection: duckdb.DuckDBPyConnection, batch: _Batch) -> Grouped | None:
    batch.folder.mkdir()
    batch.paths = list(unpack(batch.files, batch.folder))
    with connection.cursor() as own:
        return _grouped(own, batch.files, batch.paths, with_names=batch.with_names)


def _add_batch(
    connection: duckdb.DuckDBPyConnection,
    counts: Counts,
    batch: _Batch,
    grouped: Future[Grouped | None],
) -> None:
    """Keep what was grouped; where something in a batch is wrong, take its files one by one."""
    found = grouped.result()
    if found is None or not keep(counts, found):
        with connection.cursor() as own:
            for file, path in zip(batch.files, batch.paths, strict=True):
                _add_file(own, counts, file, path)
    shutil.rmtree(batch.folder)


def _add_file(
    connection: duckdb.DuckDBPyConnection, counts: Counts, file: StreetFile, path: Path
) -> None:
    """Keep a file; of one with something wrong, its good lines, and what is wrong with others."""
    found = _grouped(connection, [file], [path], with_names=True)
    if found is not None and keep(counts, found):
        return
    room = MAX_PROBLEMS - len(counts.problems)
    by_line = group_by_line(file, path, most_problems=room)
    counts.problems += by_line.problems
    counts.unusable += by_line.unusable
    counts.records += by_line.unusable
    keep(counts, encoded(by_line.groups))


def _grouped(
    connection: duckdb.DuckDBPyConnection,
    files: list[StreetFile],
    paths: list[Path],
    *,
    with_names: bool,
) -> Grouped | None:
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
    return None if table is None else encoded(table)


def encoded(table: pa.Table) -> Grouped:
    """Return a table with the columns of `street_count.sql` as positions, with totals."""
    columns = {key: _encode(table[key]) for key in KEYS}
    values = {key: found for key, (found, _) in columns.items()}
    names = _names(table["lsoa_name"], *columns["lsoa_code"])
    groups = {key: at for key, (_, at) in columns.items()}
    groups["records"] = table["records"].to_numpy().astype("float64")
    number = int(groups["records"].sum())
    groups = with_totals(groups, all_types=len(values["crime_type"]))
    values["crime_type"] = pa.concat_arrays([values["crime_type"], _NO_TYPE])
    return Grouped(values, groups, names, number)


def _encode(column: pa.ChunkedArray) -> tuple[pa.StringArray, np.ndarray]:
    """Return the values of a column, and for each row the position of its value among them."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    encoded = column.combine_chunks()
    values, indices = encoded.dictionary.cast(pa.string()), encoded.indices
    if indices.null_count:
        indices = indices.fill_null(len(values))
        values = pa.concat_arrays([values, pa.array([""])])
    at = indices.to_numpy(zero_copy_only=False)
    # A dictionary may hold values that no group has.
    is_there = np.bincount(at, minlength=len(values)) > 0
    number = np.cumsum(is_there, dtype="int32") - 1
    return values.filter(pa.array(is_there)), number[at]


def _names(names: pa.ChunkedArray, places: pa.StringArray, at: np.ndarray) -> dict[str, str]:
    """Return the first name of each small area that has one."""
    if names.null_count == len(at):
        return {}
    first = np.zeros(len(places), "int64")
    first[at[::-1]] = np.arange(len(at))[::-1]
    found = names.take(pa.array(first)).to_pylist()
    return {place: name for place, name in zip(places.to_pylist(), found, strict=True) if name}


def keep(counts: Counts, grouped: Grouped) -> bool:
    """Keep grouped records, and one name for each small area.

    Returns:
        Whether they are kept: not where a value is none that its column may hold.

    Raises:
        InputError: A column holds something else than what it is called.
    """
    known = {key: _places(values, counts.printed[key]) for key, values in grouped.values.items()}
    new = {key: grouped.values[key].filter(pa.array(known[key] < 0)) for key in KEYS}
    if not _are_valid(new):
        return False
    part = {"records": grouped.groups["records"]}
    for key in KEYS:
        first, positions = len(counts.printed[key]), known[key].astype(_POSITION[key])
        positions[positions < 0] = np.arange(first, first + len(new[key]))
        part[key] = positions[grouped.groups[key]]
        counts.printed[key] = pa.concat_arrays([counts.printed[key], new[key]])
        if key != "lsoa_code" and len(counts.printed[key]) > _MOST_VALUES:
            heading = next(heading for heading, name in COLUMNS.items() if name == key)
            rule = f"there are more than {_MOST_VALUES:,} different values of {heading}"
            raise InputError.of(counts.where, rule, "check whether the columns have shifted")
    counts.parts.append(part)
    counts.names = grouped.names | counts.names
    counts.records += grouped.records
    return True


def _places(values: pa.StringArray, among: pa.StringArray) -> np.ndarray:
    """Return the place of each value among others, -1 where it is none of them."""
    found = pc.call_function("index_in", [values], pc.SetLookupOptions(among))
    return found.fill_null(-1).to_numpy()


def _are_valid(values: dict[str, pa.StringArray]) -> bool:
    texts = {key: values[key].to_pylist() for key in KEYS}
    places = texts.pop("lsoa_code")
    lines = "\n".join([*places, ""])
    return (
        LSOA_LINES.fullmatch(lines) is not None
        and lines.count("\n") == len(places)
        and all(RULES[key][1].fullmatch(text) for key in texts for text in texts[key])
    )
