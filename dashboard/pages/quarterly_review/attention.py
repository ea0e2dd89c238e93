"""One indicator of the review in words: what happened, why its verdict is as it is, who owns it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.charts.wording import NOT_GIVEN, number_text
from dashboard.metrics.status_table import AT_RISK, NOT_MET, OFF_TRACK
from dashboard.pages.quarterly_review.scorecard_rows import chip_of
from dashboard.words.change import change_in_words
from dashboard.words.levels import capital, joined, level_text, named
from dashboard.words.meeting import change_cell
from dashboard.words.on_target import owner_text, reason_text
from dashboard.words.reasons import reason_in_words
from dashboard.words.reviewed import Reviewed, reviewed_in
from dashboard.words.target_words import which_target

MISSED = (AT_RISK, OFF_TRACK, NOT_MET)


@dataclass(frozen=True)
class Said:
    """What is said of an indicator.

    Attributes:
        title: Its name.
        verdict: Its verdict, or another word for its chip.
        why: The reason in words.
        figures: Its figure and how it changed.
        quarter: How the quarter changed; "" where quarters are not compared.
        owner: Who answers for it; where the plan names nobody, who leads its actions.
        named_owner: Whom the plan names; "" for nobody.
        needs_attention: Whether the meeting must look at it.
    """

    title: str
    verdict: str
    why: str
    figures: str
    quarter: str
    owner: str
    named_owner: str
    needs_attention: bool


def said_of_each(
    review: pd.DataFrame, leads: Mapping[str, list[str]] | None = None
) -> dict[str, Said]:
    """Return what is said of each indicator, by its id, the most pressing first.

    Args:
        review: Of `dashboard.words.meeting.with_other_targets`.
        leads: Of `leads_each`; None where there are no actions.
    """
    return {
        row.indicator_id: Said(
            title=named(row),
            verdict=chip_of(row),
            why=_why(row),
            figures=_figures(row),
            quarter=_quarter(row),
            owner=_owner(row, leads),
            named_owner=_named_owner(row).replace(NOT_GIVEN, ""),
            needs_attention=bool(row.needs_attention),
        )
        for row in reviewed_in(review)
    }


def leads_each(actions: pd.DataFrame) -> dict[str, list[str]]:
    """Return who leads the actions that serve each indicator; `actions` is the query."""
    served = actions.assign(served=actions["indicators"].str.split(";")).explode("served")
    found: dict[str, list[str]] = {}
    for indicator, leads in zip(served["served"].str.strip(), served["lead_agency"], strict=True):
        for lead in str(leads).split(";"):
            if indicator and lead.strip() not in ["", *found.get(str(indicator), [])]:
                found.setdefault(str(indicator), []).append(lead.strip())
    return found


def _named_owner(reviewed: Reviewed) -> str:
    return owner_text(reviewed.verdict) if reviewed.verdict else NOT_GIVEN


def _owner(reviewed: Reviewed, leads: Mapping[str, list[str]] | None) -> str:
    """Return the owner that the plan names, else who leads the actions that serve it."""
    named_owner = _named_owner(reviewed)
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
    if reviewed.status in MISSED or not reviewed.needs_attention:
        return reason
    return f"{capital(reason_in_words(reviewed.why))}. {reason}"


def _why_without_target(reviewed: Reviewed) -> str:
    if not reviewed.is_discovery:
        return "The plan sets no target on it."
    return (
        "Chance does not explain the change, allowing for the "
        f"{reviewed.tests_together} changes tested together. The plan sets no target on it."
    )


def _figures(reviewed: Reviewed) -> str:
    moved = change_in_words(reviewed.change_in_full)
    if reviewed.current is None:
        return f"{capital(moved)}."
    level = level_text(reviewed.current, "percent" if reviewed.unit == "percent" else "count")
    return f"{capital(reviewed.current_period)}: {level}, {moved}."


def _quarter(reviewed: Reviewed) -> str:
    if reviewed.quarter_change is None:
        return ""
    cell = change_cell(reviewed.quarter_change, reviewed.quarter_percent, reviewed.unit)
    is_beyond = reviewed.quarter_is_beyond_chance
    chance = ", not held against chance" if is_beyond is None else ", which chance could explain"
    return f"The quarter on that of a year before: {cell}{'' if is_beyond else chance}."
