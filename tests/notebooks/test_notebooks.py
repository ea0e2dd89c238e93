"""Every notebook runs from top to bottom on the default figures, and defines nothing."""

from __future__ import annotations

import ast
import runpy
from pathlib import Path

import pytest

from etl.build import build
from etl.datadir import DataDir

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.py"))


@pytest.fixture(scope="module")
def default_figures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notebooks")
    build(DataDir(folder))
    return folder


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_prints(notebook, default_figures, monkeypatch, capsys) -> None:
    monkeypatch.setenv("SAFECITY_DATA_DIR", str(default_figures))
    runpy.run_path(str(notebook))
    printed = capsys.readouterr().out
    assert "a fall of 12%" in printed
    assert "13th of 15" in printed


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_defines_nothing(notebook) -> None:
    tree = ast.parse(notebook.read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
