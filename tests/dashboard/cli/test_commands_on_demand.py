"""A command is imported when it is asked for, and a question does not load what builds or draws."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from dashboard.cli.main import COMMANDS, app

ROOT = Path(__file__).resolve().parents[3]
NOT_NEEDED = {
    "etl.build", "fastexcel", "plotly", "rich", "scipy.stats", "sqlalchemy", "sqlglot", "ssl",
    "statsmodels", "streamlit", "xlsxwriter",
}  # fmt: skip
"""What takes long to import and answers no question."""
ANSWERS_AND_LISTS = """
import atexit, sys
from dashboard.cli.main import main
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
main()
"""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_where_it_is_said_to(name: str) -> None:
    assert get_command(app).get_command(None, name).name == name


def test_a_question_loads_only_what_it_needs(default_data: Path) -> None:
    words = ["show", "change", "--indicator", "all_crime", "--data-dir", str(default_data)]
    command = [sys.executable, "-c", ANSWERS_AND_LISTS, *words]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(ran.stderr.split())
    assert "dashboard.analysis.change" in loaded
    assert loaded & NOT_NEEDED == set()
