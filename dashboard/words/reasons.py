"""Reasons in English: why there is no figure, no change, no verdict, or why a point is marked."""

from __future__ import annotations

from functools import singledispatch

from dashboard.metrics.reasons import BrokenRules, Reason
from dashboard.words.control import rules_text


@singledispatch
def reason_text(reason: Reason) -> str:
    """Return a reason in English, without a full stop; "" where there is nothing to say.

    Raises:
        TypeError: There are no words for this kind of reason.
    """
    raise TypeError(f"there are no words for {type(reason).__name__}")


reason_text.register(BrokenRules, rules_text)
