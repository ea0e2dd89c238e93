"""What went quiet, and how exceptions were chosen, in words."""

from __future__ import annotations

from dashboard.answers.exceptions import ExceptionsAnswer
from dashboard.exhibits.verdicts import NO_TARGET, capital, in_words
from dashboard.exhibits.words import named
from dashboard.metrics.false_discovery import FALSE_DISCOVERY_RATE
from dashboard.metrics.periods import parse_month, quarter_label


def quiet_lines(answer: ExceptionsAnswer) -> list[str]:
    """Return a line for each indicator that was an exception a quarter ago and is none now.

    Such as "Assault with less injury crime rate (NI 20): on track now; designated indicator at
    risk as at Q1 2009/10".
    """
    then = quarter_label(parse_month(answer.before))
    return [
        f"{named(row)}: {_now(str(row['status']))}; {row['why_before']} in {then}"
        for _, row in answer.quiet.iterrows()
    ]


def quiet_title(answer: ExceptionsAnswer) -> str:
    """Return how many have gone quiet: "Two have gone quiet since the quarter before"."""
    count = len(answer.quiet)
    if not count:
        return "None has gone quiet since the quarter before"
    has = "has" if count == 1 else "have"
    return f"{capital(in_words(count))} {has} gone quiet since the quarter before"


def how_tested(answer: ExceptionsAnswer) -> str:
    """Return how changes were tested together; "" where none could be."""
    if not answer.tests_together:
        return ""
    share = f"{FALSE_DISCOVERY_RATE:.0%}"
    return (
        f"{answer.tests_together} changes on the year before were tested together: of those named "
        f"here for their change, at most {share} are expected to be chance."
    )


def _now(status: str) -> str:
    if status == NO_TARGET:
        return "no change for the worse that chance does not explain"
    return f"{status} now"
