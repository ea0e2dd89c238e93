"""How much more a survey errs than a simple random sample: given with its source, or a range."""

from __future__ import annotations

from typing import NamedTuple

from dashboard.analysis.rows import Indicator, SeriesPoint

SIMPLE_RANDOM = 1.0
"""The design effect of a simple random sample, which few surveys are."""
ASSUMED = 1.5
"""Our assumption, for the wider end of a range where nobody gives the design effect: shown beside
`SIMPLE_RANDOM`, named as an assumption, and no verdict hangs on it."""
FROM_RESULTS = "the results themselves"
"""Who gives a design effect that was loaded with a percentage."""


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


def design_effect_of(about: Indicator) -> DesignEffect:
    """Return the design effect that an indicator's file gives, of results that give none.

    Args:
        about: The indicator, as `AreaView.indicator` gives it.
    """
    if about.design_effect is None:
        return DesignEffect()
    return DesignEffect(about.design_effect, about.design_effect_source)


class Asked(NamedTuple):
    """Who a percentage of a survey comes from.

    Attributes:
        people: Who answered, counted; None where nobody gives it.
        effect: The one design effect that holds for them.
    """

    people: float | None
    effect: DesignEffect

    @property
    def effective(self) -> float | None:
        """The size of the simple random sample that would be as precise (Kish 1965)."""
        return None if self.people is None else self.people / self.effect.value


def asked_in(point: SeriesPoint, otherwise: DesignEffect) -> Asked:
    """Return who answered in a wave, and the design effect that holds for it.

    The results' own design effect goes before that of the indicator's file, and only one of them
    ever holds: the `sample_size` of a row that has a `design_effect` is divided by it already.

    Args:
        point: A wave of a survey.
        otherwise: What the indicator's file gives, for results that give none.
    """
    size, own = point.sample_size, point.design_effect
    if size is not None and size <= 0:
        size = None
    if own is None:
        return Asked(size, otherwise)
    return Asked(None if size is None else size * own, DesignEffect(own, FROM_RESULTS))
