"""What the kinds are made from: heads of real files, the templates, workbooks cell by cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import openpyxl

HEADER = "area_code,measure_code,period,value"
SERIES = "E22000120,local:assaults_hospital_ed"
#: Three good lines.
FIGURES = f"{HEADER}\n{SERIES},2009-12,31\n{SERIES},2010-01,28\n{SERIES},2010-02,40\n"
ROWS = [line.split(",") for line in FIGURES.splitlines()]
SURVEY = "area_code,question,period,percentage,base\nE22000120,ni_21,wave 2009,25,1100\n"

CSP = "ons_csp/policeforceareatablesyedecember2024.xlsx"
STREET = "police_uk_street/2025-01-hampshire-street.csv"
OPEN_DATA = "home_office_pfa/prc-pfa-2017-18.csv"
ROLLING = "home_office_pfa/rec-crime-pfa.csv"
BOROUGHS = "met_police_boroughs/MPS_borough_APR2010-FEB2022.csv"
CENSUS = "population/census_2011_2021_lad.csv"
ESTIMATES = "population/london_borough_components_2011_2024.csv"
PEERS = "peers/dfe_statistical_neighbours_2021_2025.csv"
LOOKUP = "lookups/lookup_lsoa21_ward24_ltla24.csv"
MONTHLY = "street_monthly/street_lad_month_type_to_2025_06.csv"

#: Sheets of the real workbook that are kept, to the row below ten areas.
CSP_SHEETS = ("Table C2", "Table C3", "Table C4", "Table C5")
_CSP_ROWS = 18

Cell = str | int | float | None
Rows = list[list[Cell]]

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


@dataclass(frozen=True)
class Material:
    """What a kind is made from, and where it goes.

    Attributes:
        folder: An empty folder for what is made.
        real: The folder of real files; None where they are absent.
    """

    folder: Path
    real: Path | None

    def write(self, name: str, content: bytes | str) -> Path:
        """Return a file of this content."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def figures(self, *lines: str, header: str = HEADER) -> Path:
        """Return a template file with these lines."""
        return self.write("figures.csv", "\n".join([header, *lines]) + "\n")

    def of_real(self, name: str) -> Path:
        """Return a real file."""
        assert self.real is not None
        return self.real / name

    def head(self, name: str, lines: int = 12) -> list[str]:
        """Return the first lines of a real file, without line ends."""
        with self.of_real(name).open(encoding="utf-8-sig") as file:
            return [line.rstrip("\n") for line, _ in zip(file, range(lines), strict=False)]

    def lines(self, lines: Iterable[str], name: str = "figures.csv") -> Path:
        """Return a file of these lines."""
        return self.write(name, "\n".join(lines) + "\n")

    @cached_property
    def csp(self) -> dict[str, Rows]:
        """The counts, changes and rates of the first partnerships in the real workbook."""
        book = openpyxl.load_workbook(self.of_real(CSP), read_only=True)
        return {
            name: [list(row) for row in book[name].iter_rows(max_row=_CSP_ROWS, values_only=True)]
            for name in CSP_SHEETS
        }

    def workbook(self, sheets: Mapping[str, Rows], name: str = "figures.xlsx") -> Path:
        """Return a workbook with these values."""
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        path = self.folder / name
        book.save(path)
        return path

    def raw_workbook(
        self, rows: str | Iterable[bytes], *, before: str = "", after: str = "", more: str = ""
    ) -> Path:
        """Return a workbook with one sheet, whose XML is given.

        Args:
            rows: XML of the rows, at once or in pieces.
            before: What stands before `sheetData`.
            after: What stands after it.
            more: What stands before the sheets of the workbook part.
        """
        path = self.folder / "figures.xlsx"
        pieces = [rows.encode()] if isinstance(rows, str) else rows
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, text in skeleton(more).items():
                archive.writestr(part, text)
            with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
                sheet.write(f"<worksheet {MAIN}>{before}<sheetData>".encode())
                for piece in pieces:
                    sheet.write(piece)
                sheet.write(f"</sheetData>{after}</worksheet>".encode())
        return path

    def archive(
        self, members: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED
    ) -> Path:
        """Return a zip of these members."""
        path = self.folder / "download.zip"
        path.write_bytes(zipped(members, packing))
        return path

    def street(self, lines: int = 12) -> str:
        """Return the head of a real street-level file."""
        return "\n".join(self.head(STREET, lines)) + "\n"


def skeleton(more: str = "") -> dict[str, str]:
    """Return the parts of a workbook beside its sheet."""
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/><Override '
            f'PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook {MAIN} xmlns:r="{_OFFICE}">{more}<sheets>'
            '<sheet name="Figures" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
    }


def row_xml(number: int, cells: Sequence[str]) -> str:
    """Return a row of text cells as XML."""
    return f'<row r="{number}">' + "".join(
        cell_xml(f"{letter}{number}", text)
        for letter, text in zip("ABCDEFGHIJ", cells, strict=False)
    ) + "</row>"  # fmt: skip


def cell_xml(reference: str, text: str) -> str:
    """Return a text cell as XML."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def table_xml(rows: Iterable[Sequence[str]] = ROWS) -> str:
    """Return rows as XML."""
    return "".join(row_xml(number, row) for number, row in enumerate(rows, start=1))


def zipped(members: Mapping[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the bytes of a zip."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def with_part(path: Path, part: str, old: str, new: str) -> Path:
    """Return the workbook with a part of it changed; `old` is a regular expression."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    text = members[part].decode()
    assert re.search(old, text), f"{part} has no {old}"
    path.write_bytes(zipped(members | {part: re.sub(old, new, text, count=1)}))
    return path


def repeated(block: bytes, times: int, most: int = 1 << 20) -> Iterator[bytes]:
    """Yield a block so many times, some at once."""
    at_once = max(1, most // len(block))
    for done in range(0, times, at_once):
        yield block * min(at_once, times - done)
