"""The action plan: who does what by when, with what money, and what it is to move."""

from __future__ import annotations

import pandas as pd

from dashboard.analysis.area_view import AreaView
from dashboard.analysis.question import question
from dashboard.metrics.action_plan import UNFUNDED, funding_of, is_late, timing_of
from dashboard.metrics.goals import closing_month

#: States after which an action is late no more.
FINISHED = ("done", "dropped")
NOT_RECORDED = "not recorded"
COLUMNS = [
    "action_id", "section", "priority", "objective", "number", "key_action", "agencies",
    "responsible_group", "outcome", "measure", "timing", "timing_kind", "due", "funding",
    "resource", "within_existing_resource", "partner_contributions", "estimated_new_costs",
    "funding_source", "comments", "indicators", "titles", "state", "state_note", "is_late",
    "is_unfunded", "has_no_owner", "note", "closed",
]  # fmt: skip


def actions_in(view: AreaView, progress: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return every action of the view's plan, in the plan's order.

    Args:
        view: The area under its plan; without a month none of its actions is late.
        progress: What was last said of each action: action_id, state, note. None for nothing.

    Returns:
        `COLUMNS`: agencies and titles are lists; due is a month, "2010-07", or ""; a text that the
        plan leaves blank is ""; closed is the last month of a plan that is over, "" of one that is
        not, and no action of it is late.
    """
    raw = view.warehouse.frame("actions", plan=view.plan_id).fillna("")
    if raw.empty:
        return pd.DataFrame(columns=COLUMNS)
    year = str(view.plan["period"])
    titles = view.indicators["title"].to_dict()
    said = {} if progress is None else progress.set_index("action_id").to_dict()
    states, notes = said.get("state", {}), said.get("note", {})
    found = raw.assign(
        agencies=raw["lead_agency"].map(split),
        indicators=raw["indicators"].map(split),
        state=[states.get(each, NOT_RECORDED) for each in raw["action_id"]],
        state_note=[notes.get(each, "") for each in raw["action_id"]],
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
    month = view.as_at
    finished = found["state"].isin(FINISHED)
    closed = None if month is None else closing_month(year, month)
    found["closed"] = "" if closed is None else str(closed)
    found["is_late"] = [
        month is not None and is_late(timing, month, is_finished=done, is_closed=closed is not None)
        for timing, done in zip(timings, finished, strict=True)
    ]
    found["is_unfunded"] = found["funding"].eq(UNFUNDED)
    return found[COLUMNS]


def by_agency(actions: pd.DataFrame) -> pd.DataFrame:
    """Return agency ("" for none named), actions, unfunded and late, the busiest agency first.

    An action that agencies share is counted for each of them.
    """
    named = actions.assign(agency=actions["agencies"].map(lambda names: names or [""]))
    groups = named.explode("agency").groupby("agency")
    counted = groups.agg(
        actions=("action_id", "size"), unfunded=("is_unfunded", "sum"), late=("is_late", "sum")
    ).reset_index()
    return counted.sort_values(["actions", "agency"], ascending=[False, True], ignore_index=True)


@question
def actions(view: AreaView) -> pd.DataFrame:
    """Every action of the plan: who, when, with what money, for which indicators.

    See `actions_in`.
    """
    return actions_in(view)


def split(text: str) -> list[str]:
    """Return the parts of a text of the plan that are separated by ";"."""
    return [part.strip() for part in text.split(";") if part.strip()]
