"""What went quiet, and how exceptions were chosen, in words."""

from __future__ import annotations

from dashboard.analysis.review import ExceptionsAnswer
from dashboard.metrics.false_discovery import FALSE_DISCOVERY_RATE
from dashboard.metrics.periods import parse_month, quarter_label
from dashboard.metrics.verdict_cost import ADVERSE_TIER
from dashboard.words.levels import capital, in_words, named
from dashboard.words.on_target import NO_TARGET
from dashboard.words.reasons import reason_in_words
from dashboard.words.reviewed import reviewed_in


def quiet_lines(answer: ExceptionsAnswer) -> list[str]:
    """Return a line for each indicator that was an exception a quarter ago and is none now.

    Such as "Assault with less injury crime rate (NI 20): on track now; designated indicator at
    risk as at Q1 2009/10".
    """
    then = quarter_label(parse_month(answer.before))
    return [
        f"{named(row)}: {_now(row.status)}; {reason_in_words(why)} in {then}"
        for row, why in zip(reviewed_in(answer.quiet), answer.quiet["why_before"], strict=True)
    ]


def quiet_title(answer: ExceptionsAnswer) -> str:
    """Return how many need no attention any more: "Two needed attention a quarter ago and …"."""
    count = len(answer.quiet)
    if not count:
        return "None that needed attention a quarter ago is free of it now"
    does = "does" if count == 1 else "do"
    return f"{capital(in_words(count))} needed attention a quarter ago and {does} not now"


def how_tested(answer: ExceptionsAnswer) -> str:
    """Return how changes were tested together; "" where none could be."""
    if not answer.tests_together:
        return ""
    tested = f"{answer.tests_together} changes on the year before were tested together"
    for_change = answer.rows["tier"].eq(ADVERSE_TIER) & answer.rows["is_discovery"].astype(bool)
    if not for_change.any():
        return f"{tested}; none is named here for its change."
    share = f"{1 / FALSE_DISCOVERY_RATE:.0f}"
    return (
        f"{tested}, so that at most one in {share} of the changes named here is expected "
        "to be chance."
    )


def _now(status: str) -> str:
    if status == NO_TARGET:
        return "no change for the worse that chance does not explain"
    return f"{status} now"
