"""A control chart drawn, and what it says in a sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from dashboard.analysis.control import ControlAnswer
from dashboard.analysis.rows import Indicator, records_of, rows_of
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.control import CONCERN, IMPROVEMENT, NEITHER, Mark, control
from dashboard.charts.wording import NO_FIGURE, Unit, number_text
from dashboard.metrics.control import variation as signs
from dashboard.metrics.control.drawn import DRIFT, STEP, TREND, proposed
from dashboard.metrics.periods import month_label, parse_month
from dashboard.words.control import chart_rules_in_words, rules_in_words
from dashboard.words.levels import capital, date_text, level_text, named, per_text
from dashboard.words.reasons import reason_in_words

MARKS: dict[str, Mark] = {
    signs.IMPROVEMENT: IMPROVEMENT,
    signs.CONCERN: CONCERN,
    signs.NEITHER_HIGH: NEITHER,
    signs.NEITHER_LOW: NEITHER,
}
USUAL = "within the usual ups and downs"
ADJUSTED = "Without its season"
SEASON_TAKEN_OUT = (
    " The line and its limits are without the rise and fall of every year; the dotted line is as "
    "counted."
)
_SMALL_RATE = 10
SHUFFLES = 1000
"""Of these, a suggested break says how many would show as large a change."""
_BEYOND = {
    signs.IMPROVEMENT: "better than the usual ups and downs",
    signs.CONCERN: "worse than the usual ups and downs",
    signs.NEITHER_HIGH: "higher than the usual ups and downs",
    signs.NEITHER_LOW: "lower than the usual ups and downs",
}
_PROPOSED = {STEP: "Levels", TREND: "Trend", DRIFT: "Trend"}
_NO_LIMITS = "No limits are drawn: around one level they would mark most {every}s. "
_INSTEAD = {
    STEP: "Confirm the new level with a reason, and they are drawn around it.",
    TREND: "They can be drawn around the trend.",
    DRIFT: "Nor does the trend hold most of them: hold the latest against its path.",
}
_PLAIN = {signs.COMMON_CAUSE: USUAL, signs.TOO_FEW: signs.TOO_FEW, **_BEYOND}
"""What a reader is told for the words of the method."""
_ASSURANCE = {
    signs.CONSISTENTLY_PASSING: "as it is, it would meet the target every {every}",
    signs.HIT_AND_MISS: "as it is, it would meet the target in some {every}s and miss it in others",
    signs.CONSISTENTLY_FAILING: "as it is, it would not meet the target in any {every}",
}


def control_chart(answer: ControlAnswer, about: Indicator, *, source: str) -> Chart | None:
    """Draw the control chart of an indicator.

    Args:
        answer: Of `dashboard.analysis.control`.
        about: The indicator, as `AreaView.indicator` gives it.
        source: The line of `dashboard.words.sources`.

    Returns:
        None where there is no chart: `finding` says why.
    """
    if not answer.chart or answer.points.empty:
        return None
    points = answer.points.assign(
        month=pd.to_datetime(answer.points["month"]),
        variation=answer.points["variation"].map(_PLAIN),
        why=[rules_in_words(broken) for broken in answer.points["why"]],
        proposed=proposed(answer),
    )
    drawn = control(
        points,
        caption=_caption(answer, about, source),
        measure=_measure(answer, about),
        unit=_unit(answer),
        marks={_PLAIN[word]: mark for word, mark in MARKS.items()},
        plotted_name=ADJUSTED if answer.is_seasonal else "",
        target=answer.target,
        target_label="Target",
        proposal=_PROPOSED.get(answer.proposal, ""),
    )
    return replace(drawn, method=method(answer))


def _caption(answer: ControlAnswer, about: Indicator, source: str) -> Caption:
    """Return the words around it; where a line stands in place of limits, they are of the line."""
    said = finding(answer, about), subtitle(answer, about)
    if answer.proposal:
        season = SEASON_TAKEN_OUT if answer.is_seasonal else ""
        measured = f"{_measure(answer, about)}, {answer.area_name}.{season}"
        said = f"{named(about)}: {_what_it_does(answer)}", measured
    return Caption(*said, source=source, illustrative=answer.illustrative)


def finding(answer: ControlAnswer, about: Indicator) -> str:
    """Return what the chart says of the latest figure, in one sentence.

    Such as "Robbery: December 2009 lies within the usual ups and downs (26, between 15 and 53)".
    """
    name = named(about)
    if not answer.chart:
        return f"{name}: {reason_in_words(answer.choice.why)}"
    known = answer.points.dropna(subset=["plotted"])
    if answer.latest == signs.TOO_FEW or known.empty:
        reason = reason_in_words(answer.cautions[0]) if answer.cautions else NO_FIGURE
        return f"{name}: too few to say ({reason})"
    last = known.iloc[-1]
    if answer.chart == "g":
        return _gap_finding(answer, name, last)
    season = " without its season" if answer.is_seasonal else ""
    limits = f"{_text(last['lower'], answer)} to {_text(last['upper'], answer)}"
    numbers = f"{_text(last['plotted'], answer)}{season}, limits {limits}"
    if answer.latest == signs.COMMON_CAUSE:
        return f"{name}: {last['period']} lies {USUAL} ({numbers})"
    why = rules_in_words(answer.latest_why, " and ")
    return f"{name}: {_BEYOND[answer.latest]}; {last['period']} is {why} ({numbers})"


def control_title(answer: ControlAnswer, about: Indicator) -> str:
    """Return the same in a few words: "December 2009: better than the usual ups and downs"."""
    known = answer.points.dropna(subset=["plotted"])
    if answer.latest == signs.TOO_FEW or known.empty:
        return f"{about.title}: too few figures to say"
    if answer.chart == "g":
        return f"Time between events: {_BEYOND.get(answer.latest, USUAL)}"
    if answer.proposal:
        return capital(_what_it_does(answer))
    trend = f" of a {_way(answer)} trend" if answer.around == TREND and answer.slope else ""
    return f"{known['period'].iloc[-1]}: {_BEYOND.get(answer.latest, USUAL)}{trend}"


def proposal_line(answer: ControlAnswer) -> str:
    """Return why no limits are drawn, and what can be done; "" where they are."""
    if not answer.proposal:
        return ""
    return f"{_NO_LIMITS.format(every=answer.every)}{_INSTEAD[answer.proposal]}"


def _what_it_does(answer: ControlAnswer) -> str:
    """Return what a proposal is: "falling by about 19 a month", "a new level from October 2008"."""
    if answer.proposal != STEP and answer.slope is not None:
        size = level_text(abs(answer.slope), _unit(answer))
        return f"{_way(answer)} by about {size} a {answer.every}"
    last = rows_of(answer.suggested, Suggested)[-1]
    before, after = _text(last.before, answer), _text(last.after, answer)
    return f"a new level from {last.period}, {after} after {before}"


def _way(answer: ControlAnswer) -> str:
    return "falling" if (answer.slope or 0) < 0 else "rising"


def control_line(answer: ControlAnswer, about: Indicator) -> str:
    """Return what is drawn, in a few words: "Count a month, season taken out"."""
    return f"{_measure(answer, about)}{', season taken out' if answer.is_seasonal else ''}"


def subtitle(answer: ControlAnswer, about: Indicator) -> str:
    """Return measure, area, what was done about the season, what the marks mean, and the rules."""
    season = SEASON_TAKEN_OUT if answer.is_seasonal else ""
    rules = chart_rules_in_words(answer.rules, answer.chart)
    return f"{_measure(answer, about)}, {answer.area_name}.{season} {_marks(answer)}. {rules}"


def method(answer: ControlAnswer) -> str:
    """Return how the chart is worked out, in the terms of the field."""
    season = (
        f", on figures seasonally adjusted by {answer.adjustment}" if answer.is_seasonal else ""
    )
    return (
        f"{answer.choice.name}{season}. A marked point is a special cause; the others are common "
        "cause variation."
    )


def assurance_sentence(answer: ControlAnswer) -> str:
    """Return what the limits say of the target; "" without target or limits."""
    if not answer.assurance or answer.target is None:
        return ""
    due = f", due {date_text(answer.target_due)}" if answer.target_due else ""
    said = _ASSURANCE[answer.assurance].format(every=answer.every)
    level = f"{_text(answer.target, answer)}{_a_period(answer)}{due}"
    return f"{said[:1].upper()}{said[1:]} ({level})"


@dataclass(frozen=True, slots=True)
class Suggested:
    """A break that the figures suggest."""

    period: str
    before: float
    after: float
    percent: float | None
    p_value: float


def break_lines(answer: ControlAnswer) -> list[str]:
    """Return breaks that are applied, and those that the figures suggest, a sentence each."""
    applied = [
        f"New limits from {month_label(parse_month(each.month))}: {each.statement}"
        + (f" (confirmed by {each.decided_by})" if each.decided_by else "")
        for each in records_of(answer.breaks)
        if each.month
    ]
    return applied + [_suggestion(each, answer) for each in rows_of(answer.suggested, Suggested)]


def _suggestion(found: Suggested, answer: ControlAnswer) -> str:
    how = "" if found.percent is None else f", {number_text(found.percent, 'percent_change')}"
    return (
        f"The level seems to change in {found.period}, from {_text(found.before, answer)} to "
        f"{_text(found.after, answer)}{_a_period(answer)}{how} ({_evidence(found.p_value)}). It is "
        "not applied until a person confirms it with a reason"
    )


def _evidence(p_value: float) -> str:
    """Return how sure it is that a level changed; the test itself is in the method's own terms."""
    times = max(1, round(SHUFFLES * p_value))
    return (
        "with the months in any order, as large a change comes up in at most "
        f"{times} of {SHUFFLES:,} tries"
    )


def _marks(answer: ControlAnswer) -> str:
    """Return what each mark that is drawn means: "A diamond is better than the usual …"."""
    shown = set(answer.points["variation"])
    meaning = [
        f"{mark.shape_word} is {_BEYOND[word]}" for word, mark in MARKS.items() if word in shown
    ]
    return f"A {' and a '.join(meaning)}" if meaning else "No point is marked"


def _gap_finding(answer: ControlAnswer, name: str, last: pd.Series) -> str:
    since = answer.periods_since_last or 0
    whole = f"{since} {answer.every}{'' if since == 1 else 's'} since the last with an event"
    within = f"the time between events lies {USUAL}"
    said = (
        f"{_BEYOND[answer.latest]} in the time between events"
        if answer.latest in _BEYOND
        else within
    )
    limit = f"limit {number_text(last['upper'], 'rate')} {answer.every}s"
    return f"{name}: {said} ({whole}; {limit})"


def _a_period(answer: ControlAnswer) -> str:
    return f" a {answer.every}" if answer.is_total else ""


def _measure(answer: ControlAnswer, about: Indicator) -> str:
    if answer.chart == "g":
        return f"{answer.every.capitalize()}s without an event before each {answer.every} with one"
    if answer.unit == "percent":
        return f"Percentage, by {answer.every}"
    if answer.unit == "rate":
        return f"Rate {per_text(about)} a {answer.every}"
    return f"Count a {answer.every}" if about.adds_up else "Figure"


def _unit(answer: ControlAnswer) -> Unit:
    if answer.chart == "g":
        return "rate"
    return answer.unit if answer.unit in ("rate", "percent") else "count"


def _text(value: float, answer: ControlAnswer) -> str:
    unit = _unit(answer)
    if unit == "percent":
        return number_text(value, unit, places=1)
    small = unit == "rate" and abs(value) < _SMALL_RATE
    return number_text(value, unit, places=2 if small else None)
