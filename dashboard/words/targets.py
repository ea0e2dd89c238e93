"""Targets in English: what they need from here, and what would be if a part stood elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.metrics.goals import Needed
from dashboard.metrics.percent import PER_CENT
from dashboard.metrics.periods import Window, month_label
from dashboard.metrics.rounding import in_words_number
from dashboard.metrics.status_table import (
    AHEAD,
    CLEARLY_BEHIND,
    OUT_OF_REACH,
    REACHED_EARLY,
    SLIGHTLY_BEHIND,
)
from dashboard.words.reasons import lowered, number_of, reason_in_words

if TYPE_CHECKING:
    from dashboard.analysis.path_range import RequiredRun
    from dashboard.analysis.trajectory import TargetOutlook
    from dashboard.analysis.what_if import WhatIfAnswer
    from dashboard.metrics.what_if import WhatIf

STANDS = {
    AHEAD: "the last twelve months are as good as the path asks",
    SLIGHTLY_BEHIND: "the last twelve months are a little behind the path",
    CLEARLY_BEHIND: "the last twelve months are behind the path",
}

_WOULD = {
    (True, True): "would still be",
    (True, False): "would be",
    (False, True): "would no longer be",
    (False, False): "would still not be",
}
"""What is met or kept (if the part stood elsewhere, as it is), in words."""


def needed_in_words(needed: Needed | str | None) -> str:
    """Return what is needed: "1,500 a month from here, against 1,800 a month in the last year".

    Args:
        needed: Of a target; None or "", where nothing is needed by month, gives "".
    """
    if needed is None or isinstance(needed, str):
        return ""
    if needed.per_month is None:
        return reason_in_words(needed.reason)
    when = f"in {due_year_in_words(needed.later_year)}" if needed.later_year else "from here"
    text = f"{in_words_number(needed.per_month)} a month {when}"
    if needed.mean_last_year is None:
        return text
    return f"{text}, against {in_words_number(needed.mean_last_year)} a month in the last year"


def due_year_in_words(year: Window) -> str:
    """Return a due year as a sentence has it: "2010/11", "the year ending July 2011"."""
    label = year.label()
    return label if "/" in label else f"the {label}"


def required_run_in_words(run: RequiredRun) -> str:
    """Return what a target needs from here, beside the record.

    Such as "needed: 435 a month for 7 months; the best 7 months on record averaged 426, to
    September 2009; the best January to July averaged 441, in 2009".
    """
    months = run.window.month_count
    parts = [f"needed: {in_words_number(run.per_month)} a month for {number_of(months, 'month')}"]
    if run.best.mean is None or run.best.window is None:
        return f"{parts[0]}; no {months} months in a row on record"
    which = "best month" if months == 1 else f"best {months} months"
    verb = "had" if months == 1 else "averaged"
    mean = in_words_number(run.best.mean)
    last = month_label(run.best.window.last_month)
    parts.append(f"the {which} on record {verb} {mean}, {'in' if months == 1 else 'to'} {last}")
    season = run.best_in_season
    if season is not None and season.mean is not None and season.window is not None:
        name = _calendar(season.window)
        parts.append(
            f"the best {name} {verb} {in_words_number(season.mean)}, in {_years(season.window)}"
        )
    return "; ".join(parts)


def _calendar(window: Window) -> str:
    first, last = (month.strftime("%B") for month in (window.first_month, window.last_month))
    return first if window.month_count == 1 else f"{first} to {last}"


def _years(window: Window) -> str:
    years = dict.fromkeys(str(month.year) for month in (window.first_month, window.last_month))
    return " to ".join(years)


def outlook_in_words(outlook: TargetOutlook) -> str:
    """Return how the verdict and what is needed go together; "" of neither."""
    needed, run = outlook.trajectory.needed, outlook.run
    later = needed.later_year if needed else None
    return read_together(
        outlook.status.status,
        outlook.status.path_state,
        run.per_month if run else None,
        run.year_before if run else None,
        run.has_been_done if run else None,
        outlook.trajectory.lower_is_better,
        f"the months of {due_year_in_words(later)}" if later else "the months left",
    )


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
    text = replaced_in_words(answer.found, lowered(answer.title), lowered(answer.part_title), stood)
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
    goal = _WOULD[bool(first["meets_goal_if"]), bool(first["meets_goal"])]
    text = f". The goal of {first['goal']:,.0f} {goal} met"
    if pd.isna(first["path_now"]):
        return text
    path = _WOULD[bool(first["meets_path_if"]), bool(first["meets_path"])]
    return f"{text}; its path now, {first['path_now']:,.0f}, {path} kept"
