"""The widgets and the address, in Streamlit itself."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui import choices

TIMEOUT = 20


def choosing() -> None:
    import pandas as pd  # noqa: PLC0415 - Streamlit runs this function as a script of its own
    import streamlit as st  # noqa: PLC0415

    from dashboard.ui import choices  # noqa: PLC0415
    from dashboard.ui.selection import Choice  # noqa: PLC0415

    plans = pd.DataFrame(
        {
            "plan_id": ["southampton_2010_11", "safer_communities_2009_10"],
            "title": ["Plan", "Report"],
            "period": ["2010/11", "2009/10"],
            "area_name": ["Southampton", ""],
            "partnership_name": ["Safe City", "Safer Communities Board"],
        }
    )
    areas = pd.DataFrame(
        {
            "area_code": ["E22000001", "E22000120"],
            "area_name": ["Adur", "Southampton"],
            "area_kind": "partnership",
        }
    )
    types = pd.DataFrame({"indicator_id": ["robbery", "arson"], "title": ["Robbery", "Arson"]})
    groups = pd.DataFrame({"peer_group": ["Most Similar Group"] * 2, "edition": ["2009", "2008"]})
    plan = choices.choose_plan(choices.plans_to_choose(plans))
    area = choices.choose_area(choices.areas_to_choose(areas, "E22000120"))
    as_at = choices.choose_as_at(choices.months_to_choose(["2009-12", "2009-09"]))
    basis = choices.choose("Compare", "basis", Choice("comparison", choices.BASIS_NAMES, "ytd"))
    group = choices.choose("Compared with", "group", choices.groups_to_choose(groups))
    chosen = choices.choose_types(types)
    st.json(
        {
            "plan": plan, "area": area, "as_at": as_at, "basis": basis, "group": group,
            "types": chosen, "kept": choices.query_with(indicator="robbery"),
        }
    )  # fmt: skip


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(choosing, default_timeout=TIMEOUT)


def chosen(app: AppTest) -> dict:
    import json  # noqa: PLC0415

    assert not app.exception
    return json.loads(app.json[0].value)


def pick(app: AppTest, name: str, value: str) -> AppTest:
    return app.selectbox(key=f"choose_{name}").select(value).run()


def test_without_an_address_the_defaults_are_chosen_and_the_address_stays_empty(app) -> None:
    app.run()
    assert chosen(app) == {
        "plan": "southampton_2010_11",
        "area": "E22000120",
        "as_at": "2009-12",
        "basis": "ytd",
        "group": "Most Similar Group~2009",
        "types": [],
        "kept": {"indicator": "robbery"},
    }
    assert dict(app.query_params) == {}


def test_an_address_is_followed(app) -> None:
    for name, value in {"area": "E22000001", "as_at": "2009-09", "basis": "month"}.items():
        app.query_params[name] = value
    app.query_params["types"] = ["arson", "robbery"]
    app.run()
    assert chosen(app) | {"kept": None} == {
        "plan": "southampton_2010_11",
        "area": "E22000001",
        "as_at": "2009-09",
        "basis": "month",
        "group": "Most Similar Group~2009",
        "types": ["arson", "robbery"],
        "kept": None,
    }
    assert not app.warning


def test_what_is_chosen_is_written_to_the_address_and_the_default_is_not(app) -> None:
    app.run()
    pick(app, "area", "Adur")
    assert app.query_params["area"] == "E22000001"
    assert chosen(app)["area"] == "E22000001"
    pick(app, "area", "Southampton")
    assert "area" not in app.query_params
    assert chosen(app)["area"] == "E22000120"


def test_crime_types_are_written_to_the_address(app) -> None:
    app.run()
    app.multiselect(key="choose_types").set_value(["arson"]).run()
    assert app.query_params["types"] == "arson"
    app.multiselect(key="choose_types").set_value([]).run()
    assert "types" not in app.query_params


def test_a_new_plan_brings_its_own_area_month_and_group_and_keeps_the_rest(app) -> None:
    for name, value in {"area": "E22000001", "as_at": "2009-09", "basis": "month"}.items():
        app.query_params[name] = value
    app.run()
    pick(app, "plan", "Safer Communities Board, 2009/10")
    assert app.query_params == {"plan": "safer_communities_2009_10", "basis": "month"}
    assert chosen(app)["area"] == "E22000120"


def test_an_unknown_value_is_said_once_and_the_default_is_shown(app) -> None:
    app.query_params["area"] = "E99999999"
    app.query_params["types"] = ["piracy"]
    app.run()
    assert chosen(app)["area"] == "E22000120"
    assert chosen(app)["types"] == []
    said = [warning.value for warning in app.warning]
    assert len(said) == 2
    assert "E99999999" in said[0]
    assert "Showing Southampton instead." in said[0]


def test_a_link_takes_plan_area_and_month_along_and_nothing_else(app) -> None:
    for name, value in {"area": "E22000001", "as_at": "2009-09", "basis": "month"}.items():
        app.query_params[name] = value
    app.run()
    assert chosen(app)["kept"] == {
        "area": "E22000001",
        "as_at": "2009-09",
        "indicator": "robbery",
    }


def test_what_is_not_there_leaves_the_address_and_is_said_once(app) -> None:
    app.query_params["as_at"] = "2030-01"
    app.query_params["types"] = ["arson", "piracy"]
    app.query_params["area"] = "E22000001"
    app.run()
    said = [each.value for each in app.warning]
    assert any(
        "which is not here. Figures run from September 2009 to December 2009. Showing December 2009"
        in each.replace("\\", "")
        for each in said
    )
    assert len(said) == 2
    query = {name: app.query_params[name] for name in app.query_params}
    assert query == {"types": "arson", "area": "E22000001"}
    assert chosen(app)["as_at"] == "2009-12"
    app.run()
    assert not app.warning


def test_an_areas_own_plans_come_first_and_the_worked_example_last_of_them() -> None:
    plans = pd.DataFrame(
        {
            "plan_id": ["example", "elsewhere", "own"],
            "title": "Plan",
            "period": ["2010/11", "2025/26", "2025/26"],
            "area_code": ["E22000120", "E22000118", "E22000120"],
            "area_name": ["Southampton", "Portsmouth", "Southampton"],
            "partnership_name": "",
            "figure_set": ["illustrative", "real", "real"],
        }
    )
    assert [*choices.plans_to_choose(plans, "E22000120").options] == ["own", "example", "elsewhere"]
    assert [*choices.plans_to_choose(plans).options] == ["example", "elsewhere", "own"]
