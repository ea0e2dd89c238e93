from __future__ import annotations

import pandas as pd
import pytest

from dashboard.metrics.exceptions import (
    exceptions_among,
    gone_quiet,
    newly_raised,
    order_for_meeting,
)
from dashboard.words.reasons import reason_in_words

COLUMNS = ["indicator_id", "word", "kind", "reward_gbp", "percent", "lower_is_better"]


def ordered(*rows: tuple, **columns) -> pd.DataFrame:
    return order_for_meeting(pd.DataFrame(rows, columns=COLUMNS).assign(**columns))


def test_a_meeting_reads_what_needs_a_decision_first():
    found = ordered(
        ("fine", "on track", "designated", None, -5.0, True),
        ("dwelling_burglary", "cannot say", None, None, 17.0, True),
        ("close", "at risk", "stretch", 550000, 1.0, True),
        ("plan_off", "off track", "plan", None, 3.0, True),
        ("ni_15", "not met", "designated", None, -4.0, True),
        ("stretch_off", "off track", "stretch", 550000, 2.0, True),
    )
    expected = ["stretch_off", "ni_15", "plan_off", "close", "dwelling_burglary", "fine"]
    assert found["indicator_id"].tolist() == expected
    assert found["tier"].tolist() == [1, 2, 3, 4, 5, 6]
    assert found["needs_attention"].tolist() == [True] * 5 + [False]
    assert found["why"].map(reason_in_words).tolist() == [
        "stretch target carrying £550,000 off track",
        "designated indicator not met",
        "target off track",
        "stretch target carrying £550,000 at risk",
        "17% worse than a year before",
        "",
    ]


def test_the_larger_reward_then_the_larger_worsening_then_the_name():
    found = ordered(
        ("b", "off track", "plan", None, 5.0, True),
        ("a", "off track", "plan", None, 5.0, True),
        ("c", "off track", "plan", None, 9.0, True),
        ("d", "off track", "plan", None, None, True),
        ("small", "off track", "stretch", 100, 0.0, True),
        ("large", "off track", "stretch", 200, 0.0, True),
    )
    assert found["indicator_id"].tolist() == ["large", "small", "c", "a", "b", "d"]


def test_a_stretch_target_without_reward_leads_the_designated_ones():
    found = ordered(
        ("designated", "off track", "designated", None, 0.0, True),
        ("stretch", "off track", "stretch", None, 0.0, True),
    )
    assert found["indicator_id"].tolist() == ["stretch", "designated"]
    assert found["tier"].tolist() == [2, 2]


def test_worse_depends_on_polarity():
    found = ordered(
        ("watches", "on track", None, None, -20.0, False),
        ("crime", "on track", None, None, -20.0, True),
    )
    assert found.set_index("indicator_id")["tier"].to_dict() == {"watches": 5, "crime": 6}


def test_an_unreliable_series_is_not_called_worse():
    found = ordered(("arson", "cannot say", None, None, 40.0, True), is_unreliable=True)
    assert (found["tier"].iloc[0], reason_in_words(found["why"].iloc[0])) == (
        6,
        "verdict cannot be given",
    )


@pytest.mark.parametrize(("percent", "tier"), [(9.9, 6), (10.0, 5)])
def test_without_a_test_a_change_is_large_from_ten_percent(percent, tier):
    row = pd.DataFrame([("a", "on track", None, None, percent, True)], columns=COLUMNS)
    assert order_for_meeting(row)["tier"].iloc[0] == tier


def test_nothing_to_order():
    assert order_for_meeting(pd.DataFrame(columns=COLUMNS)).empty


def with_p_values(*p_values: float, percent: float = 17.0) -> pd.DataFrame:
    names = [chr(ord("a") + place) for place in range(len(p_values))]
    rows = [(name, "no target", None, None, percent, True) for name in names]
    frame = pd.DataFrame(rows, columns=COLUMNS).assign(p_value=p_values, change=137)
    return order_for_meeting(frame).set_index("indicator_id").sort_index()


def test_a_change_that_a_test_alone_would_call_is_no_exception_among_many():
    alone, among = with_p_values(0.03), with_p_values(0.03, *[0.9] * 9)
    assert (alone.at["a", "tier"], alone.at["a", "tests_together"]) == (5, 1)
    assert (among.at["a", "tier"], among.at["a", "tests_together"]) == (6, 10)
    assert among.at["a", "p_adjusted"] == pytest.approx(0.3)
    assert (
        reason_in_words(among.at["a", "why"])
        == "17% worse than a year before, which chance could explain"
    )


def test_a_small_change_beyond_chance_is_an_exception_and_a_better_one_is_not():
    assert (
        reason_in_words(with_p_values(0.001, percent=3.0).at["a", "why"])
        == "3% worse than a year before"
    )
    better = order_for_meeting(
        pd.DataFrame([("a", "on track", None, None, -17.0, True)], columns=COLUMNS).assign(
            p_value=0.001, change=-137
        )
    )
    assert better["is_discovery"].all()
    assert not better["needs_attention"].any()


def test_without_a_percentage_the_number_is_said():
    found = with_p_values(0.001, percent=float("nan"))
    assert reason_in_words(found.at["a", "why"]) == "137 worse than a year before"


def test_what_cannot_be_tested_goes_by_its_size_and_does_not_count_among_the_tests():
    found = with_p_values(float("nan"), 0.04)
    assert found["tier"].tolist() == [5, 5]
    assert found["tests_together"].tolist() == [1, 1]


def test_an_unreliable_series_is_not_among_the_tests():
    frame = pd.DataFrame(
        [("a", "cannot say", None, None, 40.0, True), ("b", "no target", None, None, 17.0, True)],
        columns=COLUMNS,
    ).assign(p_value=[0.0001, 0.04], is_unreliable=[True, False])
    found = order_for_meeting(frame).set_index("indicator_id")
    assert found["tests_together"].tolist() == [1, 1]
    assert found["tier"].to_dict() == {"a": 6, "b": 5}


def test_a_missed_target_needs_no_test():
    row = pd.DataFrame([("a", "off track", "plan", None, -3.0, True)], columns=COLUMNS)
    assert order_for_meeting(row.assign(p_value=0.9))["tier"].tolist() == [3]


def test_what_has_gone_quiet_and_what_is_new():
    columns = ["indicator_id", "needs_attention", "why"]
    before = pd.DataFrame(
        [("a", True, "target off track"), ("b", True, "target at risk"), ("gone", True, "x")],
        columns=columns,
    )
    now = pd.DataFrame([("b", True, "x"), ("c", True, "y"), ("a", False, "")], columns=columns)
    quiet = gone_quiet(now, before)
    assert quiet[["indicator_id", "why_before"]].values.tolist() == [["a", "target off track"]]
    assert newly_raised(now, before) == ["c"]
    assert gone_quiet(now, now).empty


def test_exceptions_among_areas_are_for_the_worse_and_controlled_together():
    frame = pd.DataFrame(
        {
            "area_code": list("ABCDEF"),
            "previous": [100, 100, 20, 100, 100, None],
            "current": [160, 150, 60, 40, 100, 7],
            "p_value": [0.001, 0.045, 0.002, 0.0001, 1.0, None],
            "lower_is_better": True,
        }
    )
    found = exceptions_among(frame).set_index("area_code")
    assert found.index.tolist()[:3] == ["A", "C", "B"]
    assert found.index[found["is_exception"]].tolist() == ["A", "C"]
    words = found["why"].map(reason_in_words)
    assert words["F"] == "not compared"
    assert found.at["B", "is_alone"]
    assert words["A"] == "60 (60%) worse than a year before, more than chance explains"
    assert words["C"] == "40 worse than a year before, more than chance explains"
    assert words["B"] == "50 (50%) worse than a year before, which chance could explain"
    assert words["D"] == "60 (60%) better than a year before, more than chance explains"
    assert words["E"] == "the same as a year before"


def test_a_percentage_without_a_sample_is_an_exception_by_size():
    def reason(now: float, before: float, lower: bool = True, **more: object) -> tuple[int, str]:
        # A change of a percentage has no percent: it is shown in points.
        row = pd.DataFrame([("ni_17", "no target", None, None, None, lower)], columns=COLUMNS)
        row = row.assign(**{"unit": "percent", "change": now - before, "previous": before, **more})
        found = order_for_meeting(row)
        return int(found["tier"].iloc[0]), reason_in_words(found["why"].iloc[0])

    assert reason(33.0, 30.0) == (5, "3 percentage points worse than a year before")
    assert reason(32.9, 30.0)[0] == 6
    assert reason(27.0, 30.0)[0] == 6
    assert reason(27.0, 30.0, lower=False)[0] == 5
    assert reason(8.0, 7.0)[1] == "1 percentage point worse than a year before"
    in_2007 = reason(33.0, 30.0, previous_survey=2007)
    assert in_2007 == (5, "3 percentage points worse than in the survey of 2007")
    assert reason(31.5, 30.0, p_value=0.001) == (
        5,
        "1.5 percentage points worse than a year before",
    )
    assert reason(33.0, 30.0, p_value=0.4) == (
        6, "3 percentage points worse than a year before, which chance could explain",
    )  # fmt: skip
    assert reason(33.0, 30.0, is_unreliable=True)[0] == 6
    # Not compared: both figures are known, the change is not.
    assert reason(33.0, 30.0, change=None)[0] == 6
