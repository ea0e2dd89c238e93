"""What the words of an action plan say of time and money, read by rules that can be looked up.

A plan writes "By end Q2", "April/ May 2010", "✓ TBA", "No funding identified", "SSCF (£15k)". What
the words leave open stays open: a season without a year is no date, a blank is not given, and "a
deficit of £x" is no sum.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass

import pandas as pd

from dashboard.metrics.periods import Window, month_of, parse_financial_year

DUE, BEGINS, ON_GOING = "due", "begins", "on-going"
TO_BE_AGREED, NOT_GIVEN, UNCLEAR = "to be agreed", "not given", "unclear"
FUNDED, PART_FUNDED, UNFUNDED = "funded", "part funded", "unfunded"

_MONTHS = tuple(name.lower() for name in calendar.month_name[1:])
_SHORT = 3
_MONTH = re.compile(
    rf"\b({'|'.join(_MONTHS)}|{'|'.join(name[:_SHORT] for name in _MONTHS)}|sept)\b\.?"
    r"\s*(\d{4}|\d{2})\b",
    re.IGNORECASE,
)
_QUARTER = re.compile(r"\bQ([1-4])\b", re.IGNORECASE)
_BEGINS = re.compile(r"\b(from|start|starts|commenc\w+|onwards)\b", re.IGNORECASE)
_ON_GOING = re.compile(r"\bon-?going\b", re.IGNORECASE)
_TO_BE_AGREED = re.compile(r"\bTBA\b|\bTBC\b|to be (agreed|confirmed|determined)", re.IGNORECASE)
_UNFUNDED = re.compile(
    r"^no funding|not identified|no extra funding|to be (identified|secured)|^subject to funding",
    re.I,
)
_PART_FUNDED = re.compile(r"^part|only partial|no additional funding|deficit", re.I)
_FUNDED = re.compile(r"✓|\bwithin\b|\bexisting\b|\bmainstream\b", re.I)
_CENTURY = 2000
_POUNDS = re.compile(r"\(?\s*£\s?(\d[\d,]*(?:\.\d+)?)\s?(k|m)?\b\s*\)?", re.IGNORECASE)
_TIMES = {"": 1, "k": 1_000, "m": 1_000_000}


@dataclass(frozen=True)
class Timing:
    """What a plan says of when.

    Attributes:
        kind: due, begins, on-going, to be agreed, not given, or unclear.
        month: The month by whose end it is due, or in which it begins; None without one.
    """

    kind: str
    month: pd.Period | None = None


def timing_of(text: str, plan_year: str) -> Timing:
    """Read when an action is due.

    A quarter without a year is that of the plan's financial year. A date after "from", "start",
    "commencing", or before ", on-going", is when the action begins; "on-going to" a date is due.

    Args:
        text: As the plan has it.
        plan_year: The plan's financial year, "2010/11".
    """
    if not text.strip():
        return Timing(NOT_GIVEN)
    month = _month_in(text, plan_year)
    if month is None:
        words = ((_ON_GOING, ON_GOING), (_TO_BE_AGREED, TO_BE_AGREED))
        return Timing(next((kind for word, kind in words if word.search(text)), UNCLEAR))
    goes_on = _ON_GOING.search(text)
    continues = goes_on is not None and not text[goes_on.end() :].strip(" ,.")
    return Timing(BEGINS if continues or _BEGINS.search(text) else DUE, month)


def _month_in(text: str, plan_year: str) -> pd.Period | None:
    """Return the last month that a text names with its year, or the end of a quarter it names."""
    found = list(_MONTH.finditer(text))
    if found:
        name, year = found[-1].groups()
        whole = int(year) if len(year) > len("10") else _CENTURY + int(year)
        short = [month[:_SHORT] for month in _MONTHS]
        return month_of(whole, short.index(name[:_SHORT].lower()) + 1)
    quarter = _QUARTER.search(text)
    if quarter is None:
        return None
    year: Window = parse_financial_year(plan_year)
    begins = _BEGINS.search(text) is not None
    after = 3 * int(quarter[1]) - (3 if begins else 1)
    return year.first_month + after


def funding_of(resource: str, source: str = "", comments: str = "") -> str:
    """Return whether the money for an action is there.

    The first that applies: a part is missing (part funded); nobody pays yet (unfunded); it is to be
    agreed; a tick, existing budgets, or somebody named who pays (funded); nothing is said (not
    given).

    Args:
        resource: What the plan says of the resource: "✓", "TBA", "Part funded".
        source: Who pays.
        comments: What is said of it besides.
    """
    said = [text.strip(" -") for text in (resource, source, comments)]
    if any(_PART_FUNDED.search(text) for text in said):
        return PART_FUNDED
    if any(_UNFUNDED.search(text) for text in said):
        return UNFUNDED
    if _TO_BE_AGREED.search(said[0]):
        return PART_FUNDED if _FUNDED.search(said[0]) else TO_BE_AGREED
    if _FUNDED.search(said[0]):
        return FUNDED
    if said[1]:
        return TO_BE_AGREED if _TO_BE_AGREED.search(said[1]) else FUNDED
    return NOT_GIVEN


def is_late(
    timing: Timing, as_at: pd.Period, *, is_finished: bool, is_closed: bool = False
) -> bool:
    """Return whether an action was due before the month shown and nobody said that it is done.

    Args:
        timing: When it is due.
        as_at: The last month that counts, never the clock.
        is_finished: Whether somebody recorded it as done or dropped.
        is_closed: Whether its plan is over (`goals.closing_month`): its actions are history.
    """
    if timing.kind != DUE or timing.month is None or is_finished or is_closed:
        return False
    return timing.month.ordinal < as_at.ordinal


@dataclass(frozen=True)
class Payer:
    """Somebody who pays for an action.

    Attributes:
        name: As the plan has it, without the sum.
        pounds: What the plan says that it pays; None where it does not say.
    """

    name: str
    pounds: float | None = None


@dataclass(frozen=True)
class Money:
    """What an action is to cost, and what is found for it, in pounds.

    Attributes:
        asked: The new costs; None where the plan gives no sum.
        found: What payers give, as their own sums add up; the costs where the plan says that they
            are funded and splits nothing; 0 where nobody pays; None where the plan leaves it open.
        payers: Who pays.
        left_open: What of the costs is neither found nor missing: a payer is named without a sum,
            or nothing is said.
        missing: What of the costs nobody pays.
        over: By how much payers give more than the action costs, which contradicts it.
    """

    asked: float | None
    found: float | None
    payers: tuple[Payer, ...] = ()
    left_open: float = 0
    missing: float = 0
    over: float = 0


def money_of(costs: str, source: str, funding: str) -> Money:
    """Read what an action costs and who pays how much of it.

    Args:
        costs: What the plan says of new costs: "£15,000", "Circa £1M", "TBA".
        source: Who pays: "£5,000 Home Office; £5,000 SCP; £5,000 Partners".
        funding: Whether the money is there (`funding_of`).
    """
    asked, payers = pounds_in(costs), payers_in(source)
    sums = [each.pounds for each in payers if each.pounds is not None]
    if sums:
        found = sum(sums)
    elif asked is not None and funding == FUNDED:
        found = asked
        payers = (Payer(payers[0].name, asked),) if len(payers) == 1 else payers
    else:
        found = 0.0 if funding == UNFUNDED else None
    if asked is None or found is None:
        return Money(asked, found, payers, left_open=asked or 0)
    rest = max(asked - found, 0)
    is_open = bool(sums) and len(sums) < len(payers)
    left_open, missing = (rest, 0) if is_open else (0, rest)
    return Money(asked, found, payers, left_open, missing, over=max(found - asked, 0))


def pounds_in(text: str) -> float | None:
    """Return the sum that a text names: 15000 for "£15,000", 1000000 for "Circa £1M".

    The sums of parts between ";" are added. None without a sum, and where a part names several,
    such as a range.
    """
    found = [_POUNDS.findall(part) for part in text.split(";")]
    if not any(found) or any(len(sums) > 1 for sums in found):
        return None
    return sum(_number(*sums[0]) for sums in found if sums)


def payers_in(text: str) -> tuple[Payer, ...]:
    """Return who a text says pays, with the sums; nobody for "To be identified" and the like."""
    payers = []
    for part in text.split(";"):
        name = _TO_BE_AGREED.sub("", _POUNDS.sub("", part)).strip(" -.")
        if name and not _UNFUNDED.search(part.strip()):
            payers.append(Payer(name, pounds_in(part)))
    return tuple(payers)


def _number(digits: str, times: str) -> float:
    return float(digits.replace(",", "")) * _TIMES[times.lower()]
