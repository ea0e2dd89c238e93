"""The action plan: who does what by when, with what money, and what it is to move."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.question import question
from dashboard.metrics.action_plan import (
    FUNDED,
    NOT_GIVEN,
    UNFUNDED,
    funding_of,
    is_late,
    money_of,
    timing_of,
)
from dashboard.metrics.goals import closing_month
from dashboard.store.cache import cached_per_build

#: States after which an action is late no more.
FINISHED = ("done", "dropped")
NOT_RECORDED = "not recorded"
OTHERS, NOBODY = "others", "nobody"
"""Who leads, of agencies that lead one action each, and of actions without a lead."""
NO_PRIORITY = "none"
MANY_ALONE = 3
"""So many agencies that lead one action each are one row of the board."""
POUNDS = ["asked_gbp", "found_gbp", "left_open_gbp", "missing_gbp", "over_gbp"]
COLUMNS = [
    "action_id", "section", "priority", "objective", "number", "key_action", "agencies",
    "responsible_group", "outcome", "measure", "timing", "timing_kind", "due", "funding",
    "resource", "within_existing_resource", "partner_contributions", "estimated_new_costs",
    "funding_source", "comments", "indicators", "titles", "state", "state_note", "is_late",
    "is_unfunded", "has_no_owner", "note", "closed", *POUNDS,
]  # fmt: skip


def actions_in(view: AreaView, progress: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return every action of the view's plan, in the plan's order.

    Args:
        view: The area under its plan; without a month none of its actions is late.
        progress: What was last said of each action: action_id, state, note. None for nothing.

    Returns:
        `COLUMNS`: agencies and titles are lists; due is a month, "2010-07", or ""; a text that the
        plan leaves blank is ""; closed is the last month of a plan that is over, "" of one that is
        not, and no action of it is late; pounds are those of `metrics.action_plan.Money`, missing
        where the plan gives no sum.
    """
    found = _as_planned(view)
    if progress is None or progress.empty:
        return found
    said = progress.set_index("action_id")
    found["state"] = found["action_id"].map(said["state"]).fillna(NOT_RECORDED)
    found["state_note"] = found["action_id"].map(said["note"]).fillna("")
    found["is_late"] &= ~found["state"].isin(FINISHED)
    return found


@cached_per_build
def _as_planned(view: AreaView) -> pd.DataFrame:
    """Return the actions with nothing recorded of any."""
    raw = view.warehouse.frame("actions", plan=view.plan_id).fillna("")
    if raw.empty:
        return pd.DataFrame(columns=COLUMNS)
    year, month = str(view.plan["period"]), view.as_at
    titles = view.indicators["title"].to_dict()
    found = raw.assign(
        agencies=raw["lead_agency"].map(split),
        indicators=raw["indicators"].map(split),
        state=NOT_RECORDED,
        state_note="",
        funding=[
            funding_of(*texts)
            for texts in zip(raw["resource"], raw["funding_source"], raw["comments"], strict=True)
        ],
        has_no_owner=raw["lead_agency"].eq(""),
    )
    found["titles"] = [[titles.get(each, each) for each in ids] for ids in found["indicators"]]
    timings = [timing_of(text, year) for text in raw["timing"]]
    found["timing_kind"] = [each.kind for each in timings]
    found["due"] = ["" if each.month is None else str(each.month) for each in timings]
    closed = None if month is None else closing_month(year, month)
    found["closed"] = "" if closed is None else str(closed)
    found["is_late"] = [
        month is not None and is_late(each, month, is_finished=False, is_closed=closed is not None)
        for each in timings
    ]
    found["is_unfunded"] = found["funding"].eq(UNFUNDED)
    texts = zip(raw["estimated_new_costs"], raw["funding_source"], found["funding"], strict=True)
    money = [money_of(*each) for each in texts]
    for column in POUNDS:
        name = column.removesuffix("_gbp")
        found[column] = pd.Series([getattr(each, name) for each in money], found.index, dtype=float)
    return found[COLUMNS]


def leads_of(actions: pd.DataFrame) -> pd.Series:
    """Return who leads each action, as lists: the names that the rows of a board have.

    A team goes with the agency whose name its own begins with ("SCC Licensing" with "SCC"); of
    agencies with one action each, where there are several, an action has `OTHERS`; without a lead
    it has `NOBODY`.
    """
    heads = families(name for names in actions["agencies"] for name in names)
    led = actions["agencies"].map(lambda names: list(dict.fromkeys(heads[each] for each in names)))
    counts = led.explode().value_counts()
    alone = {name for name, count in counts.items() if count == 1}
    others = alone if len(alone) >= MANY_ALONE else set()
    return led.map(
        lambda names: (
            list(dict.fromkeys(OTHERS if each in others else each for each in names)) or [NOBODY]
        )
    )


def priority_titles(view: AreaView) -> dict[str, str]:
    """Return the titles of the plan's priorities by id, in its order."""
    rows = view.warehouse.cached_frame("priorities", plan=view.plan_id)
    return dict(zip(rows["priority_id"], rows["title"], strict=True))


def priorities_of(actions: pd.DataFrame) -> pd.Series:
    """Return the priority that each action belongs to; `NO_PRIORITY` where the plan names none."""
    return actions["priority"].replace("", NO_PRIORITY)


def families(names: Iterable[str]) -> dict[str, str]:
    """Return for each name the shortest of them that it is or begins with, as a whole word."""
    known = sorted(set(names), key=lambda name: (len(name), name))
    return {
        name: next(head for head in known if name == head or name.startswith(f"{head} "))
        for name in known
    }


def board_of(actions: pd.DataFrame, like: pd.Series) -> pd.DataFrame:
    """Count actions by who leads and by priority.

    Args:
        actions: Of `actions_in`.
        like: Whether each is of the kind that is looked at.

    Returns:
        lead and priority ("" for all of them), actions, like, funded, unsaid (of whose money the
        plan says nothing), late, unrecorded. An action that agencies share is counted for each.
    """
    marked = pd.DataFrame(
        {
            "lead": leads_of(actions),
            "priority": priorities_of(actions),
            "actions": 1,
            "like": like,
            "funded": actions["funding"].eq(FUNDED),
            "unsaid": actions["funding"].eq(NOT_GIVEN),
            "late": actions["is_late"],
            "unrecorded": actions["state"].eq(NOT_RECORDED),
        }
    )
    by_lead = marked.explode("lead")
    whole = [marked.assign(lead=""), marked.assign(lead="", priority="")]
    every = pd.concat([by_lead, by_lead.assign(priority=""), *whole], ignore_index=True)
    return every.groupby(["lead", "priority"], as_index=False).sum()


def money_by(actions: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Add up what is asked and found, in pounds.

    Args:
        actions: Of `actions_in`.
        names: Of what each action belongs to, as lists: an action is counted for each.

    Returns:
        name, actions, priced (how many give their costs), `POUNDS`, covered_gbp (found of what is
        asked): the most asked first.
    """
    sums = actions[POUNDS].fillna(0.0)
    covered = sums["asked_gbp"] - sums["left_open_gbp"] - sums["missing_gbp"]
    rows = sums.assign(
        name=names, actions=1, priced=actions["asked_gbp"].notna(), covered_gbp=covered
    )
    found = rows.explode("name").groupby("name", as_index=False, sort=False).sum()
    return found.sort_values(["asked_gbp", "actions"], ascending=False, ignore_index=True)


def money_by_funder(actions: pd.DataFrame) -> pd.DataFrame:
    """Return what each who pays is named for, in pounds.

    Returns:
        name, actions, own_gbp (sums that the plan gives it), shared_gbp (what is found for actions
        that it pays together with others, none of whom has a sum), the most named first. Names
        that begin with another's are counted with it ("Home Office PSP review" with "Home Office").
    """
    rows = []
    for action in actions.to_dict("records"):
        costs, source = action["estimated_new_costs"], action["funding_source"]
        money = money_of(costs, source, action["funding"])
        is_split = any(each.pounds for each in money.payers)
        shared = 0.0 if is_split else money.found or 0.0
        rows += [
            (each.name, action["action_id"], each.pounds or 0.0, shared) for each in money.payers
        ]
    table = pd.DataFrame(rows, columns=["name", "action", "own_gbp", "shared_gbp"])
    heads = families(table["name"])
    table["name"] = table["name"].map(heads)
    columns = {"actions": ("action", "nunique"), "own_gbp": ("own_gbp", "sum"),
               "shared_gbp": ("shared_gbp", "sum")}  # fmt: skip
    found = table.groupby("name", as_index=False).agg(**columns)
    order = ["own_gbp", "shared_gbp", "actions"]
    return found.sort_values(order, ascending=False, ignore_index=True)


@question
def actions(view: AreaView) -> pd.DataFrame:
    """Every action of the plan: who, when, with what money, for which indicators.

    See `actions_in`.
    """
    return actions_in(view)


def split(text: str) -> list[str]:
    """Return the parts of a text of the plan that are separated by ";"."""
    return [part.strip() for part in text.split(";") if part.strip()]
