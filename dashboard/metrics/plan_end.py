"""When a plan ends, after which what it set is history: neither late nor at stake."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.metrics.periods import parse_financial_year, parse_month


def last_month_of(period: str, due: date | None = None) -> pd.Period | None:
    """Return the last month in which something that a plan set is still open.

    It is the last month of the plan's period, or the month of a due date that is later.

    Args:
        period: The plan's period as it states it, "2010/11".
        due: When the action or the target itself is due; None where that is not given.

    Returns:
        A month; None for a period that is no financial year, for such a plan names no end.
    """
    try:
        end = parse_financial_year(period).last_month
    except ValueError:
        return None
    if due is None:
        return end
    return max(end, parse_month(due), key=lambda month: month.ordinal)


def closing_month(period: str, as_at: pd.Period, due: date | None = None) -> pd.Period | None:
    """Return the month in which something that a plan set was closed; None while it is open.

    In its last month it is due and not closed: what the month brought is still to be decided on.

    Args:
        period: The plan's period, "2010/11".
        as_at: The last month that counts, never the clock.
        due: When the action or the target itself is due; None where that is not given.
    """
    last = last_month_of(period, due)
    return last if last is not None and last.ordinal < as_at.ordinal else None
