"""Which indicators are worth reporting, in words."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.rows import records_of
from dashboard.analysis.worth_reporting import WorthAnswer
from dashboard.words.levels import capital, in_words
from dashboard.words.reasons import reason_in_words

_MOVES = {True: "more than chance", False: "no more than chance"}


def worth_title(answer: WorthAnswer) -> str:
    """Return the finding in one sentence."""
    if answer.indicators.empty:
        return f"{answer.area_name} has no figures to choose among"
    moving = int(answer.indicators["moves"].eq(True).sum())
    have = "has" if moving == 1 else "have"
    number = capital(in_words(moving))
    return (
        f"{number} of {len(answer.indicators)} indicators {have} moved by more than chance "
        "from year to year"
    )


def worth_lines(answer: WorthAnswer) -> list[str]:
    """Return what a smaller set would lose, a sentence each."""
    smaller = answer.smaller
    targets = int((smaller["target_weight"] > 0).sum())
    bare = int(smaller["leaves_priority_bare"].sum())
    repeated = int(smaller["said_by"].ne("").sum())
    unclear = int(answer.indicators["moves"].isna().sum())
    return [
        f"A set a quarter smaller leaves out {len(smaller)} of {len(answer.indicators)}.",
        f"Of these, {_number(targets, 'indicator')} {'has' if targets == 1 else 'have'} a target "
        f"that counts. The rest of the set still covers every priority"
        + (f" but {_number(bare, 'priority', 'priorities')}." if bare else "."),
        f"Of those left out, {_number(repeated, 'indicator')} moved at least in part with one "
        "that is kept.",
        f"Of {_number(unclear, 'indicator')} nothing can be said: fewer than two whole years, or "
        "a figure only once a year.",
        "The order in which indicators would go is a reading aid: a partnership may keep one "
        "because the public asks for it.",
    ]


def worth_table(answer: WorthAnswer) -> pd.DataFrame:
    """Return every indicator as texts: those that would go first, in that order, then the rest."""
    titles = answer.indicators.set_index("indicator_id")["title"].to_dict()
    order = {name: place for place, name in enumerate(answer.smaller["indicator_id"])}
    places = answer.indicators["indicator_id"].map(order)
    rows = answer.indicators.assign(place=places).sort_values("place", kind="stable")
    return pd.DataFrame(
        [
            {
                "Indicator": each.title,
                "Left out, in order": "" if pd.isna(each.place) else str(int(each.place) + 1),
                "Moves": _MOVES.get(each.moves, f"cannot say: {reason_in_words(each.not_said)}"),
                "Data": _data(each.quality, each.held, each.data_notes),
                "Target": each.kind or "none",
                "Owner": each.owner or "not given",
                "Says the same": _titles(each.same_as, titles) or "none",
            }
            for each in records_of(rows)
        ]
    )


def _titles(ids: str, titles: dict[str, str]) -> str:
    return ", ".join(titles.get(each, each) for each in ids.split(";") if each)


def _data(quality: str, held: int, notes: str) -> str:
    reasons = [*([f"{held} held as suspected gaps"] if held else []), *([notes] if notes else [])]
    return ": ".join(filter(None, (quality, "; ".join(reasons))))


def _number(count: int, one: str, several: str = "") -> str:
    words = "no" if count == 0 else in_words(count)
    return f"{words} {one if count == 1 else several or one + 's'}"
