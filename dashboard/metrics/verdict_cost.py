"""What a target that is missed or at risk costs a meeting: reward first, designated, then the rest.

A missed target is a fact and needs no test of chance.
"""

from __future__ import annotations

import pandas as pd

from dashboard.metrics.reasons import Cost
from dashboard.metrics.status_table import AT_RISK, NOT_MET, OFF_TRACK

KIND_ORDER = {"stretch": 0, "designated": 1}
OTHER_KIND = 2
"""Every other kind is the last."""
MISSED_TIER = {0: 1, 1: 2, 2: 3}
AT_RISK_TIER, ADVERSE_TIER, LAST_TIER = 4, 5, 6
"""A target at risk; a change for the worse without such a verdict; what need not be looked at."""


def verdict_tier(word: str, kind: int, reward: float) -> tuple[int, Cost] | None:
    """Return tier and reason of a target missed or at risk; None of any other verdict.

    Tier 1 is a stretch target missed (or off track) that carries a reward, 2 other stretch and
    designated ones, 3 others, 4 any at risk.

    Args:
        word: a verdict of ``status.WORDS``.
        kind: 0 stretch, 1 designated, 2 others.
        reward: in pounds; 0 for none.
    """
    if word in {NOT_MET, OFF_TRACK}:
        tier = MISSED_TIER[kind] if kind or reward > 0 else MISSED_TIER[1]
        return tier, Cost(kind, reward, word)
    return (AT_RISK_TIER, Cost(kind, reward, word)) if word == AT_RISK else None


def kind_places(kinds: pd.Series) -> pd.Series:
    """Return the place of each kind of target: 0 stretch, 1 designated, 2 others and missing."""
    return kinds.map(KIND_ORDER).fillna(OTHER_KIND).astype(int)


def costliest(targets: pd.DataFrame) -> pd.DataFrame:
    """Return of each indicator the target whose verdict a meeting must heed first.

    By tier, then stretch before designated before others, the larger reward, and the plan's own
    order. Where none of an indicator's targets is missed or at risk, it is the first.

    Args:
        targets: indicator_id, status (a word), kind, reward_gbp (missing without one); one row a
            target in the plan's order. Other columns are kept.

    Returns:
        One row an indicator, in the order in which the plan first names them.
    """
    kind = kind_places(targets["kind"])
    reward = pd.to_numeric(targets["reward_gbp"]).astype(float).fillna(0.0)
    found = [verdict_tier(*each) for each in zip(targets["status"], kind, reward, strict=True)]
    tier = pd.Series([each[0] if each else LAST_TIER for each in found], index=targets.index)
    is_heeded = tier < LAST_TIER
    keys = pd.DataFrame(
        {
            "tier": tier,
            # Among targets that are not missed the plan's own order holds.
            "kind": kind.where(is_heeded, 0),
            "reward": (-reward).where(is_heeded, 0.0),
            "position": range(len(targets)),
        }
    )
    ordered = targets.loc[keys.sort_values(list(keys.columns)).index]
    first = ordered.drop_duplicates("indicator_id").set_index("indicator_id", drop=False)
    return first.loc[targets["indicator_id"].drop_duplicates()].reset_index(drop=True)
