"""Crime types: which changed, which make up the change, and the history of those chosen."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.wording import NO_FIGURE, moved_text, number_text, table_text
from dashboard.exhibits.words import DENOMINATORS, in_period
from dashboard.metrics.rounding import as_number
from dashboard.words.reasons import reason_in_words

INDENT = "\N{EM SPACE}"
NO_RATE = "–"
NOT_COMPARED = "not compared"
DOWN = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "


def summary(types: pd.DataFrame, whole: str) -> str:
    """Return what happened to a whole, in one sentence."""
    own = types[types["indicator_id"].eq(whole)].iloc[0]
    if pd.isna(own["change"]):
        return f"{own['title']}: not compared ({reason_in_words(own['not_comparable'])})."
    return f"{type_moved(own)} {in_period(own['current_period'])} ({_than(own)})."


def types_table(types: pd.DataFrame) -> pd.DataFrame:
    """Return the types as texts: parts stand indented under their whole."""
    return pd.DataFrame([_row(row) for row in types.to_dict("records")])


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
    counts = [as_number(row[when]) for when in ("current", "previous")]
    without = NO_FIGURE if None in counts else NOT_COMPARED
    without = NO_RATE if is_hidden else without
    return {
        "Type": f"{INDENT * row['depth']}{row['title']}",
        "Now": shown[0],
        "Before": shown[1],
        "Change": number_text(row["change"], "change", missing=without),
        "Change, %": _percent(row, without),
        "Per 1,000": NO_RATE if hidden[0] else _rate(row["rate"]),
        "95% interval": NO_RATE if hidden[0] else _interval(row),
        "Rate per": _people(row),
    }


def _percent(row: dict, without: str) -> str:
    if as_number(row["change"]) is None:
        return without
    if as_number(row["percent"]) is None:
        return "withheld"
    return table_text(row["percent"], "percent_change")


def _rate(value: float | None) -> str:
    number = as_number(value)
    if number is None:
        return NO_RATE
    return number_text(number, "rate", places=1 if number >= 1 else 2)


def _interval(row: dict) -> str:
    if as_number(row["lower"]) is None:
        return NO_RATE
    return f"{_rate(row['lower'])} to {_rate(row['upper'])}"


def _people(row: dict) -> str:
    if as_number(row["rate"]) is None:
        return NO_RATE
    return DENOMINATORS.get(str(row["denominator"]), "residents")


def type_moved(row: pd.Series) -> str:
    """Return how a type moved: "All crime fell 12%", by its size where a percentage is withheld."""
    if as_number(row["percent"]) is not None:
        return f"{row['title']} {moved_text(row['percent'])}"
    number = as_number(row["change"])
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
