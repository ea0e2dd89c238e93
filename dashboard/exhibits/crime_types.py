"""Crime types: which changed, which make up the change, and the history of those chosen."""

from __future__ import annotations

import pandas as pd

from dashboard.answers.crime_types import MONTHS, TWELVE_MONTHS, parts_of
from dashboard.charts.bars_by_type import bars_by_type
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.line_of_periods import line_of_periods
from dashboard.charts.lines_of_types import MOST_LINES, lines_of_types
from dashboard.charts.wording import (
    NO_FIGURE,
    moved_text,
    number_or_none,
    number_text,
    suppressed_text,
    table_text,
)
from dashboard.exhibits.words import DENOMINATORS, in_period

HISTORY_NAMES = {MONTHS: "Each month", TWELVE_MONTHS: "Twelve months to each month"}
MEASURES = {MONTHS: "Number a month", TWELVE_MONTHS: "Twelve-month total"}
INDENT = "\N{EM SPACE}"
NO_RATE = "–"


def summary(types: pd.DataFrame, whole: str) -> str:
    """Return what happened to a whole, in one sentence."""
    own = types[types["indicator_id"].eq(whole)].iloc[0]
    if pd.isna(own["change"]):
        return f"{own['title']}: not compared ({own['not_comparable']})."
    return f"{_moved(own)} {in_period(own['current_period'])} ({_than(own)})."


def types_table(types: pd.DataFrame) -> pd.DataFrame:
    """Return the types as texts: parts stand indented under their whole."""
    return pd.DataFrame([_row(row) for row in types.to_dict("records")])


def contribution_chart(types: pd.DataFrame, whole: str, *, source: str) -> Chart | None:
    """Draw the changes of the parts of a whole, which add up to its own.

    Returns:
        None where it has no parts with figures.
    """
    parts, rest = parts_of(types, whole)
    if parts.empty:
        return None
    own = types[types["indicator_id"].eq(whole)].iloc[0]
    return bars_by_type(
        parts,
        caption=Caption(
            title=_what_is_behind(own, parts),
            subtitle=f"Change in number, {own['current_period']} on {own['previous_period']}. "
            f"{_adds_up(own, rest)}",
            source=source,
            illustrative=bool(types["illustrative"].any()),
        ),
    )


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
        source: The line of `dashboard.exhibits.sources`.

    Returns:
        None where none of them has a history of this kind.
    """
    about = types.set_index("indicator_id")
    drawn = {known: part for known, part in histories.items() if part["value"].notna().any()}
    if not drawn:
        return None
    rows = [about.loc[known] for known in list(drawn)[:MOST_LINES]]
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
        threshold = int(about.at[known, "small_count_threshold"])
        return line_of_periods(
            history, caption=caption, measure=MEASURES[kind], suppress_below=threshold
        )
    parts = [
        part.assign(title=about.at[known, "title"])
        for known, part in list(drawn.items())[:MOST_LINES]
    ]
    return lines_of_types(pd.concat(parts, ignore_index=True), caption=caption)


def wholes(types: pd.DataFrame) -> dict[str, str]:
    """Return the types that have parts, by id, in the order of the tree."""
    with_parts = types[types["indicator_id"].isin(types["part_of"])]
    return dict(zip(with_parts["indicator_id"], with_parts["title"], strict=True))


def how_to_read(types: pd.DataFrame) -> str:
    """Return how rates and missing percentages of the table are to be read."""
    used = types.dropna(subset=["rate"])
    rates = [
        f"{DENOMINATORS.get(str(people), 'residents')} of {int(year)}"
        for people, year in used[["denominator", "denominator_year"]]
        .dropna()
        .drop_duplicates()
        .itertuples(index=False)
    ]
    text = "A percentage is withheld where the earlier figure is under 50."
    if rates:
        text += f" Rates are per 1,000 {' or '.join(rates)}, with 95% intervals."
    return text


def _row(row: dict) -> dict[str, str]:
    threshold = int(row["small_count_threshold"])
    current, previous = number_or_none(row["current"]), number_or_none(row["previous"])
    hidden = [
        threshold > 0 and number is not None and number < threshold
        for number in (current, previous)
    ]
    shown = [
        suppressed_text(threshold) if hide else number_text(number)
        for number, hide in zip((current, previous), hidden, strict=True)
    ]
    is_hidden = any(hidden)
    return {
        "Type": f"{INDENT * row['depth']}{row['title']}",
        "Now": shown[0],
        "Before": shown[1],
        "Change": NO_FIGURE if is_hidden else number_text(row["change"], "change"),
        "Change, %": _percent(row, is_hidden),
        "Per 1,000": NO_RATE if hidden[0] else _rate(row["rate"]),
        "95% interval": NO_RATE if hidden[0] else _interval(row),
        "Rate per": _people(row),
    }


def _percent(row: dict, is_hidden: bool) -> str:
    if is_hidden or number_or_none(row["change"]) is None:
        return NO_FIGURE
    if number_or_none(row["percent"]) is None:
        return "withheld"
    return table_text(row["percent"], "percent_change")


def _rate(value: float | None) -> str:
    number = number_or_none(value)
    if number is None:
        return NO_RATE
    return number_text(number, "rate", places=1 if number >= 1 else 2)


def _interval(row: dict) -> str:
    if number_or_none(row["lower"]) is None:
        return NO_RATE
    return f"{_rate(row['lower'])} to {_rate(row['upper'])}"


def _people(row: dict) -> str:
    if number_or_none(row["rate"]) is None:
        return NO_RATE
    return DENOMINATORS.get(str(row["denominator"]), "residents")


def _what_is_behind(own: pd.Series, parts: pd.DataFrame) -> str:
    change = number_or_none(own["change"])
    known = parts.dropna(subset=["change"])
    if change is None or known.empty:
        return f"{own['title']}: its change cannot be divided among its parts"
    ordered = known.sort_values("change")
    fell, rose = ordered.iloc[0], ordered.iloc[-1]
    said = [_most(fell)] if fell["change"] < 0 else []
    said += [_most(rose)] if rose["change"] > 0 else []
    parts_said = f"; of its parts, {' and '.join(said)}" if said else ""
    return f"{_by(own)}{parts_said}"


def _most(part: pd.Series) -> str:
    word = "fell" if part["change"] < 0 else "rose"
    return f"{_lowered(part['title'])} {word} the most ({number_text(part['change'], 'change')})"


def _adds_up(own: pd.Series, rest: float | None) -> str:
    if rest is None:
        return "One of the parts has no change, so they do not add up"
    if rest == 0:
        return f"The parts do not overlap and add up to {number_text(own['change'], 'change')}"
    return f"The parts leave {number_text(rest, 'change')} of the change unexplained"


def _finding(rows: list[pd.Series]) -> str:
    said = "; ".join(_moved(row) if n == 0 else _lowered(_moved(row)) for n, row in enumerate(rows))
    first = rows[0]
    return f"{said} ({first['current_period']} on {first['previous_period']})"


def _moved(row: pd.Series) -> str:
    if number_or_none(row["percent"]) is not None:
        return f"{row['title']} {moved_text(row['percent'])}"
    number = number_or_none(row["change"])
    if number is None:
        return f"{row['title']} cannot be compared"
    return _by(row)


def _than(row: pd.Series) -> str:
    now, before = number_text(row["current"]), number_text(row["previous"])
    return f"{now}, against {before} {in_period(row['previous_period'])}"


def _by(row: pd.Series) -> str:
    """Return a change by its size: "All crime fell by 2,783"."""
    if row["change"] == 0:
        return f"{row['title']} did not change"
    word = "fell" if row["change"] < 0 else "rose"
    return f"{row['title']} {word} by {number_text(abs(row['change']))}"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]
