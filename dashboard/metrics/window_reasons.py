"""Why a window has no total: a reason by its name, with the months that it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from dashboard.metrics.periods import Window, months_in_words


class NoTotal(StrEnum):
    """The reasons that there are."""

    MISSING = "missing"
    """Months of the window have no figure."""
    HIDDEN = "hidden"
    """Figures of some months are withheld; others may be missing too."""
    OVERLAP = "overlap"
    """Every month lies in some row, but the rows of no kind fit the window end to end."""
    NONE_INSIDE = "none inside"
    """No row ends inside the window, so that no last value can be taken."""


@dataclass(frozen=True)
class Why:
    """One reason, as data.

    Attributes:
        name: Which reason it is.
        months: The months without a figure, as ordinals.
        hidden: What is shown instead of the figure, by month, of those that are withheld.
    """

    name: NoTotal
    months: tuple[int, ...]
    hidden: Mapping[int, str] = field(default_factory=dict)

    def in_words(self, window: Window) -> str:
        """The reason in English: "no figure for May 2009"."""
        if self.name is NoTotal.NONE_INSIDE:
            return f"no figure in {window.label()} to take in its place"
        if self.name is NoTotal.OVERLAP:
            return f"the figures overlap and do not fit {window.label()} exactly"
        parts = [self._hidden_in_words(text) for text in sorted(set(self.hidden.values()))]
        missing = [month for month in self.months if month not in self.hidden]
        parts += [f"no figure for {months_in_words(missing)}"] if missing else []
        return "; ".join(parts)

    def _hidden_in_words(self, text: str) -> str:
        """Say of which months a count is hidden: each by itself is small, not their sum."""
        months = [month for month in self.months if self.hidden.get(month) == text]
        each = "each month of " if len(months) > 1 else ""
        return f"{text} in {each}{months_in_words(months)}"
