"""What the page says of the action plan: its finding, its choices and its table."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard.analysis.actions import (
    FINISHED,
    NO_PRIORITY,
    NOBODY,
    NOT_RECORDED,
    OTHERS,
    POUNDS,
    leads_of,
    priorities_of,
)
from dashboard.analysis.rows import rows_of
from dashboard.charts.wording import NOT_GIVEN, pounds_text
from dashboard.metrics.action_plan import DUE, FUNDED, PART_FUNDED, TO_BE_AGREED, UNFUNDED
from dashboard.metrics.periods import month_label, parse_month
from dashboard.ui.big_number import BigNumber
from dashboard.words.actions import Action
from dashboard.words.levels import capital, date_text

ALL = "all"
SHOWN = {
    ALL: "All actions",
    "money": "Short of money",
    "late": "Late",
    "unrecorded": "Not recorded",
    "timing": "No date",
    "owner": "No lead",
}
WIDTHS = (26, 11, 9, 14, 18, 13, 9)
"""Of the columns of the printed list, in percent."""
HOW_READ = (
    "Funding and dates are read from the plan's own words. A quarter without a year is one of the "
    "plan's year. Late: due before the month shown and not recorded as done."
)
WITHOUT_PRIORITY = "No priority"
LEADS = {OTHERS: "Others, one action each", NOBODY: "No lead named"}
_SHORT_OF_MONEY = (PART_FUNDED, UNFUNDED, TO_BE_AGREED)


def actions_title(actions: pd.DataFrame) -> str:
    """Return the page's finding: "70 actions: 47 are funded, 5 are not, 3 are late"."""
    counts = actions["funding"].value_counts()
    late = int(actions["is_late"].sum())
    return (
        f"{_count(len(actions), 'action')}: {counts.get(FUNDED, 0)} are funded, "
        f"{counts.get(UNFUNDED, 0)} are not{f', {late} are late' if late else ''}"
    )


def closed_line(actions: pd.DataFrame) -> str:
    """Return what became of a plan that is over; "" of one that is not.

    "The plan closed in March 2011, so none is late: 2 of its 70 actions were recorded as done or
    dropped".
    """
    closed = str(actions["closed"].iloc[0])
    if not closed:
        return ""
    ended = int(actions["state"].isin(FINISHED).sum())
    return (
        f"The plan closed in {month_label(parse_month(closed))}, so none is late: "
        f"{ended or 'none'} of its {len(actions)} actions {'was' if ended <= 1 else 'were'} "
        "recorded as done or dropped."
    )


def big_numbers(actions: pd.DataFrame) -> list[BigNumber]:
    """Return what is asked first: what is funded, late and recorded, and the gap in the money."""
    of_all = f"of {len(actions)}"
    dated = int(actions["due"].ne("").sum())
    recorded = int(actions["state"].ne(NOT_RECORDED).sum())
    sums = actions[POUNDS].sum()
    numbers = [BigNumber("Funded", str(int(actions["funding"].eq(FUNDED).sum())), of_all)]
    if not actions["closed"].iloc[0]:
        late = str(int(actions["is_late"].sum()))
        numbers.append(BigNumber("Late", late, f"of {dated} dated"))
    numbers.append(BigNumber("State recorded", str(recorded), of_all))
    priced = int(actions["asked_gbp"].notna().sum())
    if priced:
        asked, gap = sums["asked_gbp"], sums["left_open_gbp"] + sums["missing_gbp"]
        numbers += [
            BigNumber("Asked", pounds_text(asked), f"by {priced}; others not given"),
            BigNumber("Gap", pounds_text(gap), f"{pounds_text(asked - gap)} found"),
        ]
    return numbers


def kinds_of(actions: pd.DataFrame) -> dict[str, pd.Series]:
    """Return for each kind of `SHOWN` whether each action is of it."""
    return {
        ALL: pd.Series(True, index=actions.index),
        "money": actions["funding"].isin(_SHORT_OF_MONEY),
        "late": actions["is_late"],
        "unrecorded": actions["state"].eq(NOT_RECORDED),
        "timing": actions["due"].eq(""),
        "owner": actions["has_no_owner"],
    }


def chosen_actions(
    actions: pd.DataFrame, *, priority: str = "", lead: str = "", only: str = ALL
) -> pd.DataFrame:
    """Return the actions of a priority, of a row of the board, and of a kind of `SHOWN`."""
    keep = kinds_of(actions)[only]
    if priority:
        keep &= priorities_of(actions).eq(priority)
    if lead:
        keep &= leads_of(actions).map(lambda names: lead in names)
    return actions[keep]


def leads_to_choose(actions: pd.DataFrame) -> dict[str, str]:
    """Return the rows of the board by name, those that lead most first, and "" for all of them."""
    counts = leads_of(actions).explode().value_counts().sort_index()
    counts = counts.sort_values(ascending=False, kind="stable")
    named = [str(name) for name in counts.index if name not in LEADS]
    last = [name for name in LEADS if name in counts]
    return {"": "All agencies"} | {name: LEADS.get(name, name) for name in [*named, *last]}


def priorities_to_choose(actions: pd.DataFrame, titles: dict[str, str]) -> dict[str, str]:
    """Return the priorities that have actions, by title, in the plan's order, and "" for all."""
    there = set(priorities_of(actions))
    named = {each: title for each, title in titles.items() if each in there}
    rest = {each: each for each in sorted(there - set(named) - {NO_PRIORITY})}
    without = {NO_PRIORITY: WITHOUT_PRIORITY} if NO_PRIORITY in there else {}
    return {"": "All priorities"} | named | rest | without


def chosen_heading(count: int, of: Iterable[str]) -> str:
    """Return what the list holds: "32 actions: SCC, Reduce violent crime"."""
    names = ", ".join(name for name in of if not name.startswith("All "))
    return f"{_count(count, 'action')}{f': {names}' if names else ''}"


def states_table(actions: pd.DataFrame, progress: pd.DataFrame | None) -> pd.DataFrame:
    """Return the actions of a choice as a row each, with what was last recorded of each.

    Args:
        actions: Of `dashboard.analysis.actions`.
        progress: What was last said of each: action_id, author, written_at; None for nothing.
    """
    said = {} if progress is None else recorded_by(progress)
    rows = rows_of(actions, Action)
    return pd.DataFrame(
        {
            "state": [None if each.state == NOT_RECORDED else each.state for each in rows],
            "read": [f"{each.number} {each.key_action}".strip() for each in rows],
            "note": [each.state_note for each in rows],
            "lead": [", ".join(each.agencies) or NOT_GIVEN for each in rows],
            "due": [_due(each) for each in rows],
            "money": [_money(each) for each in rows],
            "section": [each.section for each in rows],
            "recorded": [said.get(each.action_id, "") for each in rows],
        }
    )


def recorded_by(progress: pd.DataFrame) -> dict[str, str]:
    """Return who recorded the state of an action, and when: "Ann, 3 December 2009"."""
    return {
        str(each["action_id"]): f"{each['author']}, {date_text(each['written_at'])}"
        for each in progress.to_dict("records")
    }


def history_lines(history: pd.DataFrame, states: dict[str, str]) -> list[str]:
    """Return what was said of how far an action is, the latest first, a line each."""
    return [
        f"{states[each['state']]}{': ' if each['note'] else ''}{each['note']} "
        f"({each['author']}, {date_text(each['written_at'])})"
        for each in reversed(history.to_dict("records"))
    ]


def _due(action: Action) -> str:
    """Return when an action is due, in short: "June 2010 (late)", "On-going"."""
    if action.timing_kind != DUE or not action.due:
        return action.timing or NOT_GIVEN
    return f"{month_label(parse_month(action.due))}{' (late)' if action.is_late else ''}"


def _money(action: Action) -> str:
    """Return in short what there is: "Funded: £40,000", "Funded: £10,000 of £20,000"."""
    text = capital(action.funding)
    if action.asked_gbp is None:
        return text
    asked, found = pounds_text(action.asked_gbp), pounds_text(action.found_gbp)
    if action.over_gbp:
        return f"{text}: {found} for {asked}, contradictory"
    return f"{text}: {asked}" if found == asked else f"{text}: {found} of {asked}"


def in_full(action: pd.Series) -> list[tuple[str, str]]:
    """Return all that the plan says of an action, each with its label."""
    labels = {
        "key_action": "Action", "section": "Section", "objective": "Objective",
        "agencies": "Lead", "responsible_group": "Group", "outcome": "Outcome",
        "measure": "Measure", "timing": "By when", "resource": "Resource",
        "within_existing_resource": "Within existing resource",
        "partner_contributions": "Partner contributions",
        "estimated_new_costs": "Estimated new costs", "funding_source": "Funding source",
        "comments": "Comments", "titles": "Serves", "note": "Note",
    }  # fmt: skip
    texts = [
        (label, "; ".join(action[column]) if isinstance(action[column], list) else action[column])
        for column, label in labels.items()
    ]
    return [(label, text.strip() or NOT_GIVEN) for label, text in texts]


def actions_download(actions: pd.DataFrame) -> pd.DataFrame:
    """Return the actions with lists written as texts."""
    lists = ["agencies", "indicators", "titles"]
    return actions.assign(**{name: actions[name].map("; ".join) for name in lists})


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
