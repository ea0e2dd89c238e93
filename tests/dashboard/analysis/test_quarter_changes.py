"""What changed since the quarter before."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.quarter_changes import changed_verdicts, largest_changes, quarter_before


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
    review = with_figures(review)
    found = largest_changes(review, 2, percent="percent")
    assert found[["indicator_id", "is_worse"]].values.tolist() == [
        ["hours", True], ["burglary", True], ["robbery", False], ["watches", False],
    ]  # fmt: skip
    assert list(largest_changes(review, 1, percent="percent")["indicator_id"]) == [
        "hours", "robbery",
    ]  # fmt: skip


def test_what_is_counted_under_two_names_is_one_change() -> None:
    """The indicator with a target is named, and what repeats its figures stands beside it."""
    rows = [("serious_violence", True, 8.0, False), ("ni_15", True, 8.0, False)]
    columns = ["indicator_id", "lower_is_better", "percent", "is_unreliable"]
    apart = with_figures(pd.DataFrame(rows, columns=columns)).assign(target_id=[None, "ni_15"])
    found = largest_changes(apart, 3, percent="percent")
    assert found["same_as"].tolist() == [[], []]
    twice = apart.assign(current=226.0, previous=228.0)
    (only,) = largest_changes(twice, 3, percent="percent").to_dict("records")
    assert (only["indicator_id"], only["same_as"]) == ("ni_15", ["Serious violence"])


def with_figures(review: pd.DataFrame) -> pd.DataFrame:
    """Give each row figures of its own, and its id as title."""
    return review.assign(
        title=review["indicator_id"].str.replace("_", " ").str.capitalize(),
        target_id=None,
        current=[100.0 + place for place in range(len(review))],
        previous=100.0,
        quarter_change=1.0,
        quarter_percent=review["percent"],
    )


def _targets(rows: list[tuple[str, str]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["target_id", "status"])
    return frame.assign(
        indicator_id="x", title="X", national_indicator="", kind="plan", reason="because"
    )
