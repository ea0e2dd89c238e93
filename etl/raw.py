"""Loading a file: checked with every rule, then kept unaltered under its checksum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd

from etl.build_lock import build_lock
from etl.copies import check_name, keep_copy, kept_name
from etl.datadir import DataDir
from etl.loaded_parts import areas_of_loads
from etl.manifest import FILE_ID_LENGTH, Load, checksum_of, read_manifest, record_load
from etl.observation import observations
from etl.prepared import prepared_reading
from etl.problems import InputError
from etl.reading import (
    CheckedFile,
    check_reading,
    keep_reading,
    read_again,
)
from etl.sources import AREA_COLUMNS, Reading, recognise

#: Seconds that a file to be kept waits for a build to end, which reads what is loaded.
_PATIENCE = 60.0


def add_file(
    data: DataDir, path: Path, *, published: date, loaded_by: str, accept_partial: bool = False
) -> list[tuple[Load, CheckedFile]]:
    """Check a file and keep it for the next build.

    Args:
        data: The data folder it is kept in.
        path: The file, or a folder of files that belong together.
        published: Its publication date.
        loaded_by: Who loads it.
        accept_partial: Load the good rows of a file that has bad ones.

    Returns:
        The load and what was found, for each source that recognises the file: one workbook can
        hold the tables of two.

    Raises:
        InputError: The file cannot be used, or has bad rows and a partial load was not accepted,
            or is loaded already under another publication date. Nothing is kept then.
            `BuildIsRunningError` if somebody builds for longer than one waits.
    """
    found = check_to_add(data, path, published=published, accept_partial=accept_partial)
    kept = keep_file(
        data, path, found, published=published, loaded_by=loaded_by, accept_partial=accept_partial
    )
    return list(zip(kept, found, strict=True))


def add_file_locked(
    data: DataDir, path: Path, *, published: date, loaded_by: str, accept_partial: bool = False
) -> list[tuple[Load, CheckedFile]]:
    """Check a file and keep it, for those who hold the build lock; see `add_file`."""
    found = check_to_add(data, path, published=published, accept_partial=accept_partial)
    new = _new_loads(data, path, found, published, loaded_by, accept_partial)
    return list(zip(_keep_all(path, new, found), found, strict=True))


def check_to_add(
    data: DataDir, path: Path, *, published: date, accept_partial: bool = False
) -> list[CheckedFile]:
    """Check a file that is to be kept, without the build lock: it may take long.

    Raises:
        InputError: As `add_file` does.
    """
    found = check_file(
        path, published=published, areas=known_areas(data), more=lambda: areas_of_loads(data)
    )
    problems = [problem for checked in found for problem in checked.problems]
    if problems and not accept_partial:
        raise InputError(problems)
    return found


def keep_file(
    data: DataDir,
    path: Path,
    found: list[CheckedFile],
    *,
    published: date,
    loaded_by: str,
    accept_partial: bool = False,
) -> list[Load]:
    """Keep a file for the next build, once `check_to_add` has found what is in it.

    Raises:
        InputError: It is loaded already under another publication date. `BuildIsRunningError` if
            somebody builds for longer than one waits.
    """
    new = _new_loads(data, path, found, published, loaded_by, accept_partial)
    with build_lock(data, loaded_by, patience=_PATIENCE):
        return _keep_all(path, new, found)


def _new_loads(
    data: DataDir,
    path: Path,
    found: list[CheckedFile],
    published: date,
    loaded_by: str,
    accept_partial: bool,
) -> list[Load]:
    checksum = checksum_of(path)
    kept = data.raw / checksum[:FILE_ID_LENGTH] / kept_name(path.name)
    loaded_at = datetime.now().astimezone().isoformat(timespec="microseconds")
    return [
        Load(
            file_id=checksum[:FILE_ID_LENGTH],
            file_name=path.name,
            checksum=checksum,
            source_id=checked.source.source_id,
            published=published,
            loaded_at=loaded_at,
            loaded_by=loaded_by,
            accept_partial=accept_partial,
            illustrative=False,
            path=kept,
        )
        for checked in found
    ]


def _keep_all(path: Path, new: list[Load], found: list[CheckedFile]) -> list[Load]:
    """Keep a file, what was read of it, and its loads, which come last: they make it count."""
    settled = [_settled(load) for load in new]
    # The same bytes under another name are the same file: it is kept once.
    kept = settled[0].path
    if not kept.exists():
        keep_copy(path, kept)
    for checked in found:
        keep_reading(checked.source, checked.reading, kept)
    for load in settled:
        record_load(load)
    return settled


def check_file(
    path: Path,
    *,
    published: date,
    areas: pd.DataFrame,
    more: Callable[[], pd.DataFrame] | None = None,
) -> list[CheckedFile]:
    """Read a file with every source that recognises it, and apply every rule; keep nothing.

    Args:
        path: The file or folder.
        published: Its publication date.
        areas: Areas known so far, with `AREA_COLUMNS`.
        more: Gives more of them, if the file has others than those and its own.

    Raises:
        InputError: The file as a whole cannot be used, or no line of it holds anything.
    """
    check_name(path)
    readings = [(source, source.read(path)) for source in recognise(path)]
    if more is not None and any(_has_others(reading, areas) for _, reading in readings):
        areas = pd.concat([more(), areas], ignore_index=True)
    found = [
        check_reading(source, reading, path.name, published=published, areas=areas)
        for source, reading in readings
    ]
    if not any(checked.reading.rows_read or checked.problems for checked in found):
        rule = "there is no line below the header"
        raise InputError.of(path.name, rule, "export it again with its figures")
    return found


def _has_others(reading: Reading, areas: pd.DataFrame) -> bool:
    """Return whether a reading has figures of areas that neither it nor a table describes."""
    used = pd.Index(reading.observations["area_code"].unique())
    return not used.isin([*areas["area_code"], *reading.areas["area_code"]]).all()


def _settled(load: Load) -> Load:
    """Return the load as it is to be recorded: as before, when this very file is loaded already.

    Raises:
        InputError: It is loaded under another publication date.
    """
    if not load.manifest.is_file():
        return load
    before = read_manifest(load.manifest)
    if before.published != load.published:
        raise InputError.of(
            load.file_name,
            f"this very file is loaded already, as published on {before.published}",
            f"use that date, or delete the folder {load.file_id} of raw/ and add it again",
            value=load.published.isoformat(),
        )
    return replace(before, accept_partial=before.accept_partial or load.accept_partial)


def reading_of(load: Load) -> Reading:
    """Return what is in a loaded file, from what is kept of it where that is still valid.

    Raises:
        InputError: The file was changed since it was loaded, or cannot be used.
    """
    if load.with_product:
        return prepared_reading(load)
    if checksum_of(load.path) != load.checksum:
        raise InputError.of(
            load.file_name,
            "the loaded file was altered: its checksum is no longer the one recorded",
            f"put the original back, or delete its folder {load.path.parent.name} and add it again",
        )
    return read_again(load.source, load.path, keep=not load.illustrative)


def check_load(load: Load, reading: Reading, areas: pd.DataFrame) -> CheckedFile:
    """Apply every rule to what was read of a loaded file.

    What comes with the product passed them when it was made: see `etl.prepared`.

    Raises:
        InputError: It has bad rows that nobody accepted.
    """
    if load.with_product:
        return CheckedFile(load.source, reading, reading.observations, reading.problems)
    checked = check_reading(
        load.source, reading, load.file_name, published=load.published, areas=areas
    )
    if checked.problems and not load.accept_partial:
        raise InputError(checked.problems)
    return checked


def known_areas(data: DataDir) -> pd.DataFrame:
    """Return the areas of the reference tables and of the illustrative set, `AREA_COLUMNS`."""
    paths = [*data.files("reference", "areas.csv"), *data.files("illustrative", "areas.csv")]
    frames = [
        pd.read_csv(path, dtype="str", keep_default_na=False).assign(
            illustrative=path.parent.name == "illustrative"
        )
        for path in paths
    ]
    empty = pd.DataFrame(columns=[*AREA_COLUMNS, "illustrative"])
    areas = pd.concat([empty, *frames], ignore_index=True)
    return areas.fillna(dict.fromkeys(AREA_COLUMNS, ""))


def with_provenance(load: Load, rows: pd.DataFrame) -> pd.DataFrame:
    """Return observations with the vintage and file that they come from."""
    everywhere = np.zeros(len(rows), "int8")
    return observations(rows).assign(
        published=pd.Timestamp(load.published),
        file_id=pd.Categorical.from_codes(everywhere, [load.file_id]),
        source_id=pd.Categorical.from_codes(everywhere, [load.source_id]),
        illustrative=load.illustrative,
    )
