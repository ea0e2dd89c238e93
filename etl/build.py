"""From everything loaded to a published database."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
import pandas as pd

from etl import publish, transform
from etl.build_lock import build_lock
from etl.catalogue import load_catalogue
from etl.datadir import DataDir
from etl.manifest import loads
from etl.progress import Progress, Stage, Step
from etl.settings import partnerships_shown_in_full
from etl.source_tables import source_tables

_CATALOGUE_PARTS = ("indicators", "plans", "reference", "illustrative")
_READING_SHARE = 0.7
_FINGERPRINT_LENGTH = 16
#: What the tables may take before they are written to disk for the time.
_MEMORY = "2GB"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made.

    Attributes:
        path: The database.
        published: Its entry in the pointer.
        rows: Number of rows of each mart.
        swept: Old databases that were deleted.
    """

    path: Path
    published: publish.Published
    rows: dict[str, int]
    swept: tuple[Path, ...]


def fingerprint(data: DataDir) -> str:
    """Return a digest of all that a build depends on: catalogue, loads and this package."""
    digest = hashlib.sha256()
    inputs = [path for part in _CATALOGUE_PARTS for path in data.files(part, "**/*.*")]
    # Of each publication its manifest and, by their checksums, the frames made of it.
    inputs += data.published("*/**/*.json")
    inputs += sorted(data.raw.glob("*/load-*.json"))
    decided = (data.rulings, data.breaks, data.exceptional_periods)
    inputs += [path for path in decided if path.is_file()]
    package = Path(__file__).parent
    inputs += sorted([*package.rglob("*.py"), *package.rglob("*.sql")])
    digest.update(" ".join(partnerships_shown_in_full(data.root)).encode())
    for path in inputs:
        content = path.read_bytes()
        digest.update(f"{path.parent.name}/{path.name} {len(content)} ".encode())
        digest.update(content)
    return digest.hexdigest()[:_FINGERPRINT_LENGTH]


def is_current(data: DataDir) -> bool:
    """Return whether the published database was built from what there is now."""
    published = publish.current(data)
    return published is not None and published.fingerprint == fingerprint(data)


def build(data: DataDir, progress: Progress = lambda _step, _share: None) -> BuildResult:
    """Build and publish a database.

    Args:
        data: The data folder.
        progress: Told how far the work is.

    Raises:
        InputError: The catalogue or a loaded file is not as it should be. The database that was
            published before stays as it was. `BuildIsRunningError` if somebody else builds.
    """
    with build_lock(data):
        return build_locked(data, progress)


def build_locked(data: DataDir, progress: Progress) -> BuildResult:
    """Build and publish a database, for those who hold the lock; see `build`."""
    started = time.perf_counter()
    inputs = fingerprint(data)
    progress(Step(Stage.READING, "the catalogue"), 0.0)
    catalogue = load_catalogue(data)
    # DuckDB makes the folder when it needs it, and deletes it.
    spilled = str(data.build / "spilled")
    with duckdb.connect(config={"memory_limit": _MEMORY, "temp_directory": spilled}) as connection:
        tables = source_tables(
            data, catalogue, loads(data), lambda step, done: progress(step, done * _READING_SHARE)
        )
        for name in list(tables):
            # What the database has is let go: a national file's figures are not held twice.
            frames = tables.pop(name)
            _create(connection, name, frames if isinstance(frames, list) else [frames])
        del frames
        path = data.build / f"safecity-{inputs}-{time.time_ns():x}.duckdb"
        rows = _write(connection, path, progress)
    published = publish.Published(
        database=path.name,
        fingerprint=inputs,
        built_at=datetime.now().astimezone().isoformat(timespec="seconds"),
        seconds=round(time.perf_counter() - started, 3),
    )
    publish.switch(data, published)
    progress(Step(Stage.PUBLISHED), 1.0)
    return BuildResult(path, published, rows, tuple(publish.sweep(data)))


def _create(connection: duckdb.DuckDBPyConnection, name: str, frames: list[pd.DataFrame]) -> None:
    """Make a table of frames; the first says the types."""
    for number, frame in enumerate(frames):
        connection.register("frame", frame)
        if number:
            connection.execute(f'insert into "{name}" by name select * from frame')
        else:
            connection.execute(f'create table "{name}" as select * from frame')
        connection.unregister("frame")


def _write(connection: duckdb.DuckDBPyConnection, path: Path, progress: Progress) -> dict[str, int]:
    """Run the SQL, marts to a file of their own; a failure leaves no file."""
    rows: dict[str, int] = {}
    models = transform.models()
    readers = Counter(name for model in models for name in model.reads)
    marts = {model.name for model in models if model.stage == "marts"}
    # `attach` takes no parameter: the path is quoted as SQL quotes a text.
    quoted = str(path).replace("'", "''")
    connection.execute(f"attach '{quoted}' as published")
    try:
        for done, model in enumerate(models):
            share = _READING_SHARE + (1 - _READING_SHARE) * done / len(models)
            progress(Step(Stage.MAKING_TABLE, model.name), share)
            if model.name in marts:
                rows[model.name] = transform.make(connection, model, database="published")
                # Where it was written those that come after read it too.
                connection.execute(
                    f'create view "{model.name}" as select * from published."{model.name}"'
                )
            else:
                transform.make(connection, model)
            _drop_what_is_read(connection, model, readers, marts)
        connection.execute("detach published")
    except BaseException:
        connection.execute("detach published")
        path.unlink(missing_ok=True)
        raise
    return rows


def _drop_what_is_read(
    connection: duckdb.DuckDBPyConnection,
    model: transform.Model,
    readers: Counter[str],
    marts: set[str],
) -> None:
    """Drop tables that no model still to come reads, so that memory holds what is needed only."""
    readers.subtract(model.reads)
    for name in {*model.reads, model.name} - marts:
        # Names of files and tables of this project, never a value from outside.
        if not readers[name]:
            connection.execute(f'drop table if exists "{name}"')
