"""How a verdict and what is needed from here go together, in one sentence."""

from __future__ import annotations

from dashboard.metrics.percent import PER_CENT
from dashboard.metrics.rounding import in_words_number
from dashboard.metrics.status_table import (
    AHEAD,
    CLEARLY_BEHIND,
    OUT_OF_REACH,
    REACHED_EARLY,
    SLIGHTLY_BEHIND,
)

STANDS = {
    AHEAD: "the last twelve months are as good as the path asks",
    SLIGHTLY_BEHIND: "the last twelve months are a little behind the path",
    CLEARLY_BEHIND: "the last twelve months are behind the path",
}


def read_together(
    word: str,
    path_state: str,
    needed: float | None,
    year_before: float | None,
    has_been_done: bool | None,
    lower_is_better: bool,
    months: str = "the months left",
) -> str:
    """Say in words why a verdict and a number that is still needed do not contradict each other.

    A path asks where the last twelve months should stand today; the goal, what the months to come
    must bring. One can be ahead of a path and still have to do better than ever.

    Args:
        word: the verdict.
        path_state: one of `status_table.PATHS`.
        needed: events a month that end on the goal; None where there is no such number.
        year_before: events a month in the same months of the year before; None where not known.
        has_been_done: whether the record holds as good a run; None where there is no record.
        lower_is_better: of the indicator.
        months: those to come that the number is of.

    Returns:
        One sentence without a full stop; "" where the state has nothing to say of what is needed.
    """
    if path_state == OUT_OF_REACH:
        return f"{word}: the goal is passed already, and no month to come can bring it back"
    if path_state == REACHED_EARLY:
        return f"{word}: what was asked for has been counted already"
    if path_state not in STANDS or needed is None:
        return ""
    start = f"{word}: {STANDS[path_state]}"
    joint = "but" if _is_harder(needed, year_before, has_been_done, lower_is_better) else "and"
    text = f"{start}, {joint} {months} must bring {in_words_number(needed)} each"
    if year_before:
        text += f", {_beside(needed, year_before)}"
    if has_been_done is None:
        return text
    return (
        f"{text}; {'as good a run is on record' if has_been_done else 'no such run is on record'}"
    )


def _beside(needed: float, year_before: float) -> str:
    share = PER_CENT * (needed - year_before) / year_before
    size = in_words_number(abs(share))
    if size == "0":
        return "as many as a year before"
    return f"{size}% {'fewer' if share < 0 else 'more'} than a year before"


def _is_harder(
    needed: float, year_before: float | None, has_been_done: bool | None, lower_is_better: bool
) -> bool:
    if year_before is None:
        return has_been_done is False
    return needed < year_before if lower_is_better else needed > year_before
