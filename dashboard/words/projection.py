"""A projection in words and figures: where the year is heading, and the chance of the target."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.projected_total import ProjectedTotal
from dashboard.analysis.projection import ProjectionAnswer
from dashboard.analysis.scenario import Scenario
from dashboard.charts.wording import number_text
from dashboard.words.levels import in_period, interval_text, level_text, lowered
from dashboard.words.reasons import reason_in_words
from dashboard.words.verdict import chance_in_words

NOT_A_FORECAST = (
    "This moves the projection and keeps its uncertainty. It says what would follow, not how "
    "probable the change is."
)
EXPECTED_REWARD = "Expected reward: the reward times the chance of meeting the target"


def scenario_sentence(found: Scenario) -> str:
    """Return what the year would come to and with what chance, beside how things go.

    Such as "If each month of January 2010 to March 2011 counted 20% fewer than the same month a
    year before, all crime would come to 21,867 in 2010/11 (four times in five between 20,381 and
    23,405), where it is heading for 26,433. The chance of meeting the goal would be 97% instead of
    9%."
    """
    total, now = found.total, found.total_as_things_go
    unit = found.otherwise.unit
    text = (
        f"{condition_text(found)}, {lowered(found.as_things_go.title)} would come to "
        f"{level_text(total.median, unit)} {in_period(total.period)} (four times in five between "
        f"{level_text(total.low_80, unit)} and {level_text(total.high_80, unit)}), where it is "
        f"heading for {level_text(now.median, unit)}"
    )
    if found.otherwise.chance_met is None or found.as_things_go.chance_met is None:
        why = reason_in_words(found.otherwise.chance_reason)
        return f"{text}. No chance of meeting the target is given: {why}."
    return (
        f"{text}. The chance of meeting the goal would be "
        f"{chance_in_words(found.otherwise.chance_met)} instead of "
        f"{chance_in_words(found.as_things_go.chance_met)}."
    )


def implied_sentence(found: Scenario) -> str:
    """Return what the projection itself implies for the months to come."""
    return (
        f"As things go, {found.window.label()} is heading for {_change_text(found.implied)} the "
        f"same months a year before ({number_text(found.before)})."
    )


def condition_text(found: Scenario) -> str:
    """Return what is supposed: "If each month of … counted 20% fewer than …"."""
    months = found.window.label()
    said = (
        f"each month of {months} counted {_change_text(found.percent)} the same month a year before"
    )
    if not found.part:
        return f"If {said}"
    own = (
        f"{lowered(found.part_title)} returned to its level of {found.level_of} "
        f"({number_text(found.part_otherwise)} in these months, where it is heading for "
        f"{number_text(found.part_as_things_go)})"
    )
    if found.percent == found.implied:
        return f"If from here on {own}"
    return f"If {said}, and {own}"


def _change_text(percent: float) -> str:
    size = number_text(abs(percent), "percent")
    if size == "0%":
        return "as many as"
    return f"{size} {'fewer' if percent < 0 else 'more'} than"


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
