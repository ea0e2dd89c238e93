"""A target is judged by the series that it is measured in, whatever else is loaded beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.status import target_status
from dashboard.store.warehouse import Warehouse
from etl.build import build
from etl.datadir import DataDir
from etl.own_plan_text import plan_text
from etl.raw import add_file

PORTSMOUTH = "E22000118"
TARGET = """
[[target]]
id = "robbery_2024_25"
indicator = "robbery"
kind = "plan"
goal = "relative_change"
goal_number = -10
baseline_period = "2023/24"
due = 2025-03-31
paragraph = "1"
"""


@pytest.fixture
def own_figures(tmp_path: Path) -> DataDir:
    data = DataDir(tmp_path / "figures")
    plan = data.root / "plans" / "portsmouth_2024_25"
    plan.mkdir(parents=True)
    (plan / "plan.toml").write_text(plan_text(PORTSMOUTH, "Portsmouth", "2024/25", 3))
    (plan / "targets.toml").write_text(TARGET)
    months = pd.period_range("2021-04", "2024-12", freq="M")
    lines = [f"{PORTSMOUTH},local:robbery,{month},{30 + month.month}" for month in months]
    own = tmp_path / "own.csv"
    own.write_text("\n".join(["area_code,measure_code,period,value", *lines]))
    add_file(data, own, published=date(2025, 1, 31), loaded_by="Ann")
    return data


def verdict(data: DataDir) -> pd.Series:
    build(data)
    with Warehouse(data) as warehouse:
        view = AreaView.of(warehouse, "portsmouth_2024_25")
        return target_status(view, "2024-12").iloc[0]


def test_official_years_beside_own_months_change_no_verdict(own_figures, shared_data) -> None:
    before = verdict(own_figures)
    assert before["status"] not in ("cannot say", "")
    workbook = shared_data / "ons_csp" / "policeforceareatablesyedecember2024.xlsx"
    add_file(own_figures, workbook, published=date(2025, 4, 24), loaded_by="Ann")
    pd.testing.assert_series_equal(verdict(own_figures), before)
