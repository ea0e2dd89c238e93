"""A projection in words and figures: where the year is heading, and the chance of the target."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.projected_total import ProjectedTotal
from dashboard.analysis.projection import ProjectionAnswer
from dashboard.charts.wording import number_text
from dashboard.words.levels import in_period, interval_text, level_text
from dashboard.words.reasons import reason_in_words
from dashboard.words.verdict import chance_in_words

EXPECTED_REWARD = "Expected reward: the reward times the chance of meeting the target"


def fan_of(answer: ProjectionAnswer) -> pd.DataFrame | None:
    """Return the bands that a chart of the trajectory takes; None without a projection."""
    if answer.fan.empty:
        return None
    months = pd.PeriodIndex(answer.fan["month"], freq="M").to_timestamp()
    return answer.fan.assign(month=months)


def projection_sentence(answer: ProjectionAnswer) -> str:
    """Return what is to be expected, or why nothing is said, in plain English."""
    if not answer.totals:
        return f"No projection: {reason_in_words(answer.reason)}."
    parts = [heading_for(each, answer.unit) for each in answer.totals]
    if answer.chance_met is not None:
        parts.append(f"The chance of meeting the target is {chance_in_words(answer.chance_met)}.")
    else:
        why = reason_in_words(answer.chance_reason)
        parts.append(f"No chance of meeting the target is given: {why}.")
    return " ".join(parts)


def heading_for(total: ProjectedTotal, unit: str) -> str:
    """Return one year's projection: the figure to expect, and both intervals."""
    median, low, high, least, most = (
        level_text(value, unit)
        for value in (total.median, total.low_80, total.high_80, total.low_95, total.high_95)
    )
    return (
        f"Heading for {median} {in_period(total.period)}: four times in five between {low} and "
        f"{high}, 19 times in 20 between {least} and {most}."
    )


def expected_reward_text(answer: ProjectionAnswer) -> str:
    """Return the expected reward with what it is; "" where there is no reward or no chance."""
    if answer.expected_reward_gbp is None or answer.reward_gbp is None:
        return ""
    expected = round(answer.expected_reward_gbp, -3)
    return (
        f"{EXPECTED_REWARD}, £{number_text(expected, 'count')} of "
        f"£{number_text(answer.reward_gbp, 'count')}. What is paid will be another sum."
    )


def projection_table(answer: ProjectionAnswer) -> pd.DataFrame:
    """Return the projected years as texts, a row each."""
    return pd.DataFrame(
        [
            {
                "To": f"{each.end}, {each.period}",
                "So far": level_text(each.counted, answer.unit),
                "Months left": str(each.months_left),
                "Expected": level_text(each.median, answer.unit),
                "80% interval": interval_text(each.low_80, each.high_80, answer.unit),
                "95% interval": interval_text(each.low_95, each.high_95, answer.unit),
                "Goal": level_text(each.goal, answer.unit) if each.goal is not None else "not due",
                "Chance of meeting it": "not given"
                if each.chance_met is None
                else chance_in_words(each.chance_met),
            }
            for each in answer.totals
        ]
    )
