"""The page Actions and resources shows what is unfunded, late or without owner."""

from __future__ import annotations

import re
import shutil

import pandas as pd
import pytest

from dashboard.analysis import actions as action_plan
from dashboard.analysis.actions import (
    NOBODY,
    OTHERS,
    board_of,
    families,
    leads_of,
    money_by,
    money_by_funder,
)
from dashboard.analysis.area_view import AreaView
from dashboard.pages.actions.board import markup
from dashboard.pages.actions.money_words import (
    contradictions,
    money_shown,
    money_title,
    sums_checked,
)
from dashboard.pages.actions.states import states_of
from dashboard.pages.actions.words import (
    ALL,
    chosen_actions,
    history_lines,
    leads_to_choose,
    priorities_to_choose,
)
from dashboard.store.commentary import STATES, Progress, State
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


def test_the_board_counts_every_action_for_each_agency_that_leads_it(actions):
    every = pd.Series(True, index=actions.index)
    board = board_of(actions, every).set_index(["lead", "priority"])
    assert board.loc[("", ""), ["actions", "like", "funded", "unsaid"]].tolist() == [70, 70, 47, 7]
    assert board.loc[("", "2a"), "actions"] == 50
    # Teams go with their agency: SCC Licensing, SCC Trading Standards, SCC Co-ordinating.
    assert board.loc[("SCC", "2a"), "actions"] == 32
    assert board.loc[(NOBODY, "2a"), "actions"] == 5
    of_one_lead = actions["agencies"].eq(pd.Series([["HFRS"]] * len(actions)))
    assert of_one_lead.sum() == 1
    assert board.loc[("HFRS", ""), "actions"] == 4


def test_agencies_with_one_action_each_share_a_row(actions):
    leads = leads_of(actions)
    alone = actions[leads.map(lambda names: OTHERS in names)]["agencies"].explode()
    assert {"Victim Support", "Chair of PMG", "South Central Ambulance service"} <= set(alone)
    assert families(["SCC", "SCC Licensing", "SCCX"]) == {
        "SCC": "SCC", "SCC Licensing": "SCC", "SCCX": "SCCX",
    }  # fmt: skip


def test_the_money_asked_is_held_against_what_is_found(actions):
    sums = money_by(actions, actions["priority"]).set_index("name")
    assert sums["asked_gbp"].to_dict() == {"1": 0, "2a": 2_880_500, "2b": 94_000, "3": 23_000}
    assert sums["covered_gbp"].to_dict() == {"1": 0, "2a": 2_820_500, "2b": 94_000, "3": 13_000}
    assert sums.loc["2a", ["left_open_gbp", "missing_gbp", "over_gbp"]].tolist() == [
        60_000,
        0,
        15_000,
    ]
    assert money_title(actions) == "£2,927,500 of the £2,997,500 asked is found"
    for by in ("priority", "agency", "funder"):
        assert money_shown(actions, by, {}, "Source").chart is not None


def test_the_sums_of_those_who_pay_are_checked_against_the_plans_own(actions):
    checked = sums_checked(actions)
    assert "Night time economy 3: £5,000 + £5,000 + £5,000 is £15,000, as the plan says." in checked
    assert (
        "Night time economy 12: £20,000 + £5,000 + £5,000 + £10,000 is £40,000, as the plan says."
        in checked
    )
    assert contradictions(actions) == [
        "Violence involving young people 13: £40,000 + £15,000 + £25,000 is £80,000, the plan says "
        "£65,000; both are kept."
    ]
    (reassurance,) = [each for each in checked if "£10,000, the costs are £20,000" in each]
    assert "no sum is given for SCC Public Reassurance Communications budget, Police Comms" in (
        reassurance
    )


def test_who_pays_has_its_own_sums_and_those_that_nobody_split(actions):
    paid = money_by_funder(actions).set_index("name")
    assert paid.loc["DCSF", ["own_gbp", "shared_gbp"]].tolist() == [1_611_000, 0]
    # £5,000 + £3,000 + £10,000 + £15,000 + £54,000; of £8,000 + £3,000 + £40,000 others pay too.
    assert paid.loc["Home Office", ["own_gbp", "shared_gbp"]].tolist() == [87_000, 51_000]


def test_the_page_says_what_is_open(open_page, default_data):
    page = open_page("actions", default_data)
    assert page.title[0].value == "70 actions\\: 47 are funded, 5 are not"
    numbers = " ".join(re.findall(r">([^<>]+)<", shown(page)))
    assert "Late 0 of 27 dated" in numbers
    assert "Gap £70,000" in numbers
    assert "£2,927,500 found" in numbers
    assert "No funding identified" in shown(page)


def test_only_what_is_chosen_on_the_board_is_listed(open_page, default_data):
    page = open_page("actions", default_data, only="money", priority="2b")
    assert "No action of the plan is like that." in [info.value for info in page.info]
    page = open_page("actions", default_data, only="money", priority="2a", agency="police")
    assert page.header[0].value == "5 actions\\: Reduce violent crime, Police, Short of money"
    assert "Unfunded" in shown(page)
    assert "Officer time" not in shown(page)


def test_a_cell_says_all_that_it_shows(actions):
    names = priorities_to_choose(actions, {"2a": "Violent <crime>"}), leads_to_choose(actions)
    late = actions.assign(is_late=actions["action_id"].eq("nte_4"))
    table = markup(late, names, ("2a", "Police", ALL))
    (cell,) = re.findall(r'<button[^>]*data-priority="2a" data-lead="Police">.*?</button>', table)
    assert (
        "Violent &lt;crime&gt;: 16 actions; 10 funded, 5 short of money, 1 without a word on "
        "money; 1 late; 16 without a recorded state" in cell
    )
    assert 'aria-pressed="true"' in cell
    assert "<b>16</b>" in cell
    assert "▲1" in cell
    assert table.count('aria-pressed="true"') == 1


def test_actions_without_a_priority_have_a_column(actions):
    without = actions.assign(priority="")
    names = priorities_to_choose(without, {"1": "One"}), leads_to_choose(without)
    assert names[0] == {"": "All priorities", "none": "No priority"}
    assert 'data-priority="none" data-lead="SCC"' in markup(without, names, ("", "", ALL))
    assert len(chosen_actions(without, priority="none")) == 70


def test_states_that_were_filled_in_are_saved_and_others_are_not():
    progress = pd.DataFrame(
        {"action_id": ["a", "b"], "state": ["done", "under_way"], "note": ["", "x"]}
    )
    changes = {
        "a": {"state": "done"}, "b": {"note": " Next: May "}, "c": {"state": "dropped"},
        "d": {"state": None},
    }  # fmt: skip
    assert states_of(changes, progress, "Ann") == (
        State("b", "under_way", "Ann", "Next: May"), State("c", "dropped", "Ann"),
    )  # fmt: skip
    assert states_of({"e": {"note": "x"}}, None, "Ann") == (State("e", "", "Ann", "x"),)


def test_a_recorded_state_is_shown_with_who_said_so(open_page, data):
    progress = Progress(DataDir(data))
    progress.write(PLAN, State("general_1", "done", "C. Manager", "In place."))
    assert "Done: In place." in shown(open_page("actions", data))
    (line,) = history_lines(progress.history(PLAN), STATES)
    assert line.startswith("Done: In place. (C. Manager, ")


def test_several_states_are_kept_all_or_none(tmp_path):
    progress = Progress(DataDir(tmp_path))
    with pytest.raises(RecordError, match="how far"):
        progress.write(PLAN, State("nte_1", "done", "A"), State("nte_2", "", "A", "why"))
    assert progress.history(PLAN).empty
    progress.write(PLAN, State("nte_1", "done", "A"), State("nte_2", "dropped", "A"))
    assert len(progress.latest(PLAN)) == 2


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
