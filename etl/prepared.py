"""What was read of a publication that comes with the product: Parquet beside its manifest.

Every rule was applied when it was made, and nothing was wrong with it; a build does not apply them
again, but reads no file that was altered since (docs/decisions/0013).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from etl.manifest import Load
from etl.observation import COLUMNS, observations
from etl.problems import InputError
from etl.reading import FRAMES, LAST_WRITTEN
from etl.sources import Reading

_COMPRESSION = {"compression": "zstd", "compression_level": 19, "store_schema": True}
#: Codes of small areas follow one another, so that only the end of each is written.
_INCREASING = ("area_code", "row_number")
_NAMED = 1000


def folder_of(load: Load) -> Path:
    """Return the folder of what was read of a publication by one source."""
    return load.path.parent / load.source_id


def prepared_reading(load: Load) -> Reading:
    """Return what was read of a publication.

    Raises:
        InputError: A file of it was altered or is missing.
    """
    rest = _rest(load)
    frames = {name: prepared_part(load, name) for name in rest["checksums"]}
    reading = Reading(
        observations(frames.pop("observations", [])),
        rows_read=rest["rows_read"],
        withheld=rest["withheld"],
        rows_used=rest["rows_used"],
    )
    return replace(reading, **frames)


def prepared_part(load: Load, part: str) -> pd.DataFrame:
    """Return one of `FRAMES` of a publication; one that it has nothing of is empty.

    Raises:
        InputError: The file was altered or is missing.
    """
    checksum = _rest(load)["checksums"].get(part)
    if checksum is None:
        empty = Reading(observations([]), 0)
        return getattr(empty, part)
    path = folder_of(load) / f"{part}.parquet"
    content = path.read_bytes() if path.is_file() else b""
    if hashlib.sha256(content).hexdigest() != checksum:
        raise InputError.of(
            load.file_name,
            f"{path.name} of {load.path.parent.name}, which comes with the product, was altered",
            "take it from the product again, or build with --without-published",
        )
    return pq.read_table(pa.BufferReader(content)).to_pandas()


def store_prepared(reading: Reading, folder: Path) -> list[Path]:
    """Write what was read of a publication, the same bytes every time.

    Args:
        reading: In which nothing is wrong.
        folder: Where to; made when it is not there.

    Returns:
        The files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in FRAMES:
        frame = getattr(reading, name)
        if frame.empty:
            continue
        path = folder / f"{name}.parquet"
        _write(frame, path)
        written.append(path)
    rest = {
        "rows_read": reading.rows_read,
        "withheld": reading.withheld,
        "rows_used": reading.rows_used,
        "checksums": {path.stem: hashlib.sha256(path.read_bytes()).hexdigest() for path in written},
    }
    last = folder / LAST_WRITTEN
    last.write_text(json.dumps(rest, indent=2) + "\n", encoding="utf-8")
    return [*written, last]


def _write(frame: pd.DataFrame, path: Path) -> None:
    """Write a frame; text of figures is read back as categories, which a build takes up faster."""
    if set(COLUMNS) <= set(frame.columns):
        text = [name for name, kind in COLUMNS.items() if kind == "str"]
        frame = frame.astype(dict.fromkeys(text, "category"))
    table = pa.Table.from_pandas(frame, preserve_index=False)
    increasing = {
        name: "DELTA_BINARY_PACKED" if name == "row_number" else "DELTA_BYTE_ARRAY"
        for name in _INCREASING
        if name in frame and frame[name].nunique() > _NAMED
    }
    pq.write_table(
        table,
        path,
        use_dictionary=[name for name in table.column_names if name not in increasing],
        column_encoding=increasing or None,
        write_statistics=False,
        **_COMPRESSION,
    )


def _rest(load: Load) -> dict:
    path = folder_of(load) / LAST_WRITTEN
    return json.loads(path.read_text(encoding="utf-8"))
