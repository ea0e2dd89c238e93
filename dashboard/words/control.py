"""What a control chart says of a point: which rules it breaks, and the sign of its variation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.metrics.control.variation import (
    COMMON_CAUSE,
    CONCERN,
    CONSISTENTLY_FAILING,
    CONSISTENTLY_PASSING,
    HIT_AND_MISS,
    IMPROVEMENT,
    NEITHER_HIGH,
    NEITHER_LOW,
    TOO_FEW,
)

if TYPE_CHECKING:
    from dashboard.metrics.control.rules import ControlRules
    from dashboard.metrics.reasons import BrokenRules

ICONS = {
    COMMON_CAUSE: "\N{SINE WAVE}",
    IMPROVEMENT: "\N{CHECK MARK}",
    CONCERN: "!",
    NEITHER_HIGH: "\N{UPWARDS ARROW}",
    NEITHER_LOW: "\N{DOWNWARDS ARROW}",
    TOO_FEW: "?",
    CONSISTENTLY_PASSING: "P",
    HIT_AND_MISS: "\N{PLUS-MINUS SIGN}",
    CONSISTENTLY_FAILING: "F",
}
"""A sign beside each word, never alone; P and F are NHS England's."""
RULE_WORDS = {
    "outside": ("below the lower limit", "above the upper limit"),
    "shift": ("part of a run below the centre line", "part of a run above the centre line"),
    "near": ("close to the lower limit, not alone", "close to the upper limit, not alone"),
    "trend": ("part of a run of falls", "part of a run of rises"),
}


def rules_in_words(broken: BrokenRules, between: str = "; ") -> str:
    """Return why a point is marked; "" for common cause.

    Args:
        broken: The rules that the point breaks.
        between: What stands between one rule and the next.
    """
    return between.join(RULE_WORDS[rule][int(way > 0)] for rule, way in broken.rules)


def chart_rules_in_words(rules: ControlRules | None, chart: str) -> str:
    """Return the rules of a chart with their settings, as it prints them; "" without a chart.

    Args:
        rules: The settings.
        chart: A key of `dashboard.metrics.control.choose.NAMES`.
    """
    if rules is None:
        return ""
    run = f"{rules.shift_points} in a row on one side of the centre line"
    if chart == "g":
        return f"Rules: a stretch over the limit; {run}"
    return (
        f"Rules: a point outside the limits; {run}; "
        f"{rules.near_points} of {rules.near_window} in a row in the outer third of the limits; "
        f"{rules.trend_points} in a row rising or falling"
    )
