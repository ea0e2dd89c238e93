"""The action plan in words and tables."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.analysis.actions import FINISHED, NOT_RECORDED
from dashboard.analysis.rows import rows_of
from dashboard.charts.wording import NOT_GIVEN, number_text
from dashboard.metrics.action_plan import (
    DUE,
    FUNDED,
    PART_FUNDED,
    TO_BE_AGREED,
    UNFUNDED,
)
from dashboard.metrics.periods import month_label, parse_month
from dashboard.words.levels import capital

ALL = "all"
POUNDS = "£"
SHOWN = {
    ALL: "All actions",
    "money": "Money not all there",
    "late": "Late",
    "owner": "Without a lead agency",
    "timing": "Without a date",
}
_FUNDING_ORDER = (FUNDED, PART_FUNDED, UNFUNDED, TO_BE_AGREED, NOT_GIVEN)
_SHORT_OF_MONEY = (PART_FUNDED, UNFUNDED, TO_BE_AGREED)


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


def actions_title(actions: pd.DataFrame) -> str:
    """Return the page's finding: "70 actions: 47 are funded, 5 are not"."""
    counts = actions["funding"].value_counts()
    there, missing = counts.get(FUNDED, 0), counts.get(UNFUNDED, 0)
    return f"{_count(len(actions), 'action')}: {there} are funded, {missing} are not"


def actions_summary(actions: pd.DataFrame, as_at: str) -> str:
    """Return what of the plan is open, in sentences."""
    counts = actions["funding"].value_counts()
    money = ", ".join(f"{counts[kind]} {kind}" for kind in _FUNDING_ORDER if counts.get(kind, 0))
    return (
        f"Funding, by the plan's own words: {money}. {_lateness(actions, as_at)}. "
        f"{int(actions['has_no_owner'].sum())} have no lead agency."
    )


def _lateness(actions: pd.DataFrame, as_at: str) -> str:
    """Return how many are late of those that can be: "None of the 27 with a date is late …".

    Of a plan that is over: "The plan closed in March 2011, so none is late: 2 of its 70 actions
    were recorded as done or dropped".
    """
    closed = str(actions["closed"].iloc[0])
    if closed:
        ended = int(actions["state"].isin(FINISHED).sum())
        when = month_label(parse_month(closed))
        return (
            f"The plan closed in {when}, so none is late: {ended or 'none'} of its {len(actions)} "
            f"actions {'was' if ended < 2 else 'were'} recorded as done or dropped"  # noqa: PLR2004
        )
    late, undated = int(actions["is_late"].sum()), int(actions["due"].eq("").sum())
    dated = len(actions) - undated
    if not dated:
        return "None has a date, so it cannot be said whether any is late"
    when = f" as at {month_label(parse_month(as_at))}" if as_at else ""
    verb = "is" if late < 2 else "are"  # noqa: PLR2004 - none and one take the singular
    text = f"The one with a date is {'' if late else 'not '}late{when}"
    if dated > 1:
        text = f"{late or 'None'} of the {dated} with a date {verb} late{when}"
    return f"{text}; {undated} {'has' if undated == 1 else 'have'} none" if undated else text


def chosen_actions(
    actions: pd.DataFrame, *, priority: str = "", agency: str = "", only: str = ALL
) -> pd.DataFrame:
    """Return the actions of a priority, of an agency, and of a kind of `SHOWN`."""
    keep = pd.Series(True, index=actions.index)
    if priority:
        keep &= actions["priority"].eq(priority)
    if agency:
        keep &= actions["agencies"].map(lambda names: agency in names)
    kinds = {
        "money": actions["funding"].isin(_SHORT_OF_MONEY),
        "late": actions["is_late"],
        "owner": actions["has_no_owner"],
        "timing": actions["due"].eq(""),
    }
    return actions[keep & kinds[only]] if only in kinds else actions[keep]


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


def agencies_table(agencies: pd.DataFrame) -> pd.DataFrame:
    """Return how many actions each agency leads; see `dashboard.analysis.actions.by_agency`."""
    return pd.DataFrame(
        {
            "Lead agency": agencies["agency"].replace("", "None named"),
            "Actions led or shared": agencies["actions"].map(number_text),
            "Unfunded": agencies["unfunded"].map(number_text),
            "Late": agencies["late"].map(number_text),
        }
    )


def sections_of(actions: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return the actions of each section of the plan, in its order."""
    return {str(name): part for name, part in actions.groupby("section", sort=False)}


def agencies_to_choose(actions: pd.DataFrame) -> dict[str, str]:
    """Return every agency that leads an action, by name, and "" for all of them."""
    names = sorted({name for names in actions["agencies"] for name in names}, key=str.casefold)
    return {"": "All agencies"} | {name: name for name in names}


def actions_to_choose(actions: pd.DataFrame) -> dict[str, str]:
    """Return a short name of every action by its id."""
    return {
        each.action_id: f"{each.section} {each.number}: {each.key_action}".strip()
        for each in rows_of(actions, Action)
    }


def actions_download(actions: pd.DataFrame) -> pd.DataFrame:
    """Return the actions with lists written as texts."""
    lists = ["agencies", "indicators", "titles"]
    return actions.assign(**{name: actions[name].map("; ".join) for name in lists})


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


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
