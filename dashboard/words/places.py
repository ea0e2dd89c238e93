"""Places in a group in English: where an area is heading for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.metrics.ranking import ordinal
from dashboard.words.verdict import chance_in_words

if TYPE_CHECKING:
    from dashboard.analysis.projected_place import ProjectedPlace


def projected_place_in_words(found: ProjectedPlace | str) -> str:
    """Return the place that an area is heading for.

    Such as "If every member goes on as it does, the chance of being in the top 3 in the year
    ending March 2011 is 4%; four times in five the place would be 8th to 13th of 15".

    Args:
        found: Of a target that is a place; "" of another stays so.
    """
    if isinstance(found, str):
        return found
    if found.chance is None or found.lower_80 is None or found.upper_80 is None:
        return f"Place at the due date, if every member goes on as it does: {found.reason}"
    low, high = ordinal(found.lower_80), ordinal(found.upper_80)
    where = low if low == high else f"{low} to {high}"
    return (
        f"If every member goes on as it does, the chance of being in the top {found.goal} at "
        f"the due date ({found.period}) is {chance_in_words(found.chance)}; four times in five "
        f"the place would be {where} of {found.with_data}"
    )
