"""Numbers as people write them in a template, and what is not one."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable

#: Shorthand that stands in place of a figure (Government Analysis Function, symbols in tables).
MARKER = re.compile(r"\[(?:[cuwxz][0-9]?|low)\]|\.\.", re.IGNORECASE)

_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_THOUSANDS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_THOUSANDS_IN_POINTS = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9][0-9. ]*,[0-9]+")
_POWER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?e[+-]?[0-9]+", re.IGNORECASE)
_WRITE_DIGITS = "write digits, such as 1234 or 12.5"
_SHOWN = 40


class NumberError(ValueError):
    """A text is no number, or could be two; carries the rule and what to do."""

    def __init__(self, rule: str, what_to_do: str = _WRITE_DIGITS) -> None:
        """Keep what a problem needs."""
        super().__init__(rule)
        self.rule, self.what_to_do = rule, what_to_do


def parse_number(text: str, *, decimal_commas_likely: bool = False) -> float:
    """Return the number that a text writes.

    Args:
        text: Digits with a decimal point, or with commas between thousands: "1234", "1,234.5".
        decimal_commas_likely: Whether the text stands among values that semicolons separate, as
            in countries that write 1.234,5: then "1,234" and "1.234" can each be two numbers.

    Raises:
        NumberError: It is none, has a decimal comma, or can be read as two numbers.
    """
    if decimal_commas_likely:
        _refuse_two_readings(text)
    if _PLAIN.fullmatch(text):
        number = float(text)
    elif _THOUSANDS.fullmatch(text):
        number = float(text.replace(",", ""))
    else:
        raise _why_not(text)
    if math.isinf(number):
        raise NumberError("this is not a number that can be kept: it is too large")
    return number


def parse_each(
    texts: Iterable[str], parse: Callable[[str], float]
) -> tuple[dict[str, float], dict[str, NumberError]]:
    """Return the numbers that texts write, and what is wrong with others; blanks are neither.

    Args:
        texts: Distinct texts of cells; a `MARKER` stands in place of a figure, as a blank does.
        parse: `parse_number` and whatever else a number has to be.
    """
    parsed: dict[str, float] = {}
    wrong: dict[str, NumberError] = {}
    for text in texts:
        if text == "" or MARKER.fullmatch(text):
            continue
        try:
            parsed[text] = parse(text)
        except NumberError as error:
            wrong[text] = error
    return parsed, wrong


def _refuse_two_readings(text: str) -> None:
    digits = re.sub(r"[.,]", "", text)
    if _THOUSANDS.fullmatch(text) and text.count(",") == 1 and "." not in text:
        other = text.replace(",", ".")
    elif _THOUSANDS_IN_POINTS.fullmatch(text) and text.count(".") == 1:
        other = text
    else:
        return
    raise NumberError(
        f"among semicolons this can be read as {digits} or as {other}",
        f"write {digits} or {other}0, whichever is meant",
    )


def _why_not(text: str) -> NumberError:
    if _DECIMAL_COMMA.fullmatch(text):
        whole, _, decimals = text.rpartition(",")
        point = f"{re.sub('[. ]', '', whole)}.{decimals}"
        return NumberError(
            "this is not a number here: it has a decimal comma",
            f"write a decimal point: {point[:_SHOWN]}",
        )
    if text.endswith("%"):
        return NumberError(
            "this is not a number: it has a percent sign", f"write {text[:_SHOWN].rstrip('% ')}"
        )
    if _POWER.fullmatch(text):
        return NumberError(
            "this is not a number in full: a spreadsheet has shortened it",
            "format the column as a number without decimals and save it again",
        )
    if _THOUSANDS_IN_POINTS.fullmatch(text):
        return NumberError("this is not a number: points separate its thousands")
    return NumberError("this is not a number")
