"""The tree of crime types: which of it a table shows, and whether parts add up to their whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts.wording import number_text
from dashboard.metrics.rounding import as_number
from dashboard.words.levels import lowered

MOST_NAMED = 3
"""Parts without a figure that are named."""


def rows_to_show(types: pd.DataFrame, within: str, only: Sequence[str]) -> pd.DataFrame:
    """Return the types of the table: those asked for, or else no single offence but of a whole.

    Args:
        types: As `crime_types` gives.
        within: The whole that is looked at; the offences in it are shown, unless it is the top.
        only: Those asked for; none for all.
    """
    if only:
        return types[types["indicator_id"].isin(list(only))]
    shown = types["catalogued"].astype(bool)
    part_of = dict(zip(types["indicator_id"], types["part_of"], strict=True))
    if part_of.get(within):
        shown |= types["indicator_id"].map(lambda each: _is_within(each, within, part_of))
    return types[shown] if shown.any() else types


def left_out(types: pd.DataFrame, rows: pd.DataFrame) -> str:
    """Return how many single offences the table leaves out, and how to see them; "" for none."""
    count = len(types) - len(rows)
    if not count:
        return ""
    return (
        f"{number_text(count)} more {'type is' if count == 1 else 'types are'} counted here: "
        "choose them under Crime types, or a whole of them under Break down."
    )


def adding_up(types: pd.DataFrame, whole: str) -> str:
    """Return whether the parts of a whole that are counted add up to it; "" where none are.

    Args:
        types: As `crime_types` gives.
        whole: One of them.
    """
    parts = types[types["part_of"].eq(whole)]
    own = types[types["indicator_id"].eq(whole)].iloc[0]
    total = as_number(own["current"])
    if parts.empty or total is None:
        return ""
    name = lowered(own["title"])
    unknown = parts[parts["current"].isna()]
    if len(unknown):
        named = ", ".join(unknown["title"][:MOST_NAMED])
        more = f" and {len(unknown) - MOST_NAMED} more" if len(unknown) > MOST_NAMED else ""
        return f"The parts of {name} cannot be added up: there is no figure of {named}{more}."
    rest = total - float(parts["current"].astype(float).sum())
    if rest == 0:
        return f"The {len(parts)} parts of {name} add up to it." if len(parts) > 1 else ""
    said = f"The parts of {name} come to {number_text(abs(rest))} "
    if rest > 0:
        return f"{said}fewer than all of it: no type under it counts the rest."
    return f"{said}more than all of it: some are counted twice, or by another source."


def _is_within(part: str, whole: str, part_of: Mapping[str, str]) -> bool:
    while part and part != whole:
        part = part_of.get(part, "")
    return bool(part)
