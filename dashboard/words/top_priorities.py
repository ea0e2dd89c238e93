"""The targets that count as top priorities, in words: how many, which, and what stands beside."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.rows import Verdict, rows_of
from dashboard.analysis.status import TOP_KINDS
from dashboard.metrics.rounding import as_number
from dashboard.metrics.status_table import CANNOT_SAY, WORDS
from dashboard.words.levels import capital, in_words, joined
from dashboard.words.on_target import Tally
from dashboard.words.target_words import IN_DOUBT, is_open_either_way
from dashboard.words.verdict import chance_in_words

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


def goals_given(rows: pd.DataFrame, of: int, kind: str, *, counted_only: bool = False) -> str:
    """Return how many goals of some targets the plan gives, and how those stand.

    Such as "One of the 14 top-priority goals is given in the plan, and it is off track".

    Args:
        rows: Of `dashboard.analysis.status.given_status`.
        of: How many the plan counts.
        kind: What they are: "top-priority".
        counted_only: Without how they stand, where that is said beside it.
    """
    given = rows[rows["goal"].ne("not_given")]
    count = capital(in_words(len(given))) if len(given) else "None"
    are = "are" if len(given) > 1 else "is"
    said = f"{count} of the {in_words(of)} {kind} goals {are} given in the plan"
    return said if counted_only else f"{said}{_how_given_stand(given)}"


def _how_given_stand(given: pd.DataFrame) -> str:
    tally = Tally.of_targets(given)
    if not tally.of:
        return ""
    if tally.not_said == tally.of:
        return f", and no verdict can be given on {'it' if tally.of == 1 else 'them'}"
    if tally.of == 1:
        return f", and it is {given['status'].iloc[0]}"
    count = in_words(tally.on_target) if tally.on_target else "none"
    return f", and {count} of them {'is' if tally.on_target == 1 else 'are'} on target"


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


def in_doubt_text(targets: pd.DataFrame) -> str:
    """Return which targets are on their path and yet not likely to be met; "" where none is.

    Such as "On the path, but in doubt: NI 20 (51% chance) and NI 111 (56% chance)".
    """
    names = [
        f"{each.national_indicator or each.title} ({chance_in_words(each.probability)} chance)"
        for each in rows_of(targets, Verdict)
        if is_open_either_way(each)
    ]
    return f"On the path, but {IN_DOUBT}: {joined(names)}" if names else ""


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
