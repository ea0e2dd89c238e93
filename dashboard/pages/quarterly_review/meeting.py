"""The meeting: its agenda under the scorecard, the form of an item, minutes, and who to chase."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.metrics.periods import month_label, parse_month, quarter_label
from dashboard.pages.quarterly_review.agenda import Item, agenda_of
from dashboard.pages.quarterly_review.chase import chase_table
from dashboard.pages.quarterly_review.minutes import (
    COLUMNS,
    agenda_rows,
    minutes_file,
    minutes_table,
)
from dashboard.pages.quarterly_review.sheet import meeting_sheet
from dashboard.store.agenda import (
    CLOSED,
    LONGEST_DECISION,
    LONGEST_SUBJECT,
    OFF,
    OPEN,
    AgendaEntry,
    Agendas,
)
from dashboard.store.builds import data_dir
from dashboard.store.commentary import Commentary
from dashboard.store.partner_records import LONGEST_NAME, RecordError
from dashboard.ui.action_state import recorded
from dashboard.ui.choices import choose_view
from dashboard.ui.downloads import ILLUSTRATIVE, download, file_stem
from dashboard.ui.parts import plain, small_print
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.scorecard import Column, Row, framed, markup, show_scorecard, text
from dashboard.ui.selection import Choice
from dashboard.ui.writer import ask_name, remember_name

ITEM = "item"
"""The parameter of the address that holds an item in words of its own."""
REFUSED, OWN = "agenda_refused", "own"
"""The key of what was refused, before the form it was written in."""
FIELD_HEIGHT = 80
"""Pixels of a field that a decision is written in."""


def quarter_of(view: AreaView) -> str:
    """Return the quarter of the meeting."""
    return quarter_label(parse_month(view.as_at_text))


def agenda(view: AreaView) -> list[Item]:
    """Return the quarter's agenda; where it cannot be read, say so and give the exceptions."""
    sheet = meeting_sheet(view)
    titles = {known: said.title for known, said in sheet.said.items()}
    try:
        entries = Agendas.of(data_dir()).of_area(view.area_code)
    except RecordError as error:
        st.error(plain(str(error)), icon=":material/error:")
        entries = []
    return agenda_of(quarter_of(view), sheet.exceptions, entries, titles)


def meeting(view: AreaView, items: list[Item], chosen: str, choose: Callable[[str], None]) -> None:
    """Draw the agenda, the minutes, or who is to be chased.

    Args:
        view: The answers.
        items: Of `agenda`.
        chosen: The subject that is shown beside it.
        choose: Told which item a reader chooses.
    """
    with st.container(key="not_printed_meeting"):
        st.header("The meeting", anchor=False)
    names = {"agenda": f"Agenda {len(items)}", "minutes": "Minutes", "chase": "To chase"}
    part = choose_view("Of the meeting", "meeting", Choice("part", names, "agenda"))
    if part == "agenda":
        with st.container(key="not_printed_agenda"):
            if items:
                show_scorecard(
                    COLUMNS, agenda_rows(items), caption=f"Agenda of {quarter_of(view)}",
                    key="agenda", chosen=chosen, choose=choose, panel="panel", first="Item",
                )  # fmt: skip
            else:
                st.markdown("Nothing is on the agenda yet.")
            _add_item(view)
    elif part == "minutes":
        with st.container(key="not_printed_minutes"):
            show_minutes(view, items)
            _minutes_file(view, items)
    else:
        _show_chase(view)


def _show_chase(view: AreaView) -> None:
    chase = _chase(view)
    columns = [Column(name) for name in chase.columns[1:]]
    rows = [Row(row[0], row[0], [text(cell) for cell in row[1:]]) for row in chase.to_numpy()]
    table = markup(columns, rows, caption="Who is to be chased for what", first="Who")
    st.html(framed(table))
    download(chase, name=f"chase_{view.as_at_text}", illustrative=view.is_illustrative)


def show_minutes(view: AreaView, items: list[Item]) -> None:
    """Draw the minutes."""
    st.markdown(f"**{plain(_title(view))}**")
    show_reading_table(minutes_table(items), caption=_title(view))


def _minutes_file(view: AreaView, items: list[Item]) -> None:
    """Offer the minutes as a file."""
    said = [f"Figures to {month_label(parse_month(view.as_at_text))}."]
    said += [f"{ILLUSTRATIVE}."] if view.is_illustrative else []
    name = file_stem(f"minutes_{view.as_at_text}", illustrative=view.is_illustrative)
    st.download_button(
        "Minutes as a file", minutes_file(_title(view), said, items), f"{name}.html", "text/html",
        key="minutes_file", icon=":material/download:", on_click="ignore", type="tertiary",
    )  # fmt: skip


def _title(view: AreaView) -> str:
    return f"{quarter_of(view)}: minutes of {view.area_name}"


def decision(view: AreaView, subject: str, items: list[Item]) -> None:
    """Draw the form of one item: its number, what is asked and decided, by whom and when."""
    found = next((each for each in items if each.subject == subject), None)
    if found is None:
        st.markdown("It is not on the agenda.")
        _add_form(view, subject)
        return
    latest = found.latest
    key = f"agenda_{view.area_code}_{latest.quarter}_{latest.entry_id}_{subject}"
    if found.is_carried:
        small_print(f"Carried forward from {found.since}.")
    with st.form(key, border=False):
        number, owner, due = st.columns([1, 2, 2])
        number.number_input("Number", 1, len(items), found.number, key=f"{key}_place")
        owner.text_input("Owner", latest.owner or _owner(view, subject), LONGEST_NAME,
                         key=f"{key}_owner")  # fmt: skip
        due.date_input("Due", latest.due, key=f"{key}_due", format="DD/MM/YYYY")
        for label, name, known in (
            ("Decision asked", "asked", latest.asked),
            ("Decision taken", "taken", latest.taken),
        ):
            st.text_area(label, known, FIELD_HEIGHT, LONGEST_DECISION, key=f"{key}_{name}")
        st.checkbox("Closed: not carried forward", latest.state == CLOSED, key=f"{key}_closed")
        ask_name(f"{key}_author")
        with st.container(horizontal=True):
            for label, state in (("Save", ""), ("Take off the agenda", OFF)):
                st.form_submit_button(
                    label, type="secondary" if state else "primary",
                    on_click=_save, args=(view, found, key, state),
                )  # fmt: skip
    _refusal(subject)
    if latest.written_at is not None:
        small_print(f"Last written by {latest.author}.")


def _save(view: AreaView, item: Item, key: str, state: str) -> None:
    given = {
        name: st.session_state[f"{key}_{name}"]
        for name in ("place", "owner", "due", "asked", "taken", "closed", "author")
    }
    is_closed = given.pop("closed")
    if given["place"] == item.number:
        given["place"] = 0
    state = state or (CLOSED if is_closed else OPEN)
    entry = AgendaEntry(
        quarter_of(view), item.subject, state=state, replaces=item.latest.entry_id, **given
    )
    _write(view, entry, item.subject)


def _write(view: AreaView, entry: AgendaEntry, form: str) -> None:
    remember_name(entry.author)
    try:
        Agendas.of(data_dir()).write(view.area_code, entry)
    except RecordError as error:
        st.session_state[f"{REFUSED}_{form}"] = str(error)


def _refusal(form: str) -> None:
    if refused := st.session_state.pop(f"{REFUSED}_{form}", ""):
        st.error(plain(refused), icon=":material/error:")


def _owner(view: AreaView, subject: str) -> str:
    """Return the owner that the plan names; "" where it names none."""
    said = meeting_sheet(view).said.get(subject)
    return said.named_owner if said else ""


def _add_form(view: AreaView, subject: str) -> None:
    with st.form(f"add_{subject}", border=False):
        ask_name(f"add_author_{subject}")
        st.form_submit_button(
            "Put on the agenda", type="primary", on_click=_add, args=(view, subject)
        )
    _refusal(subject)


def _add(view: AreaView, subject: str) -> None:
    author = st.session_state[f"add_author_{subject}"]
    entries = [e for e in Agendas.of(data_dir()).of_area(view.area_code) if e.subject == subject]
    replaces = entries[-1].entry_id if entries else 0
    _write(view, AgendaEntry(quarter_of(view), subject, author, replaces=replaces), subject)


def _add_item(view: AreaView) -> None:
    """Ask for an item that is about no indicator."""
    with (
        st.popover("Add an item", icon=":material/add:", key="add_item"),
        st.form("own_item", border=False, clear_on_submit=True),
    ):
        st.text_input("Item", max_chars=LONGEST_SUBJECT, key="own_item_words")
        ask_name("own_item_author")
        st.form_submit_button("Add", type="primary", on_click=_add_own, args=(view,))
    _refusal(OWN)


def _add_own(view: AreaView) -> None:
    words, author = (st.session_state[f"own_item_{each}"] for each in ("words", "author"))
    _write(view, AgendaEntry(quarter_of(view), words, author), OWN)


def _chase(view: AreaView) -> pd.DataFrame:
    sheet = meeting_sheet(view)
    needed = {known: sheet.said[known] for known in sheet.exceptions}
    try:
        written = Commentary.of(data_dir()).written_on(view.area_code, quarter_of(view))
    except RecordError:
        written = set()
    owners = {said.title: said.named_owner or "Nobody named" for said in needed.values()}
    titles = {said.title for known, said in needed.items() if known in written}
    return chase_table(view, owners, titles, recorded(view))
