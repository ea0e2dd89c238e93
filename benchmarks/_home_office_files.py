"""Files in the layout of the Home Office open data, with made-up counts of any size.

The real tables are workbooks with notes sheets first and one sheet a financial year, named
`2002-03` to `2014-15` and `2015_16` onwards, or CSVs. A row is one offence code of one force (and
partnership) in one quarter, homicide four rows. Only the layout is real: the counts are made up.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

PROJECT = Path(__file__).resolve().parents[1]
REFERENCE = PROJECT / "data" / "reference"

FORCE_COLUMNS = (
    "Financial Year", "Financial Quarter", "Force Name", "Offence Description",
    "Offence Group", "Offence Subgroup", "Offence Code", "Number of Offences",
)  # fmt: skip
PARTNERSHIP_COLUMNS = (*FORCE_COLUMNS[:3], "CSP Name", *FORCE_COLUMNS[3:])
QUARTERS = (1, 2, 3, 4)

#: The first year whose sheet is named with an underscore.
_FIRST_UNDERSCORE = 2015
_LARGEST_COUNT = 90
_SEED = 1998

Row = tuple[str | int, ...]


def sheet_name(year: int) -> str:
    """Return what the sheet of a financial year is called, `year` being its first."""
    dash = "_" if year >= _FIRST_UNDERSCORE else "-"
    return f"{year}{dash}{(year + 1) % 100:02}"


def financial_year(year: int) -> str:
    """Return a financial year as the rows write it."""
    return f"{year}/{(year + 1) % 100:02}"


def offences() -> list[tuple[str, str, str, str]]:
    """Return description, group, subgroup and code of every offence, homicide four times."""
    with (REFERENCE / "offences.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["offence_group"] != "Fraud offences"]
    return [
        (row["description"], row["offence_group"], row["offence_subgroup"], row["offence_code"])
        for row in rows
        for _ in row["offence_code"].split("/")
    ]


def partnerships() -> list[tuple[str, str]]:
    """Return force and partnership name of every partnership of England and Wales."""
    with (REFERENCE / "areas.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["force_name"], row["area_name"])
            for row in csv.DictReader(file)
            if row["area_kind"] == "partnership"
        ]


def partnership_rows(
    year: int,
    places: Sequence[tuple[str, str]],
    codes: Sequence[tuple[str, str, str, str]],
    quarters: Iterable[int] = QUARTERS,
) -> Iterator[Row]:
    """Yield the rows of one year with `PARTNERSHIP_COLUMNS`; the same year has the same counts."""
    random = Random(_SEED + year)
    text = financial_year(year)
    for quarter in quarters:
        for force, partnership in places:
            for description, group, subgroup, code in codes:
                count = int(_LARGEST_COUNT * random.random() ** 4)
                yield text, quarter, force, partnership, description, group, subgroup, code, count


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a CSV, counts padded with blanks and zero as "-00 ", as published."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows((*row[:-1], f" {row[-1]} " if row[-1] else "-00 ") for row in rows)


NOTES: tuple[Row, ...] = (
    ("Police recorded crime open data tables",),
    ("Layout of the Home Office tables; made-up counts",),
    ("Contents: one sheet a financial year",),
)


def write_xlsx(
    path: Path, columns: Sequence[str], sheets: Iterable[tuple[str, Iterable[Row]]]
) -> int:
    """Write a workbook with two notes sheets first and texts shared, as spreadsheets save it.

    Returns:
        How many rows of figures it has.
    """
    shared: dict[str, int] = {}
    names: list[str] = []
    written = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        every = (("Cover", NOTES), ("Notes", NOTES))
        for name, rows in every:
            names.append(name)
            _write_sheet(archive, len(names), rows, shared)
        for name, rows in sheets:
            names.append(name)
            written += _write_sheet(archive, len(names), _with_header(columns, rows), shared) - 1
        _write_rest(archive, names, shared)
    return written


def _with_header(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[Row]:
    yield tuple(columns)
    yield from rows


def _write_sheet(
    archive: zipfile.ZipFile, number: int, rows: Iterable[Row], shared: dict[str, int]
) -> int:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    count = 0
    with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
        part.write(f'<?xml version="1.0" encoding="UTF-8"?><worksheet {_MAIN}><sheetData>'.encode())
        for row in rows:
            count += 1
            cells = "".join(
                _cell(f"{letter}{count}", value, shared)
                for letter, value in zip(letters, row, strict=False)
            )
            part.write(f'<row r="{count}">{cells}</row>'.encode())
        part.write(b"</sheetData></worksheet>")
    return count


def _cell(at: str, value: str | int, shared: dict[str, int]) -> str:
    if isinstance(value, int):
        return f'<c r="{at}"><v>{value}</v></c>'
    return f'<c r="{at}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'


_SCHEMA = "http://schemas.openxmlformats.org"
_MAIN = f'xmlns="{_SCHEMA}/spreadsheetml/2006/main"'
_OFFICE = f"{_SCHEMA}/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _write_rest(archive: zipfile.ZipFile, names: list[str], shared: dict[str, int]) -> None:
    """Write the parts of a workbook that hold no cells."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, names, strict=True)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    last = len(names) + 1
    types = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for n in numbers
    )
    texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
    parts = {
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{texts}</sst>",
        "xl/workbook.xml": (
            f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_SCHEMA}/package/2006/relationships">{relations}'
            f'<Relationship Id="rId{last}" Type="{_OFFICE}/sharedStrings" '
            'Target="sharedStrings.xml"/></Relationships>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_SCHEMA}/package/2006/relationships"><Relationship Id="rId1" '
            f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "[Content_Types].xml": (
            f'<Types xmlns="{_SCHEMA}/package/2006/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}<Override '
            f'PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/><Override '
            f'PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>'
        ),
    }
    for name, text in parts.items():
        archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')


def write_ods(
    path: Path, columns: Sequence[str], sheets: Iterable[tuple[str, Iterable[Row]]]
) -> None:
    """Write the same as an OpenDocument spreadsheet."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    head = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
        f'xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
        f'xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet>'
    )
    every = [("Cover", NOTES), ("Notes", NOTES)]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(
            zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.spreadsheet"
        )
        archive.writestr("META-INF/manifest.xml", _manifest())
        with archive.open("content.xml", "w") as part:
            part.write(head.encode())
            for name, rows in [*every, *((n, _with_header(columns, r)) for n, r in sheets)]:
                part.write(f'<table:table table:name="{escape(name)}">'.encode())
                for row in rows:
                    cells = "".join(_ods_cell(value) for value in row)
                    part.write(f"<table:table-row>{cells}</table:table-row>".encode())
                part.write(b"</table:table>")
            part.write(b"</office:spreadsheet></office:body></office:document-content>")


def _ods_cell(value: str | int) -> str:
    if isinstance(value, int):
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )
    text = escape(value)
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def _manifest() -> str:
    name = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="{name}">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        '<manifest:file-entry manifest:full-path="content.xml" '
        'manifest:media-type="text/xml"/></manifest:manifest>'
    )
