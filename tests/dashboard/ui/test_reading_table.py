"""A table to be read: a real table, safe from what is in its cells."""

from __future__ import annotations

import pandas as pd

from dashboard.ui.reading_table import markup


def test_each_cell_names_its_column_for_narrow_screens() -> None:
    text = markup(pd.DataFrame({"Indicator": ["Arson"], "Status": ["– Cannot say"]}), "Indicators")
    assert '<th scope="row">Arson</th>' in text
    assert '<td data-label="Status">– Cannot say</td>' in text
    assert "<caption>Indicators</caption>" in text


def test_numbers_stand_right_and_words_left() -> None:
    cells = pd.DataFrame({"Type": ["Arson", "Robbery"], "Change": ["−12%", ""], "Path": ["9", "–"]})
    text = markup(cells, "Types")
    assert '<th scope="col" class="number">Change</th>' in text
    assert '<td class="number" data-label="Change">−12%</td>' in text
    assert '<td data-label="Path">9</td>' in text


def test_what_is_in_a_cell_is_text() -> None:
    text = markup(pd.DataFrame({"A": ["<b>"], 'B "x"': ["<script>alert(1)</script>"]}), "<i>")
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert 'data-label="B &quot;x&quot;"' in text
    assert "<caption>&lt;i&gt;</caption>" in text
