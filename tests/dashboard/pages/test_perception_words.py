"""What residents say, in words: nothing is called that the surveys cannot carry."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, inf

import pandas as pd
import pytest

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.perception import PerceptionAnswer, perception
from dashboard.analysis.survey_waves import Wave
from dashboard.metrics.significance import significance_of_percents
from dashboard.pages.public_perception.asked_first import asked_first
from dashboard.pages.public_perception.words import (
    chart_title,
    interval_line,
    page_title,
    perception_chart,
    said_lines,
    side_by_side,
)
from dashboard.store.warehouse import Warehouse
from etl.datadir import DataDir


@pytest.fixture
def answers(default_data) -> list[PerceptionAnswer]:
    with Warehouse(DataDir(default_data)) as warehouse:
        return perception(AreaView.of(warehouse))


@pytest.fixture
def ni_41(answers) -> PerceptionAnswer:
    return next(each for each in answers if each.indicator == "ni_41")


def wave(year: int, value: float, people: float | None = None) -> Wave:
    limits = (value - 3, value + 3) if people else (None, None)
    return Wave(
        pd.Period(f"{year}-01", "M"), f"{year} survey", value, *limits,
        "Wilson" if people else "", people,
    )  # fmt: skip


def test_both_kinds_of_figures_stand_in_one_plain_sentence(ni_41) -> None:
    assert side_by_side(ni_41) == (
        "45% of residents feel that people being drunk or rowdy in public places is a problem in "
        "their area, 29% in England; recorded: violence against the person fell 7% in the year "
        "ending December 2009 and violence against the person in the city centre at night fell "
        "15% in the year ending December 2009."
    )


def test_what_the_survey_says_line_by_line(ni_41) -> None:
    lines = said_lines(ni_41)
    assert lines[0].startswith("45% in the 2009 survey of 1,142 people")
    assert "between 42% and 48%" in lines[0]
    assert lines[1] == "England: 29%."
    assert lines[2] == "How many answered don't know is not given."
    assert lines[3] == "There is no earlier survey to compare it with."
    assert lines[4] == "Goal: 35% by 31 March 2011."
    assert len(lines) == 5


def test_a_difference_that_a_usual_design_effect_takes_away_is_not_called_sure(answers) -> None:
    ni_21 = next(each for each in answers if each.indicator == "ni_21")
    reply = dict(asked_first(ni_21))["Is the difference from England real?"]
    assert reply.startswith("It may be, but it is close: 23% here, 26% in England; chance in the ")
    assert "leaves 20.7% to 25.5% for Southampton" in reply
    assert "at a design effect of 1.5 it would be 20.2% to 26.1%" in reply


def test_a_difference_is_real_or_within_chance_or_cannot_be_said(ni_41) -> None:
    def asked(last: Wave) -> str:
        return dict(asked_first(replace(ni_41, waves=(last,))))[
            "Is the difference from England real?"
        ]

    assert asked(ni_41.waves[-1]).startswith("Yes: 45% here, 29% in England")
    assert asked(ni_41.waves[-1]).endswith("England does better.")
    assert asked(wave(2009, 28.0, 400)).startswith("Not by this survey: 28% here, 29% in England")
    assert asked(wave(2009, 45.0)).startswith("It cannot be said: the number of people asked")


def test_whether_a_survey_can_show_the_goal_is_a_plain_answer(answers) -> None:
    ni_21 = next(each for each in answers if each.indicator == "ni_21")
    power = ni_21.power
    question = "Can a survey show a rise from 23% to 30%?"
    assert dict(asked_first(ni_21))[question] == (
        "Yes, most likely: if 1,142 people are asked again, the chance that it shows is "
        f"{power.power:.0%} ({power.if_assumed.power:.0%} at a design effect of 1.5). For four "
        f"times in five it takes {ceil(power.needed_next):,} people, or "
        f"{ceil(power.if_assumed.needed_next):,} people at that design effect."
    )
    small = replace(power, power=0.9, if_assumed=replace(power.if_assumed, power=0.7))
    assert dict(asked_first(replace(ni_21, power=small)))[question].startswith("Perhaps: ")
    none = replace(power, power=0.3, needed_next=inf, if_assumed=None)
    said = dict(asked_first(replace(ni_21, power=none)))[question]
    assert said.startswith("No: ")
    assert said.endswith("more people than the first survey allows.")
    unasked = replace(power, power=None, first_base=None)
    said = dict(asked_first(replace(ni_21, power=unasked)))[question]
    assert said.endswith(f"takes {ceil(power.needed_each):,} people in each survey.")


def test_a_question_without_figures_says_so(answers) -> None:
    ni_17 = next(each for each in answers if each.indicator == "ni_17")
    assert perception_chart(ni_17, source="") is None
    assert chart_title(ni_17).endswith("no figure")
    assert said_lines(ni_17) == [
        "No survey result is loaded for Southampton.",
        "Goal: not given (the plan says “from x% to y%”).",
    ]
    assert side_by_side(ni_17) == ""


def test_no_people_no_interval_and_the_words_for_it(ni_41) -> None:
    bare = replace(ni_41, waves=(wave(2009, 45.0),))
    assert "cannot be said: the number of people asked is not given" in said_lines(bare)[0]
    assert "there is no interval" in interval_line(bare)
    assert perception_chart(bare, source="").figure.data[0].error_x.array[0] == 0


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (43.0, "no change can be called, as it is within the error of the two surveys"),
        (30.0, "a fall, clear of the error of both surveys"),
        (60.0, "a rise, clear of the error of both surveys"),
    ],
)
def test_a_change_is_called_only_when_clear(ni_41, now: float, said: str) -> None:
    tested = significance_of_percents(45.0, now, sample_before=400, sample_after=400)
    both = replace(ni_41, waves=(wave(2009, 45.0, 400), wave(2011, now, 400)), difference=tested)
    assert said in said_lines(both)[3]


def test_a_note_forbids_the_comparison(ni_41) -> None:
    both = replace(
        ni_41,
        waves=(wave(2009, 45.0, 400), wave(2011, 30.0, 400)),
        not_compared="there is a break in the series in 2010",
    )
    assert said_lines(both)[3].startswith("Not compared with the 2009 survey: there is a break")


def test_the_title_counts_the_answers(answers) -> None:
    assert page_title(answers) == (
        "Two of four questions answered, each once: nothing to compare yet"
    )
    assert page_title([]) == "No question to residents has been asked here"
