"""How the app looks on screen, on paper and on a projector: one stylesheet, the theme's colours."""

from __future__ import annotations

import base64
import html
from functools import cache
from pathlib import Path

import streamlit as st

from dashboard.charts import theme

VIEW, PROJECTOR = "view", "projector"
"""The parameter of the address that chooses a view, and its value for a projector."""

MOST_COLUMNS = 13
"""Columns of a static table whose figures are put right."""

#: Charts and notices drawn for a dark page, turned light for paper; their hues stay.
FROM_DARK = """@media print {
  [data-testid="stPlotlyChart"], [data-testid="stAlert"] { filter: invert(1) hue-rotate(180deg); }
}"""


def show_style() -> None:
    """Style the page for the reader's background, for paper, and for a projector if it is one."""
    st.html(_style(background(), projected=is_projected()))


def show_brand(mark: Path) -> None:
    """Show the product's mark and name."""
    drawing = base64.b64encode(mark.read_bytes()).decode()
    _brand("brand", "Safe City", f"data:image/svg+xml;base64,{drawing}")


def show_own_brand(name: str, logo: str) -> None:
    """Show the partnership's name, and its logo.

    Args:
        name: As its plan has it.
        logo: The address of an image; "" for none.
    """
    _brand("brand own", name, logo)


def _brand(look: str, name: str, image: str) -> None:
    drawn = f'<img alt="" src="{image}">' if image else ""
    st.html(f'<p class="{look}">{drawn}{html.escape(name)}</p>')


def background() -> theme.Background:
    """Return the background of the reader's page; light while Streamlit does not say."""
    return "dark" if st.context.theme.type == "dark" else "light"


def is_projected() -> bool:
    """Return whether the page is shown on a projector."""
    return st.query_params.get(VIEW) == PROJECTOR


def offer_projector() -> None:
    """Offer to turn the projector's view on, or off."""
    label = "Close the projector view" if is_projected() else "View for the projector"
    st.button(label, key="projector", icon=":material/present_to_all:", type="tertiary",
              on_click=_turn)  # fmt: skip


@cache
def _style(paper: theme.Background, *, projected: bool) -> str:
    parts = [theme.css_variables(paper), _sheet("style.css"), *map(_right, range(1, MOST_COLUMNS))]
    parts += [FROM_DARK] if paper == "dark" else []
    parts += [_sheet("projector.css")] if projected else []
    sheet = "\n".join(parts)
    return f"<style>{sheet}</style>"


def _right(column: int) -> str:
    """Return the rule that puts a column of the table after a mark of `parts.show_table` right."""
    after = f"[data-testid=stElementContainer]:has(.figures.f{column}) + *"
    return f"{after} :is(th, td):nth-child({column}) {{ text-align: right !important; }}"


def _sheet(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _turn() -> None:
    if is_projected():
        st.query_params.pop(VIEW, None)
    else:
        st.query_params[VIEW] = PROJECTOR
