"""Loaded files: each kept unaltered under its checksum, with who loaded it, when and as what."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pandas as pd

from etl.checks import check_observations
from etl.datadir import DataDir
from etl.observation import observations
from etl.problems import InputError, Problem
from etl.sources import AREA_COLUMNS, Reading, Source, all_sources, recognise

MANIFEST = "load.json"
_ID_LENGTH = 16
_HASH_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Load:
    """One file that was loaded.

    Attributes:
        file_id: The first characters of the checksum; names the folder it is kept in.
        file_name: As the user had it.
        checksum: SHA-256 of its bytes.
        source_id: The source that reads it.
        published: When the publisher released it: the vintage of its figures.
        loaded_at: When it was added, as ISO 8601 text.
        loaded_by: Who added it.
        accept_partial: Whether a person accepted it without its bad rows.
        illustrative: Whether its figures are made up.
        path: Where it is kept.
    """

    file_id: str
    file_name: str
    checksum: str
    source_id: str
    published: date
    loaded_at: str
    loaded_by: str
    accept_partial: bool
    illustrative: bool
    path: Path

    @property
    def source(self) -> Source:
        """Return the source that reads the file."""
        return all_sources()[self.source_id]


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What is in a file and what is wrong with it.

    Attributes:
        source: The source that recognised it.
        reading: All that was read.
        good: The observations that no rule rejects.
        problems: Everything wrong, in the order of the file.
    """

    source: Source
    reading: Reading
    good: pd.DataFrame
    problems: tuple[Problem, ...]

    @property
    def rows_rejected(self) -> int:
        """Return how many rows are left out because of problems."""
        return self.reading.rows_read - len(self.good) - sum(self.reading.withheld.values())


def checksum_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as hexadecimal text."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_HASH_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def check_file(
    path: Path, *, published: date, areas: pd.DataFrame, source: Source | None = None
) -> CheckedFile:
    """Read a file and apply every rule.

    Args:
        path: The file.
        published: Its publication date.
        areas: Areas known so far, with `AREA_COLUMNS`.
        source: The source that reads it; found by content when not given.

    Raises:
        InputError: The file as a whole cannot be used.
    """
    source = source or recognise(path)
    reading = source.read(path)
    names = dict(zip(areas["area_code"], areas["area_name"], strict=True))
    names |= dict(zip(reading.areas["area_code"], reading.areas["area_name"], strict=True))
    found, good = check_observations(
        path.name, reading.observations, published=published, area_names=names
    )
    return CheckedFile(source, reading, good, (*reading.problems, *found))


def add_file(
    data: DataDir, path: Path, *, published: date, loaded_by: str, accept_partial: bool = False
) -> tuple[Load, CheckedFile]:
    """Check a file and keep it for the next build.

    Args:
        data: The data folder it is kept in.
        path: The file.
        published: Its publication date.
        loaded_by: Who loads it.
        accept_partial: Load the good rows of a file that has bad ones.

    Returns:
        The load and what was found in the file.

    Raises:
        InputError: The file cannot be used, or has bad rows and a partial load was not accepted,
            or is loaded already under another publication date. Nothing is kept then.
    """
    areas = known_areas(data)
    checked = check_file(path, published=published, areas=areas)
    if checked.problems and not accept_partial:
        raise InputError(checked.problems)
    checksum = checksum_of(path)
    folder = data.raw / checksum[:_ID_LENGTH]
    load = Load(
        file_id=checksum[:_ID_LENGTH],
        file_name=path.name,
        checksum=checksum,
        source_id=checked.source.source_id,
        published=published,
        loaded_at=datetime.now().astimezone().isoformat(timespec="seconds"),
        loaded_by=loaded_by,
        accept_partial=accept_partial,
        illustrative=False,
        path=folder / path.name,
    )
    if (folder / MANIFEST).is_file():
        return _already_loaded(folder, load), checked
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, load.path)
    _write_manifest(load)
    return load, checked


def _already_loaded(folder: Path, load: Load) -> Load:
    before = _read_manifest(folder / MANIFEST)
    if before.published != load.published:
        raise InputError.of(
            load.file_name,
            f"this very file is loaded already, as published on {before.published}",
            f"use that date, or delete the folder {folder.name} of raw/ and add it again",
            value=load.published.isoformat(),
        )
    if load.accept_partial and not before.accept_partial:
        accepted = replace(before, accept_partial=True)
        _write_manifest(accepted)
        return accepted
    return before


def loads(data: DataDir) -> list[Load]:
    """Return what is loaded, the illustrative set first, then by publication date."""
    manifests = [
        *data.files("illustrative", MANIFEST),
        *sorted(data.raw.glob(f"*/{MANIFEST}")),
    ]
    found = [_read_manifest(path) for path in manifests]
    return sorted(found, key=lambda load: (not load.illustrative, load.published, load.file_id))


def read_load(load: Load, areas: pd.DataFrame) -> CheckedFile:
    """Read a loaded file again.

    Raises:
        InputError: The file was changed since it was loaded, or has bad rows nobody accepted.
    """
    if checksum_of(load.path) != load.checksum:
        raise InputError.of(
            load.file_name,
            "the loaded file was altered: its checksum is no longer the one recorded",
            f"put the original back, or delete its folder {load.path.parent.name} and add it again",
        )
    checked = check_file(load.path, published=load.published, areas=areas, source=load.source)
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
    return observations(rows).assign(
        published=pd.Timestamp(load.published),
        file_id=load.file_id,
        illustrative=load.illustrative,
    )


def _write_manifest(load: Load) -> None:
    fields = asdict(load) | {"published": load.published.isoformat()}
    del fields["path"]
    text = json.dumps(fields, indent=2) + "\n"
    (load.path.parent / MANIFEST).write_text(text, encoding="utf-8")


def _read_manifest(path: Path) -> Load:
    fields = json.loads(path.read_text(encoding="utf-8"))
    fields["published"] = date.fromisoformat(fields["published"])
    return Load(**fields, path=path.parent / fields["file_name"])
