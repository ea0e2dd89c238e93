"""How far actions are, as partners record it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.store.builds import data_dir
from dashboard.store.commentary import STATES, Progress
from dashboard.store.partner_records import RecordError
from dashboard.ui.parts import plain


def recorded(view: AreaView) -> pd.DataFrame | None:
    """Return what was last recorded of each action; None, and a notice, when it cannot be read."""
    try:
        return Progress.of(data_dir()).latest(view.plan_id)
    except RecordError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return None


def state_names() -> dict[str, str]:
    """Return the names of the states by id."""
    return STATES
