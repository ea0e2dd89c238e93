"""What a reader asks of a survey's figure first, each with its answer in a sentence or two."""

from __future__ import annotations

import math

from dashboard.analysis.perception import PerceptionAnswer
from dashboard.analysis.survey_power import SurveyPower
from dashboard.analysis.survey_waves import ASSUMED
from dashboard.charts.wording import number_text
from dashboard.words.levels import two_levels
from dashboard.words.verdict import chance_in_words

PERCENT = "percent"
NOT_KNOWN = "It cannot be said: the number of people asked is not given."


def asked_first(answer: PerceptionAnswer) -> list[tuple[str, str]]:
    """Return question and answer: is the difference real, and can a survey show the goal.

    Args:
        answer: Of one question to residents.
    """
    found = []
    if answer.waves and answer.of_last_wave(answer.national) is not None:
        found.append(("Is the difference from England real?", _difference(answer)))
    if answer.power is not None:
        found.append((_can_it_show(answer.power), _shows(answer.power)))
    return found


def _difference(answer: PerceptionAnswer) -> str:
    """Return whether chance in the sample could give the difference, taken England as exact."""
    last, nation = answer.waves[-1], answer.of_last_wave(answer.national)
    if nation is None or last.lower is None or last.upper is None:
        return NOT_KNOWN
    here, england = two_levels(last.value, nation.value, PERCENT)
    low, high = (number_text(limit, PERCENT, places=1) for limit in (last.lower, last.upper))
    range_here = f"chance in the sample leaves {low} to {high} for {answer.area_name}"
    both = f"{here} here, {england} in England; {range_here}"
    if last.holds(nation.value):
        return f"Not by this survey: {both}, and England's figure is within it."
    is_better = (nation.value < last.value) == answer.about.lower_is_better
    better = f"{'England' if is_better else answer.area_name} does better"
    wide = last.if_assumed
    if wide is not None and wide[0] <= nation.value <= wide[1]:
        ends = " to ".join(number_text(limit, PERCENT, places=1) for limit in wide)
        return (
            f"It may be, but it is close: {both}, and England's figure lies just outside. Most "
            f"surveys err more than a simple random sample; at a design effect of {ASSUMED:g} it "
            f"would be {ends}, which holds England's figure."
        )
    return f"Yes: {both}, and England's figure lies outside. {better}."


def _can_it_show(power: SurveyPower) -> str:
    moves = "rise" if power.goal > power.baseline else "fall"
    return f"Can a survey show a {moves} from {_percent(power.baseline)} to {_percent(power.goal)}?"


def _shows(power: SurveyPower) -> str:
    """Return whether the next survey would show the change, how likely, and with how many people.

    The verdict is that of the wider assumption, where nobody gives the survey's design effect.
    """
    each = f"{number_text(math.ceil(power.needed_each))} people in each survey"
    if power.power is None or power.first_base is None or power.second_base is None:
        return f"{NOT_KNOWN} To show it four times in five takes {each}."
    careful = power.if_assumed or power
    verdicts = {bool(power.is_within_reach), bool(careful.is_within_reach)}
    lead = "Yes, most likely" if verdicts == {True} else "Perhaps" if True in verdicts else "No"
    if power.second_base_is_assumed:
        people = f"if {number_text(power.first_base)} people are asked again"
    else:
        people = f"if {number_text(power.second_base)} people are asked next"
    chance = f"the chance that it shows is {chance_in_words(power.power)}"
    needed = _people_needed(power.needed_next)
    if power.if_assumed is not None and power.if_assumed.power is not None:
        chance += f" ({chance_in_words(power.if_assumed.power)} at a design effect of {ASSUMED:g})"
        needed += f", or {_people_needed(power.if_assumed.needed_next)} at that design effect"
    return f"{lead}: {people}, {chance}. For four times in five it takes {needed}."


def _people_needed(people: float | None) -> str:
    if people is None:
        return "a number that cannot be said"
    if math.isinf(people):
        return "more people than the first survey allows"
    return f"{number_text(math.ceil(people))} people"


def _percent(level: float) -> str:
    return number_text(level, PERCENT)
