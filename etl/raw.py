"""Loaded files: each kept unaltered under its checksum, with who loaded it, when and as what."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from fnmatch import fnmatch
from pathlib import Path

import numpy as np
import pandas as pd

from etl.datadir import DataDir
from etl.observation import observations
from etl.problems import InputError
from etl.reading import KEPT, CheckedFile, check_reading, read_again
from etl.sources import AREA_COLUMNS, Source, all_sources, recognise

#: One for each source that reads the file.
MANIFESTS = "load-*.json"
FILE_ID_LENGTH = 16
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

    @property
    def manifest(self) -> Path:
        """Return where the load is recorded, beside the file."""
        return self.path.parent / MANIFESTS.replace("*", self.source_id)


def checksum_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as hexadecimal text; of a folder, names included."""
    digest = hashlib.sha256()
    if path.is_dir():
        for inside in sorted(each for each in path.rglob("*") if each.is_file()):
            digest.update(inside.relative_to(path).as_posix().encode())
            digest.update(bytes.fromhex(checksum_of(inside)))
        return digest.hexdigest()
    with path.open("rb") as file:
        while block := file.read(_HASH_BLOCK):
            digest.update(block)
    return digest.hexdigest()


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
    """
    found = check_file(path, published=published, areas=known_areas(data))
    problems = [problem for checked in found for problem in checked.problems]
    if problems and not accept_partial:
        raise InputError(problems)
    checksum = checksum_of(path)
    kept = data.raw / checksum[:FILE_ID_LENGTH] / _kept_name(path.name)
    loaded_at = datetime.now().astimezone().isoformat(timespec="microseconds")
    added = [
        _settled(
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
        )
        for checked in found
    ]
    # The same bytes under another name are the same file: it is kept once.
    kept = added[0].path
    if not kept.exists():
        _keep(path, kept)
    for load in added:
        _record(load)
    return list(zip(added, found, strict=True))


def check_file(path: Path, *, published: date, areas: pd.DataFrame) -> list[CheckedFile]:
    """Read a file with every source that recognises it, and apply every rule; keep nothing.

    Args:
        path: The file or folder.
        published: Its publication date.
        areas: Areas known so far, with `AREA_COLUMNS`.

    Raises:
        InputError: The file as a whole cannot be used, or no line of it holds anything.
    """
    _check_name(path)
    found = [
        check_reading(source, source.read(path), path.name, published=published, areas=areas)
        for source in recognise(path)
    ]
    if not any(checked.reading.rows_read or checked.problems for checked in found):
        rule = "there is no line below the header"
        raise InputError.of(path.name, rule, "export it again with its figures")
    return found


def _keep(path: Path, kept: Path) -> None:
    """Copy a file or folder beside its manifest; a copy that breaks off leaves nothing."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    waiting = kept.parent / f".{kept.name}.part"
    try:
        if path.is_dir():
            shutil.copytree(path, waiting, ignore=_no_files)
        else:
            shutil.copyfile(path, waiting)
        waiting.rename(kept)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
        waiting.unlink(missing_ok=True)


def _no_files(folder: str, names: list[str]) -> list[str]:
    """Return what of a folder is not kept: links to folders or nowhere, pipes and devices."""
    found = ((name, Path(folder) / name) for name in names)
    return [
        name
        for name, path in found
        if not path.is_file() and (path.is_symlink() or not path.is_dir())
    ]


def _kept_name(file_name: str) -> str:
    """Return the name that a file is kept under: its own, unless the folder needs it itself."""
    is_ours = file_name == KEPT or fnmatch(file_name, MANIFESTS)
    return f"file-{file_name}" if is_ours else file_name


def _check_name(path: Path) -> None:
    try:
        path.name.encode()
    except UnicodeEncodeError:
        shown = path.name.encode("utf-8", "replace").decode()
        rule = "the name of the file is not text"
        raise InputError.of(shown, rule, "rename the file and add it again") from None


def _record(load: Load) -> None:
    """Write the manifest of a load in one step, so that nobody reads half of it."""
    waiting = load.manifest.with_suffix(".part")
    waiting.write_text(manifest_text(load), encoding="utf-8")
    waiting.replace(load.manifest)


def _settled(load: Load) -> Load:
    """Return the load as it is to be recorded: as before, when this very file is loaded already.

    Raises:
        InputError: It is loaded under another publication date.
    """
    if not load.manifest.is_file():
        return load
    before = _read_manifest(load.manifest)
    if before.published != load.published:
        raise InputError.of(
            load.file_name,
            f"this very file is loaded already, as published on {before.published}",
            f"use that date, or delete the folder {load.file_id} of raw/ and add it again",
            value=load.published.isoformat(),
        )
    return replace(before, accept_partial=before.accept_partial or load.accept_partial)


def loads(data: DataDir) -> list[Load]:
    """Return what is loaded, the illustrative set first, then by publication date."""
    manifests = [*data.files("illustrative", MANIFESTS), *sorted(data.raw.glob(f"*/{MANIFESTS}"))]
    found = [_read_manifest(path) for path in manifests]
    return sorted(
        found,
        key=lambda load: (not load.illustrative, load.published, load.file_id, load.source_id),
    )


def read_load(load: Load, areas: pd.DataFrame) -> CheckedFile:
    """Read a loaded file again; what was read of it before and is still valid is used.

    Raises:
        InputError: The file was changed since it was loaded, or has bad rows nobody accepted.
    """
    if checksum_of(load.path) != load.checksum:
        raise InputError.of(
            load.file_name,
            "the loaded file was altered: its checksum is no longer the one recorded",
            f"put the original back, or delete its folder {load.path.parent.name} and add it again",
        )
    reading = read_again(load.source, load.path, keep=not load.illustrative)
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


def manifest_text(load: Load) -> str:
    """Return what is recorded of a load."""
    fields = asdict(load) | {"published": load.published.isoformat()}
    del fields["path"]
    return json.dumps(fields, indent=2) + "\n"


def _read_manifest(path: Path) -> Load:
    fields = json.loads(path.read_text(encoding="utf-8"))
    fields["published"] = date.fromisoformat(fields["published"])
    return Load(**fields, path=path.parent / _kept_name(fields["file_name"]))
