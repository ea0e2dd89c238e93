"""Rows for tests: an indicator, a target with its verdict, changed as a test asks."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

import pandas as pd

from dashboard.analysis.rows import Indicator, Verdict, rows_of

_BLANK = {"str": "", "bool": False, "int": 0}


def indicator(**changes: object) -> Indicator:
    """A count that adds up; the rest blank."""
    usual = {"unit": "count", "aggregation": "sum", "rate_per": 1000, "lower_is_better": True}
    return _made(Indicator, usual | changes)


def verdict(**changes: object) -> Verdict:
    """A target with its verdict; the rest blank."""
    return _made(Verdict, changes)


def verdict_in(targets: pd.DataFrame, target: str) -> Verdict:
    """The verdict on a target, of the rows of `target_status`."""
    (found,) = rows_of(targets[targets["target_id"].eq(target)], Verdict)
    return found


def _made(kind: type, changes: dict[str, Any]) -> Any:
    blank = {
        each.name: _BLANK.get(str(each.type).split(" | ")[-1])
        for each in fields(kind)
        if each.default is MISSING
    }
    return kind(**blank | changes)
