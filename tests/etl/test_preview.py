"""What a file would change is said before anything is published, and leaves nothing behind."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from dashboard.cli.main import app
from etl import publish
from etl.build import build
from etl.command_options import ExitCode
from etl.datadir import DataDir
from etl.preview import preview
from etl.problems import InputError
from etl.raw import add_file

SOUTHAMPTON, NEW_FOREST = "E22000120", "E22000117"
HEADER = "area_code,measure_code,period,value\n"
PUBLISHED = date(2025, 2, 1)


def own_file(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataDir:
    """Two years of robberies in Southampton, published."""
    folder = tmp_path_factory.mktemp("preview")
    months = [f"{2023 + month // 12}-{month % 12 + 1:02}" for month in range(24)]
    lines = [f"{SOUTHAMPTON},local:robbery,{month},100" for month in months]
    data = DataDir(folder / "figures")
    path = own_file(folder, "own.csv", *lines)
    add_file(data, path, published=date(2025, 1, 10), loaded_by="a test")
    build(data)
    return data


def published_at(data: DataDir) -> Path:
    published = publish.current(data)
    assert published is not None
    return data.build / published.database


def everything(data: DataDir) -> dict[str, tuple[int, bytes]]:
    """Return all that the data folder holds."""
    return {
        path.relative_to(data.root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(data.root.rglob("*"))
        if path.is_file()
    }


def test_it_says_what_would_change_and_leaves_nothing(data, tmp_path) -> None:
    before = everything(data)
    path = own_file(
        tmp_path, "next.csv", f"{SOUTHAMPTON},local:robbery,2025-01,90",
        f"{SOUTHAMPTON},local:robbery,2024-06,97", f"{NEW_FOREST},local:arson,2025-01,3",
        f"{SOUTHAMPTON},local:arsn,2025-01,3", "Southhampton,local:arson,2025-01,3",
    )  # fmt: skip
    with preview(data, path, published=PUBLISHED) as found:
        beside = found.after.root
        assert beside.is_dir()
    assert not beside.exists()
    assert everything(data) == before
    (checked,) = found.files
    assert (checked.reading.rows_read, len(checked.good), checked.rows_rejected) == (5, 4, 1)
    assert [problem.value for problem in found.problems] == ["Southhampton"]
    assert found.unknown[["what", "value", "nearest"]].to_numpy().tolist() == [
        ["area", "Southhampton", SOUTHAMPTON], ["measure", "local:arsn", "local:arson"],
    ]  # fmt: skip
    assert found.new_periods.to_numpy().tolist() == [
        ["arson", "own_figures", 1, 1], ["robbery", "own_figures", 1, 1],
    ]  # fmt: skip
    assert found.revised[["previous_value", "value"]].to_numpy().tolist() == [[100.0, 97.0]]
    latest = found.latest.set_index(["indicator_id", "area_code"])
    assert latest.loc[("robbery", SOUTHAMPTON), ["change", "period", "value"]].tolist() == [
        "later period", "2025-01", 90.0,
    ]  # fmt: skip
    assert latest.loc[("arson", NEW_FOREST), "change"] == "new"
    assert len(latest) == 2
    assert found.held.empty


def test_an_implausible_figure_is_announced_as_held(data, tmp_path) -> None:
    path = own_file(tmp_path, "zero.csv", f"{SOUTHAMPTON},local:robbery,2024-12,0")
    with preview(data, path, published=PUBLISHED) as found:
        assert found.held["reason"].str.startswith("0 where about 100 is usual").all()
        assert found.latest[["change", "period"]].to_numpy().tolist() == [["held", "2024-11"]]


def test_a_file_that_is_loaded_already_changes_nothing(data) -> None:
    before = everything(data)
    kept = next(data.raw.glob("*/own.csv"))
    with preview(data, kept, published=date(2025, 1, 10)) as found:
        assert found.latest.empty
        assert found.revised.empty
        assert found.new_periods.empty
    with (
        pytest.raises(InputError, match="loaded already"),
        preview(data, kept, published=PUBLISHED),
    ):
        pass
    assert everything(data) == before


def test_files_of_others_that_wait_to_be_built_are_not_its_changes(data, tmp_path) -> None:
    waiting = DataDir(tmp_path / "figures")
    shutil.copytree(data.root, waiting.root)
    others = own_file(tmp_path, "others.csv", f"{NEW_FOREST},local:arson,2024-12,3")
    add_file(waiting, others, published=date(2025, 1, 20), loaded_by="somebody else")
    before = everything(waiting)
    path = own_file(tmp_path, "next.csv", f"{SOUTHAMPTON},local:robbery,2025-01,90")
    with preview(waiting, path, published=PUBLISHED) as found:
        assert found.published_before
        assert found.new_periods.to_numpy().tolist() == [["robbery", "own_figures", 1, 1]]
        assert found.latest["indicator_id"].tolist() == ["robbery"]
    assert everything(waiting) == before


def test_what_is_not_kept_of_a_reading_is_not_kept_by_looking(data, tmp_path) -> None:
    after_an_update = DataDir(tmp_path / "figures")
    shutil.copytree(data.root, after_an_update.root)
    (kept,) = after_an_update.raw.glob("*/read/own_figures-*")
    kept.rename(kept.with_name("own_figures-0123456789ab"))
    before = everything(after_an_update)
    path = own_file(tmp_path, "next.csv", f"{SOUTHAMPTON},local:robbery,2025-01,90")
    with preview(after_an_update, path, published=PUBLISHED) as found:
        assert found.new_periods.to_numpy().tolist() == [["robbery", "own_figures", 1, 1]]
    assert everything(after_an_update) == before


def test_a_second_source_revises_nothing_and_is_a_series_of_its_own(tmp_path, shared_data) -> None:
    data = DataDir(tmp_path / "figures")
    years = [f"{SOUTHAMPTON},local:robbery,year ending {year}-12,400" for year in (2023, 2024)]
    add_file(
        data, own_file(tmp_path, "own.csv", *years), published=date(2025, 1, 10), loaded_by="a test"
    )
    build(data)
    workbook = shared_data / "ons_csp" / "policeforceareatablesyedecember2024.xlsx"
    with preview(data, workbook, published=date(2025, 4, 24)) as found:
        assert found.revised.empty
        of_area = found.latest[found.latest["area_code"].eq(SOUTHAMPTON)]
        of_area = of_area.set_index("indicator_id")
        assert set(of_area["source_id"]) == {"ons_csp"}
        columns = ["change", "period", "period_before"]
        robbery = of_area.loc["robbery", columns]
        assert robbery["change"] == "new series"
        assert robbery["period"] == "2024-01"
        assert pd.isna(robbery["period_before"])
        assert of_area.loc["vehicle_offences", "change"] == "new"
        new = found.new_periods.set_index("indicator_id")
        assert set(new["source_id"]) == {"ons_csp", "ons_pfa"}
        then, now = (publish.read_mart(published_at(each), "indicator_period")
                     for each in (data, found.after))  # fmt: skip
    key = ["indicator_id", "period_start"]
    own = (rows[rows["source_id"].eq("own_figures")].set_index(key)["numerator"].sort_index()
           for rows in (then, now))  # fmt: skip
    pd.testing.assert_series_equal(*own)


def test_made_up_figures_stay_and_are_no_news(tmp_path) -> None:
    data = DataDir(tmp_path / "figures")
    build(data)
    path = own_file(tmp_path, "real.csv", f"{SOUTHAMPTON},local:robbery,2009-01,41")
    with preview(data, path, published=PUBLISHED) as found:
        series = ["indicator_id", "area_code", "source_id", "change"]
        assert found.latest[series].to_numpy().tolist() == [
            ["robbery", SOUTHAMPTON, "own_figures", "new"]
        ]
        assert found.new_periods.to_numpy().tolist() == [["robbery", "own_figures", 1, 1]]
        assert found.held.empty
        then, now = (publish.read_mart(published_at(each), "indicator_period")
                     for each in (data, found.after))  # fmt: skip
    key = ["indicator_id", "area_code", "period_kind", "period_start"]
    made_up = (rows[rows["illustrative"].eq(True)].set_index(key).sort_index()
               for rows in (then, now))  # fmt: skip
    pd.testing.assert_frame_equal(*made_up)


def test_with_nothing_published_all_is_new(tmp_path) -> None:
    data = DataDir(tmp_path / "figures")
    path = own_file(tmp_path, "own.csv", f"{SOUTHAMPTON},local:robbery,2025-01,90")
    with preview(data, path, published=PUBLISHED) as found:
        assert not found.published_before
        assert found.latest[["area_code", "change"]].to_numpy().tolist() == [[SOUTHAMPTON, "new"]]
    assert not data.root.exists()


def checked(path: Path, data: DataDir, *words: str) -> Result:
    words = ("check", str(path), "--published", "2025-02-01", *words)
    return CliRunner().invoke(app, [*words, "--data-dir", str(data.root)])


def test_the_command_tells_it_in_tables_and_in_json(data, tmp_path) -> None:
    path = own_file(tmp_path, "next.csv", f"{SOUTHAMPTON},local:robbery,2025-01,90")
    result = checked(path, data)
    assert result.exit_code == ExitCode.DONE
    assert "Latest values that change" in result.output
    assert "Nothing wrong." in result.output
    found = json.loads(checked(path, data, "--json").stdout)
    assert found["sources"][0]["rows_good"] == 1
    assert found["latest"][0]["change"] == "later period"
    assert found["problems"] == []


def test_the_command_names_verdicts_that_would_change(tmp_path) -> None:
    data = DataDir(tmp_path / "figures")
    build(data)
    path = own_file(
        tmp_path, "real.csv", f"{SOUTHAMPTON},local:all_crime,2009-12,2041",
        f"{SOUTHAMPTON},local:all_crime,2010-01,many",
    )  # fmt: skip
    result = checked(path, data, "--json")
    assert result.exit_code == ExitCode.INPUT
    assert "many" in result.stderr
    found = json.loads(result.stdout)
    assert len(found["problems"]) == 1
    # Real figures of the plan's own years take the place of its made-up ones: of this indicator.
    assert {row["status"] for row in found["verdicts"]} == {"cannot say"}
    assert {row["indicator_id"] for row in found["verdicts"]} == {"all_crime"}
    assert [row["indicator_id"] for row in found["latest"]] == ["all_crime"]


def test_what_is_no_file_of_any_source_is_refused(data, tmp_path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("nothing")
    result = checked(path, data)
    assert result.exit_code == ExitCode.INPUT
    assert "no source recognises" in result.output
