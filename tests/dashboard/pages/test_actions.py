"""The page Actions and resources shows what is unfunded, late or without owner."""

from __future__ import annotations

import shutil

import pytest

from dashboard.analysis import actions as action_plan
from dashboard.analysis.actions import by_agency
from dashboard.analysis.area_view import AreaView
from dashboard.store.commentary import Progress, State
from dashboard.store.partner_records import RecordError
from dashboard.store.warehouse import Warehouse
from etl.datadir import DataDir

PLAN = "southampton_2010_11"


@pytest.fixture
def data(default_data, tmp_path):
    return shutil.copytree(default_data, tmp_path / "figures")


@pytest.fixture(scope="module")
def actions(default_data):
    with Warehouse(DataDir(default_data)) as warehouse:
        return action_plan.actions(AreaView.of(warehouse, as_at="2009-12"))


def shown(page):
    return "".join(each.proto.body for each in page.get("html")) + "".join(
        each.value for each in page.markdown
    )


def test_the_plan_has_seventy_actions_with_their_money_as_it_says(actions):
    assert len(actions) == 70
    assert actions["funding"].value_counts().to_dict() == {
        "funded": 47, "not given": 7, "to be agreed": 6, "part funded": 5, "unfunded": 5,
    }  # fmt: skip
    assert not actions["is_late"].any()
    assert actions["has_no_owner"].sum() == 5
    assert actions["due"].ne("").sum() == 27


def test_every_action_is_counted_for_each_agency_that_leads_it(actions):
    agencies = by_agency(actions).set_index("agency")["actions"]
    led = actions["agencies"].map(len).clip(lower=1).sum()
    assert agencies.sum() == led
    assert agencies.index[0] == "SCC"
    assert agencies[""] == 5


def test_the_page_says_what_is_open(open_page, default_data):
    page = open_page("actions", default_data)
    assert page.title[0].value == "70 actions\\: 47 are funded, 5 are not"
    said = "None of the 27 with a date is late as at December 2009; 43 have none"
    assert said in page.markdown[0].value
    assert "No funding identified" in shown(page)


def test_only_what_lacks_money_can_be_shown(open_page, default_data):
    page = open_page("actions", default_data, only="money", priority="2b")
    assert "No action of the plan is like that." in [info.value for info in page.info]
    page = open_page("actions", default_data, only="money")
    assert "Unfunded" in shown(page)
    assert "Officer time" not in shown(page)


def test_a_state_is_recorded_with_its_author_and_shown(open_page, data):
    page = open_page("actions", data)
    page.radio[0].set_value("done")
    page.text_input[1].set_value("C. Manager")
    next(each for each in page.button if each.label == "Record").click()
    page.run()
    assert "Recorded" in page.success[0].value
    (said,) = Progress(DataDir(data)).latest(PLAN).to_dict("records")
    assert (said["action_id"], said["state"], said["author"]) == ("general_1", "done", "C. Manager")
    assert "Done" in shown(page)


def test_the_last_state_counts_and_the_first_is_kept(tmp_path):
    progress = Progress(DataDir(tmp_path))
    progress.write(PLAN, State("nte_1", "under_way", "A"))
    progress.write(PLAN, State("nte_1", "done", "B", "Report sent."))
    assert list(progress.latest(PLAN)["state"]) == ["done"]
    assert list(progress.history(PLAN)["author"]) == ["A", "B"]
    with pytest.raises(RecordError, match="Give your name"):
        progress.write(PLAN, State("nte_1", "done", " "))
    with pytest.raises(RecordError, match="how far"):
        progress.write(PLAN, State("nte_1", "finished", "A"))


def test_a_plan_without_written_actions_still_opens(open_page, default_data):
    page = open_page("actions", default_data, plan="safer_communities_2009_10")
    assert page.title
