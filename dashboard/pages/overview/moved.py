"""What moved on a year before: one chart of the largest changes, and what would need a target."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.quarter_changes import largest_changes, of_commonest_period
from dashboard.analysis.review import review
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.percent_bars import percent_bars
from dashboard.charts.wording import moved_text
from dashboard.metrics.periods import MONTHS_A_QUARTER, parse_month, quarter_label, windows_for
from dashboard.ui.without_targets import source_of_all
from dashboard.words.levels import capital, lowered, named
from dashboard.words.reviewed import Reviewed, reviewed_in

LARGEST = 4
"""Changes drawn each way."""
MOST_TO_TARGET = 3
CHANCE = {
    True: "more than chance would explain",
    False: "chance could explain it",
    None: "not held against chance",
}


class Moved(NamedTuple):
    """What moved.

    Attributes:
        chart: The largest changes each way.
        period: The periods compared: "Q3 2009/10 on a year before".
        same: Indicators that count the same as one that is drawn, a sentence each.
        rising: What got worse by more than chance would explain, the largest first: indicator and
            what it did, "Shoplifting rose 31%".
    """

    chart: Chart
    period: str
    same: list[str]
    rising: list[tuple[str, str]]


def moved(view: AreaView) -> Moved | None:
    """Return the largest changes of the quarter, or of the period that most figures are of.

    Returns:
        None where no change can be worked out.
    """
    rows = review(view, view.as_at_text)
    common = of_commonest_period(rows)
    of_quarter = common.empty or bool(rows["quarter_percent"].notna().any())
    percent = "quarter_percent" if of_quarter else "percent"
    largest = largest_changes(rows if of_quarter else common, LARGEST, percent=percent)
    if largest.empty:
        return None
    reviewed, is_worse = reviewed_in(largest), largest["is_worse"].tolist()
    drawn = pd.DataFrame(
        [_row(each, worse, of_quarter) for each, worse in zip(reviewed, is_worse, strict=True)]
    )
    period = _period(view, common, of_quarter)
    caption = Caption(
        title=_finding(drawn),
        subtitle=f"{view.area_name}, {period}",
        source=source_of_all(view),
        illustrative=bool(largest["illustrative"].any()),
    )
    return Moved(
        percent_bars(drawn, caption=caption),
        period,
        [
            f"{', '.join(each.same_as)}: the same as {named(each)}"
            for each in reviewed
            if each.same_as
        ],
        [
            (row["indicator_id"], f"{row['title']} {moved_text(row['percent'])}")
            for row in drawn[drawn["is_worse"] & drawn["is_sure"]].to_dict("records")
        ][:MOST_TO_TARGET],
    )


def _row(each: Reviewed, worse: bool, of_quarter: bool) -> dict[str, object]:
    change, percent, is_beyond = (
        each.quarter_change,
        each.quarter_percent,
        each.quarter_is_beyond_chance,
    )
    if not of_quarter:
        tested = each.change_in_full.significance
        change, percent = each.change, each.percent
        is_beyond = tested.is_beyond_chance if tested else None
    return {
        "indicator_id": each.indicator_id,
        "title": named(each),
        "change": change,
        "percent": percent,
        "is_worse": bool(worse),
        "is_sure": bool(is_beyond),
        "chance": CHANCE[None if is_beyond is None else bool(is_beyond)],
    }


def _period(view: AreaView, common: pd.DataFrame, of_quarter: bool) -> str:
    if of_quarter:
        last = parse_month(view.as_at_text)
        is_whole = last.month % MONTHS_A_QUARTER == 0
        window = windows_for("quarter", last)[0]
        return f"{quarter_label(last) if is_whole else window.label()} on a year before"
    return f"{capital(common['current_period'].iloc[0])} on the year before"


def _finding(drawn: pd.DataFrame) -> str:
    """Return what moved most by more than chance would explain, the worse before the better."""
    sure = drawn[drawn["is_sure"]]
    if sure.empty:
        return "Nothing moved by more than chance would explain"
    worse = sure[sure["is_worse"]]
    first = (worse if len(worse) else sure).iloc[0]
    said = f"{first['title']} {moved_text(first['percent'])}"
    return said if len(worse) else f"Nothing worse beyond chance; {lowered(said)}"
