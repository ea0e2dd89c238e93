"""What a file is added with: areas of other files, what is kept of its reading, and the lock."""

from __future__ import annotations

import json
import threading
from datetime import date
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from dashboard.cli.main import app
from dashboard.metrics.windows import STATUS_ORDER
from etl import raw, transform
from etl.build import build
from etl.build_lock import BuildIsRunningError, build_lock
from etl.command_options import ExitCode
from etl.datadir import DataDir
from etl.manifest import loads
from etl.observation import STATUSES
from etl.problems import InputError
from etl.publish import read_mart
from etl.raw import add_file
from etl.reading import LAST_WRITTEN
from etl.rulings import COLUMNS
from etl.sources import own_figures

HEADER = "area_code,measure_code,period,value\n"
LOOKUP = "lsoa21_code,lsoa21_name,ltla24_code,ltla24_name\n"
PLACE = "E01099999"


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    return DataDir(tmp_path / "figures")


def own_file(folder: Path, *lines: str, name: str = "own.csv") -> Path:
    path = folder / name
    path.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def lookup(folder: Path) -> Path:
    path = folder / "lookup.csv"
    path.write_text(f"{LOOKUP}{PLACE},Southampton 999Z,E06000045,Southampton\n", encoding="utf-8")
    return path


def own(data: DataDir) -> list[str]:
    return [each.file_name for each in loads(data) if not each.illustrative]


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2025, 6, 1)])
def test_areas_of_a_loaded_file_are_known_to_figures_of_any_date(data, tmp_path, day) -> None:
    figures = own_file(tmp_path, f"{PLACE},local:arson,2018-12,4")
    with pytest.raises(InputError, match="no area has this code"):
        add_file(data, figures, published=day, loaded_by="a test")
    add_file(data, lookup(tmp_path), published=date(2024, 5, 1), loaded_by="a test")
    add_file(data, figures, published=day, loaded_by="a test")
    areas = read_mart(build(data).path, "area").set_index("area_code")
    assert areas.loc[PLACE, "area_name"] == "Southampton 999Z"


def test_a_file_is_read_once_for_adding_and_building(data, tmp_path, monkeypatch) -> None:
    path = own_file(tmp_path, "E22000120,local:arson,2024-12,4")
    add_file(data, path, published=date(2025, 1, 31), loaded_by="a test")
    (kept,) = data.raw.glob(f"*/read/own_figures-*/{LAST_WRITTEN}")
    written = kept.stat().st_mtime_ns
    build(data)
    assert kept.stat().st_mtime_ns == written
    assert own_figures.SOURCE.source_id in kept.parent.name


def test_adding_waits_for_a_build_and_does_not_wait_for_ever(data, tmp_path, monkeypatch) -> None:
    path = own_file(tmp_path, "E22000120,local:arson,2024-12,4")
    monkeypatch.setattr(raw, "_PATIENCE", 0.2)
    with build_lock(data, "Ann"), pytest.raises(BuildIsRunningError, match="begun by Ann"):
        add_file(data, path, published=date(2025, 1, 31), loaded_by="a test")
    assert own(data) == []

    monkeypatch.setattr(raw, "_PATIENCE", 30.0)
    held, let_go = threading.Event(), threading.Event()

    def hold() -> None:
        with build_lock(data, "Ann"):
            held.set()
            let_go.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(30)
    threading.Timer(0.5, let_go.set).start()
    add_file(data, path, published=date(2025, 1, 31), loaded_by="a test")
    holder.join()
    assert own(data) == ["own.csv"]


def test_a_sum_is_as_firm_as_its_least_firm_part_and_estimated_stays(data, tmp_path) -> None:
    path = tmp_path / "own.csv"
    kinds = ["violence_against_the_person", "sexual_offences"]
    for month, statuses in (("2024-10", ("final", "final")), ("2024-11", ("provisional", "final")),
                            ("2024-12", ("estimated", "provisional"))):  # fmt: skip
        lines = [
            f"E22000120,local:{kind},{month},9,{status}"
            for kind, status in zip(kinds, statuses, strict=True)
        ]
        with path.open("a", encoding="utf-8") as file:
            if not file.tell():
                file.write("area_code,measure_code,period,value,status\n")
            file.write("".join(f"{line}\n" for line in lines))
    add_file(data, path, published=date(2025, 1, 31), loaded_by="a test")
    rows = read_mart(build(data).path, "indicator_period")
    rows = rows[rows["indicator_id"].eq("violence_and_sexual_offences") & ~rows["illustrative"]]
    own = rows[rows["area_code"].eq("E22000120")].sort_values("period_start")
    assert own["status"].tolist() == ["final", "provisional", "estimated"]


def test_the_order_of_statuses_is_one() -> None:
    sql = (transform.SQL_FOLDER / "staging" / "stg_status.sql").read_text(encoding="utf-8")
    ordered = duckdb.sql(sql).order("uncertainty").fetchall()
    assert [status for status, _ in ordered] == list(STATUSES) == list(STATUS_ORDER)


def run(*words: str, data: DataDir):
    return CliRunner().invoke(app, [*words, "--data-dir", str(data.root)])


def test_add_names_what_nobody_knows_with_the_nearest(data, tmp_path) -> None:
    path = own_file(tmp_path, "E22000120,local:arsn,2024-12,4", "Southampton,local:arson,2024-12,4")
    words = ("add", str(path), "--published", "2025-01-31", "--accept-partial")
    result = run(*words, "--json", data=data)
    (source,) = json.loads(result.stdout)
    assert source["unknown"] == [
        {"what": "area", "value": "Southampton", "rows": 1, "nearest": "E22000120",
         "nearest_name": "Southampton"},
        {"what": "measure", "value": "local:arsn", "rows": 1, "nearest": "local:arson",
         "nearest_name": source["unknown"][1]["nearest_name"]},
    ]  # fmt: skip
    assert "arson" in source["unknown"][1]["nearest_name"].lower()
    assert len(source["problems"]) == 1
    assert "Loaded, but on no page" in run(*words, data=data).output


def test_check_reads_the_rulings(data) -> None:
    data.root.mkdir()
    good = "2025-01-01T00:00:00+00:00,Ann,E22000120,local:arson,2024-12,real,it was quiet"
    data.rulings.write_text(f"{','.join(COLUMNS)}\n{good}\n", encoding="utf-8")
    result = run("check", data=data)
    assert result.exit_code == ExitCode.DONE
    assert "1 rulings" in result.output
    bad = good.replace("2024-12", "some time").replace(",real,", ",perhaps,")
    data.rulings.write_text(f"{','.join(COLUMNS)}\n{good}\n{bad}\n", encoding="utf-8")
    result = run("check", data=data)
    assert result.exit_code == ExitCode.INPUT
    assert "some time" in result.output
