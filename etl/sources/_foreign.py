"""What a file that no source recognises is, as far as its first bytes tell, and what to do then."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from etl.problems import InputError
from etl.sources._workbook import MOST_UNPACKED_BYTES, is_workbook, read_sheets

_FIRST_BYTES = 4096
_MEMBERS_TRIED = 100
_ZIP = b"PK\x03\x04"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_EXPORT = "open it in a spreadsheet program and save it as .xlsx or as CSV UTF-8"
_ASK = "ask for the figures as a spreadsheet or CSV"
_DOWNLOAD = "download the file again; the address may have changed"

#: By how the first bytes, blanks before them left out, begin.
_BEGINNINGS: tuple[tuple[re.Pattern[bytes], str, str], ...] = (
    (re.compile(rb"%PDF-"), "this is a PDF", _ASK),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|BM.{4}\0{4}|II\*\0|MM\0\*", re.DOTALL),
     "this is a picture", _ASK),
    (re.compile(rb"\x1f\x8b"), "this file is packed with gzip", "unpack it first"),
    (re.compile(rb"7z\xbc\xaf|Rar!"), "this is an archive that is no zip", "unpack it first"),
    (re.compile(rb"PAR1"), "this is a Parquet file", _ASK),
    (re.compile(rb"(?:<\?xml[^>]*>\s*)?<(?:!doctype +)?(?:html|head|body|table)", re.IGNORECASE),
     "this is a web page, whatever its name says", f"{_DOWNLOAD}, or {_EXPORT}"),
    (re.compile(rb"<\?xml"), "this is XML", _EXPORT),
    (re.compile(rb"[\[{]\s*[\[{\"}\]]"), "this is JSON", _ASK),
)  # fmt: skip


def check_whole(path: Path) -> None:
    """Refuse a file that begins as a zip or workbook and does not end as one.

    Raises:
        InputError: It does.
    """
    if path.is_file() and _start(path).startswith(_ZIP) and not zipfile.is_zipfile(path):
        raise InputError.of(
            path.name,
            "the workbook or archive is damaged or cut short: its end is missing",
            "download or copy it again",
        )


def check_foreign(path: Path) -> None:
    """Refuse a file of a kind that nobody's figures come in, or a workbook that cannot be read.

    Args:
        path: A file or folder that no source recognises.

    Raises:
        InputError: Its first bytes, or the parts of its zip, say what it is.
    """
    if path.is_dir():
        if not any(each.is_file() for each in path.rglob("*")):
            raise InputError.of(path.name, "the folder holds no file", "choose another folder")
        return
    if zipfile.is_zipfile(path):
        _check_zip(path)
        return
    start = _start(path)
    if start.startswith(_OLE):
        raise InputError.of(path.name, *_ole(path))
    if not start.strip(b"\0 \t\r\n,;"):
        raise InputError.of(path.name, "the file holds no text", "download or export it again")
    if start[1::2].count(0) > len(start) // 3 or start[::2].count(0) > len(start) // 3:
        rule = "this may be UTF-16 without its mark"
        raise InputError.of(path.name, rule, 'save it as "CSV UTF-8" and add it again')
    for beginning, rule, what_to_do in _BEGINNINGS:
        if beginning.match(start.removeprefix(b"\xef\xbb\xbf").lstrip()):
            raise InputError.of(path.name, rule, what_to_do)


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_FIRST_BYTES)


def _ole(path: Path) -> tuple[str, str]:
    """Return rule and advice for the container of old Office files and of protected new ones."""
    # Its directory, which names what is in it, can stand anywhere.
    with path.open("rb") as file:
        last = b""
        while block := file.read(1 << 20):
            if "EncryptedPackage".encode("utf-16-le") in last + block:
                return (
                    "the workbook is protected by a password",
                    "open it in a spreadsheet program and save it without the password",
                )
            last = block[-64:]
    return "this is an old Excel workbook (.xls) or another old Office file", _EXPORT


def _check_zip(path: Path) -> None:
    names = _check_members(path)
    if is_workbook(path):
        read_sheets(path, first_rows=1)
    for part, rule in (
        ("xl/workbook.bin", "this is a binary Excel workbook (.xlsb)"),
        ("word/document.xml", "this is a Word document"),
        ("content.xml", "this is an OpenDocument file that holds no table known here"),
    ):
        if part in names:
            raise InputError.of(path.name, rule, _EXPORT)


def _check_members(path: Path) -> set[str]:
    """Return the names of a zip's members.

    Raises:
        InputError: It unpacks to too much, or one of the first is protected or damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if unpacked > MOST_UNPACKED_BYTES:
                rule = f"the file unpacks to {unpacked:,} bytes, too many to be read safely"
                raise InputError.of(path.name, rule, "split it, or add the part that is needed")
            for member in members[:_MEMBERS_TRIED]:
                if member.flag_bits & 1:
                    rule = "the archive is protected by a password"
                    raise InputError.of(path.name, rule, "unpack it and add what is in it")
                with archive.open(member) as content:
                    content.read(_FIRST_BYTES)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        rule = "the workbook or archive is damaged"
        raise InputError.of(path.name, rule, "download it again", value=str(error)) from error
    return {member.filename for member in members}
