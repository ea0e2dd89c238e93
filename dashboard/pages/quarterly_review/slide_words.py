"""What a slide says beside its chart, short enough to be read from the back of a room."""

from __future__ import annotations

import textwrap

import pandas as pd

from dashboard.charts.wording import day_text
from dashboard.pages.quarterly_review.agenda import Item
from dashboard.pages.quarterly_review.attention import Said
from dashboard.store.commentary import HEADINGS

LONGEST = 140
"""Characters of a text on a slide; the rest is in the review."""


def indicator_said(
    said: Said, commentary: pd.DataFrame | None, item: Item
) -> list[tuple[str, str]]:
    """Return what is said of an indicator, label and text: change, owner, partners, decision.

    Args:
        said: Of the sheet.
        commentary: Of `Commentary.current`; None where it cannot be read.
        item: Of the agenda.
    """
    lines = [("Change", said.figures), ("Owner", said.owner)]
    if commentary is not None:
        for heading, title in HEADINGS.items():
            bodies = commentary.loc[commentary["heading"].eq(heading), "body"]
            lines.append((title, " ".join(bodies)))
    return _short([*lines, *item_said(item)])


def item_said(item: Item) -> list[tuple[str, str]]:
    """Return what is asked and decided of an item, label and text."""
    latest = item.latest
    due = "" if latest.due is None else f"by {day_text(latest.due)}"
    who = ", ".join(filter(None, (latest.owner, due))) if latest.taken else ""
    return _short(
        [
            ("Decision asked", latest.asked),
            ("Decision taken", latest.taken),
            ("Who and when", who),
        ]
    )


def _short(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [
        (label, textwrap.shorten(text, LONGEST, placeholder=" …")) for label, text in lines if text
    ]
