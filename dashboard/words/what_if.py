"""What would be, in English, if a part stood elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.metrics.rounding import in_words_number
from dashboard.metrics.what_if import WhatIf

if TYPE_CHECKING:
    from dashboard.analysis.what_if import WhatIfAnswer

_MET = {
    (True, True): "would still be met",
    (True, False): "would be met",
    (False, True): "would no longer be met",
    (False, False): "would still not be met",
}
"""(if the part stood elsewhere, as it is) in words."""
_KEPT = {
    (True, True): "would still be kept",
    (True, False): "would be kept",
    (False, True): "would no longer be kept",
    (False, False): "would still not be kept",
}


def what_if_in_words(answer: WhatIfAnswer) -> str:
    """Return what a total would be, with the first target that has a goal in numbers.

    Such as "If dwelling burglary returned to its level of 2008/09 (1,123), all crime would be …".
    """
    number = f"{answer.found.replaced_by:,.0f}"
    stood = (
        f"returned to its level of {answer.reference} ({number})"
        if answer.is_of_a_period
        else f"stood at {number}"
    )
    text = replaced_in_words(
        answer.found, _lowered(answer.title), _lowered(answer.part_title), stood
    )
    the = "the " if answer.period.startswith("year") else ""
    text = f"{text} ({answer.found.whole:,.0f} in {the}{answer.period})"
    return f"{text}{_targets(answer.targets)}."


def replaced_in_words(found: WhatIf, whole: str, part: str, level: str) -> str:
    """Return what a total with one part replaced would be.

    Args:
        found: The arithmetic.
        whole: Name of the total, as within a sentence.
        part: Name of the part, as within a sentence.
        level: Where it would stand: "returned to its 2008/09 level (1,124)".
    """
    result, size = in_words_number(found.result, 0), in_words_number(abs(found.change), 0)
    if found.change == 0:
        return f"If {part} {level}, {whole} would be {result}, as it is"
    word = "more" if found.change > 0 else "fewer"
    return f"If {part} {level}, {whole} would be {result}, {size} {word} than it is"


def _targets(targets: pd.DataFrame) -> str:
    if targets.empty:
        return ""
    first = targets.iloc[0]
    goal = _MET[bool(first["meets_goal_if"]), bool(first["meets_goal"])]
    text = f". The goal of {first['goal']:,.0f} {goal}"
    if pd.isna(first["path_now"]):
        return text
    path = _KEPT[bool(first["meets_path_if"]), bool(first["meets_path"])]
    return f"{text}; its path now, {first['path_now']:,.0f}, {path}"


def _lowered(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"
