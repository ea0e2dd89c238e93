"""Edits of a plan being saved: what is asked first, what runs aside, and how it ended."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.intake.background_work import Work
from dashboard.intake.plan_edits import (
    ChangedMeanwhileError,
    InputError,
    Part,
    PlanEdits,
    Problem,
    SavedEdits,
    rebase_edits,
    save_edits,
)
from dashboard.store.builds import data_dir, take_up_published
from dashboard.ui.parts import plain
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.waiting import Refusal, finished, settled
from dashboard.words import plan_changes as words

NOT_SAVED = Refusal(
    busy="Not saved: {reason}. Your changes are still in the table.",
    why="Nothing was saved; your changes are still in the table. Why:",
    caption="Why nothing was saved",
    unwritten="Nothing was saved: the plan's file could not be written",
)
MEANWHILE = "Somebody changed rows that you changed too. Nothing is saved or lost yet:"
WRONG = "Nothing is saved yet. What is wrong:"


@dataclass(frozen=True)
class Saving:
    """What a visit keeps of a table that is edited.

    Attributes:
        plan: The id of the plan.
        part: The table.
    """

    plan: str
    part: Part

    def key(self, what: str) -> str:
        """Return the key of something that is kept."""
        return f"plan_edit_{what}_{self.part}_{self.plan}"

    def editor_key(self) -> str:
        """Return the key of the table; another one once changes are saved, so that it is fresh."""
        return self.key(f"table{st.session_state.get(self.key('round'), 0)}")

    def begin_anew(self) -> None:
        """Forget what was changed."""
        st.session_state[self.key("round")] = st.session_state.get(self.key("round"), 0) + 1
        self.forget("wrong", "asked", "meanwhile")

    def forget(self, *what: str) -> None:
        """Forget what was said."""
        for each in what:
            st.session_state.pop(self.key(each), None)


def ask_to_save(saving: Saving, edits: PlanEdits, problems: Sequence[Problem]) -> None:
    """Save edits, unless something is wrong with them, or rows go, which is asked about once."""
    saving.forget("wrong", "asked", "meanwhile", "saved")
    if problems:
        st.session_state[saving.key("wrong")] = problems
    elif any(each.after is None for each in edits.rows):
        st.session_state[saving.key("asked")] = edits
    else:
        _begin(saving, edits)


def show_outcome(saving: Saving, edits: PlanEdits, titles: Mapping[str, str]) -> None:
    """Wait for edits that are being saved, and say how that ended, or what is asked before.

    Args:
        saving: Of which table.
        edits: What is changed in it now.
        titles: Names of indicators by id.
    """
    kept = st.session_state
    if (work := kept.get(saving.key("work"))) is not None:
        _settle(saving, work)
    if problems := kept.get(saving.key("wrong")):
        st.error(WRONG, icon=":material/error:")
        _problems(saving, problems)
    if kept.get(saving.key("asked")) == edits:
        removed = [each for each in edits.rows if each.after is None]
        question = words.removed_question(saving.part, removed, titles)
        st.warning(plain(question), icon=":material/delete:")
        st.button("Take out and save", key=f"take_out_{saving.part}", icon=":material/delete:",
                  on_click=_begin, args=(saving, edits))  # fmt: skip
    if found := kept.get(saving.key("meanwhile")):
        _ask_whose(saving, *found)
    if (saved := kept.get(saving.key("saved"))) and not edits.rows:
        _saved(saving, saved)


def _begin(saving: Saving, edits: PlanEdits) -> None:
    saving.forget("asked", "meanwhile")
    if saving.key("work") not in st.session_state:
        work = Work(functools.partial(save_edits, data_dir(), edits))
        st.session_state[saving.key("work")] = work
        st.session_state[saving.key("edits")] = edits


def _settle(saving: Saving, work: Work[SavedEdits]) -> None:
    saved = None
    try:
        saved = finished(work)
    except ChangedMeanwhileError as error:
        edits = st.session_state[saving.key("edits")]
        st.session_state[saving.key("meanwhile")] = (edits, error.problems)
    except (InputError, OSError):
        settled(work, NOT_SAVED)
    saving.forget("work", "edits")
    if saved is not None:
        st.session_state[saving.key("saved")] = saved
        saving.begin_anew()
        take_up_published()
        st.rerun()


def _problems(saving: Saving, problems: Sequence[Problem]) -> None:
    show_reading_table(words.wrong_table(problems, saving.part), caption="What is wrong")


def _ask_whose(saving: Saving, edits: PlanEdits, problems: Sequence[Problem]) -> None:
    """Say what others changed of the same rows, and ask whose changes are to stand."""
    st.warning(MEANWHILE, icon=":material/call_split:")
    show_reading_table(
        words.meanwhile_table(edits, problems), caption="What others changed meanwhile"
    )
    with st.container(horizontal=True):
        for label, keep in (("Save mine over theirs", True), ("Leave those rows to them", False)):
            st.button(label, key=f"whose_{saving.part}_{keep}", on_click=_resolve,
                      args=(saving, edits, keep))  # fmt: skip


def _resolve(saving: Saving, edits: PlanEdits, keep: bool) -> None:
    saving.forget("meanwhile")
    try:
        mine = rebase_edits(data_dir(), edits, keep=keep)
    except InputError as error:
        st.session_state[saving.key("wrong")] = error.problems
        return
    if mine.rows:
        _begin(saving, mine)
    else:
        saving.begin_anew()


def _saved(saving: Saving, saved: SavedEdits) -> None:
    st.success(plain(words.saved_sentence(saving.part, saved)), icon=":material/check_circle:")
    if meanwhile := words.meanwhile_sentence(saved):
        st.info(plain(meanwhile), icon=":material/group:")
