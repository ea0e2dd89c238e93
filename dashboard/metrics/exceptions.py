"""The order in which a meeting reads its indicators: what needs a decision first.

An ordering only. It makes no claim that a change is more than chance; controlling the false
discovery rate over many indicators is a separate step.
"""

from __future__ import annotations

import pandas as pd

from dashboard.metrics.polarity import shortfall
from dashboard.metrics.rounding import in_words_number
from dashboard.metrics.status import AT_RISK, CANNOT_SAY, NOT_MET, OFF_TRACK

LARGE_CHANGE_PERCENT = 10.0
"""Our convention: a change of 10% or more in the bad direction is worth a meeting's time."""
LAST_TIER = 6
_KIND_ORDER = {"stretch": 0, "designated": 1}
_OTHER_KIND = 2
_MISSED_TIER = {0: 1, 1: 2, 2: 3}
_AT_RISK_TIER, _ADVERSE_TIER = 4, 5


def order_for_meeting(
    rows: pd.DataFrame, large_change_percent: float = LARGE_CHANGE_PERCENT
) -> pd.DataFrame:
    """Order rows by what needs a decision first, each with the reason in words.

    Tiers: 1 missed or off track, stretch target with reward; 2 the same, other stretch and
    designated; 3 the same, others; 4 at risk; 5 a large change for the worse without such a
    verdict, unless a note says that the figures are unreliable; 6 the rest. Within a tier: stretch
    before designated before others, then larger reward, larger change for the worse, id.

    Args:
        rows: indicator_id, word (a verdict of ``status.WORDS``), kind (stretch, designated, plan,
            aim or missing), reward_gbp (missing without reward), percent (change; missing when
            withheld), lower_is_better; optionally is_unreliable. Other columns are kept.
        large_change_percent: the size of change that counts as large, in percent.

    Returns:
        The rows in order, with tier (1 to 6), needs_attention (tier under 6) and why.

    Raises:
        ValueError: the size is not above zero.
    """
    if large_change_percent <= 0:
        raise ValueError(f"a large change is above zero percent, not {large_change_percent}")
    ordered = rows.copy()
    kind = ordered["kind"].map(_KIND_ORDER).fillna(_OTHER_KIND).astype(int)
    reward = pd.to_numeric(ordered["reward_gbp"]).astype(float).fillna(0.0)
    adverse = _change_for_the_worse(ordered)
    found = [
        _tier_and_why(*row, large_change_percent)
        for row in zip(ordered["word"], kind, reward, adverse, strict=True)
    ]
    ordered["tier"] = [tier for tier, _ in found]
    ordered["why"] = [why for _, why in found]
    ordered["needs_attention"] = ordered["tier"] < LAST_TIER
    keys = pd.DataFrame(
        {
            "tier": ordered["tier"],
            "kind": kind,
            "reward": -reward,
            "adverse": -adverse.fillna(float("-inf")),
            "indicator_id": ordered["indicator_id"],
        }
    )
    return ordered.loc[keys.sort_values(list(keys.columns)).index].reset_index(drop=True)


def _change_for_the_worse(rows: pd.DataFrame) -> pd.Series:
    lower = rows["lower_is_better"].astype(bool)
    unreliable = rows.get("is_unreliable", pd.Series(False, index=rows.index)).astype(bool)
    percent = pd.to_numeric(rows["percent"]).astype(float).mask(unreliable)
    worse = [float(shortfall(p, 0.0, low)) for p, low in zip(percent, lower, strict=True)]
    return pd.Series(worse, index=rows.index, dtype=float)


def _tier_and_why(
    word: str, kind: int, reward: float, adverse: float, large: float
) -> tuple[int, str]:
    names = ("stretch target", "designated indicator", "target")
    carrying = f" carrying £{in_words_number(reward)}" if reward > 0 else ""
    if word in {NOT_MET, OFF_TRACK}:
        tier = _MISSED_TIER[kind] if kind or reward > 0 else _MISSED_TIER[1]
        return tier, f"{names[kind]}{carrying} {word}"
    if word == AT_RISK:
        return _AT_RISK_TIER, f"{names[kind]}{carrying} at risk"
    if adverse >= large:
        return _ADVERSE_TIER, f"{in_words_number(adverse)}% worse than a year before"
    return LAST_TIER, "verdict cannot be given" if word == CANNOT_SAY else ""
