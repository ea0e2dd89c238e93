"""A plan that is over: its targets show their outturn, and nothing of it is late or at stake."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.analysis.actions import actions as actions_of
from dashboard.analysis.area_view import AreaView
from dashboard.analysis.projection import projection
from dashboard.analysis.review import review
from dashboard.analysis.status import status, target_status
from dashboard.analysis.target_trajectory import path_of
from dashboard.store.warehouse import Warehouse
from dashboard.words.as_json import as_json
from dashboard.words.reasons import reason_in_words
from etl.build import build
from etl.datadir import DataDir

PLAN = "southampton_2010_11"
AT_STAKE = (
    "Reward as stated",
    "chance of meeting",
    "Needed:",
    "days left",
    "Expected, reward",
    "(late)",
)


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory, project_root: Path) -> Path:
    """The embedded default, had its plan been for 2008/09: it is over before the figures end."""
    folder = tmp_path_factory.mktemp("over")
    data = project_root / "data"
    plan = shutil.copytree(data / "plans" / PLAN, folder / "plans" / PLAN)
    (folder / "illustrative").mkdir()
    shutil.copy(data / "illustrative" / "targets.toml", folder / "illustrative")
    _changed(plan / "plan.toml", r'^period = "2010/11"', 'period = "2008/09"')
    for targets in (plan / "targets.toml", folder / "illustrative" / "targets.toml"):
        _changed(targets, r"^due = .*", 'due = "2009-03-31"')
        _changed(targets, '"2008/09"', '"2007/08"')
    build(DataDir(folder))
    return folder


def _changed(path: Path, pattern: str, other: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(pattern, other, text, flags=re.MULTILINE), encoding="utf-8")


@pytest.fixture(scope="module")
def warehouse(over: Path) -> Warehouse:
    return Warehouse(DataDir(over))


def said(page: AppTest) -> str:
    parts = [*page.title, *page.header, *page.markdown, *page.caption]
    texts = [part.value for part in parts] + [each.proto.body for each in page.get("html")]
    links = [each.proto.label for each in page.get("page_link")]
    return "\n".join([*texts, *links]).replace("\\", "")


def test_a_closed_target_has_its_outturn_and_no_chance(warehouse) -> None:
    rows = target_status(AreaView.of(warehouse, PLAN), "2009-12")
    assert set(rows["closed"]) == {"2009-03"}
    assert set(rows["status"]) == {"met", "not met", "cannot say"}
    settled = rows[rows["status"].ne("cannot say")]
    assert settled["path_state"].str.startswith("closed, goal ").all()
    assert settled["reason"].map(reason_in_words).str.startswith("an outturn of ").all()
    assert rows["probability"].isna().all()
    assert rows["needed_per_month"].isna().all()
    without = rows[rows["path_state"].eq("closed, no outturn")]
    assert without["actual"].isna().all()


def test_later_figures_leave_the_verdict_as_it_was(warehouse) -> None:
    earlier = status(AreaView.of(warehouse, plan=PLAN, as_at="2009-06"), every_target=True)
    later = status(AreaView.of(warehouse, plan=PLAN, as_at="2009-12"), every_target=True)
    columns = ["status", "reason", "actual", "path_now", "closed"]
    assert earlier[columns].equals(later[columns])


def test_in_its_last_month_a_target_is_due_and_not_closed(warehouse) -> None:
    row = status(AreaView.of(warehouse, plan=PLAN, as_at="2009-03")).set_index("indicator_id")
    assert row.loc["all_crime", ["closed", "path_state"]].tolist() == ["", "due, goal missed"]


def test_the_trajectory_ends_where_the_plan_does(warehouse) -> None:
    found = as_json(path_of(AreaView.of(warehouse, plan=PLAN, as_at="2009-12"), "all_crime"))
    then = as_json(path_of(AreaView.of(warehouse, plan=PLAN, as_at="2009-03"), "all_crime"))
    assert (found["closed"], found["as_at"]) == ("2009-03", "2009-03")
    assert found["actual_now"] == then["actual_now"] is not None
    projected = projection(AreaView.of(warehouse, plan=PLAN, as_at="2009-12"), "all_crime")
    assert (projected.totals, reason_in_words(projected.reason)) == ((), "the plan is over")
    assert projected.expected_reward_gbp is None


def test_no_target_of_a_closed_plan_needs_a_decision(warehouse) -> None:
    rows = review(AreaView.of(warehouse, PLAN), "2009-12")
    assert rows["status"].eq("not met").any()
    assert not rows["why"].map(reason_in_words).str.contains("not met").any()


def test_no_action_of_a_closed_plan_is_late(warehouse, default_data) -> None:
    actions = actions_of(AreaView.of(warehouse, plan=PLAN, as_at="2025-03"))
    assert set(actions["closed"]) == {"2009-03"}
    assert not actions["is_late"].any()
    with Warehouse(DataDir(default_data)) as default:
        assert actions_of(AreaView.of(default, plan=PLAN, as_at="2011-03"))["is_late"].any()
        assert not actions_of(AreaView.of(default, plan=PLAN, as_at="2011-04"))["is_late"].any()


def test_the_overview_tells_it_as_history(open_page, over) -> None:
    page = open_page("overview", over, plan=PLAN)
    title = page.title[0].value.replace("\\", "")
    assert title.startswith("The plan closed in March 2009: ")
    text = said(page)
    assert "as was stated" in text
    assert "Closed March 2009" in text
    assert not [each for each in AT_STAKE if each in text]


def test_other_pages_say_the_same(open_page, over) -> None:
    targets = said(open_page("targets", over, plan=PLAN))
    assert "Closed March 2009: outturn 29,868 in 2008/09" in targets
    indicator = said(open_page("indicator", over, plan=PLAN, indicator="all_crime", tab="target"))
    assert "Closed March 2009: outturn 29,868 in 2008/09" in indicator
    actions = said(open_page("actions", over, plan=PLAN))
    assert "The plan closed in March 2009, so none is late" in actions
    review_page = said(open_page("quarterly_review", over, plan=PLAN))
    for text in (targets, indicator, actions, review_page):
        assert not [each for each in AT_STAKE if each in text]
