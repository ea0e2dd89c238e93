"""What a source finds in a file, with every rule applied; kept, so that it is read once."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd

from etl.checks import check_observations
from etl.datadir import PROJECT_DATA
from etl.observation import observations
from etl.problems import Problem
from etl.sources import Reading, Source

#: Folder beside a loaded file that holds what was read of it.
KEPT = "read"
#: A folder without it is not complete and is not used.
LAST_WRITTEN = "reading.json"
FRAMES = ("observations", "areas", "links", "peers", "notes", "offences")
_HASH_LENGTH = 12


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
        made = len(self.reading.observations)
        used = made if self.reading.rows_used is None else self.reading.rows_used
        left_out = made - len(self.good)
        return self.reading.rows_read - used + left_out - sum(self.reading.withheld.values())


def check_reading(
    source: Source, reading: Reading, file_name: str, *, published: date, areas: pd.DataFrame
) -> CheckedFile:
    """Apply every rule to what a source read.

    Args:
        source: The source.
        reading: What it read.
        file_name: Name of the file, for the problems.
        published: Its publication date.
        areas: Areas known so far, with `etl.sources.AREA_COLUMNS`.
    """
    names = dict(zip(areas["area_code"], areas["area_name"], strict=True))
    names |= dict(zip(reading.areas["area_code"], reading.areas["area_name"], strict=True))
    found, good = check_observations(
        file_name, reading.observations, published=published, area_names=names
    )
    return CheckedFile(source, reading, good, (*reading.problems, *found))


def read_again(source: Source, path: Path, *, keep: bool) -> Reading:
    """Return what a source reads in a loaded file, from what is kept beside it when it can be.

    What is kept is named for the reader's code and the reference tables, so that a changed reader
    or table reads the file anew.

    Args:
        source: The source.
        path: The loaded file, which is never altered.
        keep: Whether to keep what is read beside it.

    Raises:
        InputError: The file cannot be used.
    """
    folder = kept_at(source, path)
    if _is_whole(folder):
        return _restore(folder)
    reading = source.read(path)
    if keep:
        _store(reading, folder)
    return reading


def keep_reading(source: Source, reading: Reading, path: Path) -> None:
    """Keep what a source read of a file beside it, unless it is kept already.

    Args:
        source: The source.
        reading: What it read.
        path: The loaded file.
    """
    folder = kept_at(source, path)
    if not _is_whole(folder):
        _store(reading, folder)


def part_again(part: str, source: Source, path: Path, *, keep: bool) -> pd.DataFrame:
    """Return one of `FRAMES` of a loaded file, such as its areas; see `read_again`."""
    folder = kept_at(source, path)
    if _is_whole(folder):
        return pd.read_parquet(folder / f"{part}.parquet")
    return getattr(read_again(source, path, keep=keep), part)


def kept_at(source: Source, path: Path) -> Path:
    """Return the folder that today's reading of a loaded file is kept in."""
    return path.parent / KEPT / f"{source.source_id}-{_readers_code()}"


def _is_whole(folder: Path) -> bool:
    return (folder / LAST_WRITTEN).is_file()


@cache
def _readers_code() -> str:
    package = Path(__file__).parent
    digest = hashlib.sha256()
    code = sorted([*package.glob("sources/*.py"), *package.glob("*.py")])
    # readers understand names and codes by these tables
    for path in [*code, *sorted((PROJECT_DATA / "reference").glob("*.csv"))]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:_HASH_LENGTH]


def _store(reading: Reading, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for older in folder.parent.glob(f"{folder.name.rpartition('-')[0]}-*"):
        if older != folder:
            shutil.rmtree(older)
    for name in FRAMES:
        getattr(reading, name).to_parquet(folder / f"{name}.parquet", index=False)
    rest = {
        "rows_read": reading.rows_read,
        "problems": [asdict(problem) for problem in reading.problems],
        "withheld": reading.withheld,
        "rows_used": reading.rows_used,
    }
    (folder / LAST_WRITTEN).write_text(json.dumps(rest), encoding="utf-8")


def _restore(folder: Path) -> Reading:
    rest = json.loads((folder / LAST_WRITTEN).read_text(encoding="utf-8"))
    frames = {name: pd.read_parquet(folder / f"{name}.parquet") for name in FRAMES}
    frames["observations"] = observations(frames["observations"])
    return Reading(
        **frames,
        rows_read=rest["rows_read"],
        problems=tuple(Problem(**problem) for problem in rest["problems"]),
        withheld=rest["withheld"],
        rows_used=rest["rows_used"],
    )
