"""A plan and its targets as the text of `plan.toml` and `targets.toml`."""

from __future__ import annotations

import json
from datetime import date

from etl.catalogue import Target
from etl.periods import FIRST_MONTH_OF_FINANCIAL_YEAR

_PLAN = """\
# A plan that was begun in the app. Write in this file what you like: the app changes nothing in it.
# Priorities, groups and actions are described in CONTRIBUTING.md, "Add a plan".
title = {title}
period = {period}
display_order = {display_order}
area_code = {area_code}
area_name = {area_name}
document = {document}

[partnership]
name = {partnership}
"""
_FIRST_LINES = """\
# Targets of this plan. What is added in the app is put at the end; nothing above it is changed.
"""
#: DEL is the one control character that JSON leaves as it is and TOML does not allow.
_DELETE = "\x7f"
_FIELDS = (
    "id", "indicator", "kind", "goal", "goal_number", "goal_stated", "baseline_period", "due",
    "path", "owner", "paragraph", "note",
)  # fmt: skip
"""What is written of a target; the other fields stay at what they are when left out."""


def quoted(text: str) -> str:
    """Return a text as TOML has it, in quotation marks, whatever is in it."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    # A JSON text is a TOML text.
    return json.dumps(whole, ensure_ascii=False).replace(_DELETE, "\\u007f")


def on_one_line(text: str) -> str:
    """Return a text without line breaks and what cannot be seen, its words one space apart."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())


def financial_year_of(day: date) -> str:
    """Return the financial year a day is in: "2025/26"."""
    first = day.year if day.month >= FIRST_MONTH_OF_FINANCIAL_YEAR else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def plan_text(area_code: str, area_name: str, period: str, display_order: int) -> str:
    """Return the `plan.toml` of a partnership's own plan, without priorities.

    Args:
        area_code: Of the partnership.
        area_name: Its name.
        period: What the plan is for, "2025/26".
        display_order: Where it stands in the list of plans.
    """
    name = on_one_line(area_name)
    return _PLAN.format(
        title=quoted(f"{name}, plan {period}"),
        period=quoted(period),
        display_order=display_order,
        area_code=quoted(area_code),
        area_name=quoted(name),
        document=quoted(f"Targets of {name}, written in Safe City"),
        partnership=quoted(f"{name} Community Safety Partnership"),
    )


def first_lines() -> str:
    """Return what a new `targets.toml` begins with."""
    return _FIRST_LINES


def target_text(target: Target) -> str:
    """Return a target as a `[[target]]` to put at the end of a `targets.toml`."""
    values = ((name, getattr(target, name)) for name in _FIELDS)
    lines = [f"{name} = {_value(value)}" for name, value in values if value is not None]
    return "\n".join(["", "[[target]]", *lines, ""])


def _value(value: str | float | date) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return quoted(str(value))
