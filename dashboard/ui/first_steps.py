"""The first minute: whose figures a reader wants to see, and a plan as a workbook."""

from __future__ import annotations

import functools

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.names import distinct_area_names
from dashboard.analysis.series import REAL
from dashboard.intake.own_plans import choose_own_partnership, plan_workbook
from dashboard.store.builds import data_dir
from dashboard.store.cache import cached_per_build
from dashboard.store.warehouse import Warehouse
from dashboard.ui.parts import plain

WHICH = "Which partnership are you?"
_PARTNERSHIP = "first_partnership"


def ask_partnership(warehouse: Warehouse) -> None:
    """Ask whose figures the reader wants to see, instead of the worked example's."""
    names = distinct_area_names(warehouse.cached_frame("partnerships"))
    st.session_state.setdefault(_PARTNERSHIP, None)
    st.selectbox(
        WHICH,
        list(names),
        format_func=names.__getitem__,
        key=_PARTNERSHIP,
        index=None,
        placeholder=f"Search {len(names)} names",
        filter_mode="contains",
        on_change=_see_partnership,
    )


@cached_per_build
def has_own_targets(warehouse: Warehouse) -> bool:
    """Return whether the installation has a target of its own: then nobody is asked who they are.

    A plan of real figures that names its area is a partnership's own.
    """
    plans = warehouse.cached_frame("plans")
    own = plans[plans["figure_set"].eq(REAL) & plans["area_code"].ne("")]
    return any(len(warehouse.cached_frame("targets", plan=each)) for each in own["plan_id"])


def _see_partnership() -> None:
    if code := st.session_state.get(_PARTNERSHIP):
        st.query_params.from_dict({"area": code})


def offer_to_begin_with(view: AreaView) -> None:
    """Offer to begin with the partnership that is shown, while the installation has none."""
    if view.is_illustrative or view.warehouse.own_partnership():
        return
    if view.area_code not in set(view.warehouse.cached_frame("partnerships")["area_code"]):
        return
    st.button(
        f"Always begin with {plain(view.area_name)}",
        key="begin_with",
        type="tertiary",
        icon=":material/home_pin:",
        on_click=_begin_with,
        args=(view.area_code,),
        help="For everybody who opens this installation. To change it later: "
        "safecity config partnership.",
    )


def _begin_with(code: str) -> None:
    choose_own_partnership(data_dir().root, code)


def offer_plan_workbook(plan: str, label: str, *, place: str = "", is_quiet: bool = False) -> None:
    """Offer a plan as a workbook, which is made when it is asked for; without one, the template.

    Args:
        plan: A plan id.
        label: Of the button.
        place: Tells it from another one for the same plan on a page.
        is_quiet: Whether it looks like a link.
    """
    st.download_button(
        label,
        data=functools.partial(plan_workbook, data_dir(), plan),
        file_name=f"{plan or 'plan_template'}.xlsx",
        key=f"plan_workbook_{plan}{place}",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary" if is_quiet else "secondary",
    )
