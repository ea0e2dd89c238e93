"""The tree of crime types: which of it a table shows, in rows, and whether parts add up."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts.wording import NO_FIGURE, number_text
from dashboard.metrics.rounding import as_number
from dashboard.ui.scorecard import Column, Row, moved
from dashboard.words.crime_types import INDENT, CrimeType, percent_in_words
from dashboard.words.levels import NOTHING, lowered

MOST_NAMED = 3
"""Parts without a figure that are named."""
COLUMNS = (
    Column("Now", is_figure=True),
    Column("Change", is_figure=True, only_wide=True),
    Column("Percent", is_figure=True),
    Column("Why", says_itself=True),
)
LONGEST = 50.0
"""Percent that a bar of a table's column has room for; a larger change fills it."""
STORY = "story:"
"""Before the id of a type whose story is asked for, not its parts."""


def scorecard_rows(types: Sequence[CrimeType], polarity: Mapping[str, bool]) -> list[Row]:
    """Return the types as rows to choose from; one that rose leads to its story as well.

    Args:
        types: In the order of the tree.
        polarity: Whether lower is better, by indicator.
    """
    return [
        Row(
            each.indicator_id,
            f"{INDENT * each.depth}{each.title}",
            _cells(each, lower_is_better=polarity[each.indicator_id]),
        )
        for each in types
    ]


def _cells(of: CrimeType, *, lower_is_better: bool) -> list[str]:
    change, now = of.change, number_text(of.current, missing=of.current_instead or NO_FIGURE)
    said = percent_in_words(of)
    if of.percent is None or not change:
        bar = html.escape(said)
    else:
        size = max(-1.0, min(of.percent / LONGEST, 1.0))
        bar = moved(size, said, is_better=(change < 0) == lower_is_better, is_sure=True)
    return [
        html.escape(now),
        html.escape(number_text(change, "change", missing=NOTHING)),
        bar,
        _story_of(of) if change is not None and change > 0 else "",
    ]


def _story_of(of: CrimeType) -> str:
    known, title = html.escape(f"{STORY}{of.indicator_id}"), html.escape(lowered(of.title))
    button = f'<button type="button" aria-label="Story of {title}">Story</button>'
    return f'<span data-row="{known}">{button}</span>'


def rows_to_show(types: pd.DataFrame, chosen: str) -> pd.DataFrame:
    """Return the types of the table: of single offences the one chosen, or those of a whole.

    Args:
        types: As `crime_types` gives.
        chosen: What is looked at; the offences in it are shown, unless it is the top.
    """
    shown = types["catalogued"].astype(bool) | types["indicator_id"].eq(chosen)
    part_of = dict(zip(types["indicator_id"], types["part_of"], strict=True))
    if part_of.get(chosen):
        shown |= types["indicator_id"].map(lambda each: _is_within(each, chosen, part_of))
    return types[shown] if shown.any() else types


def in_its_tree(rows: pd.DataFrame, chosen: str) -> pd.DataFrame:
    """Return the rows of the tree that a type stands in; of one in no tree, those in none.

    Args:
        rows: Of `rows_to_show`, parts under their whole.
        chosen: One of them.
    """
    trees = rows["depth"].eq(0).cumsum()
    alone = trees.map(trees.value_counts()).eq(1)
    own = rows["indicator_id"].eq(chosen)
    return rows[alone] if alone[own].any() else rows[trees.isin(trees[own])]


def left_out(types: pd.DataFrame, rows: pd.DataFrame) -> str:
    """Return how many single offences the table leaves out, and how to see them; "" for none."""
    count = len(types) - len(rows)
    if not count:
        return ""
    return (
        f"{number_text(count)} more {'type is' if count == 1 else 'types are'} counted here: "
        "choose one above, or a type that they are part of."
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
