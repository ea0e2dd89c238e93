"""The `source_…` tables of the plans: priorities, groups, statements, targets, notes, actions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

import pandas as pd

from etl.catalogue import Action, Catalogue, DataNote, Group, Plan, PublishedFigure
from etl.catalogue.entry import Entry
from etl.catalogue.load import entries_as_rows
from etl.catalogue.target import NOT_GIVEN, Target
from etl.periods import Period, parse_period

PLAN_COLUMNS = [
    "plan_id", "title", "period", "first_day", "last_day", "figure_set", "area_code", "area_name",
    "document", "document_status", "display_order", "partnership_name", "partnership_kind",
    "members", "note",
]  # fmt: skip
PRIORITY_COLUMNS = ["plan_id", "priority_id", "title", "paragraph", "position", "indicators"]


def plan_tables(catalogue: Catalogue) -> dict[str, pd.DataFrame]:
    """Return the tables of all plans by name, rows in the order of the plans."""
    plans = catalogue.plans.values()
    priorities = [
        {
            "plan_id": plan.id,
            "priority_id": priority.id,
            "title": priority.title,
            "paragraph": priority.paragraph,
            "position": position,
            "indicators": ";".join(priority.indicators),
        }
        for plan in plans
        for position, priority in enumerate(plan.priority)
    ]
    return {
        "source_plan": pd.DataFrame([_plan_row(plan) for plan in plans], columns=PLAN_COLUMNS),
        "source_plan_priority": pd.DataFrame(priorities, columns=PRIORITY_COLUMNS),
        "source_plan_group": _of_plans(plans, "group", Group),
        "source_plan_statement": _statements(plans),
        "source_target": _targets(catalogue),
        "source_goal_filled_in": _goals_filled_in(catalogue),
        "source_published_figure": _of_plans(plans, "published", PublishedFigure),
        "source_data_note": _of_plans(plans, "notes", DataNote),
        "source_action": _of_plans(plans, "actions", Action),
    }


def _plan_row(plan: Plan) -> list[object]:
    return [
        plan.id, plan.title, plan.period, *_own_years(plan), plan.figure_set, plan.area_code,
        plan.area_name, plan.document, plan.document_status, plan.display_order,
        plan.partnership.name, plan.partnership.kind, "; ".join(plan.partnership.members),
        plan.note,
    ]  # fmt: skip


def _own_years(plan: Plan) -> tuple[date | None, date | None]:
    """Return the first day that a plan's targets are measured from, and the last of its period."""
    years = [period for period in map(_year, _years_named(plan)) if period is not None]
    own = _year(plan.period)
    return min((each.start for each in years), default=None), own.end if own else None


def _years_named(plan: Plan) -> list[str]:
    return [plan.period, *(target.baseline_period for target in plan.targets)]


def _year(text: str) -> Period | None:
    try:
        period = parse_period(text)
    except ValueError:
        return None
    return period if period.kind == "year" else None


def _of_plans(plans: Iterable[Plan], part: str, model: type[Entry]) -> pd.DataFrame:
    """Return one part of every plan in one frame, with `plan_id` and `position`."""
    rows = [
        row | {"position": position}
        for plan in plans
        for position, row in enumerate(entries_as_rows(getattr(plan, part), plan_id=plan.id))
    ]
    return pd.DataFrame(rows, columns=["plan_id", *model.model_fields, "position"])


def _statements(plans: Iterable[Plan]) -> pd.DataFrame:
    rows = [
        row | {"kind": kind, "position": position}
        for plan in plans
        for kind in ("objective", "cross_cutting_area")
        for position, row in enumerate(entries_as_rows(getattr(plan, kind), plan_id=plan.id))
    ]
    return pd.DataFrame(rows, columns=["plan_id", "kind", "id", "text", "paragraph", "position"])


def _target_row(target: Target) -> dict[str, object]:
    """Return a target with "not given" as null, which SQL can compare."""
    row = target.model_dump() | {"reward_stated": "; ".join(target.reward_stated)}
    row["steps"] = json.dumps(target.steps)
    row["baseline_value"] = None if target.baseline_value == NOT_GIVEN else target.baseline_value
    row["due"] = None if target.due == NOT_GIVEN else pd.Timestamp(target.due)
    return row


def _targets(catalogue: Catalogue) -> pd.DataFrame:
    rows = [
        {"plan_id": plan.id, "position": position} | _target_row(target)
        for plan in catalogue.plans.values()
        for position, target in enumerate(plan.targets)
    ]
    columns = ["plan_id", "position", *Target.model_fields]
    return pd.DataFrame(rows, columns=columns).astype(
        {"goal_number": "float64", "baseline_value": "float64", "tolerance": "float64",
         "reward_gbp": "float64", "due": "datetime64[s]"}
    )  # fmt: skip


def _goals_filled_in(catalogue: Catalogue) -> pd.DataFrame:
    rows = [goal.model_dump() for goal in catalogue.goals_filled_in]
    columns = ["target", "goal", "goal_number", "baseline_period", "due", "path"]
    return pd.DataFrame(rows, columns=columns).astype(
        {"goal_number": "float64", "due": "datetime64[s]", "target": "str", "goal": "str",
         "baseline_period": "str", "path": "str"}
    )  # fmt: skip
