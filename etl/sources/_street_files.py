"""The street-level files in a file, a folder or a downloaded archive, and what lies beside them."""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from etl.problems import InputError
from etl.sources._csv import encoding_of, first_rows

#: Columns without which a file is not of this format, and those that are used where they are.
REQUIRED = ("Month", "Reported by", "LSOA code", "Crime type")
_BESIDE = {"Outcome type": "outcomes", "Object of search": "stop and search"}

#: A month of every force is about 140 files; ten years of outcomes and searches with it 17,000.
MAX_MEMBERS = 50_000
#: Real archives hold about eight times their size; a bomb a thousand times and more.
MAX_RATIO = 100
#: Everything published since 2010 is below this many bytes.
MAX_BYTES = 100 * 1024**3
_SMALL = 1 << 20
#: What a member that cannot be looked into is told by, so that reading it can say why.
_PROTECTED = "-street.csv"
_HEADER_BYTES = 4096
_BLOCK = 1 << 20
_ZIP = b"PK\x03\x04"

_DOWNLOAD_AGAIN = "download it again from data.police.uk"


@dataclass(frozen=True, slots=True)
class StreetFile:
    """One street-level file.

    Attributes:
        name: As problems name it: below its folder or archive.
        path: The file, or the archive that it is in.
        member: Its name in the archive; None for a file.
        size: Bytes, unpacked.
        header: Its column headings.
        first: Month and force of its first record, "" where it has none.
    """

    name: str
    path: Path
    member: str | None
    size: int
    header: tuple[str, ...]
    first: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What a file, folder or archive holds.

    Attributes:
        street: The street-level files, in the order of their names.
        beside: How many other files were left alone, by what they are.
    """

    street: tuple[StreetFile, ...]
    beside: Counter[str]


def holds_street_files(path: Path) -> bool:
    """Return whether there is a street-level file at a path; looks at first lines only."""
    try:
        return any(
            _is_street(_headings(start)) or (not start and name.endswith(_PROTECTED))
            for name, _, _, start in _starts(path)
        )
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        return False


def find_street_files(path: Path) -> Found:
    """Return the street-level files at a path.

    Args:
        path: A file, a folder with any depth of folders, or a zip archive.

    Raises:
        InputError: The archive is damaged, protected, reaches outside itself or unpacks to more
            than such files ever hold; a file is not UTF-8; two files hold the same force's month.
    """
    if path.is_file() and zipfile.is_zipfile(path):
        _check_archive(path)
    street: list[StreetFile] = []
    beside: Counter[str] = Counter()
    for name, member, size, start in _readable_starts(path):
        headings = _headings(start)
        if not _is_street(headings):
            beside[next((kind for h, kind in _BESIDE.items() if h in headings), "other")] += 1
            continue
        if encoding_of(start) == "utf-16":
            raise InputError.of(name, "the file is UTF-16, not UTF-8", _DOWNLOAD_AGAIN)
        doubled = next((each for each in headings if headings.count(each) > 1), None)
        if doubled is not None:
            raise InputError.of(name, "a column stands twice", _DOWNLOAD_AGAIN, value=doubled)
        at = path if member is not None or path.is_file() else path / name
        shown = name if path.is_file() and member is None else f"{path.name}/{name}"
        street.append(StreetFile(shown, at, member, size, headings, _first(start, headings)))
    _check_doubled(street)
    return Found(tuple(street), beside)


def unpack(files: list[StreetFile], folder: Path) -> Iterator[Path]:
    """Yield each file as a path that can be read: itself, or its copy out of the archive.

    Args:
        files: Files of one archive, or of none.
        folder: Where copies go, under names of our own.

    Raises:
        InputError: A member of the archive is damaged.
    """
    for number, file in enumerate(files):
        if file.member is None:
            yield file.path
            continue
        copy = folder / f"{number}.csv"
        try:
            with (
                zipfile.ZipFile(file.path) as archive,
                archive.open(file.member) as packed,
                copy.open("wb") as unpacked,
            ):
                shutil.copyfileobj(packed, unpacked, _BLOCK)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise InputError.of(
                file.name, "this part of the archive is damaged", _DOWNLOAD_AGAIN, value=str(error)
            ) from None
        yield copy


def _starts(path: Path) -> Iterator[tuple[str, str | None, int, bytes]]:
    """Yield name, member, size and first bytes of every file at a path that could be a CSV."""
    if path.is_dir():
        for inside in sorted(each for each in path.rglob("*") if each.is_file()):
            with inside.open("rb") as file:
                start = file.read(_HEADER_BYTES)
            yield inside.relative_to(path).as_posix(), None, inside.stat().st_size, start
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
            for member in sorted(members[:MAX_MEMBERS], key=lambda each: each.filename):
                start = b""
                if member.filename.lower().endswith(".csv") and not member.flag_bits & 1:
                    with archive.open(member) as file:
                        start = file.read(_HEADER_BYTES)
                yield member.filename, member.filename, member.file_size, start
    else:
        with path.open("rb") as file:
            start = file.read(_HEADER_BYTES)
        if start.startswith(_ZIP):
            # Stored, not packed, its first member would look like a CSV.
            raise zipfile.BadZipFile("its end is missing")
        yield path.name, None, path.stat().st_size, start


def _readable_starts(path: Path) -> Iterator[tuple[str, str | None, int, bytes]]:
    try:
        yield from _starts(path)
    except (OSError, zipfile.BadZipFile, NotImplementedError, zlib.error, EOFError) as error:
        raise InputError.of(
            path.name, "the archive is damaged or cut short", _DOWNLOAD_AGAIN, value=str(error)
        ) from None


def _check_archive(path: Path) -> None:
    """Refuse an archive that no download of data.police.uk can be."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise InputError.of(
            path.name, "the archive is damaged or cut short", _DOWNLOAD_AGAIN, value=str(error)
        ) from None
    for member in members:
        place = PurePosixPath(member.filename.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or ":" in place.parts[0]:
            raise InputError.of(
                path.name, "a file of the archive would land outside it",
                f"do not use this archive; {_DOWNLOAD_AGAIN}", value=member.filename,
            )  # fmt: skip
        if member.flag_bits & 1:
            raise InputError.of(
                path.name, "the archive is protected by a password",
                "unpack it and add the folder", value=member.filename,
            )  # fmt: skip
    unpacked = sum(member.file_size for member in members)
    ratio = max(unpacked, 1) / max(path.stat().st_size, 1)
    too_much = unpacked > MAX_BYTES or (unpacked > _SMALL and ratio > MAX_RATIO)
    if too_much or len(members) > MAX_MEMBERS:
        raise InputError.of(
            path.name,
            f"the archive unpacks to {unpacked:,} bytes in {len(members):,} files, "
            "which no download of this kind does",
            f"do not use it; {_DOWNLOAD_AGAIN}",
        )


def _is_street(headings: tuple[str, ...]) -> bool:
    return set(REQUIRED) <= set(headings)


def _headings(start: bytes) -> tuple[str, ...]:
    return tuple(heading.strip() for heading in next(first_rows(start), []))


def _first(start: bytes, headings: tuple[str, ...]) -> tuple[str, str]:
    """Return month and force of the first record."""
    _, first, *_ = *islice(first_rows(start), 2), [], []
    record = dict(zip(headings, first, strict=False))
    return record.get("Month", ""), record.get("Reported by", "")


def _check_doubled(files: list[StreetFile]) -> None:
    """Refuse two files of one force and month: every record would count twice."""
    seen: dict[tuple[str, str], str] = {}
    for file in files:
        if all(file.first) and file.first in seen:
            raise InputError.of(
                file.name,
                f"this month of this force is also in {seen[file.first]}",
                "keep one of the two files: every record would count twice",
                value=" ".join(file.first),
            )
        seen[file.first] = file.name
