"""What a reader sees where the app itself fails: what to do, and what to tell whom."""

from __future__ import annotations

import logging
import uuid

import streamlit as st

_LOGGER = logging.getLogger(__name__)


def show_fault(fault: Exception) -> bool:
    """Show a panel where something could not be drawn; Streamlit has logged its trace by then.

    Streamlit calls it for a fault anywhere: in the whole page, in a part that is drawn by itself,
    or in what a click sets off.

    Args:
        fault: What was raised and not caught.

    Returns:
        True: nothing else is shown.
    """
    reference = uuid.uuid4().hex[:8]
    _LOGGER.error("Fault %s (%s) at %s", reference, type(fault).__name__, st.context.url)
    with st.container(border=True, key=f"fault_{reference}"):
        st.error(
            "**This could not be drawn: there is a fault in the app.** What you chose stays in the "
            "address, and the published figures are as they were.",
            icon=":material/error:",
        )
        st.markdown(
            "1. Try again, or reload the page.\n"
            "2. If it happens again, choose another month, indicator or page: the rest works.\n"
            "3. Tell whoever runs Safe City for you this line, and what you did before:"
        )
        st.code(f"Fault {reference}: {type(fault).__name__}", language=None)
        st.markdown("The log of the server has the details under the same number.")
        st.button("Try again", key=f"again_{reference}", icon=":material/refresh:")
    return True
