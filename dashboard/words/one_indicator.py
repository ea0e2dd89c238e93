"""The page of one indicator in words and tables: headline, verdict, changes, trend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.analysis.change import ChangeAnswer
from dashboard.analysis.rows import Indicator, Verdict, rows_of
from dashboard.analysis.trend import TrendAnswer
from dashboard.charts.wording import change_text, number_text
from dashboard.metrics.change import Change
from dashboard.metrics.status_table import AT_RISK, OFF_TRACK, UNLIKELY_TO
from dashboard.words.change import significance_in_words, trend_in_words
from dashboard.words.indicator import finding
from dashboard.words.levels import capital, interval_text, joined, level_text, named
from dashboard.words.on_target import owner_text, reason_text, status_cell
from dashboard.words.reasons import reason_in_words, why_left_out
from dashboard.words.target_words import other_targets, which_target

SMALLEST_P = 0.001
"""The last place that a p-value is written to."""


def headline(about: Indicator, changes: Sequence[ChangeAnswer], area_name: str) -> str:
    """Return what happened to an indicator, in one sentence; or that nothing is known of it.

    Args:
        about: The indicator, as `AreaView.indicator` gives it.
        changes: On several bases; the first that has a figure is said.
        area_name: Of the area.
    """
    change = latest(changes)
    if change.current is None:
        return f"{named(about)}: no figure for {area_name}"
    return finding(about, change)


def latest(changes: Sequence[ChangeAnswer]) -> Change:
    """Return the first of some changes that has a figure, or else the first."""
    known = (each.change for each in changes if each.change.current is not None)
    return next(known, changes[0].change)


def verdict(targets: pd.DataFrame, change: ChangeAnswer | None = None) -> tuple[str, str]:
    """Return the status word of the indicator's first target with its symbol, and why it is so.

    Args:
        targets: Rows of `dashboard.analysis.status`, of this indicator.
        change: The one that the page's headline says; None where nothing is compared.
    """
    if targets.empty:
        return "No target", "The plan sets no target on it."
    first = rows_of(targets, Verdict)[0]
    said = [
        "" if change is None else pace_text(first, change),
        f"{capital(which_target(first))}: {reason_text(first)}",
        other_targets(first, targets),
        f"Owner: {owner_text(first)}",
    ]
    return status_cell(first.status), f"{'. '.join(filter(None, said))}."


def pace_text(target: Verdict, change: ChangeAnswer) -> str:
    """Return how a change for the better and a target in danger go together; "" for others.

    Such as "Improving, but not fast enough for the goal", where chance does not explain the change.
    """
    found = change.change
    is_real = found.significance is not None and bool(found.significance.is_beyond_chance)
    is_better = (found.number or 0) < 0 if target.lower_is_better else (found.number or 0) > 0
    if not (is_real and is_better) or target.status not in (AT_RISK, OFF_TRACK):
        return ""
    chance = target.probability
    is_unlikely = target.status == OFF_TRACK or (chance is not None and chance <= UNLIKELY_TO)
    return f"Improving, but {'' if is_unlikely else 'perhaps '}not fast enough for the goal"


def has_figure(answer: ChangeAnswer) -> bool:
    """Return whether there is a figure of either period."""
    return answer.change.current is not None or answer.change.previous is not None


def without_figures(names: Sequence[str]) -> str:
    """Return which bases have no figure of either period."""
    return f"No figure for either period: {joined([name.lower() for name in names])}."


def changes_table(changes: Mapping[str, ChangeAnswer]) -> pd.DataFrame:
    """Return the change on every basis as texts: both figures, the change, what chance says.

    Args:
        changes: By the name of their basis, in order.
    """
    return pd.DataFrame([_change_row(name, each.change) for name, each in changes.items()])


def trend_sentence(answer: TrendAnswer) -> str:
    """Return the recent trend as a sentence."""
    return f"{capital(trend_in_words(answer))}."


def trend_method(answer: TrendAnswer) -> str:
    """Return how a trend is tested, for the small print; "" where it cannot be calculated."""
    if answer.reason or answer.p_value is None:
        return ""
    wider = answer.dispersion is not None and answer.dispersion > 1
    widened = (
        f", their intervals widened for a series {number_text(answer.dispersion, 'rate')} times as "
        "uneven as chance alone"
        if wider
        else ""
    )
    return (
        f"{capital(answer.method)}{widened}. It is called when p is under 0.002 and its slope "
        f"keeps its direction whichever value is left out; p is {_p_text(answer.p_value)}."
    )


def trend_table(answer: TrendAnswer) -> pd.DataFrame:
    """Return the values that a trend rests on, with their 95% intervals, as texts."""
    values, unit = answer.values, answer.measure
    return pd.DataFrame(
        {
            "Period": values["period"],
            "Figure": [level_text(each, unit) for each in values["value"]],
            "95% interval": [
                interval_text(low, high, unit)
                for low, high in zip(values["lower"], values["upper"], strict=True)
            ],
        }
    )


def _p_text(p_value: float) -> str:
    return f"less than {SMALLEST_P}" if p_value < SMALLEST_P else f"{p_value:.3f}"


def _change_row(name: str, change: Change) -> dict[str, str]:
    unit = "percent" if change.in_points else "count"
    return {
        "Compared": name,
        "Change": _moved(change),
        "Now": _dated(change.current, change.current_label, unit),
        "Before": _dated(change.previous, change.previous_label, unit),
        "Held against chance": _chance(change),
    }


def _moved(change: Change) -> str:
    if change.number is None:
        return "Not compared"
    if change.in_points:
        return f"{number_text(change.number, 'change', places=1)} points"
    return change_text(change.number, change.percent)


def _dated(value: float | None, period: str, unit: str) -> str:
    places = 1 if unit == "percent" else None
    return f"{level_text(value, unit, places=places)}, {period}"


def _chance(change: Change) -> str:
    if change.number is None:
        return capital(
            f"{reason_in_words(change.not_comparable)}{why_left_out(change.not_comparable)}"
        )
    tested = change.significance
    if tested is None or tested.is_beyond_chance is None:
        why = reason_in_words(tested.not_tested) if tested else ""
        return f"Not tested: {why}" if why else "Not tested"
    withheld = (
        f" (no percentage: {reason_in_words(change.percent_withheld)})"
        if _is_withheld(change)
        else ""
    )
    return f"{capital(significance_in_words(tested))}{withheld}"


def _is_withheld(change: Change) -> bool:
    return not change.in_points and change.percent is None and bool(change.percent_withheld)
