"""Whatever one thing changes in the layout of an ONS workbook, the rest is read, and right."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.observation import KEY
from etl.problems import InputError
from etl.sources import Reading, ons_csp, ons_pfa, recognise
from etl.sources._ons_areas import AREA_CODE
from etl.sources._ons_figures import DENOMINATORS, NUMBER
from etl.sources._workbook import Sheet, read_sheets

BOTH = "ons_csp/policeforceareatablesyedecember2024.xlsx"
OLDER = "ons_pfa/policeforceareatablesyearendingdecember2018.xlsx"
#: The readers, each with a workbook of it.
READERS: dict[str, tuple[Callable[[str, list[Sheet]], Reading], str]] = {
    "partnerships": (ons_csp.reading_of, BOTH),
    "forces, 2024": (ons_pfa.reading_of, BOTH),
    "forces, 2018": (ons_pfa.reading_of, OLDER),
}
#: Rows of areas that are kept of each sheet: a whole workbook takes seconds.
KEPT = 4
FILE = "release.xlsx"


def cut(sheet: Sheet) -> Sheet:
    """A sheet with its first areas only, and what stands above and below all of them."""
    coded = sheet.cells.apply(lambda column: column.str.match(AREA_CODE)).any(axis=1)
    rows = sheet.cells[~coded | (coded.cumsum() <= KEPT)]
    return replace(sheet, cells=rows.set_axis(range(1, len(rows) + 1)))


@pytest.fixture(scope="module")
def workbooks(shared_data: Path) -> dict[str, list[Sheet]]:
    return {name: [cut(each) for each in read_sheets(shared_data / name)] for name in (BOTH, OLDER)}


@pytest.fixture(scope="module")
def usual(workbooks: dict[str, list[Sheet]]) -> dict[str, Reading]:
    return {name: read(FILE, workbooks[file]) for name, (read, file) in READERS.items()}


def tables(sheets: Sequence[Sheet]) -> list[int]:
    """Places of the sheets that hold a table of figures by area."""
    found = []
    for place, sheet in enumerate(sheets):
        coded = sheet.cells.apply(lambda column: column.str.match(AREA_CODE)).to_numpy().any()
        if coded and cells_of(sheet, header=False):
            found.append(place)
    return found


def first_area(sheet: Sheet) -> int:
    """The first row with the code of an area."""
    marks = sheet.cells.apply(lambda column: column.str.match(AREA_CODE)).any(axis=1)
    return int(marks.idxmax())


def cells_of(sheet: Sheet, *, header: bool) -> list[tuple[int, int]]:
    """Cells of the header, or those that hold a number below it."""
    top = first_area(sheet)
    part = sheet.cells.loc[2 : top - 1] if header else sheet.cells.loc[top:]
    marks = part.ne("") if header else part.apply(lambda column: column.str.fullmatch(NUMBER))
    return [(int(row), int(column)) for row, column in marks.stack()[lambda m: m].index]


def with_cell(sheet: Sheet, place: tuple[int, int], text: str) -> Sheet:
    cells = sheet.cells.copy()
    cells.loc[place[0], place[1]] = text
    return replace(sheet, cells=cells)


def with_rows(sheet: Sheet, above: int, texts: Sequence[str]) -> Sheet:
    """A sheet with lines put in above a row, each in the first column."""
    added = pd.DataFrame("", index=range(len(texts)), columns=sheet.cells.columns, dtype="str")
    added[added.columns[0]] = list(texts)
    parts = [sheet.cells.loc[: above - 1], added, sheet.cells.loc[above:]]
    cells = pd.concat(parts)
    return replace(sheet, cells=cells.set_axis(range(1, len(cells) + 1)))


WORDS = st.sampled_from(["", "A line of explanation", ".", "England and Wales", "Notes", "7"])
NEW = st.sampled_from(["", ".", "[note 2]", "Something else", "Area", "Total"])
MARKS = st.sampled_from([" [note 9]", "[note 3, 4]"])
INSTEAD = st.sampled_from(["[x]", "[u1]", "..", "-", ":", ""])
CHANGES = (
    "missing", "added", "renamed", "reordered", "deeper", "heading", "footnote", "marker",
    "trailing",
)  # fmt: skip


def changed(sheets: list[Sheet], draw: st.DataObject) -> tuple[str, list[Sheet]]:
    """What was changed, and the sheets after it."""
    what = draw.draw(st.sampled_from(CHANGES))
    place = draw.draw(st.sampled_from(tables(sheets)))
    sheet, found = sheets[place], list(sheets)
    if what == "missing":
        del found[place]
    elif what == "added":
        texts = draw.draw(st.lists(WORDS, min_size=1, max_size=5))
        found.insert(
            place, with_rows(replace(sheet, file=f"{FILE}, new", cells=sheet.cells[:0]), 1, texts)
        )
    elif what == "renamed":
        found[place] = replace(sheet, file=f"{FILE}, sheet {draw.draw(WORDS)}?")
    elif what == "reordered":
        found = draw.draw(st.permutations(sheets))
    elif what == "deeper":
        above = draw.draw(st.sampled_from([1, 2]))
        texts = draw.draw(st.lists(WORDS, min_size=1, max_size=4))
        found[place] = with_rows(sheet, above, texts)
    elif what == "trailing":
        texts = draw.draw(st.lists(WORDS, min_size=1, max_size=4))
        found[place] = with_rows(sheet, len(sheet.cells) + 1, texts)
    else:
        cell = draw.draw(st.sampled_from(cells_of(sheet, header=what != "marker")))
        text = sheet.cells.at[cell]
        text = (
            text + draw.draw(MARKS)
            if what == "footnote"
            else draw.draw(INSTEAD if what == "marker" else NEW)
        )
        found[place] = with_cell(sheet, cell, text)
    return what, found


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draw=st.data())
def test_one_change_takes_no_more_than_what_it_is_about(
    workbooks: dict[str, list[Sheet]], usual: dict[str, Reading], name: str, draw: st.DataObject
) -> None:
    read, file = READERS[name]
    what, sheets = changed(workbooks[file], draw)
    found, before = read(FILE, sheets), usual[name]
    both = before.observations[[*KEY, "value"]].merge(
        found.observations[[*KEY, "value"]], how="outer", on=KEY, suffixes=("_before", "")
    )
    kept = both.dropna(subset=["value", "value_before"])
    assert kept["value"].eq(kept["value_before"]).all()
    gone = both["value"].isna().sum()
    if what in ("added", "renamed", "reordered", "deeper", "footnote", "trailing"):
        assert gone == 0
        assert both["value_before"].notna().all()
        assert found.problems == ()
    elif what == "marker":
        # The figure, and the base that it implies.
        assert gone <= 2
        assert both["value_before"].notna().all()
    elif what == "heading":
        # Population or households of another name are taken for one of the rates beside them.
        lost = both.loc[both["value"].isna(), "measure_code"]
        is_new = both["value_before"].isna().any()
        assert found.problems or is_new or set(lost) <= {*DENOMINATORS}
    for problem in found.problems:
        assert problem.file
        assert problem.rule


def as_csv(path: Path, sheet: Sheet, *, over_lines: bool) -> Path:
    """A sheet saved as CSV, with "31,345 " for a number and headings of several lines."""
    top = first_area(sheet)
    rows = [
        [f"{int(text):,} " if row >= top and text.isdigit() else text for text in values]
        for row, values in zip(sheet.cells.index, sheet.cells.to_numpy().tolist(), strict=True)
    ]
    header = rows[top - 2]
    if over_lines:
        halves = [heading.rpartition(" ") for heading in header]
        rows[top - 2 : top - 1] = [[first for first, _, _ in halves], [end for _, _, end in halves]]
    else:
        rows[top - 2] = [heading.replace(" ", "\n", 2) for heading in header]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.mark.parametrize("over_lines", [False, True])
def test_a_table_of_partnerships_saved_as_csv(
    workbooks: dict[str, list[Sheet]], usual: dict[str, Reading], tmp_path: Path, over_lines: bool
) -> None:
    (sheet,) = [each for each in workbooks[BOTH] if each.file.endswith("Table C2")]
    path = as_csv(tmp_path / "download.csv", sheet, over_lines=over_lines)
    assert [each.source_id for each in recognise(path)] == ["ons_csp"]
    found = ons_csp.read(path)
    assert found.problems == ()
    of_workbook = usual["partnerships"].observations
    counted = of_workbook["period_kind"].eq("rolling_year")
    of_2024 = of_workbook[counted & of_workbook["period_start"].eq(pd.Timestamp("2024-01-01"))]
    assert len(of_2024) > 50
    pd.testing.assert_frame_equal(
        found.observations.drop(columns="row_number").reset_index(drop=True),
        of_2024.drop(columns="row_number").reset_index(drop=True),
    )


def test_a_table_of_forces_saved_as_csv(
    workbooks: dict[str, list[Sheet]], usual: dict[str, Reading], tmp_path: Path
) -> None:
    (sheet,) = [each for each in workbooks[OLDER] if each.file.endswith("Table P1")]
    path = as_csv(tmp_path / "download.csv", sheet, over_lines=False)
    assert [each.source_id for each in recognise(path)] == ["ons_pfa"]
    found = ons_pfa.read(path)
    assert found.problems == ()
    counted = usual["forces, 2018"].observations
    whole = counted.merge(found.observations, on=[*KEY, "value"])
    assert len(whole) == len(found.observations) > 50


def test_a_csv_of_something_else_is_not_recognised(tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text("Table C2: Number of rows\na,b\n1,2\n", encoding="utf-8")
    with pytest.raises(InputError, match="no source recognises"):
        recognise(path)
