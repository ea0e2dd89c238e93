"""One indicator, everything about it: history, targets, notes, actions, where it comes from."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.chart import Caption, Chart
from dashboard.charts.gaps import with_gaps
from dashboard.charts.line_of_periods import line_of_periods
from dashboard.charts.wording import NOT_GIVEN, Unit, month_text, number_text
from dashboard.exhibits.target_words import which_target
from dashboard.exhibits.verdicts import owner_text, reason_text, status_cell
from dashboard.exhibits.words import capital, date_text, in_period, level_text, named, per_text
from dashboard.metrics.periods import financial_year_label, parse_month, quarter_label
from dashboard.metrics.rounding import as_number
from dashboard.metrics.windows import SPAN_MONTHS
from dashboard.words.change import change_in_words
from dashboard.words.targets import needed_in_words

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


def finding(row: pd.Series) -> str:
    """Return what happened to an indicator, in one sentence.

    Such as "Robbery: 271 in April to December 2009, 39 fewer crimes than in April to December
    2008, a fall of 13%; no larger than chance would explain".

    Args:
        row: Of `dashboard.analysis.review.review`.
    """
    value = as_number(row["current"])
    moved = change_in_words(row["change_in_full"])
    if value is None:
        return f"{named(row)}: {moved}"
    level = level_text(value, "percent" if row["unit"] == "percent" else "count")
    return f"{named(row)}: {level} {in_period(str(row['current_period']))}, {moved}"


def history_chart(
    series: pd.DataFrame,
    about: pd.Series,
    row: pd.Series,
    *,
    area_name: str,
    as_at: str,
    source: str,
) -> Chart | None:
    """Draw all figures of an indicator up to a month, in the finest periods there are.

    Args:
        series: Of `AreaView.series`.
        about: The indicator, as `AreaView.indicator` gives it.
        row: The indicator's row of `dashboard.analysis.review.review`, for the title.
        area_name: Of the area.
        as_at: The last month that counts.
        source: The line of `dashboard.exhibits.sources`.

    Returns:
        None without a figure.
    """
    kind = next((k for k in KINDS if series["period_kind"].eq(k).any()), "")
    shown = series[series["period_kind"].eq(kind)].sort_values("period_start")
    starts = pd.PeriodIndex(pd.to_datetime(shown["period_start"]), freq="M")
    shown = shown[(starts + (SPAN_MONTHS.get(kind, 1) - 1)) <= parse_month(as_at)]
    if shown["numerator"].notna().sum() == 0:
        return None
    unit: Unit = "percent" if about["unit"] == "percent" else "count"
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
            title=finding(row),
            subtitle=f"{_measured(about)}, {KIND_WORDS[kind]}, {area_name}",
            source=source,
            illustrative=bool(shown["illustrative"].any()),
        ),
        measure=_measure(about),
        unit=unit,
        suppress_below=int(about["small_count_threshold"] or 0),
    )


def targets_table(targets: pd.DataFrame) -> pd.DataFrame:
    """Return the targets on an indicator as texts: goal, due date, verdict and its reason.

    Args:
        targets: Rows of `dashboard.analysis.status.target_status`.
    """
    table = pd.DataFrame(
        [
            {
                "Target": capital(which_target(row)),
                "Status": status_cell(row["status"]),
                "Goal": _goal(row),
                "Due": date_text(row["due"]),
                "Why": reason_text(row),
                "Needed": capital(needed_in_words(row["needed"]))
                if pd.notna(row["needed_per_month"])
                else "",
                "Owner": owner_text(row),
                "Paragraph": row["paragraph"],
            }
            for row in targets.to_dict("records")
        ]
    )
    return table.drop(columns="Needed") if table["Needed"].eq("").all() else table


def notes_lines(notes: pd.DataFrame, indicator_id: str) -> list[str]:
    """Return the notes on an indicator: what follows from it, and what it says."""
    own = notes[notes["indicator_id"].eq(indicator_id)]
    return [
        f"{EFFECTS.get(note['effect'], note['effect'])}: {note['statement']} "
        f"(paragraph {note['paragraph']})"
        for note in own.to_dict("records")
    ]


def actions_table(actions: pd.DataFrame, indicator_id: str) -> pd.DataFrame:
    """Return the plan's actions that serve an indicator, as texts; what is blank is not given.

    Args:
        actions: The query of that name.
        indicator_id: An indicator.
    """
    serves = (
        actions["indicators"]
        .fillna("")
        .str.split(";")
        .map(lambda ids: indicator_id in [each.strip() for each in ids])
    )
    columns = {
        "key_action": "Action",
        "lead_agency": "Lead",
        "responsible_group": "Group",
        "timing": "By when",
        "measure": "Measure",
        "funding_source": "Funding",
    }
    chosen = actions.loc[serves.astype(bool), list(columns)].rename(columns=columns)
    return chosen.map(
        lambda cell: NOT_GIVEN if pd.isna(cell) or not str(cell).strip() else str(cell)
    )


def definition_lines(about: pd.Series) -> list[str]:
    """Return what an indicator means, what it is counted in and who counts it."""
    unit = {"count": "A count", "percent": "A percentage", "rate": f"A rate {per_text(about)}"}
    better = "Lower is better" if about["lower_is_better"] else "Higher is better"
    return [
        str(about["definition"]),
        f"{unit.get(about['unit'], capital(str(about['unit'])))}. {better}.",
        f"Published by, as a rule: {about['source']}",
    ]


def _goal(row: dict) -> str:
    if row["goal"] == "not_given":
        return NOT_GIVEN
    if row["goal_is_illustrative"]:
        return f"{NOT_GIVEN}; illustrative: {_goal_number(row)}"
    return str(row["goal_stated"]) or _goal_number(row)


def _goal_number(row: dict) -> str:
    number = row["goal_number"]
    if row["goal"] == "relative_change":
        return f"{number_text(number, 'percent_change')} on {row['baseline_period']}"
    return level_text(number, str(row["unit"]))


def _measured(about: pd.Series) -> str:
    """Return what is drawn: for a rate "Count behind the rate per 1,000 residents"."""
    return f"{_measure(about)} {per_text(about)}" if about["unit"] == "rate" else _measure(about)


def _measure(about: pd.Series) -> str:
    if about["unit"] == "percent":
        return "Percentage"
    return "Count behind the rate" if about["unit"] == "rate" else "Count"


def period_name(start: pd.Timestamp, kind: str) -> str:
    """Return a period by its first day and kind: "Dec 2009", "Q3 2009/10", "2009/10"."""
    month = parse_month(start.date())
    if kind == "quarter":
        return quarter_label(month)
    if kind == "year":
        return financial_year_label(month)
    if kind == "rolling_year":
        return f"year to {month_text(month + 11)}"
    return month_text(month)
