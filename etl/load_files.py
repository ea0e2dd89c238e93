"""Files taken in and published in one go: all of them, or nothing is kept."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.build import BuildResult, build_locked
from etl.build_lock import build_lock
from etl.copies import MANIFESTS
from etl.datadir import DataDir
from etl.manifest import FILE_ID_LENGTH, checksum_of
from etl.plan_folder import plans_kept
from etl.problems import InputError, Problem
from etl.progress import Progress, Stage, Step
from etl.raw import add_file_locked
from etl.reading import CheckedFile
from etl.seen_on import Seen, seen_on


@dataclass(frozen=True, slots=True)
class LoadedFiles:
    """What came of loading files.

    Attributes:
        built: The database with them.
        seen_on: Where they are seen, all of them together.
    """

    built: BuildResult
    seen_on: tuple[Seen, ...]


def load_files(
    data: DataDir,
    files: Mapping[Path, bool],
    *,
    published: date | Mapping[Path, date],
    loaded_by: str,
    plans: Collection[Path] = (),
    progress: Progress = lambda _step, _share: None,
) -> LoadedFiles:
    """Add files and publish a database with them.

    Args:
        data: The data folder.
        files: Each file, and whether its good rows are loaded without its bad ones.
        published: Their publication date, or that of each.
        loaded_by: Who loads them.
        plans: Workbooks of plans, each of which replaces a plan of its name.
        progress: Told how far the work is.

    Returns:
        The database, and where the files are seen in it.

    Raises:
        InputError: Files cannot be used (it carries the problems of all of them), or the build
            fails; nothing is kept then, and what was published stays. `BuildIsRunningError` if
            somebody else loads at the moment.
    """
    with build_lock(data, loaded_by), _nothing_kept_of_a_failure(data, files):
        added: list[CheckedFile] = []
        problems: list[Problem] = []
        for path, accept_partial in files.items():
            progress(Step(Stage.CHECKING, path.name), 0.0)
            day = published if isinstance(published, date) else published[path]
            try:
                kept = add_file_locked(
                    data, path, published=day, loaded_by=loaded_by, accept_partial=accept_partial
                )
            except InputError as error:
                problems += error.problems
            else:
                added += [checked for _, checked in kept]
        if problems:
            raise InputError(problems)
        with plans_kept(data, plans):
            built = build_locked(data, progress)
        return LoadedFiles(built, tuple(seen_on(data, added)) if added else ())


@contextmanager
def _nothing_kept_of_a_failure(data: DataDir, files: Iterable[Path]) -> Generator[None]:
    """Put the folders of files back as they were, if what is done inside fails."""
    folders = [data.raw / checksum_of(path)[:FILE_ID_LENGTH] for path in files if path.exists()]
    before = {folder: _manifests(folder) for folder in folders if folder.is_dir()}
    try:
        yield
    except BaseException:
        for folder in folders:
            if folder not in before:
                shutil.rmtree(folder, ignore_errors=True)
                continue
            for manifest in set(_manifests(folder)) - set(before[folder]):
                manifest.unlink()
            for manifest, text in before[folder].items():
                manifest.write_text(text, encoding="utf-8")
        raise


def _manifests(folder: Path) -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in folder.glob(MANIFESTS)}
