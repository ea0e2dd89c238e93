"""The first minute: whose figures a reader wants to see, and files to begin with."""

from __future__ import annotations

import functools

import streamlit as st

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.names import distinct_area_names
from dashboard.intake.own_plans import (
    choose_own_partnership,
    plan_files,
    plan_folder,
    plan_workbook,
    template_file,
)
from dashboard.store.builds import data_dir
from dashboard.store.warehouse import Warehouse
from dashboard.ui.parts import plain
from dashboard.words.first_steps import TEMPLATES, WHICH, write_words

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


def offer_templates() -> None:
    """Offer the empty templates as downloads."""
    with st.container(horizontal=True, key="templates"):
        for kind, ending, label in TEMPLATES:
            st.download_button(
                label,
                data=template_file(kind, ending),
                file_name=f"{kind}_template.{ending}",
                key=f"template_{kind}_{ending}",
                on_click="ignore",
                icon=":material/download:",
            )
        offer_plan_workbook("", "A whole plan, for Excel")


def offer_plan_workbook(plan: str, label: str, *, place: str = "") -> None:
    """Offer a plan as a workbook, which is made when it is asked for; without one, the template.

    Args:
        plan: A plan id.
        label: Of the button.
        place: Tells it from another one for the same plan on a page.
    """
    st.download_button(
        label,
        data=functools.partial(plan_workbook, data_dir(), plan),
        file_name=f"{plan or 'plan_template'}.xlsx",
        key=f"plan_workbook_{plan}{place}",
        on_click="ignore",
        icon=":material/download:",
    )


def offer_plan(area_code: str, area_name: str) -> None:
    """Show and offer the files of a plan with one target, folded in: the form is the usual way."""
    with st.expander("The same as text files, for those who write TOML"):
        st.markdown(plain(write_words(plan_folder(area_name))))
        _plan_files(area_code, area_name)


def _plan_files(area_code: str, area_name: str) -> None:
    for name, text in plan_files(area_code, area_name).items():
        st.markdown(f"**{name}**")
        st.code(text, language="toml", wrap_lines=True)
        st.download_button(
            f"Download {name}",
            data=text,
            file_name=name,
            key=f"download_{name}",
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
        )
