"""Code that gives the same numbers in a notebook, to copy."""

from __future__ import annotations

import streamlit as st


def python_block(code: str) -> None:
    """Offer an analysis as Python."""
    with st.expander("Copy as Python", icon=":material/code:"):
        st.markdown(
            "Gives the same numbers in a notebook. Put the name of your data folder in its place."
        )
        st.code(code, language="python")
