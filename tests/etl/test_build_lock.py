"""One build at a time, in one process or several; the lock of a process that died is let go."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.cli.main import app
from etl import publish
from etl.build import build
from etl.build_lock import BuildIsRunningError, build_lock
from etl.command_options import ExitCode
from etl.datadir import DataDir
from etl.load_files import load_files
from etl.manifest import loads
from etl.problems import InputError
from etl.progress import Step

LINE = "area_code,measure_code,period,value\nE22000120,local:robbery,2024-{month},31\n"
HOLDER = """
import sys
from pathlib import Path
from etl.build_lock import build_lock
from etl.datadir import DataDir
with build_lock(DataDir(Path(sys.argv[1])), "another process"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def data(tmp_path: Path) -> DataDir:
    return DataDir(tmp_path / "figures")


def own_file(folder: Path, month: str, name: str = "") -> Path:
    path = folder / (name or f"own_{month}.csv")
    path.write_text(LINE.format(month=month), encoding="utf-8")
    return path


def load(data: DataDir, *files: Path, by: str = "Ann", accept: bool = False) -> None:
    chosen = dict.fromkeys(files, accept)
    load_files(data, chosen, published=date(2025, 1, 31), loaded_by=by)


def own_loads(data: DataDir) -> list[str]:
    return [each.file_name for each in loads(data) if not each.illustrative]


def test_who_comes_second_is_told_who_builds_and_since_when(data) -> None:
    with build_lock(data, "Ann"):
        with pytest.raises(
            BuildIsRunningError, match=r"already \(begun by Ann at \d\d:\d\d:\d\d\)"
        ):
            build(data)
        result = CliRunner().invoke(app, ["build", "--data-dir", str(data.root)])
        assert result.exit_code == ExitCode.INPUT
        assert "wait until that is done" in result.output
    assert build(data).path.is_file()


def test_another_process_keeps_it_and_lets_go_when_it_dies(data, project_root) -> None:
    command = [sys.executable, "-c", HOLDER, str(data.root)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=project_root
    ) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(BuildIsRunningError, match="another process"), build_lock(data):
            pass
        other.kill()
        other.wait()
    with build_lock(data):
        pass


def test_of_two_people_who_load_at_once_one_is_asked_to_wait(data, tmp_path) -> None:
    begun, go_on = threading.Event(), threading.Event()
    files = {own_file(tmp_path, "01"): False}

    def hold_on(_step: Step, _share: float) -> None:
        begun.set()
        assert go_on.wait(30)

    first = threading.Thread(
        target=load_files,
        args=(data, files),
        kwargs={"published": date(2025, 1, 31), "loaded_by": "Ann", "progress": hold_on},
    )
    first.start()
    assert begun.wait(30)
    with pytest.raises(BuildIsRunningError, match="by Ann"):
        load(data, own_file(tmp_path, "02"), by="Bob")
    go_on.set()
    first.join(60)
    assert own_loads(data) == ["own_01.csv"]
    load(data, own_file(tmp_path, "02"), by="Bob")
    assert sorted(own_loads(data)) == ["own_01.csv", "own_02.csv"]


def test_all_files_are_loaded_or_none(data, tmp_path) -> None:
    load(data, own_file(tmp_path, "01"))
    before = publish.current(data)
    bad = tmp_path / "bad.csv"
    bad.write_text(LINE.format(month="02").replace("31", "many"), encoding="utf-8")
    with pytest.raises(InputError, match="many"):
        load(data, own_file(tmp_path, "03"), bad)
    assert own_loads(data) == ["own_01.csv"]
    assert len(list(data.raw.iterdir())) == 1
    assert publish.current(data) == before


def test_a_file_that_was_loaded_before_stays_when_loading_it_again_fails(data, tmp_path) -> None:
    path = own_file(tmp_path, "01")
    load(data, path)
    (manifest,) = data.raw.glob("*/load-*.json")
    before = manifest.read_text(encoding="utf-8")
    data.rulings.write_text("when,what\n")
    with pytest.raises(InputError, match="first line"):
        load(data, path, accept=True)
    assert manifest.read_text(encoding="utf-8") == before
    assert own_loads(data) == ["own_01.csv"]
