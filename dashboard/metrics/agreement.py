"""A figure a document states, set beside the one computed from the data."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.metrics.reasons import Because, Reason, because
from dashboard.metrics.rounding import as_number, round_half_up

AGREES, DIFFERS = "agrees", "differs"
CONTRADICTORY, NOT_COMPUTABLE, NOT_GIVEN = "contradictory", "not computable", "not given"
VERDICTS = (AGREES, DIFFERS, CONTRADICTORY, NOT_COMPUTABLE, NOT_GIVEN)
ARITHMETIC, MADE_TO_AGREE = "arithmetic checked", "worked example made to agree"
REAL = "real figures"
EVIDENCE = (REAL, ARITHMETIC, MADE_TO_AGREE)
"""What a figure was held against, what tells most of the world first: figures that somebody
counted, other numbers of the same document, or figures that were made so that they agree."""
MARKS = ("exact", "approximate", "at_least", "up_to", "not_given", "contradictory")


@dataclass(frozen=True)
class Agreement:
    """The verdict on one stated figure."""

    verdict: str
    """One of ``VERDICTS``."""
    stated: float | None
    computed: float | None
    """Full precision; kept whatever the verdict."""
    computed_rounded: float | None
    """As the document rounds."""
    reason: Reason | str
    """Named; the words of a note where nothing can be computed."""


def compare_stated(
    stated: float | None,
    computed: float | None,
    *,
    mark: str = "exact",
    decimals: int = 0,
    agree_low: float | None = None,
    agree_high: float | None = None,
    why_not_computable: Reason | str = "",
) -> Agreement:
    """Compare a stated figure with a computed one, rounded as the document rounds.

    Rules in order: mark "not_given", or neither a number nor a range: not given. Mark
    "contradictory": contradictory, whatever the data say. Nothing computed: not computable. A
    range (for words such as "almost half"): agrees when the unrounded figure lies in it, ends
    included. "at_least" and "up_to" compare sizes of the same sign after rounding, so that -19
    is "at least" a fall of 18. Otherwise the two agree when equal after rounding, halves away
    from zero; a figure that only half-to-even rounding would make equal differs.

    Args:
        stated: signed (a fall is negative); None when not given.
        computed: signed; None or NaN when it cannot be computed.
        mark: one of ``MARKS``; "approximate" is compared as "exact" or by its range.
        decimals: places the document rounds to; -3 for thousands.
        agree_low: lowest figure the words allow; None without a limit.
        agree_high: highest figure the words allow; None without a limit.
        why_not_computable: the reason to give when nothing is computed.

    Raises:
        ValueError: unknown mark, or a range that ends before it begins.
    """
    if mark not in MARKS:
        raise ValueError(f"'{mark}' is not a mark; choose one of {', '.join(MARKS)}")
    said, found = as_number(stated), as_number(computed)
    low, high = as_number(agree_low), as_number(agree_high)
    if low is not None and high is not None and high < low:
        raise ValueError(f"a range cannot end ({high}) before it begins ({low})")
    has_range = low is not None or high is not None
    rounded = None if found is None else round_half_up(found, decimals)

    def verdict(word: str, reason: Reason | str) -> Agreement:
        return Agreement(word, said, found, rounded, reason)

    if mark == "not_given" or (said is None and not has_range and mark != "contradictory"):
        return verdict(NOT_GIVEN, because(Because.LEFT_OPEN))
    if mark == "contradictory":
        return verdict(CONTRADICTORY, because(Because.CONTRADICTION, said, rounded))
    if found is None or rounded is None:
        return verdict(NOT_COMPUTABLE, why_not_computable or because(Because.NOT_IN_DATA))
    if has_range:
        agrees = (low is None or found >= low) and (high is None or found <= high)
        name = Because.WITHIN_RANGE if agrees else Because.OUTSIDE_RANGE
        return verdict(AGREES if agrees else DIFFERS, because(name, found, low, high))
    assert said is not None  # without a range, a figure is stated: the rule above
    agrees = _agree_as_marked(round_half_up(said, decimals), rounded, mark)
    return verdict(AGREES if agrees else DIFFERS, because(Because.AS_ROUNDED, rounded, said, mark))


def _agree_as_marked(said: float, found: float, mark: str) -> bool:
    if mark in {"at_least", "up_to"} and said * found < 0:
        return False
    if mark == "at_least":
        return abs(found) >= abs(said)
    if mark == "up_to":
        return abs(found) <= abs(said)
    return said == found
