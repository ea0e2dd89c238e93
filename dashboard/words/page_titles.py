"""First lines of pages that look at many things at once: the finding, in one sentence."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.analysis.question import ALL_CRIME
from dashboard.analysis.rows import rows_of
from dashboard.charts.wording import number_text
from dashboard.metrics.status_table import AT_RISK, NOT_MET, OFF_TRACK
from dashboard.words.crime_types import CrimeType, type_moved
from dashboard.words.levels import in_period, in_words, joined, lowered
from dashboard.words.on_target import Tally
from dashboard.words.reasons import reason_in_words


def targets_title(targets: pd.DataFrame, area_name: str) -> str:
    """Return how many targets are on target, and what the others with a verdict are.

    Such as "The target of Portsmouth is at risk", or "13 of the 38 targets of Southampton
    are on target, two at risk and six off track".

    Args:
        targets: The rows of `dashboard.analysis.status`.
        area_name: Whose they are.
    """
    tally, counts = Tally.of_targets(targets), targets["status"].value_counts()
    if tally.closed:
        return tally.sentence(f"target of {area_name}", f"targets of {area_name}")
    targets_of = f"{'target' if tally.of == 1 else 'targets'} of {area_name}"
    if tally.not_said == tally.of:
        which = "the" if tally.of == 1 else f"any of the {tally.of}"
        return f"No verdict can be given on {which} {targets_of}"
    if tally.of == 1:
        return f"The {targets_of} is {targets['status'].iloc[0]}"
    begin = number_text(tally.on_target) if tally.on_target else "None"
    are = "is" if tally.on_target == 1 else "are"
    others = [
        f"{in_words(int(counts[word]))} {word}"
        for word in (AT_RISK, OFF_TRACK, NOT_MET)
        if word in counts
    ]
    rest = f", {joined(others)}" if others else ""
    return f"{begin} of the {tally.of} {targets_of} {are} on target{rest}"


def crime_types_title(types: pd.DataFrame, area_name: str) -> str:
    """Return how all crime changed, and which of its types did most.

    Such as "All crime in Southampton fell 12% in April to December 2009; criminal damage and arson
    fell most (778 fewer), dwelling burglary rose most (137 more)".

    Args:
        types: As `dashboard.analysis.crime_types.crime_types` gives, of one period.
        area_name: Whose they are.
    """
    if types.empty:
        return f"Nothing is counted in {area_name}"
    first = min(rows_of(types, CrimeType), key=lambda each: each.indicator_id != ALL_CRIME)
    whole = replace(first, title=f"{first.title} in {area_name}")
    if whole.change is None:
        return f"{whole.title} cannot be compared: {reason_in_words(whole.not_comparable)}"
    said = f"{type_moved(whole)} {in_period(whole.current_period)}"
    parts = types[types["part_of"].eq(whole.indicator_id) & types["catalogued"].astype(bool)]
    most = [each for each in (_most(parts, falling=True), _most(parts, falling=False)) if each]
    return f"{said}; {', '.join(most)}" if most else said


def _most(parts: pd.DataFrame, *, falling: bool) -> str:
    """Return the part that fell or rose by the largest number; "" where none did."""
    changes = pd.to_numeric(parts["change"]) * (-1 if falling else 1)
    if not changes.gt(0).any():
        return ""
    row, size = parts.loc[changes.idxmax()], number_text(changes.max())
    moved, by = ("fell", "fewer") if falling else ("rose", "more")
    return f"{lowered(row['title'])} {moved} most ({size} {by})"
