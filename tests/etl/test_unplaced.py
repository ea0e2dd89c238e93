"""Street-level figures that no lookup puts into a partnership are told when they are loaded."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.cli.main import app
from etl.datadir import DataDir
from etl.preview import preview
from etl.raw import add_file

DOVER_PLACE, ASHFORD_PLACE, DOVER = "E01000001", "E01000002", "E07000108"
STREET = (
    "Month,Reported by,LSOA code,LSOA name,Crime type\n"
    f"2024-01,Kent Police,{DOVER_PLACE},Dover 001A,Burglary\n"
    f"2024-01,Kent Police,{DOVER_PLACE},Dover 001A,Robbery\n"
    f"2024-01,Kent Police,{ASHFORD_PLACE},Ashford 001A,Burglary\n"
)
LOOKUPS = {
    "small.csv": "lsoa21_code,lsoa21_name,ltla24_code,ltla24_name\n"
    f"{DOVER_PLACE},a,{DOVER},Dover\n",
    "large.csv": "ltla24_code,ltla24_name,csp24_code,csp24_name,pfa24_code,pfa24_name\n"
    f"{DOVER},Dover,E22000144,Dover,E23000032,Kent\n",
}
SMALL, LARGE = "small areas (LSOA) to local authority districts", "districts to Community Safety"


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    return DataDir(tmp_path / "figures")


@pytest.fixture
def street(tmp_path: Path) -> Path:
    path = tmp_path / "2024-01-kent-street.csv"
    path.write_text(STREET)
    return path


def load(data: DataDir, folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.write_text(LOOKUPS[name])
        add_file(data, path, published=date(2024, 6, 1), loaded_by="test")


def added(data: DataDir, path: Path, *more: str) -> str:
    words = ["add", str(path), "--published", "2024-06-01", "--data-dir", str(data.root), *more]
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output
    return " ".join(result.output.split())


def test_without_any_lookup_all_of_it_is_seen_nowhere(data, street) -> None:
    said = added(data, street)
    assert "No partnership will show 5 of these figures" in said
    assert "in which one 2 small areas lie" in said
    assert SMALL in said
    assert LARGE in said


def test_what_one_lookup_leaves_open_is_counted_and_the_missing_one_named(
    data, street, tmp_path
) -> None:
    load(data, tmp_path, "small.csv")
    said = added(data, street)
    assert "No partnership will show 5 of these figures" in said
    assert LARGE in said
    load(data, tmp_path, "large.csv")
    with preview(data, street, published=date(2024, 6, 1)) as found:
        lost = found.unplaced
    assert (lost.areas, lost.figures) == (1, 2)
    assert SMALL in lost.sentence()
    assert LARGE not in lost.sentence()


def test_scripts_are_told_how_many_and_a_lookup_loses_nothing(data, street, tmp_path) -> None:
    said = json.loads(added(data, street, "--json", "--quiet"))
    assert [each["in_no_partnership"] for each in said] == [5]
    path = tmp_path / "large.csv"
    path.write_text(LOOKUPS["large.csv"])
    assert "No partnership will show" not in added(data, path)
