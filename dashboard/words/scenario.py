"""What if the months from here went otherwise: a sentence, beside the projection itself."""

from __future__ import annotations

from dashboard.analysis.scenario import Scenario
from dashboard.charts.wording import number_text
from dashboard.words.levels import in_period, level_text, lowered
from dashboard.words.reasons import reason_in_words
from dashboard.words.verdict import chance_in_words

DRAWN = "The shaded fan is what you chose under “What if”, not the projection."
NOT_A_FORECAST = (
    "This moves the projection and keeps its uncertainty. It says what would follow, not how "
    "probable the change is."
)


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
        f"{_condition(found)}, {lowered(found.as_things_go.title)} would come to "
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


def _condition(found: Scenario) -> str:
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
