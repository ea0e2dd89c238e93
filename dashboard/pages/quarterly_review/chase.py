"""Who is to be chased: whose figures, commentary or action states are due or stale."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.analysis.actions import FINISHED, NOT_RECORDED, actions_in
from dashboard.analysis.area_view import AreaView
from dashboard.analysis.review import review as review_answer
from dashboard.charts.wording import NOT_GIVEN
from dashboard.metrics.periods import MONTHS_A_YEAR, month_label, parse_month
from dashboard.store.cache import cached_per_build
from dashboard.words.levels import named
from dashboard.words.on_target import owner_text
from dashboard.words.reviewed import Reviewed, reviewed_in

NOBODY = "Nobody named"
YEARLY = ("year", "rolling_year", "survey_wave")
"""Kinds of period whose figures are due once a year."""
KINDS = FIGURES, COMMENTARY, STATES = "Figures", "Commentary", "Actions without a state"


@cached_per_build
def figures_due(view: AreaView) -> list[tuple[str, str]]:
    """Return who owes figures and what: "Supt. Greening, Police", "Robbery: none since June 2009".

    Figures of months and quarters are due for the quarter's last month, others once a year.
    """
    found = []
    rows = review_answer(view, view.as_at_text)
    for row in reviewed_in(rows[rows["priority_id"].ne("") | rows["target_id"].notna()]):
        if said := _due(view, row):
            found.append((_owner(row), f"{named(row)}: {said}"))
    return found


def chase_table(
    view: AreaView, owners: Mapping[str, str], written: set[str], progress: pd.DataFrame | None
) -> pd.DataFrame:
    """Return what each is to be chased for: Who, and a column of texts for each of `KINDS`.

    Args:
        view: The area under its plan, as at the quarter's end.
        owners: Who answers for each indicator that commentary is due on, by its name.
        written: Names of those on which partners wrote this quarter.
        progress: What was last recorded of each action, with written_at; None where it cannot be
            read.
    """
    due = [(who, FIGURES, what) for who, what in figures_due(view)]
    due += [(who, COMMENTARY, name) for name, who in owners.items() if name not in written]
    due += [(who, STATES, f"{n} of {of}") for who, n, of in _states_due(view, progress)]
    found: dict[str, dict[str, list[str]]] = {}
    for who, kind, what in due:
        found.setdefault(who, {}).setdefault(kind, []).append(what)
    return pd.DataFrame(
        [
            {"Who": who} | {kind: "; ".join(found[who].get(kind, [])) for kind in KINDS}
            for who in sorted(found, key=str.casefold)
        ],
        columns=["Who", *KINDS],
    )


def _due(view: AreaView, row: Reviewed) -> str:
    series = view.series(row.indicator_id)
    known = series[series["value"].notna()]
    if known.empty:
        return "no figure"
    last, month = view.period_end(row.indicator_id), parse_month(view.as_at_text)
    allowed = MONTHS_A_YEAR if known["period_kind"].isin(YEARLY).all() else 0
    behind = month.ordinal - last.ordinal
    return f"none since {month_label(last)}" if behind > allowed else ""


def _owner(row: Reviewed) -> str:
    who = owner_text(row.verdict) if row.verdict else NOT_GIVEN
    return NOBODY if who == NOT_GIVEN else who


def _states_due(view: AreaView, progress: pd.DataFrame | None) -> list[tuple[str, int, int]]:
    """Return each agency, how many of its actions lack a state of this quarter, and of how many.

    One that is done or dropped needs none.
    """
    actions = actions_in(view, progress)
    if actions.empty:
        return []
    begun = parse_month(view.as_at_text).asfreq("Q-MAR").start_time.tz_localize("UTC")
    recent: set[str] = set()
    if progress is not None and len(progress):
        recent = set(progress.loc[progress["written_at"].ge(begun), "action_id"])
    is_due = ~actions["action_id"].isin(recent) & ~actions["state"].isin(FINISHED)
    is_due |= actions["state"].eq(NOT_RECORDED)
    led = actions.assign(is_due=is_due).explode("agencies")
    led["agencies"] = led["agencies"].fillna(NOBODY)
    counted = led.groupby("agencies")["is_due"].agg(["sum", "size"])
    return [
        (str(agency), int(row["sum"]), int(row["size"]))
        for agency, row in counted.iterrows()
        if row["sum"]
    ]
