"""Verdicts in words."""

from __future__ import annotations

import pytest

from dashboard.metrics.status_table import WORDS
from dashboard.words.verdict import SYMBOLS, status_text


def test_every_status_word_has_a_symbol_of_its_own() -> None:
    assert tuple(SYMBOLS) == WORDS
    assert len(set(SYMBOLS.values())) == len(WORDS)
    assert status_text("at risk") == "▲ At risk"
    with pytest.raises(KeyError):
        status_text("fine")
