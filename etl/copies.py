"""The unaltered copy of a loaded file, in a folder with its manifests and what was read of it."""

from __future__ import annotations

import shutil
from fnmatch import fnmatch
from pathlib import Path

from etl.problems import InputError
from etl.reading import KEPT

#: One for each source that reads the file.
MANIFESTS = "load-*.json"


def keep_copy(path: Path, kept: Path) -> None:
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


def kept_name(file_name: str) -> str:
    """Return the name that a file is kept under: its own, unless the folder needs it itself."""
    is_ours = file_name == KEPT or fnmatch(file_name, MANIFESTS)
    return f"file-{file_name}" if is_ours else file_name


def check_name(path: Path) -> None:
    """Refuse a name that cannot be written down.

    Raises:
        InputError: It is not text.
    """
    try:
        path.name.encode()
    except UnicodeEncodeError:
        shown = path.name.encode("utf-8", "replace").decode()
        rule = "the name of the file is not text"
        raise InputError.of(shown, rule, "rename the file and add it again") from None


def check_place(path: Path) -> None:
    """Refuse to write a file where one is already, or where there is no folder.

    Raises:
        InputError: There is one, or none.
    """
    if path.exists():
        raise InputError.of(path.name, "there is a file already", "choose another name")
    if not path.parent.is_dir():
        raise InputError.of(path.name, f"there is no folder {path.parent}", "make it first")
