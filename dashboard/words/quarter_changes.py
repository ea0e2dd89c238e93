"""What changed, in words: the largest changes and the verdicts that are others now."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from dashboard.analysis.quarter_changes import ChangedVerdict
from dashboard.analysis.question import ALL_CRIME
from dashboard.analysis.rows import rows_of
from dashboard.charts.chart import Caption, Chart
from dashboard.charts.signed_bars import bars_by_type
from dashboard.charts.wording import moved_text
from dashboard.metrics.contribution import nearest_wholes
from dashboard.metrics.periods import parse_month, quarter_label, windows_for
from dashboard.words.levels import capital, in_period, in_words, joined, named
from dashboard.words.reviewed import Reviewed, reviewed_in
from dashboard.words.verdict import status_text


class Line(NamedTuple):
    """A sentence on one indicator, and where its evidence is.

    Attributes:
        text: The sentence.
        indicator_id: What it is about.
        target_id: The target of it that is meant; "" where none is.
    """

    text: str
    indicator_id: str
    target_id: str = ""


def verdict_changes(changed: pd.DataFrame, as_at_before: str) -> list[Line]:
    """Return one line for each verdict that changed.

    Such as "Serious violent crime rate (NI 15): ▲ At risk, was ● On track in September 2009".

    Args:
        changed: Rows of `dashboard.analysis.quarter_changes.changed_verdicts`.
        as_at_before: The month that the earlier verdicts were as at.
    """
    when = parse_month(as_at_before).strftime("%B %Y")
    return [
        Line(
            f"{named(row)}: {status_text(row.status)}, "
            f"was {status_text(row.status_before)} as at {when}",
            row.indicator_id,
            row.target_id,
        )
        for row in rows_of(changed, ChangedVerdict)
    ]


def verdicts_sentence(changed: pd.DataFrame) -> str:
    """Return how many verdicts changed: "Two verdicts changed since the quarter before"."""
    if changed.empty:
        return "No verdict changed since the quarter before"
    count = capital(in_words(len(changed)))
    verdicts = "verdict" if len(changed) == 1 else "verdicts"
    return f"{count} {verdicts} changed since the quarter before"


def movement_lines(changes: pd.DataFrame, *, worse: bool, of_quarter: bool = True) -> list[Line]:
    """Return a line for each of the largest changes one way: "Dwelling burglary rose 24%".

    What chance could explain, or what was not held against it, says so: "NI 15 rose 8%, which
    chance could explain".

    Args:
        changes: Rows of `dashboard.analysis.quarter_changes.largest_changes`.
        worse: True for those for the worse.
        of_quarter: True for the changes of the quarter, False for those of each row's own period.
    """
    chosen = changes[changes["is_worse"].eq(worse)]
    return [
        Line(
            f"{joined([named(each), *each.same_as])} {_moved_beside_chance(each, of_quarter)}",
            each.indicator_id,
        )
        for each in reviewed_in(chosen)
    ]


def _moved_beside_chance(reviewed: Reviewed, of_quarter: bool) -> str:
    percent, is_beyond = reviewed.quarter_percent, reviewed.quarter_is_beyond_chance
    if not of_quarter:
        tested = reviewed.change_in_full.significance
        percent, is_beyond = reviewed.percent, tested.is_beyond_chance if tested else None
    chance = ", not held against chance" if is_beyond is None else ", which chance could explain"
    return f"{moved_text(percent)}{'' if is_beyond else chance}"


def quarter_text(as_at: str) -> str:
    """Return what a quarter is compared with: "October to December 2009 (Q3 2009/10) …"."""
    now, before = windows_for("quarter", as_at)
    return f"{now.label()} ({quarter_label(parse_month(as_at))}) against {before.label()}"


def area_changes_chart(
    review: pd.DataFrame, indicators: pd.DataFrame, area_name: str, *, source: str
) -> Chart | None:
    """Draw how every group of crimes that makes up the total changed in an area.

    Args:
        review: Of `dashboard.analysis.review.review`; counts that are compared are drawn.
        indicators: Of `AreaView.indicators`, which says what is a part of what.
        area_name: Of the area.
        source: The line of `dashboard.words.sources`.

    Returns:
        None where nothing can be compared.
    """
    basis = _common_basis(review)
    counted = review.loc[review["change"].notna() & review["unit"].eq("count"), "indicator_id"]
    wholes = nearest_wholes(indicators["part_of"].to_dict(), set(counted))
    known = review[
        review["change"].notna()
        & review["unit"].eq("count")
        & review["indicator_id"].map(wholes).eq(ALL_CRIME)
        & review["basis"].eq(basis)
    ]
    if known.empty:
        return None
    return bars_by_type(
        known[["title", "current", "previous", "change", "percent"]],
        caption=Caption(
            title=_finding(known),
            subtitle=f"Change in recorded crimes, {area_name}, {known['current_period'].iloc[0]} "
            "against the year before",
            source=source,
            illustrative=bool(known["illustrative"].any()),
        ),
    )


def _common_basis(review: pd.DataFrame) -> str:
    compared = review.loc[review["change"].notna(), "basis"]
    return "" if compared.empty else str(compared.mode().iloc[0])


def _finding(known: pd.DataFrame) -> str:
    """Return which fell and which rose most, in number."""
    ordered = known.sort_values("change")
    low, high = ordered.iloc[0], ordered.iloc[-1]
    parts = []
    if low["change"] < 0:
        parts.append(_moved(low["title"], low["change"]))
    if high["change"] > 0:
        parts.append(_moved(high["title"], high["change"]))
    when = in_period(str(low["current_period"]))
    return f"{'; '.join(parts) or 'Nothing changed'} {when}"


def _moved(title: str, change: float) -> str:
    return f"{title} {'fell' if change < 0 else 'rose'} most, by {abs(change):,.0f}"
