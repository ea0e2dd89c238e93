"""Targets or actions of a plan of one's own, changed in a table; with who changed what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboard.analysis.actions import priority_titles
from dashboard.analysis.area_view import AreaView
from dashboard.analysis.rows import Indicator, rows_of
from dashboard.intake.plan_edits import (
    InputError,
    OpenTable,
    Part,
    PlanEdits,
    Problem,
    is_own_plan,
    open_table,
    wrong_with,
)
from dashboard.store.builds import data_dir
from dashboard.ui.first_steps import offer_plan_workbook
from dashboard.ui.grid import edit_grid
from dashboard.ui.parts import small_print
from dashboard.ui.plan_saving import Saving, ask_to_save, show_outcome
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.redrawn import redrawn_alone
from dashboard.ui.writer import ask_name
from dashboard.words import plan_changes as words
from dashboard.words.plan_table import Column, columns_of, edits_in, table_of, with_goal_in_words

LABELS: dict[Part, str] = {"targets": "Edit targets", "actions": "Edit actions"}
SHOWN = 20
"""Lines of the history under the table."""
COPY = "This plan comes with the product. To edit it, take a copy and load it under another id:"


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
