from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.agreement import VERDICTS, compare_stated
from dashboard.metrics.rounding import round_half_up
from dashboard.words.reasons import reason_in_words


@pytest.mark.parametrize(
    ("stated", "computed", "decimals", "verdict"),
    [
        (-12, -11.6, 0, "agrees"),
        (-12, -12.49, 0, "agrees"),
        (-12, -12.5, 0, "differs"),  # half-up gives 13; only half-to-even gives 12
        (-13, -12.5, 0, "agrees"),
        (-12, 12, 0, "differs"),
        (21.5, 21.46, 1, "agrees"),
        (21.5, 21.56, 1, "differs"),
        (15000, 15321, -3, "agrees"),
        (15000, 15500, -3, "differs"),
        (0, 0.4, 0, "agrees"),
        (13, 13, 0, "agrees"),
    ],
)
def test_figures_agree_as_the_document_rounds(stated, computed, decimals, verdict):
    assert compare_stated(stated, computed, decimals=decimals).verdict == verdict


@pytest.mark.parametrize(
    ("mark", "stated", "computed", "verdict"),
    [
        ("at_least", -18, -19, "agrees"),
        ("at_least", -18, -17.6, "agrees"),
        ("at_least", -18, -17.4, "differs"),
        ("at_least", -18, 18, "differs"),
        ("at_least", 10000, 15000, "agrees"),
        ("up_to", 50, 47, "agrees"),
        ("up_to", 50, 51, "differs"),
        ("up_to", 50, -10, "differs"),
        ("approximate", 24, 24.3, "agrees"),
    ],
)
def test_marks_say_how_to_compare(mark, stated, computed, verdict):
    assert compare_stated(stated, computed, mark=mark).verdict == verdict


@pytest.mark.parametrize(
    ("computed", "verdict"),
    [(45, "agrees"), (50, "agrees"), (47.3, "agrees"), (44.9, "differs"), (50.1, "differs")],
)
def test_words_have_a_range_with_both_ends(computed, verdict):
    found = compare_stated(None, computed, mark="approximate", agree_low=45, agree_high=50)
    assert found.verdict == verdict


def test_a_range_may_be_open():
    assert compare_stated(None, -3, agree_high=-0.01).verdict == "agrees"
    outside = compare_stated(None, 3, agree_high=-0.01)
    assert reason_in_words(outside.reason) == "3 is not -0.01 or less"
    within = compare_stated(None, 30, agree_low=25)
    assert reason_in_words(within.reason) == "30 is 25 or more"


def test_what_the_document_leaves_open_is_not_given():
    for found in (compare_stated(None, -5), compare_stated(None, -5, mark="not_given")):
        assert (found.verdict, found.computed) == ("not given", -5)


def test_a_contradiction_stays_one_and_carries_the_computed_figure():
    found = compare_stated(-13, -12.3, mark="contradictory")
    assert (found.verdict, found.computed, found.computed_rounded) == ("contradictory", -12.3, -12)
    expected = "the document contradicts itself; computed: -12, which is not this figure"
    assert reason_in_words(found.reason) == expected
    assert reason_in_words(compare_stated(-12, -12.3, mark="contradictory").reason).endswith(
        "-12, which is this figure"
    )
    assert compare_stated(550000, None, mark="contradictory").verdict == "contradictory"


@pytest.mark.parametrize("computed", [None, math.nan])
def test_what_cannot_be_computed_says_why(computed):
    found = compare_stated(5, computed, why_not_computable="no method")
    assert (found.verdict, found.reason, found.computed) == ("not computable", "no method", None)
    assert reason_in_words(compare_stated(5, computed).reason) == "no figure in the data"


def test_the_reason_shows_both_figures():
    found = compare_stated(-18, -17.4, mark="at_least")
    assert reason_in_words(found.reason) == "-17 as rounded, against at least -18 stated"


def test_bad_arguments_are_refused():
    with pytest.raises(ValueError, match=r"^'circa' is not a mark; choose one of exact,"):
        compare_stated(1, 1, mark="circa")
    with pytest.raises(ValueError, match=r"^a range cannot end \(1.0\) before it begins \(2.0\)$"):
        compare_stated(None, 1, agree_low=2, agree_high=1)


@given(st.floats(-1e6, 1e6), st.integers(-3, 2))
def test_a_figure_agrees_with_itself_rounded(value, decimals):
    found = compare_stated(round_half_up(value, decimals), value, decimals=decimals)
    assert found.verdict == "agrees"


@given(
    st.none() | st.floats(-100, 100),
    st.none() | st.floats(-100, 100),
    st.sampled_from(["exact", "approximate", "at_least", "up_to", "not_given", "contradictory"]),
)
def test_there_is_always_a_verdict_and_the_computed_figure_is_kept(stated, computed, mark):
    found = compare_stated(stated, computed, mark=mark)
    assert found.verdict in VERDICTS
    assert found.computed == computed
    assert found.reason
