"""Work that runs aside: its progress while it is waited for, and why it was refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from dashboard.intake.background_work import Work
from dashboard.intake.loading import BuildIsRunningError, InputError, problems_of
from dashboard.ui.parts import plain
from dashboard.ui.reading_table import show_reading_table
from dashboard.words.loading import problems_table, progress_text

T = TypeVar("T")

#: How often the bar moves.
SECONDS = 0.2


@dataclass(frozen=True)
class Refusal:
    """What is said of work that was not done.

    Attributes:
        busy: Of one that somebody else's build was in the way of; who, and what to do, stand
            within.
        why: Above the problems of one that was refused.
        caption: Of the table of those problems.
        unwritten: Of one whose files could not be written, before the reason; "" where that is a
            fault of the app.
    """

    busy: str
    why: str
    caption: str
    unwritten: str = ""


def settled(work: Work[T], refusal: Refusal) -> T | None:
    """Return what came of work, with a bar until it is done; None, once said, if it was refused."""
    try:
        return finished(work)
    except BuildIsRunningError as error:
        (problem,) = error.problems
        reason = f"{problem.rule}. {problem.what_to_do.capitalize()}"
        st.warning(plain(refusal.busy.format(reason=reason)), icon=":material/hourglass_top:")
    except InputError as error:
        st.error(refusal.why, icon=":material/error:")
        show_reading_table(problems_table(problems_of(error)), caption=refusal.caption)
    except OSError as error:
        if not refusal.unwritten:
            raise
        st.error(plain(f"{refusal.unwritten} ({error})."), icon=":material/error:")
    return None


def finished(work: Work[T]) -> T:
    """Return what came of work, with a bar until it is done; or raise what it raised."""
    bar = st.empty()
    while not work.is_done_within(SECONDS):
        bar.progress(work.share, text=plain(progress_text(work.step)))
    bar.empty()
    return work.result()
