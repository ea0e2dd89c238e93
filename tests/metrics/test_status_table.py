"""Every combination of what a verdict hangs on: one rule each, and the page agrees."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dashboard.metrics.status import status_of
from dashboard.metrics.status_table import (
    LIKELY_FROM,
    PATHS,
    PROJECTIONS,
    RULES,
    SIGNIFICANCES,
    STATES,
    UNLIKELY_TO,
    gravest_note,
    held_against,
    path_state,
    projection_state,
    rule_for,
)
from dashboard.words.reasons import reason_in_words
from dashboard.words.verdict import RULE_WORDS, rule_in_words
from tools.status_table import combinations, markdown

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "methods.md"
GOODNESS = {"on track": 2, "at risk": 1, "off track": 0}
ON_THE_WAY = ("clearly behind", "slightly behind", "ahead")
CHANCES = {"none": None, "likely": 0.8, "more likely than not": 0.55,
           "less likely than not": 0.4, "unlikely": 0.1}  # fmt: skip
WORST_TO_BEST = ("unlikely", "less likely than not", "more likely than not", "likely")
BEYOND = {"not known": None, "within chance": False, "beyond chance": True}
EVERY = combinations()


def word_of(path, projection="none", significance="not known", notes="none", coverage="complete"):
    return rule_for((path, projection, significance, notes, coverage)).word


def expected_word(path, projection, significance, notes, coverage):
    """The verdict in another form than the rules: what may be said, then a score of two parts."""
    if notes in ("unreliable", "break") or coverage == "incomplete":
        return "cannot say"
    if path in ("goal not given", "no level", "closed, no outturn"):
        return "cannot say"
    settled = {"due, goal reached": "met", "due, goal missed": "not met",
               "closed, goal reached": "met", "closed, goal missed": "not met",
               "out of reach": "off track", "reached early": "on track"}  # fmt: skip
    if path in settled:
        return settled[path]
    if path == "no path" and projection == "none":
        return "cannot say"
    if path == "no path":
        return {"likely": "on track", "unlikely": "off track"}.get(projection, "at risk")
    behind = {"ahead": 0, "slightly behind": 1, "clearly behind": 2}[path]
    if behind == 2 and significance == "within chance":
        behind = 1
    # Unlikely, less likely than not, more likely than not, likely, none: 2 is on track.
    table = {0: (1, 1, 2, 2, 2), 1: (0, 1, 1, 2, 1), 2: (0, 0, 1, 1, 0)}
    score = table[behind][(*WORST_TO_BEST, "none").index(projection)]
    return ("off track", "at risk", "on track")[score]


def test_every_combination_gives_the_word_it_should():
    for combination in EVERY:
        assert rule_for(combination).word == expected_word(*combination), combination


def test_there_are_as_many_combinations_as_the_page_says():
    assert len(EVERY) == len(set(EVERY)) == int(np.prod([len(states) for states in STATES])) == 1560


def test_every_rule_decides_something():
    decided = {id(rule_for(combination)) for combination in EVERY}
    assert decided == {id(rule) for rule in RULES}


def test_every_rule_has_words_of_its_own():
    words = [rule_in_words(rule) for rule in RULES]
    assert len(words) == len(set(words)) == len(RULE_WORDS)


def test_a_state_that_is_none_is_refused():
    expected = r"^'lost' is no state of path; choose one of goal not given,"
    with pytest.raises(ValueError, match=expected):
        rule_for(("lost", "none", "not known", "none", "complete"))


@pytest.mark.parametrize("projection", PROJECTIONS)
@pytest.mark.parametrize("significance", SIGNIFICANCES)
def test_a_better_place_on_the_path_never_gives_a_worse_word(projection, significance):
    words = [GOODNESS[word_of(path, projection, significance)] for path in ON_THE_WAY]
    assert words == sorted(words)


@pytest.mark.parametrize("path", [*ON_THE_WAY, "no path"])
@pytest.mark.parametrize("significance", SIGNIFICANCES)
def test_a_better_chance_never_gives_a_worse_word(path, significance):
    words = [GOODNESS[word_of(path, each, significance)] for each in WORST_TO_BEST]
    assert words == sorted(words)


@pytest.mark.parametrize("path", ["clearly behind", "slightly behind"])
@pytest.mark.parametrize("projection", PROJECTIONS)
def test_to_be_behind_by_chance_is_never_worse_than_beyond_it(path, projection):
    within, beyond, unknown = (
        GOODNESS[word_of(path, projection, each)]
        for each in ("within chance", "beyond chance", "not known")
    )
    assert within >= beyond == unknown


@pytest.mark.parametrize("path", [each for each in PATHS if each.startswith(("due", "closed"))])
def test_what_is_due_is_a_matter_of_the_count_alone(path):
    words = {
        word_of(path, projection, significance)
        for projection in PROJECTIONS
        for significance in SIGNIFICANCES
    }
    assert len(words) == 1


ACTUALS = {"ahead": 90, "slightly behind": 101, "clearly behind": 120}


def test_the_function_gives_from_figures_what_the_table_gives_from_states():
    from_figures = (*ON_THE_WAY, "no path", "goal not given", "no level")
    for combination in (each for each in EVERY if each[0] in from_figures):
        path, projection, significance, notes, coverage = combination
        status = status_of(
            actual=ACTUALS.get(path, 90),
            path_value=None if path == "no path" else 100,
            goal=None if path == "no level" else 80,
            lower_is_better=True,
            is_due=False,
            note_effects=[notes, "context"],
            missing_reason="no figure for May 2009" if coverage == "incomplete" else "",
            goal_given=path != "goal not given",
            probability=CHANCES[projection],
            is_beyond_chance=BEYOND[significance],
        )
        found = (status.path, status.projection, status.significance, status.notes)
        assert (*found, status.coverage) == combination
        assert status.word == rule_for(combination).word
        assert reason_in_words(status.reason)
        assert status.because is rule_for(combination)


def test_past_the_goal_already_it_is_out_of_reach_or_reached():
    given_ = {"actual": 90, "path_value": 100, "goal": 80, "is_due": False, "passed_by": 5}
    out = status_of(**given_, lower_is_better=True, probability=0.99)
    assert (out.word, reason_in_words(out.reason)) == ("off track", "5 past the goal of 80 already")
    done = status_of(**given_, lower_is_better=False, probability=0.01)
    assert (done.word, done.path) == ("on track", "reached early")


def test_the_reason_names_what_changed_the_word_and_nothing_else():
    given_ = {"path_value": 100, "goal": 80, "lower_is_better": True, "is_due": False}
    same = status_of(**given_, actual=90, probability=0.5)
    assert same.word == "on track"
    assert reason_in_words(same.reason) == "90 against a path of 100"
    low = status_of(**given_, actual=90, probability=0.004)
    assert (
        reason_in_words(low.reason)
        == "90 against a path of 100; a chance of less than 1% of meeting the goal"
    )
    by_chance = status_of(**given_, actual=110, is_beyond_chance=False)
    assert by_chance.word == "at risk"
    assert reason_in_words(by_chance.reason).endswith(
        "worse by 10; no more than chance alone gives"
    )
    broken = status_of(**given_, actual=90, note_effects=["break"])
    assert broken.word == "cannot say"
    assert "break in the series" in reason_in_words(broken.reason)


def test_a_probability_beside_a_target_that_is_due_is_not_heeded():
    status = status_of(actual=90, path_value=None, goal=80, lower_is_better=True, is_due=True,
                       probability=0.9)  # fmt: skip
    assert (status.word, status.projection) == ("not met", "none")


@pytest.mark.parametrize("lower_is_better", [True, False])
def test_a_target_of_a_plan_that_is_over_is_met_or_not_or_has_no_outturn(lower_is_better):
    given_ = {"path_value": 80, "goal": 80, "is_due": True, "is_closed": True,
              "lower_is_better": lower_is_better, "probability": 0.9, "passed_by": 3}  # fmt: skip
    reached = status_of(**given_, actual=80)
    assert (reached.word, reached.path) == ("met", "closed, goal reached")
    assert reason_in_words(reached.reason) == "an outturn of 80 against a goal of 80"
    assert (reached.projection, reached.probability) == ("none", None)
    missed = status_of(**given_, actual=90 if lower_is_better else 70)
    assert (missed.word, missed.path) == ("not met", "closed, goal missed")
    earlier = status_of(**given_, actual=70, missing_reason="no figure for 2010/11")
    assert (earlier.word, earlier.path) == ("cannot say", "closed, no outturn")
    assert reason_in_words(earlier.reason) == "no figure for 2010/11"


@pytest.mark.parametrize(
    ("probability", "state"),
    [(None, "none"), (0, "unlikely"), (UNLIKELY_TO, "unlikely"), (0.34, "less likely than not"),
     (0.5, "more likely than not"), (0.65, "more likely than not"),
     (LIKELY_FROM, "likely"), (1, "likely")],
)  # fmt: skip
def test_the_ends_of_the_scale_of_likelihood(probability, state):
    assert projection_state(probability) == state


@pytest.mark.parametrize("probability", [-0.01, 1.01])
def test_what_is_no_probability_is_refused(probability):
    with pytest.raises(ValueError, match=f"^a probability is between 0 and 1, not {probability}$"):
        projection_state(probability)


def test_the_gravest_note_counts():
    assert gravest_note(["context", "caution", "break", "unreliable"]) == "unreliable"
    assert gravest_note(["caution", "break"]) == "break"
    assert gravest_note(["context"]) == gravest_note([]) == "none"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("significance", SIGNIFICANCES)
def test_a_target_more_likely_missed_than_met_is_never_on_track(path, significance):
    for projection in ("less likely than not", "unlikely"):
        word = word_of(path, projection, significance)
        assert word != "on track" or path == "reached early"


@pytest.mark.parametrize(
    ("now", "path", "is_due", "state"),
    [(90, 100, False, "ahead"), (100, 100, False, "ahead"), (102, 100, False, "slightly behind"),
     (103, 100, False, "clearly behind"), (None, 100, False, "no path"),
     (90, None, False, "no path"), (90, 100, True, "due, goal missed"),
     (None, 100, True, "due, goal missed"), (70, 100, True, "due, goal reached")],
)  # fmt: skip
def test_places_on_the_path(now, path, is_due, state):
    held = held_against(now, path, 80, True, False, 0.0)
    assert path_state(held, is_due=is_due) == state


def test_without_a_tolerance_nothing_is_slightly_behind():
    held = held_against(100.1, 100, 80, True, False, 0.0)
    assert path_state(held, 0.0, is_due=False) == "clearly behind"
    with pytest.raises(ValueError, match="a tolerance cannot be negative"):
        path_state(held, -0.1, is_due=False)


def test_the_page_holds_the_table_of_the_code():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert markdown() in text, "docs/methods.md lags behind: run python -m tools.status_table"
