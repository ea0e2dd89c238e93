"""The chip of a verdict: colour, symbol and word together, the same wherever a verdict stands."""

from __future__ import annotations

import html

from dashboard.charts import theme
from dashboard.words.verdict import SYMBOLS

PLAIN = "cannot say"
"""How a chip looks whose word is no verdict: "No target", "Signal"."""


def chip(word: str, beside: str = "") -> str:
    """Return a verdict as HTML: "▲ At risk · 9% chance".

    Args:
        word: A verdict of `dashboard.metrics.status_table`, or another short word, which is grey.
        beside: What is said with it, in a word or two; "" for nothing.
    """
    symbol = f"{SYMBOLS[word]} " if word in SYMBOLS else ""
    said = " · ".join(filter(None, (f"{symbol}{word[:1].upper()}{word[1:]}", beside)))
    return f'<span class="chip {_look(word)}">{html.escape(said)}</span>'


def tile(word: str, said: str) -> str:
    """Return a verdict of one period among others as HTML: its symbol on its colour.

    Args:
        word: A verdict.
        said: The whole in words, at a hover and for those who do not see it: "Q3 2009/10: at risk".
    """
    told = html.escape(said)
    return (
        f'<span class="tile {_look(word)}" title="{told}" role="img" aria-label="{told}">'
        f"{SYMBOLS.get(word, SYMBOLS[PLAIN])}</span>"
    )


def _look(word: str) -> str:
    return f"chip-{(word if word in theme.VERDICTS else PLAIN).replace(' ', '-')}"
