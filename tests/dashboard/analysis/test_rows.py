"""Rows of a frame as objects: what is missing is None, and a column that is not there an error."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pytest

from dashboard.analysis.rows import records_of, rows_of


@dataclass(frozen=True, slots=True)
class Plan:
    name: str
    due: date | None
    value: float | None
    year: int | None
    is_open: bool
    note: str = "none"


FRAME = pd.DataFrame(
    {
        "name": ["a", "b"],
        "due": pd.to_datetime(["2011-03-31", None]),
        "value": [1.5, np.nan],
        # A merge makes floats of whole numbers.
        "year": [2011.0, np.nan],
        "is_open": [True, False],
        "besides": [1, 2],
    }
)


def test_cells_have_the_types_that_are_declared_and_none_where_missing() -> None:
    first, second = rows_of(FRAME, Plan)
    assert first == Plan("a", date(2011, 3, 31), 1.5, 2011, True)
    assert second == Plan("b", None, None, None, False)
    assert [type(cell) for cell in (first.due, first.year, first.is_open)] == [date, int, bool]


def test_a_field_with_a_default_is_read_where_there_is_a_column() -> None:
    assert [each.note for each in rows_of(FRAME.assign(note=["x", "y"]), Plan)] == ["x", "y"]


def test_missing_columns_are_named() -> None:
    with pytest.raises(KeyError, match="no column due, year for rows of Plan"):
        rows_of(FRAME.drop(columns=["due", "year"]), Plan)


def test_no_rows_are_no_objects() -> None:
    assert rows_of(FRAME.iloc[:0], Plan) == []
    assert list(records_of(pd.DataFrame())) == []
