"""What a meeting must look at: the order, the reason, and what has gone quiet.

A missed target is a fact and needs no test. A change for the worse is an exception only when it
stays one with the false discovery rate controlled over everything looked at together.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dashboard.metrics.change import PERCENT
from dashboard.metrics.false_discovery import (
    BENJAMINI_HOCHBERG,
    adjusted_p_values,
    are_discoveries,
)
from dashboard.metrics.percent import percent_change, withhold_small_base
from dashboard.metrics.polarity import shortfall
from dashboard.metrics.reasons import NO_REASON, Because, Changed, Reason, Worse, because
from dashboard.metrics.rounding import as_whole_number
from dashboard.metrics.status_table import CANNOT_SAY
from dashboard.metrics.verdict_cost import ADVERSE_TIER, LAST_TIER, kind_places, verdict_tier

LARGE_CHANGE_PERCENT = 10.0
"""Our convention, for what no test of chance can be made of: 10% or more in the bad direction."""
SIGNIFICANT_ALONE = 0.05
"""The level at which a single test is called significant when nobody counts the others."""


def order_for_meeting(rows: pd.DataFrame) -> pd.DataFrame:
    """Order rows by what needs a decision first, each with the reason.

    Tiers: 1 missed or off track, stretch target with reward; 2 the same, other stretch and
    designated; 3 the same, others; 4 at risk; 5 a change for the worse without such a verdict that
    is an exception; 6 the rest. Within a tier: stretch before designated before others, then
    larger reward, larger change for the worse, id.

    A change for the worse is an exception when its p-value, adjusted over all rows, is at most
    `FALSE_DISCOVERY_RATE`; where a row has no p-value (a stock, a percentage, a survey), when it is
    `LARGE_CHANGE_PERCENT` or more. Never where a note says that the figures are unreliable: such
    a row is not tested, and does not count among the tests.

    Args:
        rows: indicator_id, word (a verdict of ``status.WORDS``), kind (stretch, designated, plan,
            aim or missing), reward_gbp (missing without reward), percent (change; missing when
            withheld), lower_is_better; optionally is_unreliable, p_value (two-sided; missing where
            there is no test), change (in number, for the direction where percent is withheld) and,
            for percentages, unit and previous: from 20% to 23% is 15% more, 3 points; and
            previous_survey, the year of the survey that it is held against, missing for none. Other
            columns are kept. All rows together are one family of tests.

    Returns:
        The rows in order, with tier (1 to 6), needs_attention (tier under 6), why, p_value,
        p_adjusted, is_discovery (a change either way that is more than chance) and tests_together
        (how many tests the family has).

    Raises:
        ValueError: a p-value is outside 0 to 1.
    """
    found = _with_discoveries(rows)
    costs = _costs(found)
    reasons = [
        verdict_tier(row["word"], cost["kind"], cost["reward"])
        or _change_reason(row, cost["adverse"])
        for row, cost in zip(found.to_dict("records"), costs.to_dict("records"), strict=True)
    ]
    found = found.assign(tier=[tier for tier, _ in reasons], why=[why for _, why in reasons])
    found["needs_attention"] = found["tier"] < LAST_TIER
    order = _order(found, costs)
    return found.drop(columns="_worse_by").loc[order].reset_index(drop=True)


def exceptions_among(changes: pd.DataFrame, *, method: str = BENJAMINI_HOCHBERG) -> pd.DataFrame:
    """Return which changes of many indicators and areas are exceptions, the costliest first.

    Args:
        changes: current, previous, p_value (two-sided; missing where there is none) and
            lower_is_better; other columns are kept. All rows are one family of tests.
        method: "bh" or "by"; see ``false_discovery``.

    Returns:
        The rows with worse_by (in number), percent (missing from a small base), p_adjusted, why
        (a named reason), is_alone (for the
        worse, and significant at 5% were it the only test), is_exception (for the worse, and still
        so with the false discovery rate controlled); exceptions first, each group by worse_by.

    Raises:
        ValueError: a p-value outside 0 to 1, or unknown method.
    """
    p = changes["p_value"].to_numpy(dtype=float)
    is_real = are_discoveries(p, method=method)
    worse_by = _worse_by(
        changes["current"].to_numpy(dtype=float) - changes["previous"].to_numpy(dtype=float),
        changes["lower_is_better"].to_numpy(dtype=bool),
    )
    percent = withhold_small_base(
        percent_change(changes["current"], changes["previous"]), changes["previous"]
    )
    found = changes.assign(
        worse_by=worse_by,
        percent=percent,
        p_adjusted=adjusted_p_values(p, method),
        is_alone=(worse_by > 0) & (p <= SIGNIFICANT_ALONE),
        is_exception=(worse_by > 0) & is_real,
    )
    found["why"] = [
        because(Because.NOT_COMPARED) if np.isnan(worse) else Changed(worse, share, not real)
        for worse, share, real in zip(worse_by, percent, is_real, strict=True)
    ]
    order = ["is_exception", "is_alone", "worse_by"]
    return found.sort_values(order, ascending=False, kind="stable", ignore_index=True)


def gone_quiet(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return what a meeting had to look at last time and need not now.

    Args:
        now: as :func:`order_for_meeting` gives, of this meeting.
        before: the same, of the meeting before.

    Returns:
        The rows of ``now`` that needed attention then and do not now, with why_before; in the
        order of the meeting before. What is no longer listed at all is not quiet, and left out.
    """
    then = before.loc[before["needs_attention"].astype(bool), ["indicator_id", "why"]]
    still = now[~now["needs_attention"].astype(bool)]
    return then.rename(columns={"why": "why_before"}).merge(still, on="indicator_id")


def newly_raised(now: pd.DataFrame, before: pd.DataFrame) -> list[str]:
    """Return the ids that need attention now and did not, or were not listed, last time."""
    then = set(before.loc[before["needs_attention"].astype(bool), "indicator_id"])
    raised = now.loc[now["needs_attention"].astype(bool), "indicator_id"]
    return [each for each in raised if each not in then]


def _costs(rows: pd.DataFrame) -> pd.DataFrame:
    """Return what a miss of each row costs: kind (its place), reward, adverse (percent worse)."""
    return pd.DataFrame(
        {
            "kind": kind_places(rows["kind"]),
            "reward": pd.to_numeric(rows["reward_gbp"]).astype(float).fillna(0.0),
            "adverse": _change_for_the_worse(_with_percents(rows), "percent"),
        }
    )


def _with_percents(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the percent change of percentages too, which are shown in points."""
    if not {"unit", "change", "previous"}.issubset(rows.columns):
        return rows
    change, base, percent = (
        pd.to_numeric(rows[name]).astype(float) for name in ("change", "previous", "percent")
    )
    of_itself = percent_change(base + change, base)
    return rows.assign(percent=percent.mask(rows["unit"].eq(PERCENT), of_itself))


def _order(found: pd.DataFrame, costs: pd.DataFrame) -> pd.Index:
    """Return the labels of the rows by tier and, within one, by what they cost."""
    keys = pd.DataFrame(
        {
            "tier": found["tier"],
            "kind": costs["kind"],
            "reward": -costs["reward"],
            "adverse": -costs["adverse"].fillna(float("-inf")),
            "indicator_id": found["indicator_id"],
        }
    )
    return keys.sort_values(list(keys.columns)).index


def _with_discoveries(rows: pd.DataFrame) -> pd.DataFrame:
    empty = pd.Series(np.nan, index=rows.index, dtype=float)
    unreliable = rows.get("is_unreliable", pd.Series(False, index=rows.index)).astype(bool)
    p = pd.to_numeric(rows.get("p_value", empty)).astype(float).mask(unreliable)
    column = "change" if "change" in rows else "percent"
    return rows.assign(
        p_value=p,
        p_adjusted=adjusted_p_values(p.to_numpy()),
        is_discovery=are_discoveries(p.to_numpy()),
        tests_together=int(p.notna().sum()),
        _worse_by=_change_for_the_worse(rows, column),
    )


def _change_for_the_worse(rows: pd.DataFrame, column: str) -> pd.Series:
    unreliable = rows.get("is_unreliable", pd.Series(False, index=rows.index)).astype(bool)
    change = pd.to_numeric(rows[column]).astype(float).mask(unreliable)
    worse = _worse_by(change.to_numpy(), rows["lower_is_better"].to_numpy(dtype=bool))
    return pd.Series(worse, index=rows.index, dtype=float)


def _worse_by(change: NDArray, lower_is_better: NDArray) -> NDArray:
    """Return changes so that positive is worse, each by its own polarity."""
    either = (shortfall(change, 0.0, lower_is_better=lower) for lower in (True, False))
    return np.where(lower_is_better, *either)


def _change_reason(row: dict, adverse: float) -> tuple[int, Reason]:
    """Return tier and reason of what has no such verdict: by chance, or by size without a test."""
    is_tested, is_large = not np.isnan(row["p_value"]), adverse >= LARGE_CHANGE_PERCENT
    is_exception = (is_large and not is_tested) or row["is_discovery"]
    if is_large or (is_exception and row["_worse_by"] > 0):
        # What is of no survey is held against the same months of the year before.
        survey = as_whole_number(row.get("previous_survey"))
        unit = str(row.get("unit", ""))
        why = Worse(adverse, row["_worse_by"], unit, survey, by_chance=not is_exception)
        return ADVERSE_TIER if is_exception else LAST_TIER, why
    if row["word"] == CANNOT_SAY:
        return LAST_TIER, because(Because.NO_VERDICT)
    return LAST_TIER, NO_REASON
