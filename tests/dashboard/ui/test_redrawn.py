"""A part that is drawn alone says what the frame says of a page, and outlives its page's build."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.store.builds import shown_warehouse


def part_without_figures() -> None:
    from dashboard.analysis.area_view import (  # noqa: PLC0415 - a script of its own
        AreaView,
        NoFiguresError,
    )
    from dashboard.store.builds import shown_warehouse  # noqa: PLC0415
    from dashboard.ui.redrawn import redrawn_alone  # noqa: PLC0415

    @redrawn_alone
    def part(view: AreaView, indicator: str) -> None:
        raise NoFiguresError(f"no figures of {indicator} in {view.area_code}")

    part(AreaView.of(shown_warehouse(), area="E22000120"), "robbery")


def part_of_a_closed_build() -> None:
    import streamlit as st  # noqa: PLC0415

    from dashboard.analysis.area_view import AreaView  # noqa: PLC0415
    from dashboard.store.builds import data_dir, shown_warehouse  # noqa: PLC0415
    from dashboard.store.warehouse import Warehouse  # noqa: PLC0415
    from dashboard.ui.redrawn import redrawn_alone  # noqa: PLC0415

    @redrawn_alone
    def part(view: AreaView) -> None:
        st.markdown(f"{len(view.warehouse.frame('plans'))} plans")

    # What a page that was drawn before the last builds still asks for, until it is drawn anew.
    is_drawn_anew = "opened" in st.session_state
    st.session_state["opened"] = True
    of_yesterday = Warehouse(data_dir())
    view = AreaView.of(shown_warehouse() if is_drawn_anew else of_yesterday)
    of_yesterday.close()
    part(view)


def test_a_part_without_figures_says_so(
    default_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFECITY_DATA_DIR", str(default_data))
    page = AppTest.from_function(part_without_figures).run()
    assert not page.exception
    assert "no figures of robbery in E22000120" in page.info[0].value


def test_a_part_whose_build_is_closed_is_drawn_from_the_newest(
    default_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAFECITY_DATA_DIR", str(default_data))
    plans = shown_warehouse().frame("plans")
    page = AppTest.from_function(part_of_a_closed_build).run()
    assert not page.exception
    assert [each.value for each in page.markdown] == [f"{len(plans)} plans"]
