"""An installation begins with its own partnership, once one is set."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboard.cli.main import app
from etl.command_options import ExitCode
from etl.datadir import DataDir
from etl.partnerships import partnership_named
from etl.problems import InputError
from etl.settings import own_partnership


def safecity(*words: object) -> object:
    done = CliRunner().invoke(app, [str(each) for each in words])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.mark.parametrize("asked", ["E22000118", "Portsmouth", " portsmouth "])
def test_it_is_set_by_code_or_name_and_taken_back(tmp_path: Path, asked: str):
    given = ("--data-dir", tmp_path, "--json")
    assert safecity("config", "partnership", *given) == {"partnership": ""}
    assert safecity("config", "partnership", asked, *given) == {"partnership": "E22000118"}
    assert own_partnership(tmp_path) == "E22000118"
    assert safecity("config", "partnership", *given) == {"partnership": "E22000118"}
    assert safecity("config", "partnership", "--clear", *given) == {"partnership": ""}


def test_one_that_is_not_there_is_refused_with_the_nearest(tmp_path: Path):
    with pytest.raises(InputError, match="did you mean Portsmouth"):
        partnership_named(DataDir(tmp_path), "Portsmuth")
    done = CliRunner().invoke(app, ["config", "partnership", "X1", "--data-dir", str(tmp_path)])
    assert done.exit_code == ExitCode.INPUT
    assert own_partnership(tmp_path) == ""


def test_a_damaged_file_is_named(tmp_path: Path):
    (tmp_path / "settings.toml").write_text("partnership =", encoding="utf-8")
    with pytest.raises(InputError, match="this is not TOML"):
        own_partnership(tmp_path)
