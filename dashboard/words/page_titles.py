"""First lines of pages that look at many things at once: the finding, in one sentence."""

from __future__ import annotations

import pandas as pd

from dashboard.charts.wording import number_text
from dashboard.metrics.status_table import AT_RISK, NOT_MET, OFF_TRACK
from dashboard.words.levels import in_words, joined
from dashboard.words.on_target import Tally


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
