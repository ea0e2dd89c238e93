"""Code to copy gives, when it is run, the numbers that the page shows."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.contribution import contribution
from dashboard.analysis.crime_types import crime_types
from dashboard.analysis.pivot import pivot
from dashboard.analysis.places import places
from dashboard.analysis.season import season
from dashboard.intake.boundaries import shapes_of
from dashboard.pages.crime_types import as_python
from dashboard.store.sql_questions import ask
from dashboard.store.warehouse import Warehouse
from etl.datadir import DataDir

CUT = as_python.Slice("southampton_2010_11", "E22000120", "2009-10", "rolling_year")
OF = {"plan": CUT.plan, "area": CUT.area, "as_at": CUT.as_at}
SQUARE = """{"type": "FeatureCollection", "features": [{"type": "Feature",
 "properties": {"LAD24CD": "E06000045", "LAD24NM": "Southampton"}, "geometry": {"type": "Polygon",
 "coordinates": [[[-1.5, 50.9], [-1.3, 50.9], [-1.3, 51.0], [-1.5, 50.9]]]}}]}"""


def run(code: str, data: Path) -> pd.DataFrame:
    names: dict[str, object] = {}
    exec(code.replace(as_python.FOLDER, repr(str(data))), names)
    table = names["table"]
    assert isinstance(table, pd.DataFrame)
    names["warehouse"].close()  # ty: ignore[unresolved-attribute]
    return table


def _types(warehouse: Warehouse, _data: Path) -> tuple[str, pd.DataFrame]:
    found = crime_types(AreaView.of(warehouse, **OF), basis=CUT.basis)
    return as_python.types_code(CUT), found


def _contribution(warehouse: Warehouse, _data: Path) -> tuple[str, pd.DataFrame]:
    found = contribution(AreaView.of(warehouse, **OF), "all_crime", basis=CUT.basis, by="month")
    return as_python.contribution_code(CUT, "all_crime", "month"), found.parts


def _season(warehouse: Warehouse, _data: Path) -> tuple[str, pd.DataFrame]:
    found = season(AreaView.of(warehouse, **OF), "robbery")
    return as_python.season_code(CUT, "robbery"), found.table()


def _pivot(warehouse: Warehouse, _data: Path) -> tuple[str, pd.DataFrame]:
    chosen, areas = ("robbery", "all_crime"), (CUT.area,)
    axes = {"rows": "area", "columns": "type", "cells": "rate", "areas": areas}
    found = pivot(AreaView.of(warehouse, **OF), chosen, basis=CUT.basis, **axes)
    return as_python.pivot_code(CUT, chosen, areas, ("area", "type"), "rate"), found.table


def _places(warehouse: Warehouse, data: Path) -> tuple[str, pd.DataFrame]:
    path = data / "boundaries" / "square.geojson"
    path.parent.mkdir(exist_ok=True)
    path.write_text(SQUARE, encoding="utf-8")
    codes = tuple(shapes_of(path)["area_code"])
    found = places(AreaView.of(warehouse, **OF), "robbery", codes, basis=CUT.basis)
    return as_python.places_code(CUT, "robbery", path.name), found.figures


@pytest.mark.parametrize("analysis", [_types, _contribution, _season, _pivot, _places])
def test_the_code_gives_the_numbers_of_the_page(
    default_data: Path, analysis: Callable[[Warehouse, Path], tuple[str, pd.DataFrame]]
) -> None:
    with Warehouse(DataDir(default_data)) as warehouse:
        code, shown = analysis(warehouse, default_data)
    pd.testing.assert_frame_equal(run(code, default_data), shown)
    # Other tests open the same folder, and have no map.
    shutil.rmtree(default_data / "boundaries", ignore_errors=True)


def test_a_question_in_sql_is_asked_again(default_data: Path) -> None:
    question = "select title, 'é\"\\' as odd\nfrom indicator order by 1"
    names: dict[str, object] = {}
    exec(as_python.sql_code(question).replace(as_python.FOLDER, repr(str(default_data))), names)
    shown = ask(DataDir(default_data), question).frame
    pd.testing.assert_frame_equal(names["table"], shown)  # ty: ignore[invalid-argument-type]


def test_names_from_files_stay_texts() -> None:
    code = as_python.places_code(CUT, "robbery", 'a"]; import os #.geojson')
    assert r'["a\"]; import os #.geojson"]' in code
