"""Where downloads wait: what has arrived of a release, and what the publisher said of it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

_LOCK = "lock"
_PART = "download.part"
_PART_RELEASE = "download.part.json"
_RELEASE = "fetched.json"
#: Names that no release may have.
OF_THE_SHELF = (_LOCK, _PART, _PART_RELEASE, _RELEASE)


class InUseError(Exception):
    """Another process is fetching the same source."""


@dataclass(frozen=True, slots=True)
class Release:
    """A file at a publisher's address, as the publisher described it.

    Attributes:
        address: Where it was asked for.
        location: Where it was in the end, after redirects.
        file_name: What it is called there.
        etag: The publisher's mark of this version, or "".
        last_modified: When the publisher says that it changed, as an HTTP date, or "".
        length: Its bytes as the publisher states them, or None where it does not.
        checksum: SHA-256 of what arrived; "" while it is incomplete.
        fetched_at: When it was complete, as ISO 8601 text; "" while it is incomplete.
    """

    address: str
    location: str
    file_name: str
    etag: str
    last_modified: str
    length: int | None
    checksum: str = ""
    fetched_at: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The downloads of one source: at most one whole file and one part of a newer.

    Attributes:
        folder: A folder of its own.
    """

    folder: Path

    @property
    def part(self) -> Path:
        """Return where bytes are kept until all have arrived."""
        return self.folder / _PART

    @contextmanager
    def locked(self) -> Generator[None]:
        """Keep other processes away, until it is left or this process dies.

        SQLite's lock is the one of the standard library that works on every system.

        Raises:
            InUseError: Another process has it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.folder / _LOCK, timeout=0)) as connection:
            try:
                connection.execute("begin exclusive")
            except sqlite3.OperationalError:
                raise InUseError from None
            yield

    def file(self, release: Release) -> Path:
        """Return where a release is kept as a whole."""
        return self.folder / release.file_name

    def begun(self) -> tuple[Release, int] | None:
        """Return the release of which a part is there, and how many bytes; None without one."""
        release = _read(self.folder / _PART_RELEASE)
        if release is None or not self.part.is_file():
            return None
        return release, self.part.stat().st_size

    def begin(self, release: Release) -> None:
        """Start a release from its first byte."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.part.write_bytes(b"")
        _write(self.folder / _PART_RELEASE, release)

    def drop_part(self) -> None:
        """Forget what was begun."""
        self.part.unlink(missing_ok=True)
        (self.folder / _PART_RELEASE).unlink(missing_ok=True)

    def complete(self, release: Release) -> None:
        """Make the part the whole file, in place of the release before."""
        self.drop_file()
        self.part.replace(self.file(release))
        _write(self.folder / _RELEASE, release)
        self.drop_part()

    def whole(self) -> Release | None:
        """Return the release that arrived last, whether or not its file is still here."""
        return _read(self.folder / _RELEASE)

    def drop_file(self) -> None:
        """Delete the whole file, which is kept elsewhere now or is no longer the latest."""
        release = self.whole()
        if release is not None:
            self.file(release).unlink(missing_ok=True)


def _read(path: Path) -> Release | None:
    """Return what was recorded; None when nothing was, or it was not written to its end."""
    try:
        return Release(**json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _write(path: Path, release: Release) -> None:
    waiting = path.with_suffix(".tmp")
    waiting.write_text(json.dumps(asdict(release), indent=2) + "\n", encoding="utf-8")
    waiting.replace(path)
