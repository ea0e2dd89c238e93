"""Small files that fill the memory, and long ones that take for ever."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.etl.corpus.kind import refused
from tests.etl.corpus.material import (
    FIGURES,
    HEADER,
    MAIN,
    OPEN_DATA,
    SERIES,
    Material,
    repeated,
    table_xml,
    zipped,
)

MEGA = 1_000_000


def _bomb(m: Material, name: str, start: bytes, block: bytes, times: int) -> Path:
    path = m.folder / "download.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(name, "w", force_zip64=True) as member,
    ):
        member.write(start)
        for piece in repeated(block, times):
            member.write(piece)
    return path


@refused("unpacks to", real=True)
def flat_zip_bomb(m: Material) -> Path:
    start = m.street(2).encode()
    return _bomb(m, "2025-01-hampshire-street.csv", start, b"\0" * MEGA, 300)


@refused("unpacks to|no source recognises", real=True)
def nested_zip_bomb(m: Material) -> Path:
    inner = _bomb(m, "a.csv", b"", b"\0" * MEGA, 100).read_bytes()
    members = {f"{n}.zip": inner for n in range(20)}
    return m.archive(members | {"2025-01-hampshire-street.csv": m.street()})


@refused("unpacks to")
def workbook_bomb(m: Material) -> Path:
    return m.raw_workbook(repeated(b"<row/>" * 1000, 80_000))


@refused("unpacks to|no source recognises")
def workbook_whose_styles_fill_the_memory(m: Material) -> Path:
    return _with_part(m, "xl/styles.xml", repeated(b"<a/>" * 1000, 60_000))


@refused("unpacks to|no source recognises")
def workbook_whose_texts_fill_the_memory(m: Material) -> Path:
    return _with_part(m, "xl/sharedStrings.xml", repeated(b"<si/>" * 1000, 70_000))


@refused("damaged|no source recognises")
def workbook_that_lies_about_the_size_of_its_texts(m: Material) -> Path:
    path = _with_part(m, "xl/sharedStrings.xml", repeated(b"<si/>" * 1000, 150_000))
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(bytes(content))
    return path


def _with_part(m: Material, name: str, inside: Iterator[bytes]) -> Path:
    path = m.raw_workbook(table_xml())
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(name, "w") as part,
    ):
        part.write(f"<x {MAIN}>".encode())
        for piece in inside:
            part.write(piece)
        part.write(b"</x>")
    return path


@refused("unpacks to")
def sheet_of_ten_million_rows(m: Material) -> Path:
    line = '<row><c t="inlineStr"><is><t>E22000120</t></is></c></row>'
    return m.raw_workbook(_after_the_table(line, 10 * MEGA))


@refused("too big|reaches to|more than")
def sheet_of_a_million_rows_within_the_bytes(m: Material) -> Path:
    return m.raw_workbook(_after_the_table("<row><c><v>1</v></c></row>", 2 * MEGA))


@refused("reaches to|too big")
def sheet_without_references_and_one_wide_row(m: Material) -> Path:
    wide = "<row>" + "<c><v>1</v></c>" * 16_384 + "</row>"
    return m.raw_workbook(_after_the_table(wide + "<row><c><v>1</v></c></row>" * 1_000, 200))


@refused("reaches to|too big|stray cells", real=True)
def open_data_sheet_with_a_stray_cell(m: Material) -> Path:
    rows = [line.split(",")[:8] for line in m.head(OPEN_DATA, 4)]
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return m.raw_workbook(table_xml(rows) + far)


@refused("reaches to|too big|stray cells|repeat", real=True)
def open_document_that_repeats_a_row_a_million_times(m: Material) -> Path:
    return _open_document(m, 'table:number-rows-repeated="1048576"', "")


@refused("reaches to|too big|stray cells|repeat", real=True)
def open_document_that_repeats_a_filled_rectangle(m: Material) -> Path:
    wide = 'table:number-columns-repeated="16384"'
    return _open_document(m, 'table:number-rows-repeated="1048576"', wide)


def _open_document(m: Material, rows_repeated: str, columns_repeated: str) -> Path:
    cell = (
        '<table:table-cell {0} office:value-type="string"><text:p>{1}</text:p></table:table-cell>'
    )
    rows = ["".join(cell.format("", text) for text in line.split(",")[:8])
            for line in m.head(OPEN_DATA, 3)]  # fmt: skip
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    body += f"<table:table-row {rows_repeated}>{cell.format(columns_repeated, 1)}</table:table-row>"
    names = "".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" '
        for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="2017-18">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    parts = {"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content}
    return m.write("open.ods", zipped(parts))


@refused("no source recognises|too big|not a CSV|field larger")
def ten_megabytes_on_one_line(m: Material) -> Path:
    return m.write("figures.csv", b"x" * 10 * MEGA)


@refused("not a CSV")
def ten_megabytes_in_one_value(m: Material) -> Path:
    return m.write("figures.csv", f"{FIGURES}{SERIES},2010-03,{'9' * 10 * MEGA}\n")


@refused("columns")
def a_million_columns(m: Material) -> Path:
    return m.write("figures.csv", f"{HEADER}{',x' * MEGA}\n{SERIES},2009-12,31{',1' * MEGA}\n")


@refused("line has", good=3)
def a_million_values_on_a_line(m: Material) -> Path:
    return m.write("figures.csv", f"{FIGURES}{SERIES},2010-03,1{',1' * MEGA}\n")


@refused("lines|too big")
def template_of_a_million_lines(m: Material) -> Path:
    return m.write("figures.csv", f"{HEADER}\n" + "E22000120,a:b\n" * MEGA)


@refused("too big|larger|more than", real=True)
def official_table_of_five_million_lines(m: Material) -> Path:
    return m.write("census.csv", "LAD,POP21\n" + "E06000001,1\n" * 5 * MEGA)


@refused("stands twice", real=True)
def street_file_of_a_million_columns(m: Material) -> Path:
    text = m.street(3).replace("Context\n", "Context" + ",x" * MEGA + "\n")
    return m.write("street.csv", text)


@refused("month|line|columns|values", good=2, real=True)
def street_file_of_ten_megabytes_on_one_line(m: Material) -> Path:
    return m.write("street.csv", m.street(2) + "x" * 10 * MEGA)


def _after_the_table(row: str, times: int) -> list[bytes]:
    return [table_xml().encode(), *repeated(row.encode(), times)]
