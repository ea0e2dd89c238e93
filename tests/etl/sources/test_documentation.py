"""`docs/sources.md` says of every source what the source says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.sources import all_sources
from etl.sources._template_table import Columns
from etl.sources.own_figures import COLUMNS as FIGURES
from etl.sources.survey_results import COLUMNS as SURVEY


@pytest.fixture(scope="module")
def document(project_root: Path) -> str:
    return (project_root / "docs" / "sources.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(document: str) -> dict[str, list[str]]:
    table = document.partition("|---|---|---|---|---|---|---|---|\n")[2].partition("\n\n")[0]
    cells = [[cell.strip() for cell in line.split(" | ")] for line in table.splitlines()]
    return {row[0].strip("| `"): row for row in cells}


def test_every_source_has_one_row(rows):
    assert sorted(rows) == sorted(all_sources())


@pytest.mark.parametrize("source_id", sorted(all_sources()))
def test_a_row_says_what_the_source_says(rows, source_id):
    source = all_sources()[source_id]
    _, title, publisher, licence, page, cadence, what, quirks = rows[source_id]
    assert (title, publisher, licence, page, cadence) == (
        source.title, source.publisher, source.licence, source.landing_page, source.cadence,
    )  # fmt: skip
    assert what
    assert quirks.strip("| ")


@pytest.mark.parametrize("columns", [FIGURES, SURVEY], ids=["figures", "survey"])
def test_every_column_of_a_template_is_explained(document: str, columns: Columns):
    section = document.partition("## A partnership's own figures")[2]
    assert not [name for name in columns.all if f"`{name}`" not in section]
