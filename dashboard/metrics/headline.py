"""Which of an indicator's series in an area stands for it: the headline series."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.metrics.periods import MONTHS_A_YEAR

CURRENT_WITHIN = MONTHS_A_YEAR
"""Our convention: a series is current while it ends at most so many months before the latest."""
MOST_OF_A_GROUP = 0.8
"""Our convention: a rank needs the same series in this share of the members of its group."""
FREQUENCIES = ("month", "quarter", "rolling_year", "year", "survey_wave")
"""The finest first."""


@dataclass(frozen=True)
class Candidate:
    """What is known of a series up to the month that counts.

    Attributes:
        series: Its name, "ons_csp:rolling_year".
        alternative: Its place among the alternatives in the indicator's file.
        frequency: One of `FREQUENCIES`.
        last_month: Ordinal of the last month that it counts.
        has_year_before: Whether its last period can be set against the same a year before.
        peers_share: Share of the area's group that has the same series; None without a group.
    """

    series: str
    alternative: int
    frequency: str
    last_month: int
    has_year_before: bool
    peers_share: float | None = None


REASONS = NOT_CURRENT, NO_YEAR_BEFORE, FEW_PEERS = "not_current", "no_year_before", "few_peers"
"""Why a series is not the headline, in the order in which they decide."""


def reasons_against(candidates: Iterable[Candidate]) -> list[tuple[str, ...]]:
    """Return what speaks against each series standing for its indicator, in the order given.

    Args:
        candidates: The series of one indicator in one area that have a figure by the month that
            counts, in any order.
    """
    known = list(candidates)
    latest = max((each.last_month for each in known), default=0)

    def against(each: Candidate) -> tuple[str, ...]:
        share = each.peers_share
        applies = {
            NOT_CURRENT: each.last_month < latest - CURRENT_WITHIN,
            NO_YEAR_BEFORE: not each.has_year_before,
            FEW_PEERS: share is not None and share < MOST_OF_A_GROUP,
        }
        return tuple(reason for reason in REASONS if applies[reason])

    return [against(each) for each in known]


def in_headline_order(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Put series in order; the first is the headline.

    Those that are current come before those that are not, then those that can be compared with the
    year before, then those that most of the area's group has; among equals the order of the
    indicator's alternatives decides, then the finer frequency, then the name.

    Args:
        candidates: The series of one indicator in one area that have a figure by the month that
            counts, in any order.
    """
    known = list(candidates)
    against = dict(zip(known, reasons_against(known), strict=True))

    def place(each: Candidate) -> tuple[list[bool], int, int, str]:
        reasons = [reason in against[each] for reason in REASONS]
        return reasons, each.alternative, FREQUENCIES.index(each.frequency), each.series

    return sorted(known, key=place)


def why_not_headline(candidates: Iterable[Candidate], series: str) -> str:
    """Return what first sets a series behind the headline; "" where only the order does, or it is.

    Args:
        candidates: As for `in_headline_order`.
        series: The name of one of them.
    """
    ordered = in_headline_order(candidates)
    against = dict(zip((each.series for each in ordered), reasons_against(ordered), strict=True))
    own = against[ordered[0].series]
    return next((reason for reason in against[series] if reason not in own), "")
