"""Surveys in English: what their own error lets one see of a target."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dashboard.metrics.rounding import in_words_number
from dashboard.words.verdict import chance_in_words

if TYPE_CHECKING:
    from dashboard.analysis.survey_power import SurveyPower

NO_NUMBER = "no number would do"
AN_ASSUMPTION = "an assumption, for results that give none"


def survey_power_in_words(found: SurveyPower) -> str:
    """Return what a survey's own error lets one see of its target."""
    change = f"{_percent(found.baseline)} to {_percent(found.goal)}"
    each = f"{in_words_number(math.ceil(found.needed_each))} people in each wave"
    shown = f"to show it four times in five takes {each}"
    if found.power is None or found.first_base is None or found.second_base is None:
        return f"{change}: the number of people asked is not given; {shown}"
    again = ", and as many again" if found.second_base_is_assumed else ""
    bases = f"with {in_words_number(found.first_base)} people{again}"
    if not again:
        bases += f" and then {in_words_number(found.second_base)}"
    verdict = "large enough" if found.is_within_reach else "too small"
    chance = chance_in_words(found.power)
    return (
        f"{change} is a change {verdict} for the survey to show: {bases}, the chance that it "
        f"shows is {chance}; {_what_is_needed(found, shown)}{_if_assumed(found, shown)}"
    )


def _if_assumed(found: SurveyPower, shown: str) -> str:
    other = found.if_assumed
    if other is None or other.power is None:
        return ""
    return (
        ". This takes those asked as simple random samples, and at a design effect of "
        f"{other.design_effect:g}, {AN_ASSUMPTION}, the chance is "
        f"{chance_in_words(other.power)}, and {_what_is_needed(other, shown)}"
    )


def _what_is_needed(found: SurveyPower, shown: str) -> str:
    if found.needed_next is None:
        return shown
    if math.isinf(found.needed_next):
        return f"no number of people in the next wave alone would do, and {shown}"
    size = in_words_number(math.ceil(found.needed_next))
    return f"for four times in five the next wave needs {size} people"


def _percent(level: float) -> str:
    return f"{in_words_number(level, 1)}%"
