"""Files to begin with: templates of figures and surveys, and a plan as text files."""

from __future__ import annotations

import streamlit as st

from dashboard.intake.own_plans import plan_files, plan_folder, template_file
from dashboard.ui.first_steps import offer_plan_workbook
from dashboard.ui.parts import plain

TEMPLATES = (
    ("figures", "xlsx", "Figures you count, for Excel"),
    ("figures", "csv", "Figures you count, as CSV"),
    ("survey", "xlsx", "Survey results, for Excel"),
    ("survey", "csv", "Survey results, as CSV"),
)
"""Kind, format and label of each template offered."""


def offer_templates() -> None:
    """Offer the empty templates as downloads."""
    for kind, ending, label in TEMPLATES:
        st.download_button(
            label,
            data=template_file(kind, ending),
            file_name=f"{kind}_template.{ending}",
            key=f"template_{kind}_{ending}",
            on_click="ignore",
            icon=":material/download:",
            type="tertiary",
        )
    offer_plan_workbook("", "A whole plan, for Excel", is_quiet=True)


def offer_plan(area_code: str, area_name: str) -> None:
    """Show and offer the files of a plan with one target, folded in: the form is the usual way."""
    with st.expander("The same as text files, for those who write TOML"):
        st.markdown(
            plain(
                f"A plan is a folder of two short text files. Save both in data/plans/"
                f"{plan_folder(area_name)}, change them to what your plan says, and run "
                "`safecity check` and then `safecity build`. What your plan leaves open you leave "
                "open too: goal = not_given is shown as not given and never guessed."
            )
        )
        for name, text in plan_files(area_code, area_name).items():
            _offer(name, text)


def _offer(name: str, text: str) -> None:
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
