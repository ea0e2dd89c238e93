"""A scorecard: a row an indicator, to be scanned; the row that is chosen is shown beside it.

What stands in its cells is HTML that the functions of this module and of `dashboard.ui.chip` make:
text is escaped there, and nowhere else.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from dashboard.charts.sparkline import Sparkline

_SCORECARD = st.components.v2.component(
    "scorecard",
    html='<div class="scorecard-frame"></div>',
    js=Path(__file__).with_name("scorecard.js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


@dataclass(frozen=True)
class Column:
    """A column.

    Attributes:
        name: Its heading.
        is_figure: Whether its cells are numbers, which stand on the right.
        says_itself: Whether a cell needs no heading on a phone, as a chip does not.
        only_wide: Whether it is left out on a phone.
    """

    name: str
    is_figure: bool = False
    says_itself: bool = False
    only_wide: bool = False

    @property
    def look(self) -> str:
        """The classes of its cells."""
        marks = {"figure": self.is_figure, "plain": self.says_itself, "wide-only": self.only_wide}
        return " ".join(name for name, holds in marks.items() if holds)


@dataclass(frozen=True)
class Row:
    """A row.

    Attributes:
        known: What it is known by when it is chosen, such as an indicator.
        name: What it is about.
        cells: HTML, one for each column.
        under: What its figures are of, in small type under its name.
    """

    known: str
    name: str
    cells: Sequence[str]
    under: str = ""


@dataclass(frozen=True)
class Heading:
    """A line over the rows that follow."""

    words: str


def show_scorecard(
    columns: Sequence[Column],
    rows: Sequence[Row | Heading],
    *,
    is_picture: bool = False,
    caption: str,
    key: str,
    chosen: str,
    choose: Callable[[str], None],
    panel: str,
    first: str = "Indicator",
) -> None:
    """Show a scorecard whose rows can be chosen: with a mouse, or with the arrow keys and Enter.

    It takes one step of the Tab key. The right arrow leads to what is shown of the row.

    Args:
        columns: But for the first, which names the row.
        rows: In order.
        is_picture: Whether it is a chart as a whole, its rows lanes on one scale.
        caption: What the table is, for those who do not see it.
        key: A name for it that nothing else of the page has.
        chosen: The row that is shown beside it; "" for none.
        choose: Told which row a reader chooses.
        panel: The key of the container that shows it, which a phone moves to.
        first: The heading of the rows' names.
    """

    def told() -> None:
        choose(str(st.session_state[key].chosen))

    table = markup(
        columns, rows, first=first, is_picture=is_picture, caption=caption, chosen=chosen,
        can_choose=True,
    )  # fmt: skip
    _SCORECARD(
        data={"markup": table, "panel": panel}, key=key, height="content", on_chosen_change=told
    )


def markup(
    columns: Sequence[Column],
    rows: Sequence[Row | Heading],
    *,
    is_picture: bool = False,
    caption: str,
    chosen: str = "",
    can_choose: bool = False,
    first: str = "Indicator",
) -> str:
    """Return a scorecard as HTML; its rows are buttons where they can be chosen."""
    head = "".join(
        f'<th scope="col" class="{each.look}">{html.escape(each.name)}</th>' for each in columns
    )
    body = "".join(
        _heading(row, len(columns) + 1)
        if isinstance(row, Heading)
        else _row(columns, row, chosen=chosen, can_choose=can_choose)
        for row in rows
    )
    look = "scorecard mark" if is_picture else "scorecard"
    return (
        f'<table class="{look}"><caption>{html.escape(caption)}</caption>'
        f'<thead><tr><th scope="col">{html.escape(first)}</th>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>"
    )


def framed(table: str) -> str:
    """Return a scorecard of `markup` in the frame that makes cards of its rows where it is narrow.

    For a scorecard that is shown by `st.html`, without rows to choose.
    """
    return f'<div class="scorecard-frame">{table}</div>'


def text(words: str) -> str:
    """Return words for a cell."""
    return html.escape(words)


def level(now: str, beside: str = "") -> str:
    """Return a figure for a cell, and in small type what it is held against; "" for nothing."""
    under = f'<span class="under">{html.escape(beside)}</span>' if beside else ""
    return f"<strong>{html.escape(now)}</strong>{under}"


def drawing(line: Sparkline | None) -> str:
    """Return a small drawing for a cell, as an image with its words; "" for none."""
    return "" if line is None else f'<img src="{line.address}" alt="{html.escape(line.alt)}">'


def share(percent: float, said: str) -> str:
    """Return a chance for a cell, as a bar over its words.

    Args:
        percent: 0 to 100.
        said: In words: "73% chance".
    """
    bar = f'<span class="bar mark"><span style="width:{percent:.0f}%"></span></span>'
    return f'{bar}<span class="under">{html.escape(said)}</span>'


def moved(size: float | None, said: str, *, is_better: bool, is_sure: bool) -> str:
    """Return a change for a cell, as a bar to the left or right of a middle, under its words.

    Args:
        size: −1 to 1, of the longest bar; None where there is none, which leaves the words.
        said: In words: "−12.1%".
        is_better: Whether the change is for the better.
        is_sure: Whether it is larger than chance explains; the bar is pale where it is not.
    """
    if size is None:
        return html.escape(said)
    look = f"{'better' if is_better else 'worse'}{'' if is_sure else ' unsure'}"
    side = "right" if size < 0 else "left"
    way = "for the better" if is_better else "for the worse"
    return (
        f'{html.escape(said)}<span class="unseen"> {way}</span><span class="moved mark">'
        f'<span class="{look}" style="{side}:50%;width:calc(50% * {abs(size):.3f})"></span></span>'
    )


def _heading(heading: Heading, width: int) -> str:
    words = html.escape(heading.words)
    return f'<tr class="apart"><th scope="rowgroup" colspan="{width}">{words}</th></tr>'


def _row(columns: Sequence[Column], row: Row, *, chosen: str, can_choose: bool) -> str:
    name = html.escape(row.name)
    begin = "<tr>"
    if can_choose:
        name = f'<button type="button">{name}</button>'
        current = ' aria-current="true"' if row.known == chosen else ""
        begin = f'<tr data-row="{html.escape(row.known)}"{current}>'
    under = f'<span class="under">{html.escape(row.under)}</span>' if row.under else ""
    cells = "".join(
        f'<td class="{column.look}" data-label="{html.escape(column.name)}">{cell}</td>'
        for column, cell in zip(columns, row.cells, strict=True)
    )
    return f'{begin}<th scope="row">{name}{under}</th>{cells}</tr>'
