"""Code that gives the same numbers in a notebook, to copy."""

from __future__ import annotations

import streamlit as st


def offer_python(code: str, name: str) -> None:
    """Offer an analysis as Python.

    Args:
        code: Of `dashboard.pages.crime_types.as_python`.
        name: A name for it that no other code of the page has.
    """
    with st.popover("Python", icon=":material/code:", key=f"python_{name}"):
        st.markdown("The same numbers in a notebook: put in the name of your data folder.")
        st.code(code, language="python")
