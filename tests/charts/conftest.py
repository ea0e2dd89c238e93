"""Frames of the shapes that the charts take."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.chart import Caption

OWN = "E22000120"


@pytest.fixture
def caption() -> Caption:
    return Caption(
        title="All crime fell 12% in April to December 2009",
        subtitle="Recorded crimes, Southampton",
        source="Source: Hampshire Constabulary, published 20 January 2010",
    )


@pytest.fixture
def history() -> pd.DataFrame:
    months = pd.date_range("2006-04-01", "2009-12-01", freq="MS")
    return pd.DataFrame({"period": months, "value": [2600.0 - 15 * n for n in range(len(months))]})


@pytest.fixture
def months() -> pd.DataFrame:
    dates = pd.date_range("2009-03-01", "2011-03-01", freq="MS")
    path = [29249 - (29249 - 23984) * n / 24 for n in range(25)]
    actual = [29249.0 - 260 * n if n < 10 else None for n in range(25)]
    return pd.DataFrame({"month": dates, "path": path, "actual": actual})


@pytest.fixture
def members() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": ["C1", OWN, "C2", "C3"],
            "area_name": ["Comparator 1", "Southampton", "Comparator 2", "Comparator 3"],
            "rank": pd.array([1, 3, 2, None], dtype="Int64"),
            "value": [60.0, 104.3, 80.0, None],
            "lower": [58.0, 102.0, 78.5, None],
            "upper": [62.0, 106.5, 81.5, None],
        }
    )


@pytest.fixture
def ranks() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "area_code": ["C1", OWN, "C2", "C3"],
            "area_name": ["Comparator 1", "Southampton", "Comparator 2", "Comparator 3"],
            "rank_before": pd.array([1, 3, 2, None], dtype="Int64"),
            "rank_now": pd.array([2, 1, 2, None], dtype="Int64"),
        }
    )


@pytest.fixture
def types() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "title": ["Robbery", "Criminal damage", "Dwelling burglary", "Arson"],
            "current": [130, 3100, 800, None],
            "previous": [150, 4412, 700, 25],
            "change": [-20, -1312, 100, None],
            "percent": [-13.33, -29.74, 14.29, None],
        }
    )
