"""One indicator, everything about it: history, targets, notes, actions, where it comes from."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.analysis.rows import Indicator, Verdict, records_of, rows_of
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.gaps import with_gaps
from dashboard.charts.line_of_periods import line_of_periods
from dashboard.charts.wording import NOT_GIVEN, Unit, month_text, number_text
from dashboard.metrics.change import Change
from dashboard.metrics.periods import financial_year_label, parse_month, quarter_label
from dashboard.metrics.window_rows import SPAN_MONTHS
from dashboard.words.change import change_in_words
from dashboard.words.levels import capital, date_text, in_period, level_text, named, per_text
from dashboard.words.on_target import owner_text, reason_text, status_cell
from dashboard.words.target_words import which_target
from dashboard.words.targets import needed_in_words
from dashboard.words.verdict import GOAL_MADE_UP

KINDS = ("month", "quarter", "rolling_year", "year", "survey_wave")
"""Kinds of period, the finest first: the history is drawn in the finest there is."""
KIND_WORDS = {
    "month": "by month",
    "quarter": "by quarter",
    "rolling_year": "by year",
    "year": "by year",
    "survey_wave": "by survey",
}
EFFECTS = {
    "unreliable": "No verdict can be given",
    "break": "Break in the series",
    "caution": "Read with caution",
    "context": "Context",
}


def finding(about: Indicator, change: Change) -> str:
    """Return what happened to an indicator, in one sentence.

    Such as "Robbery: 271 in April to December 2009, 39 fewer crimes than in April to December
    2008, a fall of 13%; no larger than chance would explain".
    """
    moved = change_in_words(change)
    if change.current is None:
        return f"{named(about)}: {moved}"
    level = level_text(change.current, "percent" if about.unit == "percent" else "count")
    return f"{named(about)}: {level} {in_period(change.current_label)}, {moved}"


def history_chart(
    series: pd.DataFrame,
    about: Indicator,
    change: Change,
    *,
    area_name: str,
    as_at: str,
    source: str,
) -> Chart | None:
    """Draw all figures of an indicator up to a month, in the finest periods there are.

    Args:
        series: Of `AreaView.series`.
        about: The indicator, as `AreaView.indicator` gives it.
        change: That the title says.
        area_name: Of the area.
        as_at: The last month that counts.
        source: The line of `dashboard.words.sources`.

    Returns:
        None without a figure.
    """
    kind = next((k for k in KINDS if series["period_kind"].eq(k).any()), "")
    shown = series[series["period_kind"].eq(kind)].sort_values("period_start")
    starts = pd.PeriodIndex(pd.to_datetime(shown["period_start"]), freq="M")
    shown = shown[(starts + (SPAN_MONTHS.get(kind, 1) - 1)) <= parse_month(as_at)]
    if shown["numerator"].notna().sum() == 0:
        return None
    unit: Unit = "percent" if about.unit == "percent" else "count"
    history = pd.DataFrame(
        {
            "period": pd.to_datetime(shown["period_start"]),
            "value": shown["numerator"],
            "instead": shown["suppression"],
        }
    ).reset_index(drop=True)
    history = with_gaps(history, span=SPAN_MONTHS.get(kind, 0))
    if kind != "month":
        history["name"] = [period_name(start, kind) for start in history["period"]]
    return line_of_periods(
        history,
        caption=Caption(
            title=finding(about, change),
            subtitle=f"{_measured(about)}, {KIND_WORDS[kind]}, {area_name}",
            source=source,
            illustrative=bool(shown["illustrative"].any()),
        ),
        measure=_measure(about),
        unit=unit,
        suppress_below=about.small_count_threshold,
    )


def targets_table(targets: pd.DataFrame) -> pd.DataFrame:
    """Return the targets on an indicator as texts: goal, due date, verdict and its reason.

    Args:
        targets: Rows of `dashboard.analysis.status.target_status`.
    """
    table = pd.DataFrame(
        [
            {
                "Target": capital(which_target(target)),
                "Status": status_cell(target.status) + _made_up(target),
                "Goal": _goal(target),
                "Due": date_text(target.due),
                "Why": reason_text(target),
                "Needed": capital(needed_in_words(target.needed))
                if target.needed_per_month is not None
                else "",
                "Owner": owner_text(target),
                "Paragraph": target.paragraph,
            }
            for target in rows_of(targets, Verdict)
        ]
    )
    return table.drop(columns="Needed") if table["Needed"].eq("").all() else table


def notes_lines(notes: pd.DataFrame, indicator_id: str) -> list[str]:
    """Return the notes on an indicator: what follows from it, and what it says."""
    own = notes[notes["indicator_id"].eq(indicator_id)]
    return [
        f"{EFFECTS.get(note.effect, note.effect)}: {note.statement} (paragraph {note.paragraph})"
        for note in records_of(own)
    ]


def definition_lines(about: Indicator) -> list[str]:
    """Return what an indicator means, what it is counted in and who counts it."""
    unit = {"count": "A count", "percent": "A percentage", "rate": f"A rate {per_text(about)}"}
    better = "Lower is better" if about.lower_is_better else "Higher is better"
    return [
        about.definition,
        f"{unit.get(about.unit, capital(about.unit))}. {better}.",
        f"Published by, as a rule: {about.source}",
    ]


def _goal(target: Verdict) -> str:
    if target.goal == "not_given":
        return NOT_GIVEN
    if target.goal_is_illustrative:
        return f"{NOT_GIVEN}; made up: {_goal_number(target)}"
    return target.goal_stated or _goal_number(target)


def _made_up(target: Verdict) -> str:
    return f": {GOAL_MADE_UP}" if target.goal_is_illustrative else ""


def _goal_number(target: Verdict) -> str:
    number = target.goal_number
    if target.goal == "relative_change":
        return f"{number_text(number, 'percent_change')} on {target.baseline_period}"
    return level_text(number, target.unit)


def _measured(about: Indicator) -> str:
    """Return what is drawn: for a rate "Count behind the rate per 1,000 residents"."""
    return f"{_measure(about)} {per_text(about)}" if about.unit == "rate" else _measure(about)


def _measure(about: Indicator) -> str:
    if about.unit == "percent":
        return "Percentage"
    return "Count behind the rate" if about.unit == "rate" else "Count"


def period_name(start: date, kind: str) -> str:
    """Return a period by its first day and kind: "Dec 2009", "Q3 2009/10", "2009/10"."""
    month = parse_month(start)
    if kind == "quarter":
        return quarter_label(month)
    if kind == "year":
        return financial_year_label(month)
    if kind == "rolling_year":
        return f"year to {month_text(month + 11)}"
    return month_text(month)
