"""The targets that count as top priorities, in words: how many, which, and what stands beside."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.status import TOP_KINDS
from dashboard.metrics.rounding import as_number
from dashboard.metrics.status_table import CANNOT_SAY, WORDS
from dashboard.words.levels import in_words, joined

AGREED = "laa_targets_on_track"
"""The indicator that counts a plan's stretch and designated targets; its goal is how many."""
NOUNS = {
    "stretch": ("stretch target", "stretch targets"),
    "designated": ("designated indicator", "designated indicators"),
}


def top_sentence(targets: pd.DataFrame) -> str:
    """Return what the top priorities are, and how the other targets stand.

    Such as "The plan counts 14 top priorities and names 10: two stretch targets and eight
    designated indicators. Of the plan's other targets, one is on track, two are at risk and four
    are off track."

    Args:
        targets: Of `dashboard.analysis.status.given_status`.
    """
    top = targets[targets["kind"].isin(TOP_KINDS)]
    return " ".join(text for text in (_which(targets, top), _beside(targets)) if text)


def unnamed_text(targets: pd.DataFrame) -> str:
    """Return how many top priorities a plan counts and does not name; "" where it names all.

    Such as "The plan counts 14 top priorities and names 10: two stretch targets and
    eight designated indicators".
    """
    top = targets[targets["kind"].isin(TOP_KINDS)]
    counted = count_of_top(targets)
    if counted <= len(top):
        return ""
    return f"The plan counts {in_words(counted)} top priorities and names {_number(top)}"


def count_of_top(targets: pd.DataFrame) -> int:
    """Return how many top priorities there are: those named, or more where the plan says so."""
    named_ones = int(targets["kind"].isin(TOP_KINDS).sum())
    own = targets[targets["indicator_id"].eq(AGREED) & targets["goal"].eq("minimum_count")]
    number = as_number(own["goal_number"].iloc[0]) if len(own) else None
    return named_ones if number is None else max(named_ones, int(number))


def _which(targets: pd.DataFrame, top: pd.DataFrame) -> str:
    if top.empty:
        return ""
    said = unnamed_text(targets)
    if said:
        return f"{said}."
    return f"These are {_by_kind(top)}." if top["kind"].nunique() > 1 else ""


def _beside(targets: pd.DataFrame) -> str:
    """Return how the targets that are no top priority stand; "" where no verdict can be given."""
    others = targets[~targets["kind"].isin(TOP_KINDS) & targets["status"].ne(CANNOT_SAY)]
    if others.empty or len(others) == len(targets):
        return ""
    counts = others["status"].value_counts()
    said = [
        f"{in_words(counts[word])} {'is' if counts[word] == 1 else 'are'} {word}"
        for word in WORDS
        if word in counts
    ]
    return f"Of the plan's other targets, {joined(said)}."


def _number(rows: pd.DataFrame) -> str:
    count = in_words(len(rows))
    return f"{count}: {_by_kind(rows)}" if rows["kind"].nunique() > 1 else count


def _by_kind(rows: pd.DataFrame) -> str:
    counts = rows["kind"].value_counts()
    kinds = [kind for kind in NOUNS if kind in counts]
    said = [f"{in_words(counts[kind])} {NOUNS[kind][int(counts[kind] > 1)]}" for kind in kinds]
    return joined(said)
