"""Targets or actions of a plan of one's own, changed in a table; with who changed what."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from dashboard.analysis.actions import priority_titles
from dashboard.analysis.area_view import AreaView
from dashboard.analysis.rows import Indicator, rows_of
from dashboard.intake.background_work import Work
from dashboard.intake.plan_edits import (
    ChangedMeanwhileError,
    InputError,
    OpenTable,
    Part,
    PlanEdits,
    Problem,
    SavedEdits,
    is_own_plan,
    open_table,
    rebase_edits,
    save_edits,
    wrong_with,
)
from dashboard.store.builds import data_dir, take_up_published
from dashboard.ui.first_steps import offer_plan_workbook
from dashboard.ui.grid import edit_grid
from dashboard.ui.parts import plain, small_print
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.waiting import Refusal, finished, settled
from dashboard.ui.writer import ask_name
from dashboard.words import plan_changes as words
from dashboard.words.plan_table import Column, columns_of, edits_in, table_of, with_goal_in_words

NOT_SAVED = Refusal(
    busy="Not saved: {reason}. Your changes are still in the table.",
    why="Nothing was saved; your changes are still in the table. Why:",
    caption="Why nothing was saved",
    unwritten="Nothing was saved: the plan's file could not be written",
)
MEANWHILE = "Somebody changed rows that you changed too. Nothing is saved or lost yet:"
WRONG = "Nothing is saved yet. What is wrong:"
LABELS: dict[Part, str] = {"targets": "Edit targets", "actions": "Edit actions"}
SHOWN = 20
"""Lines of the history under the table."""
COPY = "This plan comes with the product. To edit it, take a copy and load it under another id:"


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


@redrawn_alone
def plan_editor(view: AreaView, part: Part) -> None:
    """Offer to edit a table of the plan; what is done in it redraws it alone."""
    if not view.plan_id:
        return
    box = st.expander(LABELS[part], key=f"edit_{part}", on_change="rerun")
    if not box.open:
        return
    with box:
        if not is_own_plan(data_dir(), view.plan_id):
            _offer_copy(view.plan_id, part)
            return
        try:
            _editor(view, part)
        except InputError as error:
            st.error("The plan's files cannot be read:", icon=":material/error:")
            show_reading_table(words.wrong_table(error.problems, part), caption="What is wrong")


def _offer_copy(plan: str, part: Part) -> None:
    st.markdown(COPY)
    st.code(f"safecity template plan --of {plan}", language=None)
    offer_plan_workbook(plan, "The plan as a workbook", place=part)


def _editor(view: AreaView, part: Part) -> None:
    every = rows_of(view.warehouse.cached_frame("indicators"), Indicator)
    titles = {each.indicator_id: each.title for each in every}
    saving = Saving(view.plan_id, part)
    opened, columns = _opened(view, saving, titles)
    key = saving.editor_key()
    alt = f"{part.capitalize()} of the plan, to edit"
    state = edit_grid(table_of(columns, opened.rows), _configured(columns), key=key, alt=alt)
    rows, problems = edits_in(state, part, columns, opened.rows), list[Problem]()
    if part == "targets":
        rows, problems = with_goal_in_words(rows, {each.indicator_id: each for each in every})
    name = ask_name(f"edit_{part}_by").strip()
    edits = PlanEdits(view.plan_id, part, rows, name, len(opened.history))
    if st.button("Save changes", key=f"save_{part}", type="primary", icon=":material/save:",
                 disabled=not rows):  # fmt: skip
        ask_to_save(saving, edits, [*problems, *wrong_with(data_dir(), edits)])
    show_outcome(saving, edits, titles)
    history = words.history_table(opened.history, part, opened.rows, titles)
    show_reading_table(history.head(SHOWN), caption=f"Who changed {part}, and when")
    if len(history) > SHOWN:
        small_print(f"The last {SHOWN} of {len(history)}: the plan's history.csv has them all.")


def _opened(
    view: AreaView, saving: Saving, titles: Mapping[str, str]
) -> tuple[OpenTable, tuple[Column, ...]]:
    """Return the table as it was when the first change was made; as it is now before that."""
    kept = saving.key("opened")
    if kept not in st.session_state or not any(
        st.session_state.get(saving.editor_key(), {}).values()
    ):
        opened = open_table(data_dir(), saving.plan, saving.part)
        columns = columns_of(saving.part, opened.rows, titles, priority_titles(view))
        st.session_state[kept] = opened, columns
    return st.session_state[kept]


def _configured(columns: Sequence[Column]) -> dict[str, Any]:
    """Return the columns in Streamlit's terms."""
    return {each.name: _configured_one(each, is_first=each is columns[0]) for each in columns}


def _configured_one(column: Column, *, is_first: bool) -> Any:  # noqa: ANN401 - Streamlit's own type
    kinds = st.column_config
    match column.kind:
        case "number":
            return kinds.NumberColumn(column.heading, format="plain", width="small")
        case "day":
            return kinds.DateColumn(column.heading, format="DD/MM/YYYY")
        case "choice":
            return kinds.SelectboxColumn(
                column.heading, options=list(column.options), default=column.default,
                format_func=lambda known: column.options[str(known)], pinned=is_first,
            )  # fmt: skip
        case "several":
            return kinds.MultiselectColumn(
                column.heading, options=list(column.options),
                format_func=column.options.__getitem__,
            )  # fmt: skip
    return kinds.TextColumn(column.heading, pinned=is_first)
