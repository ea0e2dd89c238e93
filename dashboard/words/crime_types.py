"""Crime types: which changed, which make up the change, and the history of those chosen."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.rows import rows_of
from dashboard.charts.wording import NO_FIGURE, moved_text, number_text, table_text
from dashboard.metrics.reasons import Reasons
from dashboard.words.levels import DENOMINATORS

INDENT = "\N{EM SPACE}"
NO_RATE = "–"
NOT_COMPARED = "not compared"
DOWN = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "


@dataclass(frozen=True, slots=True)
class CrimeType:
    """A type of crime: a row of `dashboard.analysis.crime_types.crime_types`."""

    indicator_id: str
    title: str
    depth: int
    current: float | None
    previous: float | None
    change: float | None
    percent: float | None
    not_comparable: Reasons
    rate: float | None
    lower: float | None
    upper: float | None
    denominator: str
    current_period: str
    previous_period: str
    current_instead: str
    previous_instead: str
    small_count_threshold: int


def types_table(types: pd.DataFrame) -> pd.DataFrame:
    """Return the types as texts: parts stand indented under their whole."""
    return pd.DataFrame([_row(each) for each in rows_of(types, CrimeType)])


def side_by_side_table(table: pd.DataFrame) -> pd.DataFrame:
    """Return types of several areas as texts, the areas of a type under each other.

    Args:
        table: As `crime_types` gives, with area_name; one area after the other.
    """
    order = {each: place for place, each in enumerate(dict.fromkeys(table["indicator_id"]))}
    rows = table.assign(order=table["indicator_id"].map(order), depth=0)
    rows = rows.sort_values("order", kind="stable")
    shown = pd.DataFrame([_row(each) for each in rows_of(rows, CrimeType)])
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


def _row(of: CrimeType) -> dict[str, str]:
    is_hidden = bool(of.current_instead or of.previous_instead)
    without = NO_FIGURE if of.current is None or of.previous is None else NOT_COMPARED
    without = NO_RATE if is_hidden else without
    rate = None if of.current_instead else of.rate
    return {
        "Type": f"{INDENT * of.depth}{of.title}",
        "Now": number_text(of.current, missing=of.current_instead or NO_FIGURE),
        "Before": number_text(of.previous, missing=of.previous_instead or NO_FIGURE),
        "Change": number_text(of.change, "change", missing=without),
        "Change, %": percent_in_words(of, without),
        "Per 1,000": _rate(rate),
        "95% interval": NO_RATE
        if rate is None or of.lower is None
        else f"{_rate(of.lower)} to {_rate(of.upper)}",
        "Rate per": NO_RATE if of.rate is None else DENOMINATORS.get(of.denominator, "residents"),
    }


def percent_in_words(of: CrimeType, without: str = NO_RATE) -> str:
    """Return the change in percent: "−12.1%", "withheld", or what stands for none."""
    if of.change is None:
        return without
    return "withheld" if of.percent is None else table_text(of.percent, "percent_change")


def _rate(value: float | None) -> str:
    if value is None:
        return NO_RATE
    return number_text(value, "rate", places=1 if value >= 1 else 2)


def type_moved(of: CrimeType) -> str:
    """Return how a type moved: "All crime fell 12%", by its size where a percentage is withheld."""
    if of.percent is not None:
        return f"{of.title} {moved_text(of.percent)}"
    if of.change is None:
        return f"{of.title} cannot be compared"
    if of.change == 0:
        return f"{of.title} did not change"
    return f"{of.title} {'fell' if of.change < 0 else 'rose'} by {number_text(abs(of.change))}"
