"""Links to the evidence: another page, with what it is to show in its address."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import streamlit as st

from dashboard.ui.choices import query_with


def link_to(path: str, label: str, **query: str) -> None:
    """Link to a page of the app, for the same plan, area and month.

    Args:
        path: The page's address, as `dashboard.app.PAGES` has it: "targets".
        label: What is behind the link.
        **query: What the page is to show, such as indicator="robbery".
    """
    _link(path, label, ":material/arrow_forward:", "", query)


def words_to(path: str, label: str, hover: str = "", **query: str) -> None:
    """Make words of a card a link of the same kind, underlined and without an arrow.

    Args:
        path: As of `link_to`.
        label: The words, as Markdown.
        hover: What is said of them at a hover, as Markdown; "" for nothing.
        **query: As of `link_to`.
    """
    _link(path, label, None, hover, query)


def opened_anew(path: str, words: str, **query: str) -> None:
    """Make words a link that opens a page from its top, for where it is the page already open.

    Streamlit's own link then writes nothing to the address, and leaves a reader on a phone where
    the link stood, thousands of pixels under what it shows.

    Args:
        path: As of `link_to`.
        words: As they are.
        **query: As of `link_to`.
    """
    address = f"{path}?{urlencode(query_with(**query))}"
    st.html(f'<a class="words" href="{escape(address)}">{escape(words)}</a>')


def _link(path: str, label: str, icon: str | None, hover: str, query: dict[str, str]) -> None:
    st.page_link(
        # Streamlit finds the page by its address; what it draws is the app's business.
        st.Page(_elsewhere, title=label, url_path=path),
        label=label,
        icon=icon,
        help=hover or None,
        query_params=query_with(**query),
    )


def _elsewhere() -> None:
    """Stand for a page that the app draws."""
