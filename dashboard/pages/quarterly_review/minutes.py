"""The minutes of a meeting: every item of the agenda with what was asked, decided, and by whom."""

from __future__ import annotations

import html
from collections.abc import Sequence

import pandas as pd

from dashboard.charts.wording import day_text
from dashboard.pages.quarterly_review.agenda import Item
from dashboard.ui.chip import chip
from dashboard.ui.scorecard import Column, Row, text
from dashboard.words.levels import capital

COLUMNS = (
    Column("Decision asked"),
    Column("Owner, due"),
    Column("Stage", says_itself=True),
)
NOTHING_YET = "Nothing is written yet."
PAPER = (
    "body { font: 11pt/1.4 Arial, sans-serif; max-width: 50em; margin: 2em auto; } "
    "table { border-collapse: collapse; width: 100%; } "
    "th, td { text-align: left; vertical-align: top; padding: 0.4em; "
    "border-bottom: 1px solid #999; }"
)


def agenda_rows(items: Sequence[Item]) -> list[Row]:
    """Return the agenda as rows of a scorecard."""
    return [
        Row(
            known=item.subject,
            name=f"{item.number}. {item.title}",
            under=f"Carried forward from {item.since}" if item.is_carried else "",
            cells=[text(item.latest.asked), text(_who(item)), chip(item.stage)],
        )
        for item in items
    ]


def minutes_table(items: Sequence[Item]) -> pd.DataFrame:
    """Return the minutes as texts, one row an item."""
    return pd.DataFrame(
        [
            {
                "Item": f"{item.number}. {item.title}",
                "Decision asked": item.latest.asked,
                "Decision taken": item.latest.taken,
                "Owner": item.latest.owner,
                "Due": _due(item),
                "Stage": capital(item.stage)
                + (f", carried forward from {item.since}" if item.is_carried else ""),
            }
            for item in items
        ]
    )


def minutes_file(title: str, said: Sequence[str], items: Sequence[Item]) -> bytes:
    """Return the minutes as a page of HTML, which browsers and word processors open and print.

    Args:
        title: Of the page.
        said: Lines above the table.
        items: Of the agenda.
    """
    lines = "".join(f"<p>{html.escape(each)}</p>" for each in said)
    table = minutes_table(items).to_html(index=False, border=0)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(title)}'
        f"</title><style>{PAPER}</style></head><body><h1>{html.escape(title)}</h1>{lines}{table}"
        "</body></html>"
    ).encode()


def _who(item: Item) -> str:
    return ", ".join(filter(None, (item.latest.owner, f"by {_due(item)}" if _due(item) else "")))


def _due(item: Item) -> str:
    return "" if item.latest.due is None else day_text(item.latest.due)
