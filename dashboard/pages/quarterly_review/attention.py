"""What needs the meeting's decision, most pressing first, each with its reason in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.charts.wording import NOT_GIVEN, number_text
from dashboard.metrics.status_table import AT_RISK, NOT_MET, OFF_TRACK
from dashboard.words.change import change_in_words
from dashboard.words.levels import capital, joined, level_text, named
from dashboard.words.on_target import owner_text, reason_text, status_cell
from dashboard.words.reasons import reason_in_words
from dashboard.words.reviewed import Reviewed, reviewed_in
from dashboard.words.target_words import which_target

MISSED = (AT_RISK, OFF_TRACK, NOT_MET)


@dataclass(frozen=True)
class Attention:
    """An indicator that needs the meeting's attention.

    Attributes:
        indicator_id: Its id.
        title: Its verdict, or what happened, with its name.
        asked: What `why` answers: "Why off track".
        why: The reason in words.
        figures: Its figure and how it changed.
        owner: Who answers for it; where the plan names nobody, who leads its actions.
    """

    indicator_id: str
    title: str
    asked: str
    why: str
    figures: str
    owner: str

    @property
    def lines(self) -> list[tuple[str, str]]:
        """What is said of it, label and text."""
        return [(self.asked, self.why), ("Change", self.figures), ("Owner", self.owner)]


def exceptions(
    review: pd.DataFrame, leads: Mapping[str, list[str]] | None = None
) -> list[Attention]:
    """Return what needs a decision, most pressing first, each with its reason in words.

    Args:
        review: Of `dashboard.words.meeting.with_other_targets`.
        leads: Of `leads_each`; None where there are no actions.
    """
    return [
        Attention(
            indicator_id=row.indicator_id,
            title=f"{_head(row)}: {named(row)}",
            asked=f"Why {row.status}" if row.status in MISSED else "Why it is here",
            why=_why(row),
            figures=_figures(row),
            owner=_owner(row, leads),
        )
        for row in reviewed_in(review)
        if row.needs_attention
    ]


def leads_each(actions: pd.DataFrame) -> dict[str, list[str]]:
    """Return who leads the actions that serve each indicator; `actions` is the query."""
    served = actions.assign(served=actions["indicators"].str.split(";")).explode("served")
    found: dict[str, list[str]] = {}
    for indicator, leads in zip(served["served"].str.strip(), served["lead_agency"], strict=True):
        for lead in str(leads).split(";"):
            if indicator and lead.strip() not in ["", *found.get(str(indicator), [])]:
                found.setdefault(str(indicator), []).append(lead.strip())
    return found


def _owner(reviewed: Reviewed, leads: Mapping[str, list[str]] | None) -> str:
    """Return the owner that the plan names, else who leads the actions that serve it."""
    named_owner = owner_text(reviewed.verdict) if reviewed.verdict else NOT_GIVEN
    if named_owner != NOT_GIVEN or not leads:
        return f"{named_owner}."
    led = leads.get(reviewed.indicator_id)
    if not led:
        return "not given by the plan, and nobody leads an action of it that serves this."
    return f"not given by the plan; its actions that serve this are led by {joined(led)}."


def _why(reviewed: Reviewed) -> str:
    """Return the reason in words: the target's with its figures, or that the change stands out."""
    target = reviewed.verdict
    if target is None:
        return _why_without_target(reviewed)
    carrying = f", carrying £{number_text(target.reward_gbp)}" if target.reward_gbp else ""
    reason = f"{capital(which_target(target))}{carrying}: {reason_text(target)}."
    if reviewed.others:
        # The target that calls for attention may be one of these, with its verdict.
        return f"{reason} {reviewed.others}."
    if reviewed.status in MISSED:
        return reason
    return f"{capital(reason_in_words(reviewed.why))}. {reason}"


def _why_without_target(reviewed: Reviewed) -> str:
    if not reviewed.is_discovery:
        return "The plan sets no target on it."
    return (
        "Chance does not explain the change, allowing for the "
        f"{reviewed.tests_together} changes tested together. The plan sets no target on it."
    )


def _head(reviewed: Reviewed) -> str:
    if reviewed.verdict:
        return status_cell(reviewed.status)
    return capital(reason_in_words(reviewed.why))


def _figures(reviewed: Reviewed) -> str:
    moved = change_in_words(reviewed.change_in_full)
    if reviewed.current is None:
        return f"{capital(moved)}."
    level = level_text(reviewed.current, "percent" if reviewed.unit == "percent" else "count")
    return f"{capital(reviewed.current_period)}: {level}, {moved}."
