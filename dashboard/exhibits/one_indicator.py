"""The page of one indicator in words and tables: headline, verdict, changes, trend, figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.answers.change import ChangeAnswer
from dashboard.answers.trend import TrendAnswer
from dashboard.charts.wording import (
    change_text,
    day_text,
    number_or_none,
    number_text,
    why_left_out,
)
from dashboard.exhibits.indicator import KINDS, finding, period_name
from dashboard.exhibits.target_words import Row, other_targets, which_target
from dashboard.exhibits.verdicts import capital, joined, owner_text, reason_text, status_cell
from dashboard.exhibits.words import DENOMINATORS, level_text, named, per_text
from dashboard.metrics.change import Change
from dashboard.metrics.status import AT_RISK, OFF_TRACK
from dashboard.metrics.status_states import UNLIKELY_TO
from dashboard.metrics.windows import SURVEY_WAVE

COUNTED_BY = {
    "month": "month",
    "quarter": "quarter",
    "rolling_year": "twelve months",
    "year": "financial year",
    SURVEY_WAVE: "survey",
}
SMALLEST_P = 0.001
"""The last place that a p-value is written to."""
NOTHING = "–"
"""What stands in a table where nothing is meant to be."""


def headline(about: pd.Series, changes: Sequence[ChangeAnswer], area_name: str) -> str:
    """Return what happened to an indicator, in one sentence; or that nothing is known of it.

    Args:
        about: The indicator, as `Picture.indicator` gives it.
        changes: On several bases; the first that has a figure is said.
        area_name: Of the area.
    """
    row = latest(about, changes)
    if number_or_none(row["current"]) is None:
        return f"{named(about)}: no figure for {area_name}"
    return finding(row)


def latest(about: pd.Series, changes: Sequence[ChangeAnswer]) -> pd.Series:
    """Return the first of some changes that has a figure, as `dashboard.answers.review` has it."""
    known = [each.change for each in changes if each.change.current is not None]
    found = known[0] if known else changes[0].change
    return pd.Series(
        {
            "title": about["title"],
            "national_indicator": about["national_indicator"],
            "unit": about["unit"],
            "current": found.current,
            "current_period": found.current_label,
            "sentence": found.sentence(),
        }
    )


def verdict(targets: pd.DataFrame, change: ChangeAnswer | None = None) -> tuple[str, str]:
    """Return the status word of the indicator's first target with its symbol, and why it is so.

    Args:
        targets: Rows of `dashboard.answers.status`, of this indicator.
        change: The one that the page's headline says; None where nothing is compared.
    """
    if targets.empty:
        return "No target", "The plan sets no target on it."
    row = targets.iloc[0].to_dict()
    pace = "" if change is None else pace_text(row, change)
    said = [pace, f"{capital(which_target(row))}: {reason_text(row)}", other_targets(row, targets)]
    why = ". ".join(text for text in (*said, f"Owner: {owner_text(row)}") if text)
    return status_cell(row["status"]), f"{why}."


def pace_text(row: Row, change: ChangeAnswer) -> str:
    """Return how a change for the better and a target in danger go together; "" for others.

    Such as "Improving, but not fast enough for the goal", where chance does not explain the change.
    """
    found = change.change
    is_real = found.significance is not None and bool(found.significance.is_beyond_chance)
    is_better = (found.number or 0) < 0 if row["lower_is_better"] else (found.number or 0) > 0
    if not (is_real and is_better) or row["status"] not in (AT_RISK, OFF_TRACK):
        return ""
    chance = number_or_none(row["probability"])
    is_unlikely = row["status"] == OFF_TRACK or (chance is not None and chance <= UNLIKELY_TO)
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
    return f"{capital(answer.sentence())}."


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
    return pd.DataFrame(
        [
            {
                "Period": row["period"],
                "Figure": level_text(row["value"], answer.measure),
                "95% interval": _interval(row["lower"], row["upper"], answer.measure),
            }
            for row in answer.values.to_dict("records")
        ]
    )


def figures_table(series: pd.DataFrame, about: pd.Series) -> pd.DataFrame:
    """Return every figure of an indicator as texts, the shortest periods first, latest first.

    Args:
        series: Of `Picture.series`.
        about: The indicator, as `Picture.indicator` gives it.
    """
    order = series["period_kind"].map({kind: place for place, kind in enumerate(KINDS)})
    days = {name: pd.to_datetime(series[name]) for name in ("period_start", "published")}
    rows = series.assign(order=order, **days).sort_values(
        ["order", "period_start"], ascending=[True, False], kind="stable"
    )
    people = DENOMINATORS.get(str(about["denominator"]), "residents").capitalize()
    table = pd.DataFrame([_figure_row(row, about, people) for row in rows.to_dict("records")])
    is_blank = [name for name in table if table[name].eq(NOTHING).all()]
    return table.drop(columns=is_blank)


def files_of(series: pd.DataFrame, loads: pd.DataFrame) -> pd.DataFrame:
    """Return the loads that figures come from; a file may be read by a source for each subject.

    Args:
        series: Of `Picture.series`.
        loads: The query of that name.
    """
    used = loads["file_id"].isin(series["file_id"]) & loads["source_id"].isin(series["source_id"])
    return loads[used]


def figures_counted(series: pd.DataFrame) -> str:
    """Return how many figures there are and when they were published, in one sentence."""
    known = int(series["value"].notna().sum())
    days = pd.to_datetime(series["published"])
    first, last = day_text(days.min()), day_text(days.max())
    when = f"on {first}" if first == last else f"between {first} and {last}"
    periods = "1 period" if known == 1 else f"{known:,} periods"
    without = len(series) - known
    rest = f"; {without:,} more without one" if without else ""
    return f"A figure for {periods}{rest}, published {when}."


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
        return capital(f"{change.not_comparable}{why_left_out(change.not_comparable)}")
    tested = change.significance
    if tested is None or tested.is_beyond_chance is None:
        return f"Not tested: {tested.not_tested}" if tested and tested.not_tested else "Not tested"
    withheld = f" (no percentage: {change.percent_withheld})" if _is_withheld(change) else ""
    return f"{capital(tested.words())}{withheld}"


def _is_withheld(change: Change) -> bool:
    return not change.in_points and change.percent is None and bool(change.percent_withheld)


def _figure_row(row: dict, about: pd.Series, people: str) -> dict[str, str]:
    unit = str(about["unit"])
    is_rate = unit == "rate"
    figure = f"Rate {per_text(about)}" if is_rate else "Figure"
    year = number_or_none(row["denominator_year"])
    base = number_text(row["denominator"], missing=NOTHING)
    return {
        "Period": period_name(row["period_start"], str(row["period_kind"])),
        "Counted by": COUNTED_BY.get(str(row["period_kind"]), str(row["period_kind"])),
        figure: _level(row["value"], row, unit),
        "Count": _level(row["numerator"], row, "count") if is_rate else NOTHING,
        people: base if year is None else f"{base} ({int(year)})",
        "95% interval": _interval(row["lower"], row["upper"], unit),
        "Asked": number_text(row["sample_size"], missing=NOTHING),
        "Status": capital(str(row["status"])),
        "Published": day_text(row["published"]),
    }


def _level(value: float, row: dict, unit: str) -> str:
    """Return a figure, or what stands for it: "fewer than 5", "suppressed", "no figure"."""
    if number_or_none(value) is None and row.get("suppression"):
        return str(row["suppression"])
    return level_text(value, unit, places=1 if unit == "percent" else None)


def _interval(lower: float, upper: float, unit: str) -> str:
    if number_or_none(lower) is None or number_or_none(upper) is None:
        return NOTHING
    return f"{level_text(lower, unit)} to {level_text(upper, unit)}"
