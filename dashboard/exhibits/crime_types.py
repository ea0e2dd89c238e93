"""Crime types: which changed, which make up the change, and the history of those chosen."""

from __future__ import annotations

import pandas as pd

from dashboard.answers.crime_types import MONTHS, TWELVE_MONTHS
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.line_of_periods import line_of_periods
from dashboard.charts.lines_of_types import MOST_LINES, lines_of_types
from dashboard.charts.wording import (
    NO_FIGURE,
    moved_text,
    number_or_none,
    number_text,
    table_text,
)
from dashboard.exhibits.words import DENOMINATORS, in_period

HISTORY_NAMES = {MONTHS: "Each month", TWELVE_MONTHS: "Twelve months to each month"}
MEASURES = {MONTHS: "Number a month", TWELVE_MONTHS: "Twelve-month total"}
INDENT = "\N{EM SPACE}"
NO_RATE = "–"
DOWN = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "


def summary(types: pd.DataFrame, whole: str) -> str:
    """Return what happened to a whole, in one sentence."""
    own = types[types["indicator_id"].eq(whole)].iloc[0]
    if pd.isna(own["change"]):
        return f"{own['title']}: not compared ({own['not_comparable']})."
    return f"{_moved(own)} {in_period(own['current_period'])} ({_than(own)})."


def types_table(types: pd.DataFrame) -> pd.DataFrame:
    """Return the types as texts: parts stand indented under their whole."""
    return pd.DataFrame([_row(row) for row in types.to_dict("records")])


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


def side_by_side(table: pd.DataFrame) -> pd.DataFrame:
    """Return types of several areas as texts, the areas of a type under each other.

    Args:
        table: As `crime_types` gives, with area_name; one area after the other.
    """
    order = {each: place for place, each in enumerate(dict.fromkeys(table["indicator_id"]))}
    rows = table.assign(order=table["indicator_id"].map(order), depth=0)
    rows = rows.sort_values("order", kind="stable")
    shown = pd.DataFrame([_row(row) for row in rows.to_dict("records")])
    shown.insert(1, "Area", rows["area_name"].to_numpy())
    return shown


def tree_labels(types: pd.DataFrame) -> dict[str, str]:
    """Return the types by id with the way down to them, so that a search finds a whole's parts.

    "Criminal damage and arson" comes before "Arson"; the top of a tree and its direct parts stand
    alone.
    """
    titles = dict(zip(types["indicator_id"], types["title"], strict=True))
    part_of = dict(zip(types["indicator_id"], types["part_of"], strict=True))
    depth = dict(zip(types["indicator_id"], types["depth"], strict=True))
    labels = {}
    for known, title in titles.items():
        wholes, whole = [], part_of[known]
        while whole and depth[whole]:
            wholes.append(titles[whole])
            whole = part_of[whole]
        labels[known] = DOWN.join([*reversed(wholes), title])
    return labels


def histories_chart(
    histories: dict[tuple[str, str], pd.DataFrame], *, kind: str, source: str, illustrative: bool
) -> Chart | None:
    """Draw the histories of several types and areas in one picture.

    Args:
        histories: period and value by title of the type and name of the area.
        kind: What a point is: months or twelve months.
        source: The line of `dashboard.exhibits.sources`.
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
    what = _lowered(types[0]) if len(types) == 1 else f"{len(types)} types"
    where = areas[0] if len(areas) == 1 else f"{len(areas)} areas"
    caption = Caption(
        title=_ends(dict(shown), types, areas),
        subtitle=f"{MEASURES[kind]}, {what}, {where}"
        + (f"; {left_out} more lines are not drawn" if left_out else ""),
        source=source,
        illustrative=illustrative,
    )
    return lines_of_types(pd.concat(lines, ignore_index=True), caption=caption)


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
    hidden = [bool(row["current_instead"]), bool(row["previous_instead"])]
    shown = [
        number_text(row[when], missing=row[f"{when}_instead"] or NO_FIGURE)
        for when in ("current", "previous")
    ]
    is_hidden = any(hidden)
    return {
        "Type": f"{INDENT * row['depth']}{row['title']}",
        "Now": shown[0],
        "Before": shown[1],
        "Change": number_text(row["change"], "change", missing=NO_RATE if is_hidden else NO_FIGURE),
        "Change, %": _percent(row, is_hidden),
        "Per 1,000": NO_RATE if hidden[0] else _rate(row["rate"]),
        "95% interval": NO_RATE if hidden[0] else _interval(row),
        "Rate per": _people(row),
    }


def _percent(row: dict, is_hidden: bool) -> str:
    if number_or_none(row["change"]) is None:
        return NO_RATE if is_hidden else NO_FIGURE
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


def _line_name(name: tuple[str, str], types: list[str], areas: list[str]) -> str:
    title, area = name
    if len(areas) == 1:
        return title
    return area if len(types) == 1 else f"{title}, {area}"


def _ends(shown: dict[tuple[str, str], pd.DataFrame], types: list[str], areas: list[str]) -> str:
    said = []
    for name, part in shown.items():
        known = part["value"].dropna()
        ends = f"{number_text(known.iloc[0])} to {number_text(known.iloc[-1])}"
        said.append(f"{_line_name(name, types, areas)} from {ends}")
    what = types[0] if len(types) == 1 else ""
    return f"{what}: {'; '.join(said)}" if what else "; ".join(said)


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
