from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.metrics.polarity import is_at_least_as_good
from dashboard.metrics.status import status_of
from dashboard.metrics.status_table import DEFAULT_TOLERANCE, WORDS
from dashboard.words.reasons import reason_in_words

BASE = {"actual": 95, "path_value": 100, "goal": 90, "lower_is_better": True, "is_due": False}


@pytest.mark.parametrize(
    ("actual", "lower_is_better", "is_due", "word"),
    [
        # lower is better: path 100, goal 90
        (89, True, False, "on track"),
        (100, True, False, "on track"),
        (101, True, False, "at risk"),
        (102, True, False, "at risk"),
        (102.1, True, False, "off track"),
        (89, True, True, "met"),
        (90, True, True, "met"),
        (90.1, True, True, "not met"),
        (0, True, False, "on track"),
        # higher is better: path 100, goal 110
        (111, False, False, "on track"),
        (100, False, False, "on track"),
        (99, False, False, "at risk"),
        (98, False, False, "at risk"),
        (97.9, False, False, "off track"),
        (111, False, True, "met"),
        (110, False, True, "met"),
        (109.9, False, True, "not met"),
        (0, False, False, "off track"),
    ],
)
def test_the_verdict_on_a_figure(actual, lower_is_better, is_due, word):
    goal = 90 if lower_is_better else 110
    status = status_of(
        actual=actual, path_value=100, goal=goal, lower_is_better=lower_is_better, is_due=is_due
    )
    assert status.word == word


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (
            {"note_effects": ["caution", "unreliable"]},
            "a note says that the figures are unreliable",
        ),
        ({"goal_given": False}, "the goal is not given"),
        ({"missing_reason": "no figure for May 2009"}, "no figure for May 2009"),
        ({"actual": None}, "no figure"),
        ({"actual": float("nan")}, "no figure"),
        ({"goal": None}, "the goal cannot be worked out: its baseline is not known"),
        ({"path_value": None}, "there is no path to compare it with"),
    ],
)
def test_what_cannot_be_judged_says_why(changed, reason):
    status = status_of(**{**BASE, **changed})
    assert (status.word, reason_in_words(status.reason)) == ("cannot say", reason)


@pytest.mark.parametrize("effect", ["caution", "context"])
def test_other_notes_do_not_stop_a_verdict(effect):
    assert status_of(**BASE, note_effects=[effect]).word == "on track"


def test_the_first_rule_that_applies_gives_the_verdict():
    order = [
        {"note_effects": ["unreliable"]},
        {"goal_given": False},
        {"missing_reason": "no figure for May 2009"},
        {"goal": None},
        {"path_value": None},
    ]
    for position, rule in enumerate(order):
        later = {key: value for each in order[position:] for key, value in each.items()}
        found, alone = status_of(**{**BASE, **later}), status_of(**{**BASE, **rule})
        assert (found.word, reason_in_words(found.reason)) == (
            alone.word,
            reason_in_words(alone.reason),
        )


def test_every_combination_gives_one_word_and_due_ones_no_path_words():
    for unreliable, given_, missing, due, path, actual in product(
        (True, False), (True, False), ("", "gap"), (True, False), (None, 100), (None, 50, 101, 200)
    ):
        status = status_of(
            actual=actual, path_value=path, goal=90, lower_is_better=True, is_due=due,
            note_effects=["unreliable"] * unreliable, goal_given=given_, missing_reason=missing,
        )  # fmt: skip
        known = not unreliable and given_ and not missing and actual is not None
        if not known or (path is None and not due):
            assert status.word == "cannot say"
        elif due:
            assert status.word == ("met" if actual == 50 else "not met")
        else:
            assert status.word == {50: "on track", 101: "at risk", 200: "off track"}[actual]
        assert status.word in WORDS
        assert reason_in_words(status.reason)


@pytest.mark.parametrize(
    ("rank", "is_due", "word"),
    [(3, False, "on track"), (4, False, "off track"), (3, True, "met"), (4, True, "not met"),
     (1, True, "met")],
)  # fmt: skip
@pytest.mark.parametrize("lower_is_better", [True, False])
def test_a_rank_is_held_against_its_goal_whatever_the_polarity(rank, is_due, word, lower_is_better):
    status = status_of(
        actual=rank, path_value=None, goal=3, lower_is_better=lower_is_better, is_due=is_due,
        goal_is_rank=True,
    )  # fmt: skip
    assert status.word == word


@pytest.mark.parametrize(
    ("rank", "chance", "is_clear", "word", "said"),
    [
        (3, 0.9, False, "on track", ""),
        (3, 0.4, False, "at risk", "a 40% chance that the true place is in the top 3 now"),
        (4, 0.7, False, "on track", "a 70% chance that the true place is in the top 3 now"),
        (4, 0.45, False, "at risk", "no more than chance alone gives"),
        (4, 0.1, False, "off track", "worse by 1"),
        (9, 0.01, True, "off track", "worse by 6"),
    ],
)
def test_a_rank_heeds_the_chance_of_its_true_place(rank, chance, is_clear, word, said):
    status = status_of(
        actual=rank, path_value=None, goal=3, lower_is_better=True, is_due=False, goal_is_rank=True,
        probability=chance, is_beyond_chance=is_clear,
    )  # fmt: skip
    assert status.word == word
    assert said in reason_in_words(status.reason)


def test_a_path_of_zero_allows_nothing_worse():
    base = {**BASE, "path_value": 0, "goal": 0}
    assert status_of(**{**base, "actual": 0}).word == "on track"
    assert status_of(**{**base, "actual": 1}).word == "off track"


def test_without_tolerance_nothing_is_at_risk():
    assert status_of(**{**BASE, "actual": 101}, tolerance=0).word == "off track"


def test_a_negative_tolerance_is_refused():
    with pytest.raises(ValueError, match=r"^a tolerance cannot be negative, and this is -0.1$"):
        status_of(**BASE, tolerance=-0.1)


def test_the_reason_gives_both_figures():
    status = status_of(**{**BASE, "actual": 1234, "path_value": 1000})
    assert reason_in_words(status.reason) == "1,234 against a path of 1,000, worse by 234"
    near = status_of(**BASE | {"actual": 27_085.0, "path_value": 27_851.9})
    assert reason_in_words(near.reason) == "27,085 against a path of 27,852"
    nearer = status_of(**BASE | {"actual": 27_852.0, "path_value": 27_851.9})
    assert reason_in_words(nearer.reason).startswith(
        "27,852 against a path of 27,851.9, worse by 0.1"
    )
    assert reason_in_words(status_of(**BASE, goal_given=True).reason) == "95 against a path of 100"


def test_a_tie_is_as_good_and_the_unknown_never_is():
    found = is_at_least_as_good([1, 2, 3, np.nan], 2, True)
    assert found.tolist() == [True, True, False, False]
    assert is_at_least_as_good(0.1 + 0.2, 0.3, True)


@given(st.floats(1, 1e6), st.floats(1, 1e6), st.booleans(), st.booleans())
def test_a_mirror_image_has_the_same_verdict(actual, path, lower_is_better, is_due):
    one = status_of(actual=actual, path_value=path, goal=path, lower_is_better=lower_is_better,
                    is_due=is_due)  # fmt: skip
    other = status_of(actual=-actual, path_value=-path, goal=-path,
                      lower_is_better=not lower_is_better, is_due=is_due)  # fmt: skip
    assert one.word == other.word


@given(st.floats(1, 1e6))
def test_the_edge_of_the_tolerance_is_at_risk(path):
    edge = path * (1 + DEFAULT_TOLERANCE)
    assert status_of(**{**BASE, "actual": edge, "path_value": path}).word == "at risk"
