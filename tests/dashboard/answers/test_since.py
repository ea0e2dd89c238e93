"""What changed since the quarter before."""

from __future__ import annotations

import pandas as pd

from dashboard.answers.since import changed_verdicts, largest_changes, quarter_before


def test_the_quarter_before_is_three_months_back() -> None:
    assert quarter_before("2009-12") == "2009-09"
    assert quarter_before("2010-02") == "2009-11"


def test_only_verdicts_that_are_others_now_are_named() -> None:
    before = _targets([("a", "on track"), ("b", "at risk"), ("gone", "met")])
    now = _targets([("b", "at risk"), ("a", "off track"), ("new", "met")])
    found = changed_verdicts(now, before)
    assert found[["target_id", "status_before", "status"]].values.tolist() == [
        ["a", "on track", "off track"]
    ]


def test_the_largest_changes_are_told_apart_by_what_is_better() -> None:
    review = pd.DataFrame(
        [
            ("burglary", True, 24.0, False),
            ("robbery", True, -20.0, False),
            ("watches", False, 15.0, False),
            ("hours", False, -30.0, False),
            ("arson", True, 90.0, True),
            ("small", True, None, False),
            ("still", True, 0.0, False),
        ],
        columns=["indicator_id", "lower_is_better", "percent", "is_unreliable"],
    )
    found = largest_changes(review, 2, percent="percent")
    assert found[["indicator_id", "is_worse"]].values.tolist() == [
        ["hours", True], ["burglary", True], ["robbery", False], ["watches", False],
    ]  # fmt: skip
    assert list(largest_changes(review, 1, percent="percent")["indicator_id"]) == [
        "hours", "robbery",
    ]  # fmt: skip


def _targets(rows: list[tuple[str, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["target_id", "status"])
    return frame.assign(
        indicator_id="x", title="X", national_indicator="", kind="plan", reason="because"
    )
