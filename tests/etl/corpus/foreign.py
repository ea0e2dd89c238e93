"""Files of another format, whatever their name says."""

from __future__ import annotations

import json
import struct
import zlib
from gzip import compress as packed_with_gzip
from pathlib import Path

from tests.etl.corpus.kind import refused
from tests.etl.corpus.material import FIGURES, ROWS, Material, skeleton, zipped

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_HTML = "<table>" + "".join(
    "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS
) + "</table>"  # fmt: skip


def _ole(stream: str) -> bytes:
    """Return the beginning of an OLE container that names a stream, as its directory does."""
    return (_OLE + bytes(504) + bytes(64) + stream.encode("utf-16-le")).ljust(4096, b"\0")


@refused("protected by a password")
def password_protected_workbook(m: Material) -> Path:
    return m.write("figures.xlsx", _ole("EncryptedPackage"))


@refused("old Excel")
def old_excel_workbook(m: Material) -> Path:
    return m.write("figures.xls", _ole("Workbook"))


@refused("binary Excel")
def binary_excel_workbook(m: Material) -> Path:
    parts = skeleton()
    parts["xl/workbook.bin"] = parts.pop("xl/workbook.xml")
    return m.write("figures.xlsb", zipped(parts))


@refused("OpenDocument")
def open_document_spreadsheet(m: Material) -> Path:
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in ROWS
    )
    content = f'<x><table:table table:name="Figures">{rows}</table:table></x>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return m.write("figures.ods", zipped({"mimetype": kind, "content.xml": content}))


@refused("OpenDocument|Word")
def word_document(m: Material) -> Path:
    return m.write("figures.docx", zipped({"word/document.xml": "<w/>"}))


@refused("web page")
def web_page_saved_as_xls(m: Material) -> Path:
    return m.write("figures.xls", f"<html><body>{_HTML}</body></html>")


@refused("web page")
def error_page_saved_as_csv(m: Material) -> Path:
    return m.write("figures.csv", "<!DOCTYPE html>\n<html><title>404 Not Found</title>")


@refused("web page|XML")
def spreadsheet_xml_of_2003(m: Material) -> Path:
    return m.write("figures.xls", f'<?xml version="1.0"?><Workbook>{_HTML}</Workbook>')


@refused("JSON")
def json_list(m: Material) -> Path:
    return m.write("figures.csv", json.dumps([dict(zip(ROWS[0], ROWS[1], strict=True))]))


@refused("PDF")
def pdf(m: Material) -> Path:
    return m.write("figures.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n")


@refused("picture")
def picture_named_csv(m: Material) -> Path:
    def chunk(name: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + body))
        return struct.pack(">I", len(body)) + name + body + check

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return m.write("figures.csv", b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b""))


@refused("packed with gzip")
def gzip(m: Material) -> Path:
    return m.write("figures.csv.gz", packed_with_gzip(FIGURES.encode()))


@refused("no source recognises")
def rich_text(m: Material) -> Path:
    return m.write("figures.csv", r"{\rtf1\ansi area_code,measure_code,period,value}")


@refused("no source recognises")
def random_bytes(m: Material) -> Path:
    return m.write("figures.csv", bytes((n * n * 31 + n) % 256 for n in range(5000)))


@refused("no source recognises")
def table_of_something_else(m: Material) -> Path:
    return m.write("loans.csv", "library,loans\nCentral,12\n")


@refused("shortcut|no source recognises")
def a_web_address_saved_as_a_file(m: Material) -> Path:
    return m.write("figures.csv", "[InternetShortcut]\nURL=https://example.org/figures.csv\n")
