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
        source: Source and vintage; see `dashboard.exhibits.sources`.
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
        return self._in_the_dark if background == "dark" else self._in_the_light

    @cached_property
    def _in_the_light(self) -> go.Figure:
        return _Unchanging(theme.for_background(self.figure, "light"), skip_invalid=False)

    @cached_property
    def _in_the_dark(self) -> go.Figure:
        return _Unchanging(theme.for_background(self.figure, "dark"), skip_invalid=False)

    @property
    def title(self) -> str:
        """The finding."""
        return self.caption.title

    @property
    def subtitle(self) -> str:
        """Measure, area and period."""
        return self.caption.subtitle

    @property
    def source(self) -> str:
        """Source and vintage."""
        return self.caption.source

    @property
    def illustrative(self) -> bool:
        """Whether any figure in it is illustrative."""
        return self.caption.illustrative


class _Unchanging(go.Figure):
    """A figure that nobody changes any more, so that it is made into plain parts once.

    To make them of a chart with many marks takes longer than all else that draws it.
    """

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as plain parts; whoever gets them leaves them as they are."""
        if getattr(self, "_plain_parts", None) is None:
            self._plain_parts = super().to_dict()
        return self._plain_parts


def alt_text(caption: Caption, *parts: str) -> str:
    """Return alt text: the finding, what is shown, then the numbers, each a sentence."""
    illustrative = "Illustrative figures, not real ones." if caption.illustrative else ""
    said = [caption.title, caption.subtitle, *parts, illustrative]
    return " ".join(sentence(text) for text in said if text.strip())


def sentence(text: str) -> str:
    """Return text that ends with a full stop."""
    text = text.strip()
    return text if text.endswith((".", "?", "!")) else f"{text}."
