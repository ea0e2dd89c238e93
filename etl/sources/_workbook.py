"""The sheets of a workbook as text, each cell where it stands in the sheet."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.parsers import expat

import fastexcel
import pandas as pd

from etl.problems import InputError, Problem
from etl.sources._sheet_pieces import CannotCutError, part_size, sheet_part, sheet_top
from etl.sources._sheet_reach import check_parts, check_reach

#: A published workbook unpacks to a few megabytes. One that claims to unpack to more than this is
#: not read, so that a small file cannot fill the memory.
MOST_UNPACKED_BYTES = 400_000_000
#: Nor is a sheet with more: it is held as a whole, several times.
MOST_SHEET_BYTES = 64_000_000

#: What an error cell (#N/A, #DIV/0! and so on) reads as; no figure and no marker looks like it.
ERROR_CELL = "#ERROR"

#: What a damaged workbook is told by, whichever part of it is read.
_DAMAGE = (
    fastexcel.FastExcelError,
    CannotCutError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
)
_WORKBOOK_PART = "xl/workbook.xml"
_NOTE = re.compile(r"\s*\[notes?\b[^\]]*\]", re.IGNORECASE)
_NOTE_DIGITS = re.compile(r"(?<=[A-Za-z)])\d+(?:,\d+)*(?!\w)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes:
        file: File and sheet as a problem names them, such as "crime.xlsx, sheet Table C2".
        cells: Text of every cell, "" where blank, runs of white space made one blank. The index
            is the sheet's row number from 1; columns count from 0 at the first used column.
    """

    file: str
    cells: pd.DataFrame


def is_workbook(path: Path) -> bool:
    """Return whether a file is a complete zip that holds a workbook of a believable size."""
    if not path.is_file():
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = {part.filename: part.file_size for part in archive.infolist()}
    except zipfile.BadZipFile:
        return False
    return _WORKBOOK_PART in unpacked and sum(unpacked.values()) <= MOST_UNPACKED_BYTES


def read_sheets(path: Path, first_rows: int | None = None) -> list[Sheet]:
    """Return every sheet of a workbook, hidden ones too, in the workbook's order.

    Args:
        path: The workbook.
        first_rows: How many rows of each sheet are wanted; None for all.

    Raises:
        InputError: The file is not a workbook, is cut short or damaged, unpacks to more than
            `MOST_UNPACKED_BYTES`, or a sheet reaches too far.
    """
    if not is_workbook(path):
        raise InputError.of(
            path.name,
            "this is not a whole Excel workbook (.xlsx)",
            "download it again; if it is protected by a password, save it without one",
        )
    if first_rows is None:
        return list(_sheets(path, None))
    stat = path.stat()
    return list(_tops(path, first_rows, (stat.st_mtime_ns, stat.st_size)))


@lru_cache(maxsize=4)
def _tops(path: Path, first_rows: int, version: tuple[int, int]) -> tuple[Sheet, ...]:
    """Return the first rows of every sheet, read once though several sources look at them."""
    return _sheets(path, first_rows)


def _sheets(path: Path, first_rows: int | None) -> tuple[Sheet, ...]:
    try:
        check_parts(path)
        workbook = fastexcel.read_excel(path)
        return tuple(_read_sheet(workbook, name, path, first_rows) for name in workbook.sheet_names)
    except _DAMAGE as error:
        raise _damaged(path, error) from error


def sheet_names(path: Path) -> list[str]:
    """Return the names of a workbook's sheets in their order; none where it cannot be read."""
    try:
        check_parts(path)
        return fastexcel.read_excel(path).sheet_names
    except (InputError, *_DAMAGE):
        return []


def read_sheet(path: Path, name: str, first_rows: int | None = None) -> Sheet:
    """Return one sheet of a workbook that `is_workbook` and `sheet_names` know.

    Raises:
        InputError: The sheet is damaged, or reaches too far.
    """
    try:
        return _read_sheet(fastexcel.read_excel(path), name, path, first_rows)
    except _DAMAGE as error:
        raise _damaged(path, error) from error


def _damaged(path: Path, error: Exception) -> InputError:
    return InputError.of(
        path.name,
        "the workbook is damaged and cannot be read",
        "download it again, or open it in a spreadsheet program and save it as .xlsx",
        value=(str(error) or type(error).__name__).splitlines()[0],
    )


def _check_sheet(path: Path, name: str, place: str) -> None:
    """Refuse a sheet that is too long or reaches too far to be read.

    Raises:
        InputError: It is.
    """
    stat = path.stat()
    if problem := _too_big(path, name, place, (stat.st_mtime_ns, stat.st_size)):
        raise InputError([problem])


@lru_cache(maxsize=128)
def _too_big(path: Path, name: str, place: str, version: tuple[int, int]) -> Problem | None:
    """Return why a sheet cannot be read, found once though several sources look at it."""
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo(sheet_part(archive, name))
        if part.file_size > MOST_SHEET_BYTES:
            rule = f"the sheet is too big: it has {part.file_size:,} bytes"
            return Problem(place, 0, "", "", rule, "copy the table to a workbook of its own")
        try:
            check_reach(place, archive.read(part))
        except InputError as error:
            return error.problems[0]
    return None


def _read_sheet(
    workbook: fastexcel.ExcelReader, name: str, path: Path, first_rows: int | None
) -> Sheet:
    place = f"{path.name}, sheet {name.strip()}"
    if first_rows is not None and (top := _top(path, name, place, first_rows)) is not None:
        return top
    _check_sheet(path, name, place)
    # skip_rows=0 keeps blank rows at the top, so that row numbers are the sheet's own
    sheet = workbook.load_sheet(
        name, header_row=None, skip_rows=0, n_rows=first_rows, dtypes="string"
    )
    batch, errors = sheet.to_arrow_with_errors()
    cells = _texts(batch.to_pandas())
    for error in errors.errors if errors else ():
        cells.iat[error.offset_position] = ERROR_CELL
    cells.index = range(1, len(cells) + 1)
    return Sheet(file=place, cells=cells)


def _top(path: Path, name: str, place: str, rows: int) -> Sheet | None:
    """Return the first rows of a sheet so long that to read it whole takes seconds; else None."""
    if part_size(path, name) > MOST_SHEET_BYTES or (top := sheet_top(path, name)) is None:
        return None
    cells = _texts(top.cells.slice(0, max(rows - top.first_row + 1, 0)).to_pandas())
    cells.index = range(top.first_row, top.first_row + len(cells))
    return Sheet(file=place, cells=cells)


def _texts(cells: pd.DataFrame) -> pd.DataFrame:
    cells.columns = range(cells.shape[1])
    return cells.fillna("").apply(lambda column: column.str.split().str.join(" ")).astype("str")


def without_notes(text: str) -> str:
    """Return a heading or name without "[note 4]" and without note digits stuck to a word."""
    return _NOTE_DIGITS.sub("", _NOTE.sub("", text)).strip()
