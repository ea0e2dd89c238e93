"""The first screen of the Overview: targets with a reward, designated indicators, first goals."""

from __future__ import annotations

from dashboard.exhibits.headline_goals import first_of_each_goal
from dashboard.exhibits.stretch import stretch_card
from dashboard.layout import cards
from dashboard.session import Session


def top_targets(session: Session) -> None:
    """Draw the targets that carry a reward, and the designated indicators beside them."""
    targets = session.targets()
    stretch = targets[targets["kind"].eq("stretch")]
    designated = targets[targets["kind"].eq("designated")]
    cards_to_draw = [
        *(lambda row=row: _stretch(row, session) for row in stretch.to_dict("records")),
        *([lambda: cards.designated(designated)] if len(designated) else []),
    ]
    cards.side_by_side(cards_to_draw)


def _stretch(row: dict, session: Session) -> None:
    answer = session.trajectory(row["indicator_id"], row["target_id"])
    cards.stretch(stretch_card(row, answer, session.as_at))


def first_goals(session: Session) -> None:
    """Draw the goals that the plan puts first, a small chart each."""
    rows = first_of_each_goal(session.targets()).to_dict("records")
    cards.side_by_side([lambda row=row: cards.goal(row, session) for row in rows])
