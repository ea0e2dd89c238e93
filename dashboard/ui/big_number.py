"""Big numbers: what is asked first, each with a label of few words, never inside a sentence."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.ui.chip import chip


@dataclass(frozen=True)
class BigNumber:
    """A number that stands by itself.

    Attributes:
        label: What it is, in at most three words: "Year to date".
        value: As it is read: "20,217", "9%", "13th".
        note: What it is held against, in few words: "−12% on last year"; "" for nothing.
        verdict: A word of `dashboard.metrics.status_table`, as a chip; "" for none.
    """

    label: str
    value: str
    note: str = ""
    verdict: str = ""


def show_big_numbers(numbers: Sequence[BigNumber]) -> None:
    """Show numbers beside each other, as many in a line as there is room for."""
    if numbers:
        st.html(f'<dl class="numbers">{"".join(map(_markup, numbers))}</dl>')


def _markup(number: BigNumber) -> str:
    label, value, note = map(html.escape, (number.label, number.value, number.note))
    beside = chip(number.verdict) if number.verdict else ""
    return (
        f'<div class="number"><dt>{label}</dt><dd class="value"><span>{value}</span>{beside}</dd>'
        f'<dd class="note" title="{note}">{note}</dd></div>'
    )
