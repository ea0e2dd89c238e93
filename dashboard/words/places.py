"""Places in a group in English: where an area stands, and where it is heading for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.metrics.ranking import Place, ordinal
from dashboard.words.reasons import reason_in_words
from dashboard.words.verdict import chance_in_words

if TYPE_CHECKING:
    from dashboard.analysis.projected_place import ProjectedPlace


def place_in_words(place: Place) -> str:
    """Return a place: "13th of 15", "joint 3rd of 15", "13th of 15 (14 with data)"."""
    part = "" if place.with_data == place.of else f" ({place.with_data} with data)"
    if place.rank is None:
        return f"not ranked of {place.of}{part}"
    return f"{'joint ' if place.is_tied else ''}{ordinal(place.rank)} of {place.of}{part}"


def projected_place_in_words(found: ProjectedPlace | str) -> str:
    """Return the place that an area is heading for.

    Such as "If every member goes on as it does, the chance of being in the top 3 in the year
    ending March 2011 is 4%; four times in five the place would be 8th to 13th of 15".

    Args:
        found: Of a target that is a place; "" of another stays so.
    """
    if isinstance(found, str):
        return found
    best, worst = found.places_80
    if found.chance is None or best is None or worst is None:
        reason = reason_in_words(found.reason)
        return f"Place at the due date, if every member goes on as it does: {reason}"
    low, high = ordinal(best), ordinal(worst)
    where = low if low == high else f"{low} to {high}"
    return (
        f"If every member goes on as it does, the chance of being in the top {found.goal} at "
        f"the due date ({found.period}) is {chance_in_words(found.chance)}; four times in five "
        f"the place would be {where} of {found.with_data}"
    )
