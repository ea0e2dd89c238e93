"""A target that is being written: what can be chosen, what is wrong with it, and what it says."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.analysis.levels import WAVE, Baseline, baseline_window
from dashboard.analysis.rows import Indicator, rows_of
from dashboard.charts.wording import NOT_GIVEN, day_text
from dashboard.metrics.goals import goal_level
from dashboard.metrics.rounding import in_words_number
from dashboard.words.levels import (
    exact_level_text,
    in_period,
    level_text,
    measure_of_level,
    named,
    per_text,
)
from dashboard.words.target_words import PLACES, goal_in_words, limit_text, plain_level

FALL, RISE, LEVEL = "fall", "rise", "level"
WAYS = {
    FALL: "Fall by a percentage",
    RISE: "Rise by a percentage",
    LEVEL: "Reach a level",
}
STRAIGHT, SEASONAL = "straight", "seasonal"
PATHS = {
    STRAIGHT: "Straight: the same step every month",
    SEASONAL: "Seasonal: months as in the three years before",
}
WHOLE = 100
MOST = 1_000_000_000.0
"""No level and no percentage is above it."""
NO_FIGURES_YET = "no figures yet"


@dataclass(frozen=True)
class Draft:
    """A target as its form stands.

    Attributes:
        area_code, area_name: Whose it is.
        plan: The plan it goes to; "" for the one of the year it is due in.
        indicator: An indicator id; "" while none is chosen.
        way: One of `WAYS`.
        number: Percent, above 0; or the level.
        baseline_period: "2008/09", "year ending December 2024", "wave 2009" or "not given".
        due: The last day that counts.
        path: One of `PATHS`.
        owner: Who answers for it; "" for nobody named.
        written_by: Who writes it.
    """

    area_code: str
    area_name: str
    plan: str
    indicator: str
    way: str
    number: float | None
    baseline_period: str
    due: date | None
    path: str
    owner: str
    written_by: str


def indicators_to_target(indicators: pd.DataFrame, with_figures: Collection[str]) -> dict[str, str]:
    """Return the names of the catalogue's indicators, those with figures first.

    Args:
        indicators: The query of that name.
        with_figures: Ids of those that the partnership has figures of.
    """
    rows = sorted(
        rows_of(indicators[indicators["catalogued"]], Indicator),
        key=lambda each: (each.indicator_id not in with_figures, each.title.casefold()),
    )
    return {
        each.indicator_id: named(each)
        + ("" if each.indicator_id in with_figures else f" ({NO_FIGURES_YET})")
        for each in rows
    }


def number_label(way: str, about: Indicator) -> str:
    """Return what the number is, with its unit."""
    if way == LEVEL:
        percent = " (%)" if about.unit == "percent" else ""
        return f"{measure_of_level(about)} to reach{percent}"
    return f"{'Fall' if way == FALL else 'Rise'} (%)"


def baseline_text(baseline: Baseline, about: Indicator) -> str:
    """Return a baseline with what it amounts to: "2008/09: 1,123"."""
    made_up = " (illustrative)" if baseline.illustrative else ""
    return f"{_period(baseline.period)}: {_level(baseline.value, about)}{made_up}"


def first_due(baseline_ends: date) -> date:
    """Return the end of the first financial year that lies wholly after a day."""
    year = baseline_ends.year + (baseline_ends >= date(baseline_ends.year, 4, 1))
    return date(year + 1, 3, 31)


def goal_of(way: str, number: float) -> tuple[str, float]:
    """Return the kind of goal and its number, as a target has them."""
    if way == LEVEL:
        return "value", number
    return "relative_change", -number if way == FALL else number


def goal_stated(draft: Draft, about: Indicator) -> str:
    """Return the goal in a few words: "10% fewer", "1,000 or fewer"."""
    return goal_in_words(*goal_of(draft.way, draft.number or 0.0), about)


def what_is_wrong(draft: Draft) -> list[str]:
    """Return what is missing or cannot be, a sentence each; [] when it can be read back."""
    wrong = [] if draft.indicator else ["Choose an indicator."]
    if draft.number is None or not math.isfinite(draft.number):
        wrong.append("Give the level." if draft.way == LEVEL else "Give the percentage.")
    elif draft.way != LEVEL and draft.number <= 0:
        wrong.append("The percentage must be above 0: whether it falls or rises is chosen above.")
    elif draft.way == FALL and draft.number > WHOLE:
        wrong.append("Nothing can fall by more than 100%.")
    elif not 0 <= draft.number <= MOST:
        wrong.append(f"The number must be between 0 and {MOST:,.0f}.")
    window = baseline_window(draft.baseline_period)
    if window is None and draft.way != LEVEL:
        wrong.append("Choose the period that the change is measured from.")
    if draft.due is None:
        wrong.append("Give the date by which it is due.")
    elif window is not None and draft.due <= window.last_day:
        end = day_text(window.last_day)
        wrong.append(f"It must be due after its baseline, which ends on {end}.")
    if not draft.written_by:
        wrong.append("Give your name.")
    return wrong


def read_back(draft: Draft, about: Indicator, baseline: Baseline | None) -> str:
    """Return what a target says, in one sentence; nothing may be wrong with it."""
    if draft.number is None or draft.due is None:
        raise ValueError("a target without number or date cannot be read back")
    start = "" if baseline is None else _start(baseline, about)
    by = f"{_over(about)} {day_text(draft.due)}"
    if draft.way == LEVEL:
        against = f", against {start}" if start else ""
        goal = f"be {_goal_text(draft.number, about)} {by}{against}"
    else:
        asked, number = goal_of(draft.way, draft.number)
        level = goal_level(asked, number, baseline.value if baseline else None)
        percent = in_words_number(draft.number, PLACES)
        goal = f"{draft.way} by {percent}%, from {start} to {_level(level, about)} {by}"
    path = f"on a {draft.path} path" if baseline else f"with baseline and so path {NOT_GIVEN}"
    return (
        f"{named(about)} in {draft.area_name} is to {goal}, {path}; "
        f"owner: {draft.owner or NOT_GIVEN}."
    )


def against_the_grain(draft: Draft, about: Indicator, baseline: Baseline | None) -> str:
    """Return a warning where a target asks for what is worse; "" where it does not."""
    if draft.number is None:
        return ""
    level = goal_level(*goal_of(draft.way, draft.number), baseline.value if baseline else None)
    if level is None or baseline is None or level == baseline.value:
        return ""
    lower = about.lower_is_better
    if (level < baseline.value) == lower:
        return ""
    better = "lower" if lower else "higher"
    return f"Of this indicator a {better} figure is better, and this asks for the opposite."


def saved_sentence(indicator: str, area_name: str) -> str:
    """Return that a target is published."""
    return f"The target on {indicator} in {area_name} is saved and published."


def _period(period: str) -> str:
    return f"survey of {period.removeprefix(WAVE)}" if period.startswith(WAVE) else period


def _start(baseline: Baseline, about: Indicator) -> str:
    is_survey = baseline.period.startswith(WAVE)
    period = f"in the {_period(baseline.period)}" if is_survey else in_period(baseline.period)
    return f"{_level(baseline.value, about)} {period}"


def _over(about: Indicator) -> str:
    is_added_up = about.adds_up
    return "in the twelve months to" if is_added_up else "by"


def _goal_text(number: float, about: Indicator) -> str:
    lower = about.lower_is_better
    per = f" {per_text(about)}" if about.unit == "rate" else ""
    level = plain_level(number, about)
    return f"{limit_text(level, about.unit, lower_is_better=lower)}{per}"


def _level(value: float | None, about: Indicator) -> str:
    unit = about.unit
    per = f" {per_text(about)}" if unit == "rate" else ""
    text = exact_level_text(value, unit) if unit == "percent" else level_text(value, unit)
    return f"{text}{per}"
