"""All targets on one picture, with how to read it and what is not in it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.pages.targets.chosen import PANEL
from dashboard.pages.targets.picture import COLUMNS, HOW_TO_READ, MADE_UP
from dashboard.pages.targets.sheet import TargetSheet
from dashboard.ui.address import put, read_one
from dashboard.ui.parts import plain, show_source
from dashboard.ui.reading_table import show_reading_table
from dashboard.ui.scorecard import Heading, show_scorecard
from dashboard.ui.selection import Choice


def show_all(sheet: TargetSheet, targets: Choice, resets: Sequence[str]) -> None:
    """Draw the picture, whose rows can be chosen.

    Args:
        sheet: What the page shows.
        targets: The choice that a row makes.
        resets: Parameters of the address that say nothing of another target.
    """

    def choose_one(known: str) -> None:
        asked = [] if known == targets.default else [known]
        put({"target": asked} | {each: [] for each in resets})

    apart = [Heading(MADE_UP), *sheet.made_up] if sheet.made_up else []
    with st.container(border=True, key="card_all_targets"):
        show_scorecard(
            COLUMNS,
            [*sheet.given, *apart],
            first="Target",
            is_picture=True,
            caption="How far each target is, and its chance: the least likely first",
            key="all_targets",
            chosen=read_one("target", targets),
            choose=choose_one,
            panel=PANEL,
        )
        with st.container(horizontal=True, key="not_printed_all_targets"):
            with st.popover("About this picture", icon=":material/help:"):
                st.markdown("\n".join(f"- {plain(line)}" for line in (*sheet.about, *HOW_TO_READ)))
            if len(sheet.without):
                with st.popover(
                    f"Not in the picture: {len(sheet.without)}", icon=":material/rule:"
                ):
                    show_reading_table(sheet.without, caption="Targets that cannot be drawn")
        show_source(sheet.source, illustrative=sheet.illustrative)
