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


def link_to_story(indicator: str, label: str) -> None:
    """Link to the story of a type: when, where, how the area compares, how sure the change is.

    Args:
        indicator: A count that the area has figures of.
        label: What is behind the link: "Why did dwelling burglary rise?".
    """
    link_to("crime_types", label, **story_of(indicator))


def story_of(indicator: str) -> dict[str, str]:
    """Return what the page Crime types is asked for a story; for other links than `link_to`'s."""
    return {"look": "story", "type": indicator}


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
