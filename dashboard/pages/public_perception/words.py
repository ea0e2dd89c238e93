"""What residents say, in words and as a chart, beside what is recorded."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.change import ChangeAnswer
from dashboard.analysis.perception import PerceptionAnswer
from dashboard.analysis.survey_waves import ASSUMED, NO_INTERVAL, PUBLISHED, Wave
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.survey_dots import survey_dots
from dashboard.charts.wording import number_text
from dashboard.metrics.rounding import as_number
from dashboard.words.change import change_in_words, significance_in_words
from dashboard.words.levels import (
    capital,
    date_text,
    in_period,
    in_words,
    joined,
    level_text,
    lowered,
    named,
    two_levels,
)
from dashboard.words.reasons import reason_in_words
from dashboard.words.survey import AN_ASSUMPTION
from dashboard.words.verdict import GOAL_MADE_UP

NO_QUESTIONS = "No question to residents"
PERCENT = "percent"
MEASURE = "Percent of residents"
MOST_RECORDED = 2
"""Recorded figures that the line under a chart names; the others are a click away."""
CAUTION = (
    "What residents perceive and what is recorded are different things. Not everything is "
    "reported to the police; what people have seen, heard or read moves what they say; and a "
    "survey asks a sample, in one part of a year. If both move apart, neither need be wrong."
)


def page_title(answers: list[PerceptionAnswer]) -> str:
    """Return whether what residents say is moving, in a few words."""
    if not answers:
        return f"{NO_QUESTIONS} has been asked here"
    answered = [each for each in answers if each.waves]
    of = len(answers)
    if not answered:
        questions = "question" if of == 1 else "questions"
        return f"No answers are loaded to {in_words(of)} {questions} that residents are asked"
    said = f"{capital(in_words(len(answered)))} of {in_words(of)} questions answered"
    compared = [each for each in answered if each.difference is not None]
    if not compared:
        return f"{said}, each once: nothing to compare yet"
    moved = sum(bool(each.difference and each.difference.is_beyond_chance) for each in compared)
    return f"{said}: {in_words(moved) if moved else 'none'} moved by more than chance"


def short_title(answer: PerceptionAnswer) -> str:
    """Return the latest figure and whether it is moving: "23% in 2009: asked once"."""
    last = answer.waves[-1]
    figure = f"{number_text(last.value, PERCENT)} in {last.month.year}"
    if len(answer.waves) < 2:  # noqa: PLR2004 - a difference is between two
        return f"{figure}: asked once"
    if answer.not_compared:
        return f"{figure}: not compared with the survey before"
    before = answer.waves[-2]
    then = f"{number_text(before.value, PERCENT)} in {before.month.year}"
    if answer.difference and answer.difference.is_beyond_chance:
        return f"{figure}, {'up' if last.value > before.value else 'down'} from {then}"
    return f"{figure}, {then}: no change can be called"


def recorded_line(answer: PerceptionAnswer) -> str:
    """Return what is recorded beside it, in one line; "" for nothing."""
    recorded = joined([_short(each) for each in answer.recorded[:MOST_RECORDED]])
    return f"Recorded: {recorded}." if recorded else ""


def chart_title(answer: PerceptionAnswer) -> str:
    """Return the finding: "23% agree that …: 3 points below England"."""
    if not answer.waves:
        return f"{named(answer.about)}: no figure"
    last = answer.waves[-1]
    who = answer.about.residents_who
    percent = number_text(last.value, PERCENT)
    return f"{percent} of residents {who}" if who else f"{named(answer.about)}: {percent}"


def perception_chart(answer: PerceptionAnswer, *, source: str) -> Chart | None:
    """Draw what residents said, England, the don't knows and the goal; None without a figure."""
    if not answer.waves:
        return None
    caption = Caption(
        title=chart_title(answer),
        subtitle=f"{named(answer.about)}, {answer.area_name}, {_years(answer.waves)}, "
        "with 95% intervals",
        source=source,
        illustrative=answer.illustrative,
    )
    goal = None if answer.target is None else answer.target.target
    return survey_dots(_rows(answer), caption=caption, measure=MEASURE, goal=goal)


def said_lines(answer: PerceptionAnswer) -> list[str]:
    """Return what the survey says of the question, a sentence each."""
    if not answer.waves:
        return [f"No survey result is loaded for {answer.area_name}.", _goal_line(answer)]
    lines = [
        _figure_line(answer),
        _nation_line(answer),
        _dont_know_line(answer),
        _difference_line(answer),
        _goal_line(answer),
    ]
    return [line for line in lines if line]


def recorded_lines(answer: PerceptionAnswer) -> list[str]:
    """Return what is recorded beside it, a sentence each."""
    return [_recorded_line(each) for each in answer.recorded] or [
        "No recorded figures that belong to it are loaded."
    ]


def side_by_side(answer: PerceptionAnswer) -> str:
    """Return both in one sentence: "45% feel …, 29% in England; recorded violence fell 5% …"."""
    if not answer.waves or not answer.recorded:
        return ""
    nation = answer.of_last_wave(answer.national)
    england = "" if nation is None else f", {number_text(nation.value, PERCENT)} in England"
    recorded = joined([_short(each) for each in answer.recorded])
    return f"{chart_title(answer)}{england}; recorded: {recorded}."


def interval_line(answer: PerceptionAnswer) -> str:
    """Return which intervals are shown, for the small print."""
    ways = {wave.interval_from for wave in (*answer.waves, *answer.national, *answer.dont_know)}
    said = []
    if PUBLISHED in ways:
        said.append("limits are the publisher's own where it gives them")
    if len(ways - {PUBLISHED, NO_INTERVAL}):
        said.append("limits are worked out from the number of people asked (Wilson's interval)")
    if NO_INTERVAL in ways:
        said.append("where the number of people asked is not given there is no interval")
    if any(wave.interval_from == NO_INTERVAL for wave in answer.national):
        said.append("England's figure is taken as exact")
    return f"{capital('; '.join(said))}." if said else ""


def _rows(answer: PerceptionAnswer) -> pd.DataFrame:
    groups = (
        (answer.area_name, "own", answer.waves),
        ("England", "national", answer.national),
        ("Don't know", "dont_know", answer.dont_know),
    )
    return pd.DataFrame(
        {
            "name": f"{name} {wave.month.year}",
            "kind": kind,
            "value": wave.value,
            "lower": wave.lower,
            "upper": wave.upper,
        }
        for name, kind, waves in groups
        for wave in reversed(waves)
    ).astype({"lower": float, "upper": float})


def _years(waves: tuple[Wave, ...]) -> str:
    return joined([wave.name for wave in waves])


def _figure_line(answer: PerceptionAnswer) -> str:
    last = answer.waves[-1]
    percent = number_text(last.value, PERCENT)
    if last.lower is None or last.upper is None:
        return (
            f"{percent} in the {last.name}. How far chance may have moved it cannot be said: "
            "the number of people asked is not given."
        )
    low, high = (number_text(limit, PERCENT) for limit in (last.lower, last.upper))
    asked = "" if last.people is None else f" of {number_text(last.people)} people"
    return (
        f"{percent} in the {last.name}{asked}: among all residents it is likely to be "
        f"between {low} and {high}{_if_assumed(last)}."
    )


def _if_assumed(wave: Wave) -> str:
    """Return the interval at an assumed design effect, where nobody gives one; else ""."""
    if wave.if_assumed is None:
        return ""
    low, high = (number_text(limit, PERCENT) for limit in wave.if_assumed)
    return f" ({low} to {high} at a design effect of {ASSUMED:g}, {AN_ASSUMPTION})"


def _nation_line(answer: PerceptionAnswer) -> str:
    nation = answer.of_last_wave(answer.national)
    if nation is None:
        return "What residents of England said is not loaded."
    return f"England: {number_text(nation.value, PERCENT)}."


def _dont_know_line(answer: PerceptionAnswer) -> str:
    share = answer.of_last_wave(answer.dont_know)
    if share is None:
        return "How many answered don't know is not given."
    return f"{number_text(share.value, PERCENT)} answered don't know."


def _difference_line(answer: PerceptionAnswer) -> str:
    """Return the difference of the last two waves, called only when clear of both intervals."""
    if len(answer.waves) < 2:  # noqa: PLR2004 - a difference is between two
        return "There is no earlier survey to compare it with."
    before, now = answer.waves[-2:]
    if answer.not_compared:
        return f"Not compared with the {before.name}: {reason_in_words(answer.not_compared)}."
    then, today = two_levels(before.value, now.value, PERCENT)
    moved = f"{then} in the {before.name}, {today} in the {now.name}"
    judged = significance_in_words(answer.difference) if answer.difference else ""
    if not judged:
        why = reason_in_words(answer.difference.not_tested) if answer.difference else ""
        return f"{moved}: too little is known to call it a change ({why})."
    if answer.difference and not answer.difference.is_beyond_chance:
        return f"{moved}: no change can be called, as it is {judged}."
    rose = "rise" if now.value > before.value else "fall"
    return f"{moved}: a {rose}, {judged}."


def _goal_line(answer: PerceptionAnswer) -> str:
    if answer.target is None:
        return "The plan sets no goal."
    goal = as_number(answer.target.target)
    by = f" by {date_text(answer.target.due)}" if answer.target.due else ""
    stated = answer.target.goal_stated
    if goal is None:
        return f"Goal: not given{f' (the plan says “{stated}”)' if stated else ''}."
    made_up = f", {GOAL_MADE_UP}" if answer.target.goal_is_illustrative else ""
    return f"Goal: {number_text(goal, PERCENT)}{by}{made_up}."


def _recorded_line(answer: ChangeAnswer) -> str:
    change = answer.change
    if change.current is None:
        return f"{answer.title}: {change_in_words(change)}."
    level = level_text(change.current, change.unit)
    period = in_period(change.current_label)
    return f"{answer.title}: {level} {period}, {change_in_words(change)}."


def _short(answer: ChangeAnswer) -> str:
    change = answer.change
    name = lowered(answer.title)
    period = in_period(change.current_label)
    if change.number is None:
        return f"{name} is not compared"
    if change.percent is None:
        return f"{name} {number_text(change.number, 'change')} {period}"
    rounded = number_text(abs(change.percent), PERCENT)
    moved = "fell" if change.number < 0 else "rose" if change.number > 0 else "did not change"
    return f"{name} {moved}{f' {rounded}' if change.number else ''} {period}"
