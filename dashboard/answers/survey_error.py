"""How much more a survey errs than a simple random sample: given with its source, or a range."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from dashboard.metrics.rounding import as_number

SIMPLE_RANDOM = 1.0
"""The design effect of a simple random sample, which few surveys are."""
ASSUMED = 1.5
"""Our assumption, for the wider end of a range where nobody gives the design effect: shown beside
`SIMPLE_RANDOM`, named as an assumption, and no verdict hangs on it."""


class DesignEffect(NamedTuple):
    """Variance of a survey over that of a simple random sample of its size (Kish 1965).

    Attributes:
        value: What figures are worked out with.
        source: Who gives it; "" where nobody does, and the value is that of a simple random sample.
    """

    value: float = SIMPLE_RANDOM
    source: str = ""

    @property
    def is_given(self) -> bool:
        """Whether it is more than an assumption."""
        return bool(self.source)


def design_effect_of(about: pd.Series) -> DesignEffect:
    """Return the design effect that an indicator's file gives, of results that give none.

    Args:
        about: The indicator, as `Picture.indicator` gives it.
    """
    value = as_number(about["design_effect"])
    if value is None:
        return DesignEffect()
    return DesignEffect(value, str(about["design_effect_source"]))
