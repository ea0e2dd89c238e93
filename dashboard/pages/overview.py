"""Overview: what an executive board has to know, in two minutes."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from dashboard.answers.since import changed_verdicts, largest_changes, quarter_before
from dashboard.exhibits.changes import (
    TOTAL,
    movement_lines,
    quarter_text,
    since_sentence,
    verdict_changes,
    verdicts_sentence,
)
from dashboard.exhibits.verdicts import (
    change_sentence,
    has_verdict,
    headline,
    not_on_target_sentence,
)
from dashboard.layout import cards
from dashboard.layout.links import link_to
from dashboard.layout.parts import plain, small_print
from dashboard.layout.top_targets import first_goals, top_targets
from dashboard.layout.without_targets import area_figures, promised, source_of_all
from dashboard.session import Session

LARGEST = 3
"""Changes named each way."""


def page(session: Session) -> None:
    """Draw the page: headline, stretch targets, designated indicators, goals, what changed."""
    if not session.as_at:
        promised(session)
        return
    targets = session.targets()
    changes = [session.change(TOTAL, basis) for basis in ("ytd", "rolling_year")]
    st.title(plain(headline(targets, changes)), anchor=False)
    said = [not_on_target_sentence(targets), change_sentence(changes)]
    since = _since_the_quarter_before(session) if has_verdict(targets) else None
    if since is not None:
        said.append(since_sentence(*since))
    st.markdown(" ".join(f"{plain(text)}." for text in said if text))
    if since is None:
        area_figures(session)
    if len(targets):
        top_targets(session)
        first_goals(session)
    if since is not None:
        _since(session, *since)


def _since(session: Session, changed: pd.DataFrame, largest: pd.DataFrame) -> None:
    """Say what changed since the quarter before."""
    st.subheader(verdicts_sentence(changed), anchor=False)
    cards.side_by_side(
        [
            lambda: cards.lines(
                "Verdicts", verdict_changes(changed, quarter_before(session.as_at))
            ),
            lambda: cards.lines(
                "Largest changes for the worse", movement_lines(largest, worse=True)
            ),
            lambda: cards.lines(
                "Largest changes for the better", movement_lines(largest, worse=False)
            ),
        ]
    )
    small_print(f"Changes: {quarter_text(session.as_at)}. {source_of_all(session)}.")
    link_to("quarterly_review", "The whole quarter")


def _since_the_quarter_before(session: Session) -> tuple[pd.DataFrame, pd.DataFrame]:
    earlier = replace(session, as_at=quarter_before(session.as_at))
    return (
        changed_verdicts(session.targets(), earlier.targets()),
        largest_changes(session.review(), LARGEST, percent="quarter_percent"),
    )
