"""Whatever is changed in a file, a reader gives observations of right types or an `InputError`."""

from __future__ import annotations

import tempfile
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.datadir import PROJECT_DATA, DataDir
from etl.observation import COLUMNS
from etl.problems import InputError
from etl.raw import check_file, known_areas
from tests.etl.corpus import material
from tests.etl.corpus.material import FIGURES, SURVEY, Material, zipped

REAL = {
    "census": material.CENSUS,
    "estimates": material.ESTIMATES,
    "peers": material.PEERS,
    "lookup": material.LOOKUP,
    "rolling": material.ROLLING,
    "open_data": material.OPEN_DATA,
    "boroughs": material.BOROUGHS,
    "monthly": material.MONTHLY,
    "street": material.STREET,
}
ODD_BYTES = [b"", b"\0", b"\xff", b'"', b",", b";", b"\n", b"\r", b"=", b"-", b"9" * 30]
ODD_TEXTS = [
    *("", "-", "nan", "inf", "1e309", "-00 ", "[x]", "..", "=1+1", "2009-10", "Total", "E22000120"),
    *("9" * 400, "\x00", "1,234", "12,5", "#REF!", "Q9 2009/10", "2010-02-30", "\u0661", "\ud7ff"),
]
EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 4), st.sampled_from(ODD_BYTES)),
    min_size=1,
    max_size=4,
)
CELLS = st.sampled_from(ODD_TEXTS) | st.text(max_size=8)
FEW = settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@cache
def areas():
    return known_areas(DataDir(PROJECT_DATA))


def read(content: bytes, name: str) -> None:
    """Read a file, and look at what comes out of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            found = check_file(path, published=date(2025, 7, 24), areas=areas())
        except InputError as error:
            found, problems = [], error.problems
        else:
            problems = [problem for checked in found for problem in checked.problems]
    assert found or problems
    assert all(each.file and each.rule and each.what_to_do for each in problems)
    for checked in found:
        assert list(checked.good.columns) == list(COLUMNS)
        for column in ("period_start", "value", "row_number"):
            assert checked.good[column].dtype == COLUMNS[column]
            assert checked.good[column].notna().all()
        assert checked.rows_rejected >= 0


def edited(content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for place, length, new in edits:
        at = int(place * len(content))
        content = content[:at] + new + content[at + length :]
    return content


@pytest.mark.parametrize("name", REAL)
@given(edits=EDITS)
@FEW
def test_official_tables_with_changed_bytes(name, shared_data, edits) -> None:
    lines = Material(Path(), shared_data).head(REAL[name], 8)
    read(edited("\n".join(lines).encode(), edits), f"{name}.csv")


@pytest.mark.parametrize("name", REAL)
@given(at=st.tuples(st.integers(0, 6), st.integers(0, 11)), cell=CELLS)
@FEW
def test_official_tables_with_a_changed_cell(name, shared_data, at, cell) -> None:
    lines = [line.split(",") for line in Material(Path(), shared_data).head(REAL[name], 8)]
    line = lines[1 + at[0]]
    line[at[1] % len(line)] = cell
    text = "\n".join(",".join(cells) for cells in lines)
    read(text.encode("utf-8", "surrogatepass"), f"{name}.csv")


@pytest.mark.parametrize("template", [FIGURES, SURVEY], ids=["figures", "survey"])
@given(edits=EDITS)
@FEW
def test_templates_with_changed_bytes(template, edits) -> None:
    read(edited(template.encode(), edits), "figures.csv")


@pytest.mark.parametrize("template", [FIGURES, SURVEY], ids=["figures", "survey"])
@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=6), min_size=1, max_size=4))
@FEW
def test_templates_with_any_lines(template, rows) -> None:
    lines = "\n".join(",".join(row) for row in rows)
    read(f"{template}{lines}\n".encode("utf-8", "surrogatepass"), "figures.csv")


@cache
def workbook_parts(real: Path | None) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        made = Material(Path(folder), real)
        path = made.workbook(made.csp if real else {"Figures": [*material.ROWS]})
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


@given(part=st.integers(0, 30), edits=EDITS)
@FEW
def test_template_workbooks_with_changed_parts(part, edits) -> None:
    read_workbook(workbook_parts(None), part, edits)


@given(part=st.integers(0, 30), edits=EDITS)
@FEW
def test_official_workbooks_with_changed_parts(shared_data, part, edits) -> None:
    read_workbook(workbook_parts(shared_data), part, edits)


def read_workbook(parts: dict[str, bytes], part: int, edits) -> None:
    name = sorted(parts)[part % len(parts)]
    read(zipped(parts | {name: edited(parts[name], edits)}), "figures.xlsx")


@given(edits=EDITS)
@FEW
def test_archives_with_changed_bytes(shared_data, edits) -> None:
    street = Material(Path(), shared_data).street(6)
    read(edited(zipped({"2025-01-hampshire-street.csv": street}), edits), "download.zip")
