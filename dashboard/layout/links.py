"""Links to the evidence: another page, with what it is to show in its address."""

from __future__ import annotations

import streamlit as st

from dashboard.layout.choices import kept


def link_to(path: str, label: str, **query: str) -> None:
    """Link to a page of the app, for the same plan, area and month.

    Args:
        path: The page's address, as `dashboard.app.PAGES` has it: "targets".
        label: What is behind the link.
        **query: What the page is to show, such as indicator="robbery".
    """
    st.page_link(
        # Streamlit finds the page by its address; what it draws is the app's business.
        st.Page(_elsewhere, title=label, url_path=path),
        label=label,
        icon=":material/arrow_forward:",
        query_params=kept(**query),
    )


def _elsewhere() -> None:
    """Stand for a page that the app draws."""
