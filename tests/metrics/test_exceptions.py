from __future__ import annotations

import pandas as pd
import pytest

from dashboard.metrics.exceptions import order_for_meeting

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
    assert found["why"].tolist() == [
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
    assert (found["tier"].iloc[0], found["why"].iloc[0]) == (6, "verdict cannot be given")


def test_the_size_of_a_large_change_is_a_setting():
    row = pd.DataFrame([("a", "on track", None, None, 9.0, True)], columns=COLUMNS)
    assert order_for_meeting(row)["tier"].iloc[0] == 6
    assert order_for_meeting(row, large_change_percent=9)["tier"].iloc[0] == 5
    with pytest.raises(ValueError, match=r"^a large change is above zero percent, not 0$"):
        order_for_meeting(row, large_change_percent=0)


def test_nothing_to_order():
    assert order_for_meeting(pd.DataFrame(columns=COLUMNS)).empty
