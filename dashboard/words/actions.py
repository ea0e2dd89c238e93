"""The action plan in words and tables."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.actions import NOT_RECORDED
from dashboard.analysis.rows import rows_of
from dashboard.charts.wording import NOT_GIVEN
from dashboard.metrics.action_plan import DUE
from dashboard.metrics.periods import month_label, parse_month
from dashboard.words.levels import capital

POUNDS = "£"


@dataclass(frozen=True, slots=True)
class Action:
    """An action of a plan: a row of `dashboard.analysis.actions.actions_in`."""

    action_id: str
    section: str
    number: str
    key_action: str
    agencies: list[str]
    responsible_group: str
    timing: str
    timing_kind: str
    due: str
    funding: str
    resource: str
    estimated_new_costs: str
    funding_source: str
    comments: str
    titles: list[str]
    state: str
    state_note: str
    is_late: bool
    note: str
    asked_gbp: float | None
    found_gbp: float | None
    over_gbp: float


def serving(actions: pd.DataFrame, indicator: str) -> pd.DataFrame:
    """Return the actions that serve an indicator; `dashboard.analysis.actions`."""
    serves = [indicator in each for each in actions["indicators"]]
    return actions[pd.Series(serves, index=actions.index, dtype=bool)]


def actions_reading_table(actions: pd.DataFrame, states: dict[str, str]) -> pd.DataFrame:
    """Return actions as texts: who, when, money, what each serves, how far it is.

    Args:
        actions: Of `dashboard.analysis.actions`.
        states: Names of states by id.
    """
    rows = rows_of(actions, Action)
    return pd.DataFrame(
        {
            "Action": [_blank(each.key_action) for each in rows],
            "Lead": [_blank(", ".join(each.agencies)) for each in rows],
            "Group": [_blank(each.responsible_group) for each in rows],
            "By when": [_when(each) for each in rows],
            "Funding": [_money(each) for each in rows],
            "Serves": [_blank("; ".join(each.titles)) for each in rows],
            "State": [_state(each, states) for each in rows],
        }
    )


def short_lines(actions: pd.DataFrame, states: dict[str, str]) -> list[str]:
    """Return a line for each action: what, who, by when, how far it is."""
    return [
        f"{_blank(each.key_action)} ({_blank(', '.join(each.agencies))}, {_when(each)}): "
        f"{_state(each, states)}"
        for each in rows_of(actions, Action)
    ]


def _when(action: Action) -> str:
    late = " (late)" if action.is_late else ""
    if action.timing_kind == DUE and action.due:
        month = month_label(parse_month(action.due))
        stated = "" if action.timing == month else f"; stated: {action.timing}"
        return f"{month}{late}{stated}"
    return _blank(action.timing)


def _money(action: Action) -> str:
    stated = [action.resource, action.estimated_new_costs, action.funding_source, action.comments]
    if POUNDS in action.note:
        # A note that names a sum says how the plan's own sums disagree.
        stated.append(f"but the plan disagrees with itself: {action.note}")
    said = "; ".join(text for text in stated if text.strip(" -✓"))
    return capital(action.funding) + (f": {said}" if said else "")


def _state(action: Action, states: dict[str, str]) -> str:
    state = capital(NOT_RECORDED) if action.state == NOT_RECORDED else states[action.state]
    return f"{state}: {action.state_note}" if action.state_note else state


def _blank(text: str) -> str:
    return text if text.strip() else NOT_GIVEN
