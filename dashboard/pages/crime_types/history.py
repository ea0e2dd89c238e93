"""The history of the crime types chosen: one line, or those of several types and areas."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.crime_types import MONTHS, TWELVE_MONTHS
from dashboard.analysis.rows import rows_of
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.line_of_periods import line_of_periods
from dashboard.charts.lines_of_types import MOST_LINES, lines_of_types
from dashboard.charts.wording import (
    number_text,
)
from dashboard.metrics.percent import percent_change
from dashboard.metrics.rounding import as_number
from dashboard.words.crime_types import CrimeType, type_moved
from dashboard.words.levels import joined, lowered

MOST_SAID = 2
"""Lines whose ends a title says; of more it names the one that moved most."""
MOST_NAMED = 3
"""Types or areas that a title names."""
HISTORY_NAMES = {MONTHS: "Each month", TWELVE_MONTHS: "Twelve months to each month"}
MEASURES = {MONTHS: "Number a month", TWELVE_MONTHS: "Twelve-month total"}


def history_chart(
    histories: dict[str, pd.DataFrame],
    types: pd.DataFrame,
    *,
    kind: str,
    area_name: str,
    source: str,
) -> Chart | None:
    """Draw the history of the types chosen: one line, or several in one picture.

    Args:
        histories: period and value by indicator id, as `history_of_type` gives.
        types: As `crime_types` gives, for titles and changes.
        kind: What a point is: months or twelve months.
        area_name: Whose figures they are.
        source: The line of `dashboard.words.sources`.

    Returns:
        None where none of them has a history of this kind.
    """
    about = {each.indicator_id: each for each in rows_of(types, CrimeType)}
    drawn = {known: part for known, part in histories.items() if part["value"].notna().any()}
    if not drawn:
        return None
    rows = [about[known] for known in list(drawn)[:MOST_LINES]]
    left_out = len(drawn) - len(rows)
    caption = Caption(
        title=_finding(rows),
        subtitle=f"{MEASURES[kind]}, {area_name}"
        + (f"; {left_out} more types chosen are not drawn" if left_out else ""),
        source=source,
        illustrative=bool(types["illustrative"].any()),
    )
    if len(rows) == 1:
        known, history = next(iter(drawn.items()))
        threshold = about[known].small_count_threshold
        return line_of_periods(
            history, caption=caption, measure=MEASURES[kind], suppress_below=threshold
        )
    parts = [
        part.assign(title=about[known].title) for known, part in list(drawn.items())[:MOST_LINES]
    ]
    return lines_of_types(pd.concat(parts, ignore_index=True), caption=caption)


def histories_chart(
    histories: dict[tuple[str, str], pd.DataFrame], *, kind: str, source: str, illustrative: bool
) -> Chart | None:
    """Draw the histories of several types and areas in one picture.

    Args:
        histories: period and value by title of the type and name of the area.
        kind: What a point is: months or twelve months.
        source: The line of `dashboard.words.sources`.
        illustrative: Whether any figure is made up.

    Returns:
        None where none of them has a history of this kind.
    """
    drawn = {name: part for name, part in histories.items() if part["value"].notna().any()}
    if not drawn:
        return None
    types, areas = (list(dict.fromkeys(each)) for each in zip(*drawn, strict=True))
    shown = list(drawn.items())[:MOST_LINES]
    left_out = len(drawn) - len(shown)
    lines = [part.assign(title=_line_name(name, types, areas)) for name, part in shown]
    what = lowered(types[0]) if len(types) == 1 else f"{len(types)} types"
    where = areas[0] if len(areas) == 1 else f"{len(areas)} areas"
    caption = Caption(
        title=_ends(dict(shown), types, areas),
        subtitle=f"{MEASURES[kind]}, {what}, {where}"
        + (f"; {left_out} more lines are not drawn" if left_out else ""),
        source=source,
        illustrative=illustrative,
    )
    return lines_of_types(pd.concat(lines, ignore_index=True), caption=caption)


def types_and_areas(types: list[str], areas: list[str]) -> str:
    """Return what is set side by side: "Robbery and arson in Southampton", "5 types in 2 areas"."""
    what = joined(_first_large(types)) if len(types) <= MOST_NAMED else f"{len(types)} types"
    where = joined(areas) if len(areas) <= MOST_NAMED else f"{len(areas)} areas"
    return f"{what} in {where}"


def _first_large(titles: list[str]) -> list[str]:
    return [title if at == 0 else lowered(title) for at, title in enumerate(titles)]


def _line_name(name: tuple[str, str], types: list[str], areas: list[str]) -> str:
    title, area = name
    if len(areas) == 1:
        return title
    return area if len(types) == 1 else f"{title}, {area}"


def _ends(shown: dict[tuple[str, str], pd.DataFrame], types: list[str], areas: list[str]) -> str:
    if len(shown) > MOST_SAID:
        most = max(shown, key=lambda name: _moved_by(shown[name]))
        ends = _first_and_last(shown[most])
        said = [f"{_line_name(most, types, areas)} moved most, from {ends}"]
    else:
        said = [
            f"{_line_name(name, types, areas)} from {_first_and_last(part)}"
            for name, part in shown.items()
        ]
    what = types[0] if len(types) == 1 else ""
    return f"{what}: {'; '.join(said)}" if what else "; ".join(said)


def _first_and_last(part: pd.DataFrame) -> str:
    known = part["value"].dropna()
    return f"{number_text(known.iloc[0])} to {number_text(known.iloc[-1])}"


def _moved_by(part: pd.DataFrame) -> float:
    """Return how far a line moved, in percent; 0 from nothing."""
    known = part["value"].dropna()
    percent = as_number(float(percent_change(known.iloc[-1], known.iloc[0])))
    return abs(percent or 0.0)


def _finding(rows: list[CrimeType]) -> str:
    said = "; ".join(
        type_moved(row) if n == 0 else lowered(type_moved(row))
        for n, row in enumerate(rows[:MOST_SAID])
    )
    first = rows[0]
    if len(rows) > MOST_SAID:
        return f"{said}; {len(rows) - MOST_SAID} more in the table"
    return f"{said} ({first.current_period} on {first.previous_period})"
