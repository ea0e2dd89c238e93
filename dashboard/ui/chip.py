"""The chip of a verdict: colour, symbol and word together, the same wherever a verdict stands."""

from __future__ import annotations

import html

from dashboard.charts import theme
from dashboard.words.verdict import SYMBOLS

PLAIN = "cannot say"
"""How a chip looks whose word is no verdict: "No target", "Signal"."""


def chip(word: str, *, like: str = "") -> str:
    """Return a verdict as HTML: "▲ At risk".

    Args:
        word: A verdict of `dashboard.metrics.status_table`, or another short word, which is grey.
        like: The verdict whose colours another word has, where it says as much; "" for grey.
    """
    symbol = f"{SYMBOLS[word]} " if word in SYMBOLS else ""
    said = html.escape(f"{symbol}{word[:1].upper()}{word[1:]}")
    return f'<span class="chip {_look(like or word)}">{said}</span>'


def _look(word: str) -> str:
    return f"chip-{(word if word in theme.VERDICTS else PLAIN).replace(' ', '-')}"
