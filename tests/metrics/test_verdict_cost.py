from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.exceptions import order_for_meeting
from dashboard.metrics.status_table import WORDS
from dashboard.metrics.verdict_cost import LAST_TIER, costliest, kind_places, verdict_tier
from dashboard.words.reasons import reason_in_words

COLUMNS = ["indicator_id", "target_id", "status", "kind", "reward_gbp"]
targets = st.lists(
    st.tuples(
        st.sampled_from("ab"), st.uuids().map(str), st.sampled_from(WORDS),
        st.sampled_from(["stretch", "designated", "plan"]), st.sampled_from([None, 1e5, 5e5]),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@pytest.mark.parametrize(
    ("word", "kind", "reward", "tier", "why"),
    [
        ("off track", 0, 550_000, 1, "stretch target carrying £550,000 off track"),
        ("not met", 0, 0, 2, "stretch target not met"),
        ("not met", 1, 0, 2, "designated indicator not met"),
        ("off track", 2, 0, 3, "target off track"),
        ("at risk", 0, 1_000, 4, "stretch target carrying £1,000 at risk"),
    ],
)
def test_what_a_missed_target_costs(word, kind, reward, tier, why):
    found = verdict_tier(word, kind, reward)
    assert found is not None
    assert (found[0], reason_in_words(found[1])) == (tier, why)


@pytest.mark.parametrize("word", ["met", "on track", "cannot say"])
def test_no_other_verdict_costs_anything(word):
    assert verdict_tier(word, 0, 550_000) is None


def test_the_costliest_target_stands_for_its_indicator():
    rows = pd.DataFrame(
        [
            ("damage", "plan", "at risk", "plan", None),
            ("damage", "stretch", "off track", "stretch", 5.5e5),
            ("all", "first", "on track", "plan", None),
            ("all", "second", "met", "stretch", 1e5),
            ("ni", "own", "at risk", "plan", None),
            ("ni", "designated", "at risk", "designated", None),
        ],
        columns=COLUMNS,
    )
    assert costliest(rows)["target_id"].tolist() == ["stretch", "first", "designated"]
    assert costliest(rows.iloc[:0]).empty


@given(targets)
def test_no_other_target_of_the_indicator_would_stand_before_it(rows):
    frame = pd.DataFrame(rows, columns=COLUMNS)
    found = costliest(frame).set_index("indicator_id")["target_id"]
    assert set(found.index) == set(frame["indicator_id"])
    # Each target by itself, as a meeting would order them.
    alone = order_for_meeting(
        frame.assign(indicator_id=frame["target_id"], word=frame["status"], percent=float("nan"),
                     lower_is_better=True)
    ).set_index("indicator_id")["tier"]  # fmt: skip
    for indicator, chosen in found.items():
        own = frame.loc[frame["indicator_id"].eq(indicator), "target_id"]
        assert alone[chosen] == alone[own].min()
        if alone[chosen] == LAST_TIER:
            assert chosen == own.iloc[0]


def test_a_kind_that_is_missing_is_the_last():
    assert kind_places(pd.Series(["designated", None, "aim", "stretch"])).tolist() == [1, 2, 2, 0]
