"""What a chart function gives back: a figure with the words and the table that belong to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts import theme
from dashboard.charts.wording import NO_FIGURE, Unit, table_text


@dataclass(frozen=True)
class Caption:
    """The words around a chart.

    Attributes:
        title: The finding, one sentence.
        subtitle: Measure, area and period.
        source: Source and vintage; see `dashboard.words.sources`.
        illustrative: True when any figure in it is illustrative.
    """

    title: str
    subtitle: str
    source: str
    illustrative: bool = False


@dataclass(frozen=True)
class Chart:
    """A figure, what it says, and the figures behind it.

    Attributes:
        figure: In the light palette; `theme.for_background` gives the dark one.
        caption: Title, subtitle, source.
        alt: The finding and its numbers, for those who do not see the figure.
        table: What is drawn, at full precision, with readable column names.
        units: How the numbers of a column are written; columns not named are text.
        missing: What a column says where it has no number, one text for all its rows or one for
            each; "no figure" for those not named.
        note_column: A column that says why a row's numbers are missing; "" for none.
        method: How it is worked out, in the terms of the field, for the help; "" for none.
    """

    figure: go.Figure
    caption: Caption
    alt: str
    table: pd.DataFrame
    units: Mapping[str, Unit] = field(default_factory=dict)
    missing: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    note_column: str = ""
    method: str = ""

    def readable_table(self) -> pd.DataFrame:
        """Return the table with numbers as people read them, and words where there is none."""
        return self._readable.copy(deep=False)

    @cached_property
    def _readable(self) -> pd.DataFrame:
        table = self.table.astype(object)
        for column, unit in self.units.items():
            instead = self.missing.get(column, NO_FIGURE)
            otherwise = [instead] * len(table) if isinstance(instead, str) else instead
            reasons = table[self.note_column] if self.note_column else [""] * len(table)
            table[column] = [
                table_text(value, unit, missing=reason or words)
                for value, reason, words in zip(self.table[column], reasons, otherwise, strict=True)
            ]
        return table.drop(columns=[self.note_column]) if self.note_column else table

    def figure_on(self, background: theme.Background) -> go.Figure:
        """Return the figure in the palette of a background; nobody changes it."""
        if background not in self._drawn:
            figure = theme.for_background(self.figure, background)
            self._drawn[background] = _Unchanging(figure, skip_invalid=False)
        return self._drawn[background]

    @cached_property
    def _drawn(self) -> dict[theme.Background, go.Figure]:
        return {}


class _Unchanging(go.Figure):
    """A figure that nobody changes any more, so that it is made into plain parts once.

    To make them of a chart with many marks takes longer than all else that draws it.
    """

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as plain parts; whoever gets them leaves them as they are."""
        if getattr(self, "_plain_parts", None) is None:
            self._plain_parts = super().to_dict()
        return self._plain_parts


def table_of(
    rows: pd.DataFrame, columns: Mapping[str, str], units: Mapping[str, Unit]
) -> pd.DataFrame:
    """Return the table behind a chart.

    Args:
        rows: What is drawn.
        columns: The column of `rows` by the name that the table has for it, in order.
        units: Of the columns that hold numbers, by their name in the table.
    """
    table = rows[list(columns.values())].set_axis(list(columns), axis=1)
    return table.astype({name: float for name in columns if name in units})


def alt_text(caption: Caption, *parts: str) -> str:
    """Return alt text: the finding, what is shown, then the numbers, each a sentence."""
    illustrative = "Illustrative figures, not real ones." if caption.illustrative else ""
    said = [caption.title, caption.subtitle, *parts, illustrative]
    return " ".join(sentence(text) for text in said if text.strip())


def sentence(text: str) -> str:
    """Return text that ends with a full stop."""
    text = text.strip()
    return text if text.endswith((".", "?", "!")) else f"{text}."
