"""The board: who leads by priority, a cell a count; a cell that is chosen is what the list shows.

What stands in its cells is HTML that this module makes: text is escaped here, and nowhere else.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard.analysis.actions import board_of
from dashboard.analysis.rows import rows_of
from dashboard.pages.actions.words import ALL, SHOWN, kinds_of

_BOARD = st.components.v2.component(
    "board",
    html='<div class="board-frame"></div>',
    js=Path(__file__).with_name("board.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)
KEY = "board_cells"


@dataclass(frozen=True)
class Cell:
    """A cell: a row of `board_of`, whose columns these are."""

    lead: str
    priority: str
    actions: int
    like: int
    funded: int
    unsaid: int
    late: int
    unrecorded: int

    @property
    def short(self) -> int:
        """How many lack money."""
        return self.actions - self.funded - self.unsaid


def show_board(
    actions: pd.DataFrame,
    names: tuple[Mapping[str, str], Mapping[str, str]],
    chosen: tuple[str, str, str],
    choose: Callable[[str, str], None],
) -> None:
    """Show the board.

    Args:
        actions: Of the plan.
        names: Of its columns, priorities, and of its rows, who leads; "" for all of them.
        chosen: Priority, lead and kind of action that the list shows.
        choose: Told which priority and which lead a reader chooses; "" for all.
    """

    def told() -> None:
        priority, lead = st.session_state[KEY].chosen
        choose(str(priority), str(lead))

    table = markup(actions, names, chosen)
    _BOARD(data={"markup": table}, key=KEY, height="content", on_chosen_change=told)


def markup(
    actions: pd.DataFrame,
    names: tuple[Mapping[str, str], Mapping[str, str]],
    chosen: tuple[str, str, str],
) -> str:
    """Return the board as HTML; see `show_board`."""
    priorities, leads = names
    only = chosen[2]
    cells = {
        (each.lead, each.priority): each
        for each in rows_of(board_of(actions, kinds_of(actions)[only]), Cell)
    }
    most = max((each.actions for each in cells.values() if each.lead and each.priority), default=1)
    row = [name for name in priorities if name]
    head = "".join(
        f'<th scope="col">{_button(cells["", each], names, chosen, most)}</th>' for each in row
    )
    body = "".join(
        f'<tr><th scope="row">{_button(cells[lead, ""], names, chosen, most)}</th>'
        + "".join(f"<td>{_cell(cells.get((lead, each)), names, chosen, most)}</td>" for each in row)
        + "</tr>"
        for lead in leads
        if lead
    )
    corner = _button(cells["", ""], names, chosen, most)
    return (
        '<table class="board mark"><caption>Actions by lead agency and priority</caption>'
        f'<thead><tr><th scope="col">{corner}</th>{head}</tr></thead><tbody>{body}</tbody></table>'
    )


def _cell(
    cell: Cell | None,
    names: tuple[Mapping[str, str], Mapping[str, str]],
    chosen: tuple[str, str, str],
    most: int,
) -> str:
    return "" if cell is None else _button(cell, names, chosen, most)


def _button(
    cell: Cell,
    names: tuple[Mapping[str, str], Mapping[str, str]],
    chosen: tuple[str, str, str],
    most: int,
) -> str:
    """Return a cell, or the head of a row or column, as a button that chooses what it counts."""
    priorities, leads = names
    only = chosen[2]
    titles = [
        leads[cell.lead] if cell.lead else "",
        priorities[cell.priority] if cell.priority else "",
    ]
    title = ", ".join(each for each in titles if each) or "All"
    is_head = not (cell.lead and cell.priority)
    inside = f'<span class="name">{html.escape(title)}</span>' if is_head else ""
    count = cell.actions if only == ALL else cell.like
    inside += f"<b>{count}</b>{_flags(cell, only)}" if count else '<b class="none">0</b>'
    inside += "" if is_head else _bar(cell, only, most)
    pressed = "true" if chosen[:2] == (cell.priority, cell.lead) else "false"
    said = html.escape(f"{title}: {_said(cell, only)}")
    return (
        f'<button type="button" aria-pressed="{pressed}" aria-label="{said}" title="{said}" '
        f'data-priority="{html.escape(cell.priority)}" data-lead="{html.escape(cell.lead)}">'
        f"{inside}</button>"
    )


def _flags(cell: Cell, only: str) -> str:
    """Return the marks of what is late, and of what nobody recorded where something else is."""
    if only != ALL:
        return ""
    late = f'<span class="late">▲{cell.late}</span>' if cell.late else ""
    some = 0 < cell.unrecorded < cell.actions
    return late + (f'<span class="open">○{cell.unrecorded}</span>' if some else "")


def _bar(cell: Cell, only: str, most: int) -> str:
    parts = {"funded": cell.funded, "short": cell.short, "unsaid": cell.unsaid}
    if only != ALL:
        parts = {"like": cell.like, "unsaid": cell.actions - cell.like}
    parts["rest"] = most - cell.actions
    drawn = "".join(
        f'<span class="{look}" style="flex:{count}"></span>'
        for look, count in parts.items()
        if count
    )
    return f'<span class="parts">{drawn}</span>'


def _said(cell: Cell, only: str) -> str:
    if only != ALL:
        return f"{cell.like} of {cell.actions}: {SHOWN[only].lower()}"
    return (
        f"{cell.actions} actions; {cell.funded} funded, {cell.short} short of money, {cell.unsaid} "
        f"without a word on money; {cell.late} late; {cell.unrecorded} without a recorded state"
    )


def legend(only: str) -> str:
    """Return what the marks of a cell mean, as HTML."""
    marks = {"funded": "funded", "short": "short of money", "unsaid": "money not given"}
    if only != ALL:
        marks = {"like": SHOWN[only].lower(), "unsaid": "the rest"}
    keys = "".join(
        f'<span><span class="parts"><span class="{look}"></span></span> {name}</span>'
        for look, name in marks.items()
    )
    signs = "<span>▲ late</span><span>○ not recorded</span>" if only == ALL else ""
    return f'<p class="board-legend">{keys}{signs}</p>'
