"""What a total would be, and whether its targets would be met, if one part stood elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from dashboard.analysis.area_view import AreaView, NoFiguresError
from dashboard.analysis.contribution import choose_part
from dashboard.analysis.levels import counted
from dashboard.analysis.question import Basis, Indicator, IndicatorAnswer, LevelOf, Part, question
from dashboard.analysis.series import Series
from dashboard.analysis.target_trajectory import trajectory_in
from dashboard.metrics.periods import (
    MONTHS_A_YEAR,
    Window,
    later,
    parse_financial_year,
    windows_for,
)
from dashboard.metrics.what_if import (
    WhatIf,
    WhatIfYear,
    replace_part,
    would_meet,
    year_with_part_replaced,
)
from dashboard.metrics.windows import window_total

ROLLING_YEAR = "rolling_year"
GIVEN = "a figure given"
#: Goals that a twelve-month total can be held against.
_LEVEL_GOALS = ("relative_change", "value", "minimum_count")


@dataclass(frozen=True)
class WhatIfAnswer(IndicatorAnswer):
    """A total with one part replaced, held against its targets.

    Attributes:
        reference: Where the part would stand: a period in words, or "a figure given".
        targets: Only for twelve months: target_id, kind, goal (level), path_now, due, meets_goal,
            meets_goal_if, meets_path, meets_path_if; empty without a level to hold it against.
        year: The financial year to its end; None where the months for it are not there.
    """

    JSON = """
        indicator part area area_name as_at basis period reference whole=found.whole
        part_now=found.part part_if=found.replaced_by whole_if=found.result change=found.change
        percent=found.percent targets year_so_far=year.counted year_as_things_go=year.as_things_go
        year_if_from_here=year.with_part_replaced sentence illustrative
    """

    part: str
    part_title: str
    basis: str
    period: str
    reference: str
    found: WhatIf
    targets: pd.DataFrame
    year: WhatIfYear | None

    @property
    def is_of_a_period(self) -> bool:
        """Whether the part would return to its level of a period, not stand at a figure given."""
        return self.reference != GIVEN


@question
def what_if(
    view: AreaView,
    indicator: Indicator,
    part: Part,
    level_of: LevelOf = "",
    value: Annotated[float | None, "Or its count over the window."] = None,
    basis: Basis = ROLLING_YEAR,
) -> WhatIfAnswer:
    """What a total would be, and its targets, if one part stood elsewhere.

    Raises:
        UnknownChoiceError: There is no such indicator, or it is no part of the whole.
        NoFiguresError: A window lacks a figure.
        ValueError: Both or neither of level_of and value are given, or one makes no sense.
    """
    if bool(level_of) == (value is not None):
        raise ValueError("give either a year whose level it returns to, or a figure")
    part = choose_part(view, indicator, part)
    view, month = view.own_period(indicator)
    window, _ = windows_for(basis, month)
    reference = same_months_in(window, level_of) if level_of else None
    series = view.headline(indicator)
    level = _needed(view, part, reference, series) if reference else float(value or 0)
    found = replace_part(
        *(_needed(view, each, window, series) for each in (indicator, part)), level
    )
    is_a_year = window.month_count == MONTHS_A_YEAR
    return WhatIfAnswer(
        **view.header(month, indicator),
        part=part,
        part_title=view.indicator(part).title,
        basis=basis,
        period=window.label(),
        reference=reference.label() if reference else GIVEN,
        found=found,
        targets=_targets(view, indicator, month, found if is_a_year else None),
        year=_year(view, indicator, part, month, level_of) if level_of else None,
    )


def same_months_in(window: Window, financial_year: str) -> Window:
    """Return the months of a financial year that are those of a window; all for twelve months.

    Raises:
        ValueError: Not a financial year.
    """
    year = parse_financial_year(financial_year)
    if window.month_count == MONTHS_A_YEAR:
        return year
    back = (window.last_month.ordinal - year.last_month.ordinal) // MONTHS_A_YEAR + 1
    moved = window.moved_by(-MONTHS_A_YEAR * back)
    return (
        moved
        if moved.first_month.ordinal >= year.first_month.ordinal
        else moved.moved_by(MONTHS_A_YEAR)
    )


def _needed(view: AreaView, indicator: str, window: Window, like: Series | None) -> float:
    """Return what is counted of the whole or a part, from the whole's source."""
    total = window_total(counted(view.series_like(indicator, like)), window)
    if total.value is None:
        title = view.indicator(indicator).title
        raise NoFiguresError(f"{title} in {view.area_name}", total.why)
    return total.value


def _targets(
    view: AreaView, indicator: str, month: pd.Period, found: WhatIf | None
) -> pd.DataFrame:
    """Return every given target of the whole with a level, with and without the replacement."""
    rows = []
    for target in view.targets_on(indicator):
        if found is None or not target.goal_is_given or target.goal not in _LEVEL_GOALS:
            continue
        path = trajectory_in(view, target, month)
        if path.target is None:
            continue
        held = [(path.target, found.whole), (path.target, found.result),
                (path.path_now, found.whole), (path.path_now, found.result)]  # fmt: skip
        meets = [would_meet(result, level, path.lower_is_better) for level, result in held]
        rows.append((path.target_id, path.kind, path.target, path.path_now, path.due, *meets))
    columns = ["target_id", "kind", "goal", "path_now", "due", "meets_goal", "meets_goal_if",
               "meets_path", "meets_path_if"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _year(
    view: AreaView, indicator: str, part: str, month: pd.Period, level_of: str
) -> WhatIfYear | None:
    """Return the financial year to its end; None where it is over or a month is not there."""
    so_far, before = windows_for("ytd", month)
    if so_far.month_count == MONTHS_A_YEAR:
        return None
    left = Window(later(month, 1), later(so_far.first_month, MONTHS_A_YEAR - 1))
    last, series = left.moved_by(-MONTHS_A_YEAR), view.headline(indicator)
    try:
        whole = [_needed(view, indicator, window, series) for window in (so_far, before, last)]
        of_part = [_needed(view, part, window, series) for window in (so_far, before, last)]
        replaced = _needed(view, part, same_months_in(left, level_of), series)
        others = [all_of - own for all_of, own in zip(whole, of_part, strict=True)]
        return year_with_part_replaced(
            (others[0], of_part[0]), (others[1], of_part[1]), (others[2], of_part[2], replaced)
        )
    except (NoFiguresError, ValueError):
        return None
