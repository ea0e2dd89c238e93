"""The siblings of a series in the store: who they are, and who is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.projected_total import fitted_of, history_in
from dashboard.analysis.siblings import FEWEST_SIBLINGS
from dashboard.metrics.periods import parse_month
from dashboard.metrics.projection.drift import DriftingLevels
from dashboard.metrics.projection.siblings import Shares
from dashboard.store.warehouse import Warehouse
from etl.build import build
from etl.datadir import DataDir
from etl.raw import add_file

AREAS = [f"E220001{number}" for number in (18, 20, 21, 23, 24, 25, 27)]
FORCE, LAST = "E23000030", "2025-12"


def built(folder: Path, areas: list[str], *, gap: str = "") -> DataDir:
    """Four years of robberies: 20 a month in each area, 900 in the force; one month of one not."""
    lines = ["area_code,measure_code,period,value"]
    for area in [*areas, FORCE]:
        for month in range(48):
            period = f"{2022 + month // 12}-{month % 12 + 1:02}"
            level = 900 if area == FORCE else 20
            if (area, period) != (gap, "2024-05"):
                lines.append(f"{area},local:robbery,{period},{level + month % 5}")
    path = folder / "own.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    data = DataDir(folder / "figures")
    add_file(data, path, published=date(2026, 1, 31), loaded_by="a test")
    build(data)
    return data


def siblings_of(data: DataDir, area: str) -> np.ndarray | None:
    with Warehouse(data) as warehouse:
        view = AreaView.of(warehouse, area=area, as_at=LAST)
        history, _ = history_in(view, "robbery", parse_month(LAST))
        fitted = fitted_of(view, "robbery", parse_month(LAST))
    assert history is not None
    assert isinstance(fitted, DriftingLevels if history.siblings is None else Shares)
    return None if history.siblings is None else history.siblings[0]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataDir:
    return built(tmp_path_factory.mktemp("siblings"), AREAS)


def test_the_other_areas_of_one_kind_are_added_up(data: DataDir) -> None:
    found = siblings_of(data, AREAS[0])
    assert found is not None
    assert found.tolist() == [6 * (20 + month % 5) for month in range(48)]


def test_a_force_is_no_sibling_of_its_partnerships(data: DataDir) -> None:
    assert siblings_of(data, FORCE) is None


def test_too_few_others_are_none(tmp_path: Path) -> None:
    assert siblings_of(built(tmp_path, AREAS[:FEWEST_SIBLINGS]), AREAS[0]) is None


def test_an_area_with_a_gap_is_left_out(tmp_path: Path) -> None:
    found = siblings_of(built(tmp_path, AREAS, gap=AREAS[3]), AREAS[0])
    assert found is not None
    assert found[0] == 5 * 20
