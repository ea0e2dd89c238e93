"""What is said beside a verdict heeds the chance, and says which of several targets is meant."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.analysis.rows import Verdict
from dashboard.words.levels import two_levels
from dashboard.words.target_words import (
    chance_clause,
    limit_text,
    other_targets,
    per_of,
    status_and_chance,
    which_target,
)
from dashboard.words.top_priorities import top_sentence, unnamed_text
from tests.dashboard.rows import verdict


def row(**changes: object) -> Verdict:
    """A target that is on its path and likely to be met, changed as asked."""
    usual = {
        "target_id": "robbery_2024", "indicator_id": "robbery", "title": "Robbery",
        "national_indicator": "", "kind": "plan", "goal": "value", "goal_number": 3.0,
        "due": "2024-03-31", "status": "on track", "probability": 0.8, "path_state": "ahead",
        "path_now": 100.0, "unit": "count", "rate_per": 1000, "denominator": "ons:population",
    }  # fmt: skip
    return verdict(**usual | changes)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "; a 80% chance of meeting the goal"),
        (
            {"probability": 0.51},
            "; it is today, but it could go either way: a 51% chance of meeting the goal",
        ),
        (
            {"probability": 0.09, "status": "at risk"},
            "; it is today, but has only a 9% chance of meeting the goal",
        ),
        (
            {"probability": 0.3, "status": "off track", "path_state": "clearly behind"},
            "; a 30% chance of meeting the goal",
        ),
        # A level to hold has no path that it could be on today.
        (
            {"probability": 0.55, "path_now": None},
            "; could go either way: a 55% chance of meeting the goal",
        ),
        ({"goal": "rank"}, "; a 80% chance that the true place is in the top 3 now"),
        ({"status": "met"}, ""),
        ({"probability": None}, ""),
    ],
)
def test_what_is_said_beside_a_verdict_heeds_the_chance(changes, said) -> None:
    assert chance_clause(row(**changes)) == said


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.8, "● On track, 80% chance"),
        (0.5, "● On track, 50% chance"),
        (None, "● On track"),
    ],
)
def test_a_verdict_has_its_chance_beside_it(chance, said) -> None:
    assert status_and_chance(row(probability=chance)) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "plan's target to March 2024"),
        ({"kind": "stretch", "due": "2010-07-31"}, "stretch target to July 2010"),
        ({"goal": "rank"}, "plan's target for its place in the group, to March 2024"),
        ({"kind": "aim", "due": ""}, "aim, no date given"),
    ],
)
def test_a_target_is_named_among_others(changes, said) -> None:
    assert which_target(row(**changes)) == said


def test_the_other_targets_of_an_indicator_are_named_with_their_verdicts() -> None:
    own = row()
    stretch = row(target_id="s", kind="stretch", due="2023-07-31", probability=0.51)
    unsaid = row(target_id="u", kind="aim", status="cannot say", probability=None)
    elsewhere = row(target_id="e", indicator_id="burglary")
    targets = pd.DataFrame([own, stretch, unsaid, elsewhere])
    said = "Another target on it: stretch target to July 2023, ● On track, 51% chance"
    assert other_targets(own, targets) == said
    assert other_targets(elsewhere, targets) == ""


@pytest.mark.parametrize(
    ("unit", "lower_is_better", "said"),
    [
        ("count", True, "30 or fewer"),
        ("percent", True, "30 or less"),
        ("rate", False, "30 or more"),
    ],
)
def test_a_limit_reads_the_way_that_is_good(unit, lower_is_better, said) -> None:
    assert limit_text("30", unit, lower_is_better=lower_is_better) == said


def test_only_a_rate_says_what_it_is_per() -> None:
    assert per_of(row(unit="rate")) == " per 1,000 residents"
    burglary = row(unit="rate", denominator="ons:households", rate_per=10000)
    assert per_of(burglary) == " per 10,000 households"
    assert per_of(row()) == ""


def priorities() -> pd.DataFrame:
    """Two stretch targets, one designated, and a count of four."""
    named = [
        row(target_id="s1", kind="stretch"),
        row(target_id="s2", kind="stretch", probability=0.51, national_indicator="NI 20"),
        row(target_id="d", kind="designated"),
    ]
    counted = row(
        target_id="laa", indicator_id="laa_targets_on_track", goal="minimum_count",
        goal_number=4.0, status="off track", probability=None,
    )  # fmt: skip
    return pd.DataFrame([*named, counted])


def test_what_a_plan_counts_and_does_not_name_is_said() -> None:
    assert top_sentence(priorities()).startswith(
        "The plan counts four top priorities and names three: two stretch targets and one "
        "designated indicator."
    )


def test_a_plan_that_names_all_it_counts_says_nothing_of_it() -> None:
    named = priorities()
    assert unnamed_text(named.assign(goal_number=3.0)) == ""
    assert unnamed_text(named[named["indicator_id"].ne("laa_targets_on_track")]) == ""
    assert top_sentence(named.iloc[:0]) == ""


@pytest.mark.parametrize(
    ("now", "other", "unit", "said"),
    [
        (24668, 24668, "count", ("24,668", "24,668")),
        (24668, 24667.6, "count", ("24,668", "24,667.6")),
        (1.25, 1.25, "rate", ("1.25", "1.25")),
        (22.6, 23.4, "percent", ("22.6%", "23.4%")),
        (30, 30, "percent", ("30%", "30%")),
    ],
)
def test_two_levels_have_the_places_that_tell_them_apart(now, other, unit, said) -> None:
    assert two_levels(now, other, unit) == said
